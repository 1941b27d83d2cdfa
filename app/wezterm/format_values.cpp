#include "wezterm/format_values.h"

#include "model/ansi_color_names.h"
#include "model/ansi_text.h"
#include "wezterm/color_object.h"
#include "wezterm/schemes.h"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace lunette::wezterm {

namespace {

using model::TextBlink;
using model::TextColor;
using model::TextIntensity;
using model::TextUnderline;

template<class E, std::size_t n>
std::optional<E> named(const std::array<std::pair<std::string_view, E>, n>& names, const Value& value) {
    for (const auto& [name, result] : names)
        if (value.kind() == Kind::string && value.text() == name) return result;
    return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, TextIntensity>, 3> intensities{
    {{"Normal", TextIntensity::normal}, {"Bold", TextIntensity::bold}, {"Half", TextIntensity::half}}};
constexpr std::array<std::pair<std::string_view, TextUnderline>, 6> underlines{
    {{"None", TextUnderline::none},
     {"Single", TextUnderline::single},
     {"Double", TextUnderline::double_},
     {"Curly", TextUnderline::curly},
     {"Dotted", TextUnderline::dotted},
     {"Dashed", TextUnderline::dashed}}};
constexpr std::array<std::pair<std::string_view, TextBlink>, 3> blinks{
    {{"None", TextBlink::none}, {"Slow", TextBlink::slow}, {"Rapid", TextBlink::rapid}}};

// The key and value of a table of one name.
std::pair<std::string_view, const Value*> only_entry(const Value& value) {
    if (value.kind() != Kind::map || value.size() != 1) return {};
    const MapEntry& entry = value.entries().front();
    return {entry.key.text(), &entry.value};
}

std::optional<TextColor> color_from(const Value& value) {
    if (value.text() == "Default") return TextColor{};
    const auto [name, argument] = only_entry(value);
    if (name == "AnsiColor") {
        const auto index = model::ansi_color_index(argument->text());
        return index ? std::optional{TextColor::indexed(*index)} : std::nullopt;
    }
    if (name == "Color") {
        if (const auto* color = argument->payload<Rgba>(color_schema())) {
            const auto [r, g, b, a] = color->bytes();
            return TextColor::direct(r, g, b);
        }
        if (argument->kind() == Kind::string) return format_color(argument->text());
    }
    return std::nullopt;
}

template<class Item>
bool add(std::vector<FormatItem>& items, const std::optional<Item>& item) {
    if (item) items.emplace_back(*item);
    return item.has_value();
}

template<class Item>
bool add_switch(std::vector<FormatItem>& items, const Value& value) {
    if (value.kind() != Kind::boolean) return false;
    items.emplace_back(Item{value.boolean_or(false)});
    return true;
}

template<class Item>
bool add_color(std::vector<FormatItem>& items, const Value& value) {
    const auto color = color_from(value);
    if (color) items.emplace_back(Item{*color});
    return color.has_value();
}

bool add_attribute(std::vector<FormatItem>& items, const Value& value) {
    const auto [name, argument] = only_entry(value);
    if (name == "Intensity") return add(items, named(intensities, *argument));
    if (name == "Underline") return add(items, named(underlines, *argument));
    if (name == "Blink") return add(items, named(blinks, *argument));
    if (name == "Italic") return add_switch<ItalicItem>(items, *argument);
    if (name == "Reverse") return add_switch<ReverseItem>(items, *argument);
    if (name == "Invisible") return add_switch<InvisibleItem>(items, *argument);
    if (name == "StrikeThrough") return add_switch<StrikeThroughItem>(items, *argument);
    if (name == "Foreground") return add_color<ForegroundItem>(items, *argument);
    if (name == "Background") return add_color<BackgroundItem>(items, *argument);
    // Shown as plain text here; {Hyperlink=nil} is an empty table.
    return name == "Hyperlink" || (value.kind() == Kind::map && value.size() == 0);
}

bool add_item(std::vector<FormatItem>& items, const Value& value) {
    if (value.text() == "ResetAttributes") {
        items.emplace_back(ResetItem{});
        return true;
    }
    const auto [name, argument] = only_entry(value);
    if (name == "Text") {
        const bool number = argument->kind() == Kind::integer || argument->kind() == Kind::number;
        if (number) items.emplace_back(TextItem{describe(*argument)});
        if (argument->kind() == Kind::string) items.emplace_back(TextItem{std::string{argument->text()}});
        return number || argument->kind() == Kind::string;
    }
    if (name == "Foreground") return add_color<ForegroundItem>(items, *argument);
    if (name == "Background") return add_color<BackgroundItem>(items, *argument);
    if (name == "Attribute") return add_attribute(items, *argument);
    return false;
}

// {Text = nil}, {Foreground = {Color = nil}}, or an item of a plugin that is not installed.
bool says_nothing(const Value& value) {
    if (value.is_nil()) return true;
    if (value.kind() != Kind::map) return false;
    if (value.size() == 0) return true;
    const auto [name, argument] = only_entry(value);
    return (name == "Foreground" || name == "Background") && argument->kind() == Kind::map &&
           argument->size() == 0;
}

} // namespace

tl::expected<std::vector<FormatItem>, std::string> format_items_from(const Value& value,
                                                                     std::vector<std::string>* warnings) {
    if (value.kind() != Kind::list && value.kind() != Kind::map)
        return tl::unexpected{"a table of format items expected, got " + describe(value, 60)};
    std::vector<FormatItem> items;
    items.reserve(value.size());
    std::size_t place = 0;
    const auto failed = [&](const Value& item) {
        return tl::unexpected{fmt::format("item {} is no format item: {}", place, describe(item, 80))};
    };
    const auto take = [&](const Value& item) {
        ++place;
        if (!says_nothing(item)) return add_item(items, item);
        if (warnings)
            warnings->push_back(
                fmt::format("item {} says nothing ({}) and is left out", place, describe(item, 80)));
        return true;
    };
    if (value.kind() == Kind::list) {
        for (const Value& item : value.items()) {
            if (!take(item)) return failed(item);
        }
    } else {
        // A list with a hole or with named entries beside it: 1..n count.
        for (std::int64_t i = 1; !value[Value{i}].is_nil(); ++i) {
            if (!take(value[Value{i}])) return failed(value[Value{i}]);
        }
    }
    return items;
}

tl::expected<std::optional<model::StyledText>, std::string> title_from(const Value& returned,
                                                                       std::vector<std::string>* warnings) {
    switch (returned.kind()) {
    case Kind::nil: return std::nullopt;
    case Kind::string: return model::parse_ansi_text(returned.text());
    case Kind::integer:
    case Kind::number: return model::StyledText{describe(returned)};
    case Kind::list:
    case Kind::map: {
        auto items = format_items_from(returned, warnings);
        if (!items) return tl::unexpected{std::move(items.error())};
        return style_items(*items);
    }
    default:
        return tl::unexpected{"a string or a table of format items expected, got " + describe(returned, 60)};
    }
}

} // namespace lunette::wezterm
