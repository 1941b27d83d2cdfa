#include "wezterm/options.h"

#include "model/nearest.h"
#include "wezterm/data_formats.h"
#include "wezterm/options_effects.h"
#include "wezterm/sorted_lines.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

constexpr std::string_view data =
#include "../../data/options.inc"
    ;

Option parse_option(std::string_view line) {
    Option option;
    option.name = SortedLines::take_field(line);
    option.type = parse_option_type(SortedLines::take_field(line), option_structs());
    if (!line.empty()) {
        auto value = decode_data(DataFormat::json, line);
        assert(value);
        Warnings warnings;
        auto normal = check_value(option.type, *value, std::string{option.name}, warnings);
        assert(normal && warnings.empty());
        option.default_value = std::move(*normal);
    }
    const OptionEffect effect = option_effect(option.name);
    option.effect = effect.effect;
    option.note = effect.note;
    option.deprecated = option.name == "show_update_window";
    return option;
}

std::vector<Option> parse_options() {
    std::vector<Option> options;
    std::string_view rest = SortedLines{data}.text();
    while (!rest.empty()) options.push_back(parse_option(SortedLines::take_line(rest)));
    return options;
}

Value make_defaults() {
    std::vector<MapEntry> entries;
    for (const Option& option : known_options())
        if (!option.default_value.is_nil()) entries.push_back({option.name, option.default_value});
    return Value::map(std::move(entries));
}

} // namespace

std::span<const Option> known_options() {
    static const std::vector<Option> options = parse_options();
    return options;
}

const Option* find_option(std::string_view name) {
    const auto all = known_options();
    const auto found = std::lower_bound(all.begin(), all.end(), name,
                                        [](const Option& a, std::string_view b) { return a.name < b; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

std::string_view nearest_option(std::string_view name) {
    model::Nearest nearest{name};
    for (const Option& option : known_options()) nearest.offer(option.name);
    return nearest.word();
}

const Value& default_options() {
    static const Value defaults = make_defaults();
    return defaults;
}

std::string unknown_option(std::string_view name) {
    std::string text = "unknown option '" + std::string{name} + "'";
    if (const std::string_view nearest = nearest_option(name); !nearest.empty())
        text += "; did you mean '" + std::string{nearest} + "'?";
    return text;
}

} // namespace lunette::wezterm
