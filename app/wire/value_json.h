#pragma once

#include <lunette/record.h>

#include <cmath>
#include <string>
#include <utility>

namespace lunette::wire {

// A value as JSON, of either kind (ordered or not). What JSON has no word for is described.
template<class Json>
Json json_of(const Value& value) {
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
        for (const Value& item : value.items()) list.push_back(json_of<Json>(item));
        return list;
    }
    case Kind::map: break;
    }
    Json object = Json::object();
    for (const MapEntry& entry : value.entries())
        object[entry.key.kind() == Kind::string ? std::string{entry.key.text()} : describe(entry.key)] =
            json_of<Json>(entry.value);
    return object;
}

} // namespace lunette::wire
