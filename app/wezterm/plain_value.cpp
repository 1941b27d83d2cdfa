#include "wezterm/plain_value.h"

#include "wezterm/color_object.h"
#include "wezterm/global_object.h"
#include "wezterm/time_object.h"
#include "wezterm/url.h"

#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

bool holds_records(const Value& value) {
    switch (value.kind()) {
    case Kind::record: return true;
    case Kind::list:
        for (const Value& item : value.items())
            if (holds_records(item)) return true;
        return false;
    case Kind::map:
        for (const MapEntry& entry : value.entries())
            if (holds_records(entry.value)) return true;
        return false;
    default: return false;
    }
}

Value plain(Script& script, const Value& value) {
    switch (value.kind()) {
    case Kind::record:
        if (const auto* color = value.payload<Rgba>(color_schema())) return color->to_string();
        if (const auto* url = value.payload<Url>(url_schema())) return url->text;
        if (const auto* time = value.payload<TimeValue>(time_schema())) return time_text(*time);
        if (const auto* node = value.payload<GlobalNode>(global_schema())) return global_table(script, *node);
        return value;
    case Kind::list: {
        std::vector<Value> items;
        items.reserve(value.size());
        for (const Value& item : value.items()) items.push_back(plain(script, item));
        return Value::list(std::move(items));
    }
    case Kind::map: {
        std::vector<MapEntry> entries;
        entries.reserve(value.size());
        for (const MapEntry& entry : value.entries())
            entries.push_back({entry.key, plain(script, entry.value)});
        return Value::map(std::move(entries));
    }
    default: return value;
    }
}

} // namespace

Value plain_value(Script& script, const Value& value) {
    return holds_records(value) ? plain(script, value) : value;
}

} // namespace lunette::wezterm
