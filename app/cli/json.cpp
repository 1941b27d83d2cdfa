#include "cli/json.h"

#include <cmath>

namespace lunette::cli {

Json to_json(const Value& value) {
    switch (value.kind()) {
    case Kind::nil: return nullptr;
    case Kind::boolean: return value.boolean_or(false);
    case Kind::integer: return value.integer_or(0);
    case Kind::number: {
        const double number = value.number_or(0);
        if (!std::isfinite(number)) return describe(value);
        return number;
    }
    case Kind::string: return std::string{value.text()};
    case Kind::record: return describe(value);
    case Kind::list: {
        Json list = Json::array();
        for (const Value& item : value.items()) list.push_back(to_json(item));
        return list;
    }
    case Kind::map: break;
    }
    Json object = Json::object();
    for (const MapEntry& entry : value.entries())
        object[entry.key.kind() == Kind::string ? std::string{entry.key.text()} : describe(entry.key)] =
            to_json(entry.value);
    return object;
}

Json to_json(const std::vector<Problem>& problems) {
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back(Json{{"where", problem.where}, {"what", problem.what}});
    return list;
}

double microseconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1000.0; }

Json to_json(const Histogram& histogram, bool with_p999) {
    Json json;
    json["p50"] = microseconds(histogram.quantile(0.5));
    json["p99"] = microseconds(histogram.quantile(0.99));
    if (with_p999) json["p999"] = microseconds(histogram.quantile(0.999));
    json["max"] = microseconds(histogram.max());
    return json;
}

std::string dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

} // namespace lunette::cli
