#include "wezterm/palette_value.h"

#include "model/ansi_color_names.h"
#include "wezterm/color_object.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

using Failed = tl::unexpected<std::string>;
using Checked = tl::expected<void, std::string>;

template<class T>
struct ColorField {
    const char* name;
    std::optional<Rgba> T::*member;
};
constexpr std::array<ColorField<Palette>, 11> colors{{{"foreground", &Palette::foreground},
                                                      {"background", &Palette::background},
                                                      {"cursor_fg", &Palette::cursor_fg},
                                                      {"cursor_bg", &Palette::cursor_bg},
                                                      {"cursor_border", &Palette::cursor_border},
                                                      {"selection_fg", &Palette::selection_fg},
                                                      {"selection_bg", &Palette::selection_bg},
                                                      {"scrollbar_thumb", &Palette::scrollbar_thumb},
                                                      {"split", &Palette::split},
                                                      {"visual_bell", &Palette::visual_bell},
                                                      {"compose_cursor", &Palette::compose_cursor}}};
constexpr std::array<ColorField<TabBarColors>, 3> bar_colors{
    {{"background", &TabBarColors::background},
     {"inactive_tab_edge", &TabBarColors::inactive_tab_edge},
     {"inactive_tab_edge_hover", &TabBarColors::inactive_tab_edge_hover}}};

struct TabField {
    const char* name;
    std::optional<TabBarColor> TabBarColors::*member;
};
constexpr std::array<TabField, 5> tab_fields{{{"active_tab", &TabBarColors::active_tab},
                                              {"inactive_tab", &TabBarColors::inactive_tab},
                                              {"inactive_tab_hover", &TabBarColors::inactive_tab_hover},
                                              {"new_tab", &TabBarColors::new_tab},
                                              {"new_tab_hover", &TabBarColors::new_tab_hover}}};

struct SpecField {
    const char* name;
    std::optional<ColorSpec> Palette::*member;
};
constexpr std::array<SpecField, 12> spec_fields{
    {{"copy_mode_active_highlight_fg", &Palette::copy_mode_active_highlight_fg},
     {"copy_mode_active_highlight_bg", &Palette::copy_mode_active_highlight_bg},
     {"copy_mode_inactive_highlight_fg", &Palette::copy_mode_inactive_highlight_fg},
     {"copy_mode_inactive_highlight_bg", &Palette::copy_mode_inactive_highlight_bg},
     {"quick_select_label_fg", &Palette::quick_select_label_fg},
     {"quick_select_label_bg", &Palette::quick_select_label_bg},
     {"quick_select_match_fg", &Palette::quick_select_match_fg},
     {"quick_select_match_bg", &Palette::quick_select_match_bg},
     {"input_selector_label_fg", &Palette::input_selector_label_fg},
     {"input_selector_label_bg", &Palette::input_selector_label_bg},
     {"launcher_label_fg", &Palette::launcher_label_fg},
     {"launcher_label_bg", &Palette::launcher_label_bg}}};

using Entries = std::vector<MapEntry>;

template<class T, std::size_t n>
void add_colors(Entries& entries, const T& from, const std::array<ColorField<T>, n>& fields) {
    for (const auto& field : fields)
        if (const auto& color = from.*field.member) entries.push_back({field.name, color->to_string()});
}

Value row(const std::array<Rgba, 8>& colors_of_row) {
    std::vector<Value> items;
    for (const Rgba& color : colors_of_row) items.emplace_back(color.to_string());
    return Value::list(std::move(items));
}

Value spec(const ColorSpec& spec) {
    if (const auto* index = std::get_if<std::uint8_t>(&spec))
        return Value::map({{"AnsiColor", model::ansi_color_names[*index]}});
    if (const auto* color = std::get_if<Rgba>(&spec)) return Value::map({{"Color", color->to_string()}});
    return "Default";
}

Value tab(const TabBarColor& color) {
    return Value::map({{"bg_color", color.background.to_string()},
                       {"fg_color", color.foreground.to_string()},
                       {"intensity", color.intensity},
                       {"underline", color.underline},
                       {"italic", color.italic},
                       {"strikethrough", color.strikethrough}});
}

Value bar(const TabBarColors& bar) {
    Entries entries;
    add_colors(entries, bar, bar_colors);
    for (const TabField& field : tab_fields)
        if (const auto& color = bar.*field.member) entries.push_back({field.name, tab(*color)});
    return Value::map(std::move(entries));
}

// --- from Lua

std::optional<Rgba> read_color(const Value& value) {
    if (const auto* color = value.payload<Rgba>(color_schema())) return *color;
    return value.kind() == Kind::string ? parse_color(value.text()) : std::nullopt;
}

Failed wrong(const std::string& field, const Value& value) {
    return Failed{field + ": color expected, got " + describe(value, 60)};
}

Checked read_color(const Value& value, const std::string& field, std::optional<Rgba>& color) {
    if (value.is_nil()) return {};
    color = read_color(value);
    if (!color) return wrong(field, value);
    return {};
}

