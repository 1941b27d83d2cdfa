#include "model/config_colors.h"

#include "model/ansi_color_names.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace lunette::model {

namespace {

std::uint8_t channel(double value) noexcept {
    return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

// "r% g% b% a%"; the opacity tells how much is seen of `behind`.
TextColor parse_percentages(std::string_view text, TextColor behind) noexcept {
    std::array<double, 4> parts{};
    for (double& part : parts) {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part);
        if (error != std::errc{}) return {};
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty() || text.front() != '%') return {};
        text.remove_prefix(1);
    }
    if (parts[3] <= 0) return TextColor::transparent();
    return mixed(TextColor::direct(channel(parts[0] * 255 / 100), channel(parts[1] * 255 / 100),
                                   channel(parts[2] * 255 / 100)),
                 behind, parts[3] / 100);
}

TextColor color_of(const Value& table, std::string_view name) {
    return parse_config_color(table[name].text());
}

// {Color="#rrggbb"} or {AnsiColor="Yellow"}.
TextColor spec_of(const Value& table, std::string_view name) {
    const Value& spec = table[name];
    if (const auto index = ansi_color_index(spec["AnsiColor"].text())) return TextColor::indexed(*index);
    return parse_config_color(spec["Color"].text());
}

void set_style(TextStyle& style, const Value& tab) {
    if (tab.kind() != Kind::map) return;
    style = {};
    style.background = color_of(tab, "bg_color");
    style.foreground = color_of(tab, "fg_color");
    const std::string_view intensity = tab["intensity"].text();
    const std::string_view underline = tab["underline"].text();
    style.set = TextStyle::sets_intensity | TextStyle::sets_underline | TextStyle::sets_italic |
                TextStyle::sets_strikethrough;
    if (intensity == "Bold") style.intensity = TextIntensity::bold;
    if (intensity == "Half") style.intensity = TextIntensity::half;
    // "Normal" leaves the fancy bar free to make the active tab bold.
    if (intensity == "Normal") style.set &= static_cast<std::uint16_t>(~TextStyle::sets_intensity);
    if (underline == "Single") style.underline = TextUnderline::single;
    if (underline == "Double") style.underline = TextUnderline::double_;
    if (underline == "Curly") style.underline = TextUnderline::curly;
    if (underline == "Dotted") style.underline = TextUnderline::dotted;
    if (underline == "Dashed") style.underline = TextUnderline::dashed;
    style.italic = tab["italic"].boolean_or(false);
    style.strikethrough = tab["strikethrough"].boolean_or(false);
}

void blend_tabs(TabBarColors& bar, const ConfigPalette& palette) {
    const TextColor behind = bar.background.background;
    bar.active_tab.background = palette.background;
    bar.active_tab.foreground = palette.foreground;
    bar.inactive_tab.background = behind;
    bar.inactive_tab.foreground = mixed(palette.foreground, behind, 0.6);
    bar.inactive_tab_hover.background = mixed(palette.background, behind, 0.5);
    bar.inactive_tab_hover.foreground = mixed(palette.foreground, behind, 0.8);
    bar.new_tab = bar.inactive_tab;
    bar.new_tab_hover = bar.inactive_tab_hover;
    bar.edge = mixed(palette.foreground, behind, 0.3);
}

} // namespace

TextColor parse_config_color(std::string_view text, TextColor behind) noexcept {
    if (text.size() == 7 && text.front() == '#') {
        std::uint32_t bits = 0;
        const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, bits, 16);
        if (error != std::errc{} || end != text.data() + 7) return {};
        return TextColor::direct(static_cast<std::uint8_t>(bits >> 16), static_cast<std::uint8_t>(bits >> 8),
                                 static_cast<std::uint8_t>(bits));
    }
    constexpr std::string_view prefix = "rgba(";
    if (text.substr(0, prefix.size()) == prefix) return parse_percentages(text.substr(prefix.size()), behind);
    return {};
}

TextColor mixed(TextColor a, TextColor b, double share) noexcept {
    if (a.kind() != TextColor::Kind::direct || b.kind() != TextColor::Kind::direct) return a;
    const auto mix = [share](std::uint8_t x, std::uint8_t y) { return channel(x * share + y * (1 - share)); };
    return TextColor::direct(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

ConfigPalette ConfigPalette::from_options(const Value& options) {
    ConfigPalette palette;
    const Value& colors = options["resolved_palette"];
    palette.is_set = !options["color_scheme"].is_nil() || !options["colors"].is_nil();
    palette.foreground = color_of(colors, "foreground");
    palette.background = color_of(colors, "background");
    palette.cursor_fg = color_of(colors, "cursor_fg");
    palette.cursor_bg = color_of(colors, "cursor_bg");
    palette.cursor_border = color_of(colors, "cursor_border");
    palette.selection_fg = color_of(colors, "selection_fg");
    palette.selection_bg = parse_config_color(colors["selection_bg"].text(), palette.background);
    palette.copy_mode_active_highlight_fg = spec_of(colors, "copy_mode_active_highlight_fg");
    palette.copy_mode_active_highlight_bg = spec_of(colors, "copy_mode_active_highlight_bg");
    palette.copy_mode_inactive_highlight_fg = spec_of(colors, "copy_mode_inactive_highlight_fg");
    palette.copy_mode_inactive_highlight_bg = spec_of(colors, "copy_mode_inactive_highlight_bg");
    palette.quick_select_label_fg = spec_of(colors, "quick_select_label_fg");
    palette.quick_select_label_bg = spec_of(colors, "quick_select_label_bg");
    palette.quick_select_match_fg = spec_of(colors, "quick_select_match_fg");
    palette.quick_select_match_bg = spec_of(colors, "quick_select_match_bg");
    palette.split = color_of(colors, "split");
    palette.scrollbar_thumb = color_of(colors, "scrollbar_thumb");
    palette.visual_bell = color_of(colors, "visual_bell");
    const auto put = [&palette](std::int64_t index, const Value& color) {
        if (index >= 0 && index < 256)
            palette.indexed[static_cast<std::size_t>(index)] = parse_config_color(color.text());
    };
    std::int64_t index = 0;
    for (const Value& color : colors["ansi"].items()) put(index++, color);
    index = 8;
    for (const Value& color : colors["brights"].items()) put(index++, color);
    for (const MapEntry& entry : colors["indexed"].entries()) put(entry.key.integer_or(-1), entry.value);
    return palette;
}

TabBarColors tab_bar_colors(const Value& options, const ConfigPalette& palette) {
    TabBarColors bar = TabBarColors::standard();
    const bool fancy = options["use_fancy_tab_bar"].boolean_or(true);
    const Value& table = fancy ? options["colors"]["tab_bar"] : options["resolved_palette"]["tab_bar"];
    if (fancy) {
        if (const TextColor frame = color_of(options["window_frame"], "active_titlebar_bg");
            !frame.is_inherited())
            bar.background.background = frame;
        if (palette.is_set) blend_tabs(bar, palette);
    } else if (const TextColor background = color_of(table, "background"); !background.is_inherited()) {
        bar.background.background = background;
    }
    set_style(bar.active_tab, table["active_tab"]);
    set_style(bar.inactive_tab, table["inactive_tab"]);
    set_style(bar.inactive_tab_hover, table["inactive_tab_hover"]);
    set_style(bar.new_tab, table["new_tab"]);
    set_style(bar.new_tab_hover, table["new_tab_hover"]);
    if (const TextColor edge = color_of(table, "inactive_tab_edge"); !edge.is_inherited()) bar.edge = edge;
    return bar;
}

} // namespace lunette::model
