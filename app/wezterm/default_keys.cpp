#include "wezterm/default_keys.h"

#include "model/key_name.h"
#include "wezterm/data_formats.h"
#include "wezterm/sorted_lines.h"

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

constexpr std::string_view data =
#include "../../data/default_keys.inc"
    ;

Value json(std::string_view text) {
    auto value = decode_data(DataFormat::json, text);
    assert(value);
    return std::move(*value);
}

std::string normal_modifiers(std::string_view text) {
    const auto modifiers = model::parse_modifiers(text);
    return to_string(modifiers.value_or(model::KeyModifiers{}));
}

struct Defaults {
    Value keys, key_tables, mouse;
};

Defaults read_defaults() {
    std::vector<Value> keys, copy_mode, search_mode, mouse;
    std::string_view rest = SortedLines{data}.text();
    while (!rest.empty()) {
        std::string_view line = SortedLines::take_line(rest);
        const std::string_view table = SortedLines::take_field(line);
        const std::string_view trigger = SortedLines::take_field(line);
        const std::string mods = normal_modifiers(SortedLines::take_field(line));
        Value action = json(line);
        if (table == "mouse") {
            mouse.push_back(Value::map({{"event", json(trigger)},
                                        {"mods", mods},
                                        {"mouse_reporting", false},
                                        {"alt_screen", "Any"},
                                        {"action", std::move(action)}}));
            continue;
        }
        auto& entries = table == "copy_mode" ? copy_mode : table == "search_mode" ? search_mode : keys;
        entries.push_back(Value::map({{"key", trigger}, {"mods", mods}, {"action", std::move(action)}}));
    }
    // wezterm-gui/src/inputmap.rs: on the alternate screen the wheel is the program's.
    for (const char* const wheel : {"WheelUp", "WheelDown"})
        mouse.push_back(Value::map(
            {{"event",
              Value::map({{"Down", Value::map({{"streak", 1}, {"button", Value::map({{wheel, 1}})}})}})},
             {"mods", "NONE"},
             {"mouse_reporting", false},
             {"alt_screen", false},
             {"action", "ScrollByCurrentEventWheelDelta"}}));
    return {Value::list(std::move(keys)),
            Value::map({{"copy_mode", Value::list(std::move(copy_mode))},
                        {"search_mode", Value::list(std::move(search_mode))}}),
            Value::list(std::move(mouse))};
}

const Defaults& defaults() {
    static const Defaults all = read_defaults();
    return all;
}

} // namespace

const Value& default_keys() { return defaults().keys; }
const Value& default_key_tables() { return defaults().key_tables; }
const Value& default_mouse_bindings() { return defaults().mouse; }

} // namespace lunette::wezterm