Checked read_row(const Value& value, const char* field, std::optional<std::array<Rgba, 8>>& out) {
    if (value.is_nil()) return {};
    if (value.kind() != Kind::list || value.size() != 8)
        return Failed{std::string{field} + ": 8 colors expected, got " + describe(value, 60)};
    std::array<Rgba, 8> result;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto color = read_color(value.items()[i]);
        if (!color) return wrong(field, value.items()[i]);
        result[i] = *color;
    }
    out = result;
    return {};
}

Checked read_indexed(const Value& value, std::map<std::uint8_t, Rgba>& indexed) {
    const auto add = [&indexed](std::int64_t index, const Value& item) -> Checked {
        const auto color = read_color(item);
        if (index < 16 || index > 255) return Failed{"indexed: " + std::to_string(index) + " is not 16…255"};
        if (!color) return wrong("indexed", item);
        indexed.insert_or_assign(static_cast<std::uint8_t>(index), *color);
        return {};
    };
    for (const MapEntry& entry : value.entries()) {
        // Files have text for keys.
        std::int64_t index = entry.key.integer_or(-1);
        if (entry.key.kind() == Kind::string) {
            const std::string_view text = entry.key.text();
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
            if (error != std::errc{} || end != text.data() + text.size()) index = -1;
        }
        if (auto added = add(index, entry.value); !added) return added;
    }
    return {};
}

Checked read_tab(const Value& value, const std::string& field, std::optional<TabBarColor>& out) {
    if (value.is_nil()) return {};
    const auto background = read_color(value["bg_color"]);
    const auto foreground = read_color(value["fg_color"]);
    if (!background) return wrong(field + ".bg_color", value["bg_color"]);
    if (!foreground) return wrong(field + ".fg_color", value["fg_color"]);
    TabBarColor color;
    color.background = *background;
    color.foreground = *foreground;
    color.intensity = value["intensity"].string_or(color.intensity);
    color.underline = value["underline"].string_or(color.underline);
    color.italic = value["italic"].boolean_or(false);
    color.strikethrough = value["strikethrough"].boolean_or(false);
    out = std::move(color);
    return {};
}

Checked read_bar(const Value& value, std::optional<TabBarColors>& out) {
    if (value.is_nil()) return {};
    TabBarColors bar;
    for (const auto& field : bar_colors)
        if (auto read =
                read_color(value[field.name], std::string{"tab_bar."} + field.name, bar.*field.member);
            !read)
            return read;
    for (const TabField& field : tab_fields)
        if (auto read = read_tab(value[field.name], std::string{"tab_bar."} + field.name, bar.*field.member);
            !read)
            return read;
    out = std::move(bar);
    return {};
}

Checked read_spec(const Value& value, const char* field, std::optional<ColorSpec>& out) {
    if (value.is_nil()) return {};
    if (value.text() == "Default") {
        out = DefaultColor{};
    } else if (const auto index = model::ansi_color_index(value["AnsiColor"].text())) {
        out = *index;
    } else if (const auto color = read_color(value["Color"])) {
        out = *color;
    } else {
        return Failed{std::string{field} + ": {AnsiColor=…}, {Color=…} or \"Default\" expected, got " +
                      describe(value, 60)};
    }
    return {};
}

} // namespace

Value palette_to_value(const Palette& palette) {
    Entries entries;
    add_colors(entries, palette, colors);
    if (palette.ansi) entries.push_back({"ansi", row(*palette.ansi)});
    if (palette.brights) entries.push_back({"brights", row(*palette.brights)});
    Entries indexed; // a table even without entries
    for (const auto& [index, color] : palette.indexed) indexed.push_back({int{index}, color.to_string()});
    entries.push_back({"indexed", Value::map(std::move(indexed))});
    if (palette.tab_bar) entries.push_back({"tab_bar", bar(*palette.tab_bar)});
    for (const SpecField& field : spec_fields)
        if (const auto& color = palette.*field.member) entries.push_back({field.name, spec(*color)});
    return Value::map(std::move(entries));
}

tl::expected<Palette, std::string> palette_from_value(const Value& value) {
    const bool empty_list = value.kind() == Kind::list && value.size() == 0; // Lua's {} is either
    if (value.kind() != Kind::map && !empty_list)
        return Failed{"a table of colors expected, got " + describe(value, 60)};
    Palette palette;
    Checked read;
    for (const auto& field : colors)
        if (read) read = read_color(value[field.name], field.name, palette.*field.member);
    if (read) read = read_row(value["ansi"], "ansi", palette.ansi);
    if (read) read = read_row(value["brights"], "brights", palette.brights);
    if (read) read = read_indexed(value["indexed"], palette.indexed);
    if (read) read = read_bar(value["tab_bar"], palette.tab_bar);
    for (const SpecField& field : spec_fields)
        if (read) read = read_spec(value[field.name], field.name, palette.*field.member);
    if (!read) return Failed{std::move(read.error())};
    return palette;
}

} // namespace lunette::wezterm
