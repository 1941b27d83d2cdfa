#pragma once

#include "wezterm/color.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// Palettes, and the colour schemes that come with the program. Pure values; any thread.
namespace lunette::wezterm {

// {AnsiColor=name}, {Color=string} or "Default".
struct DefaultColor {
    friend bool operator==(const DefaultColor&, const DefaultColor&) = default;
};
using ColorSpec = std::variant<DefaultColor, std::uint8_t, Rgba>;

struct TabBarColor {
    Rgba background;
    Rgba foreground;
    std::string intensity = "Normal";
    std::string underline = "None";
    bool italic = false;
    bool strikethrough = false;
    friend bool operator==(const TabBarColor&, const TabBarColor&) = default;
};

struct TabBarColors {
    std::optional<Rgba> background;
    std::optional<TabBarColor> active_tab;
    std::optional<TabBarColor> inactive_tab;
    std::optional<TabBarColor> inactive_tab_hover;
    std::optional<TabBarColor> new_tab;
    std::optional<TabBarColor> new_tab_hover;
    std::optional<Rgba> inactive_tab_edge;
    std::optional<Rgba> inactive_tab_edge_hover;

    // The colours of `other` where it has any.
    TabBarColors overlaid_with(const TabBarColors& other) const;
    // Every field filled, from WezTerm's defaults where it is empty.
    TabBarColors with_defaults() const;
    friend bool operator==(const TabBarColors&, const TabBarColors&) = default;
};

// WezTerm's Palette: what `colors`, a scheme and get_default_colors() hold. Absent means "not said".
struct Palette {
    std::optional<Rgba> foreground;
    std::optional<Rgba> background;
    std::optional<Rgba> cursor_fg;
    std::optional<Rgba> cursor_bg;
    std::optional<Rgba> cursor_border;
    std::optional<Rgba> selection_fg;
    std::optional<Rgba> selection_bg;
    std::optional<std::array<Rgba, 8>> ansi;
    std::optional<std::array<Rgba, 8>> brights;
    std::map<std::uint8_t, Rgba> indexed; // 16..255
    std::optional<TabBarColors> tab_bar;
    std::optional<Rgba> scrollbar_thumb;
    std::optional<Rgba> split;
    std::optional<Rgba> visual_bell;
    std::optional<Rgba> compose_cursor;
    std::optional<ColorSpec> copy_mode_active_highlight_fg;
    std::optional<ColorSpec> copy_mode_active_highlight_bg;
    std::optional<ColorSpec> copy_mode_inactive_highlight_fg;
    std::optional<ColorSpec> copy_mode_inactive_highlight_bg;
    std::optional<ColorSpec> quick_select_label_fg;
    std::optional<ColorSpec> quick_select_label_bg;
    std::optional<ColorSpec> quick_select_match_fg;
    std::optional<ColorSpec> quick_select_match_bg;
    std::optional<ColorSpec> input_selector_label_fg;
    std::optional<ColorSpec> input_selector_label_bg;
    std::optional<ColorSpec> launcher_label_fg;
    std::optional<ColorSpec> launcher_label_bg;

    // The colours of `other` where it has any; `indexed` and `tab_bar` merge entry by entry.
    Palette overlaid_with(const Palette& other) const;
    friend bool operator==(const Palette&, const Palette&) = default;
};

// What get_default_colors() returns and every resolved palette starts from: foreground, background,
// cursor, selection, scrollbar, split, and all 256 colours.
const Palette& default_palette();

struct BuiltinScheme {
    std::string name; // WezTerm's spelling
    Palette palette;
};

// A built-in scheme by name. WezTerm's own spelling wins; else case, spaces, '-', '_', punctuation
// and suffixes of the collection ("(Gogh)", "(base16)", "Builtin ") are disregarded. Logarithmic
// plus the parsing of one line; nothing is built at start-up.
std::optional<BuiltinScheme> find_builtin_scheme(std::string_view name);

// Calls `visit` for every display name, in order of names. Palettes are parsed only when asked for.
void for_each_builtin_scheme(
    const std::function<void(std::string_view name, const std::function<Palette()>& palette)>& visit);

} // namespace lunette::wezterm
