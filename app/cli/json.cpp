#include "cli/json.h"

#include "wire/value_json.h"

namespace lunette::cli {

Json to_json(const Value& value) { return wire::json_of<Json>(value); }

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
