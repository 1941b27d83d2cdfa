#include "wezterm/schemes.h"

#include "wezterm/sorted_lines.h"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace lunette::wezterm {

namespace {

constexpr char names_text[] =
#include "../../data/scheme_names.inc"
    ;
constexpr char schemes_text[] =
#include "../../data/color_schemes.inc"
    ;
constexpr SortedLines names{{names_text, sizeof names_text - 1}};       // key, rank, display name, id
constexpr SortedLines schemes{{schemes_text, sizeof schemes_text - 1}}; // id, special, sixteen, indexed

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// Keep in step with fold() in tools/generate_schemes.js.
std::string fold_name(std::string_view name) {
    std::string folded = lower(name);
    for (std::string_view suffix : {"(gogh)", "(base16)", "(terminal.sexy)", "(iterm2)"}) {
        if (!folded.ends_with(suffix)) continue;
        folded.resize(folded.size() - suffix.size());
        break;
    }
    if (folded.starts_with("builtin ")) folded.erase(0, 8);
    std::erase_if(folded,
                  [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'); });
    return folded;
}

std::optional<Rgba> hex_color(std::string_view digits) {
    std::uint32_t value = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() != 6 || end.ec != std::errc{}) return std::nullopt;
    return Rgba::from_bytes(static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                            static_cast<std::uint8_t>(value));
}

std::string_view take(std::string_view& text, char separator) {
    const std::string_view part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    return part;
}

std::array<Rgba, 8> eight_colors(std::string_view digits) {
    std::array<Rgba, 8> colors;
    for (std::size_t i = 0; i < colors.size(); ++i)
        colors[i] = hex_color(digits.substr(i * 6, 6)).value_or(Rgba{});
    return colors;
}

Palette parse_scheme(std::string_view line) {
    Palette palette;
    std::string_view special = SortedLines::take_field(line);
    palette.foreground = hex_color(take(special, ','));
    palette.background = hex_color(take(special, ','));
    palette.cursor_bg = hex_color(take(special, ','));
    palette.cursor_fg = hex_color(take(special, ','));
    palette.selection_bg = hex_color(take(special, ','));
    palette.selection_fg = hex_color(special);
    if (palette.cursor_bg) {
        palette.cursor_border = palette.cursor_bg;
        if (!palette.cursor_fg) palette.cursor_fg = palette.background;
    }
    const std::string_view sixteen = SortedLines::take_field(line);
    palette.ansi = eight_colors(sixteen.substr(0, 48));
    palette.brights = eight_colors(sixteen.substr(48));
    while (!line.empty()) {
        std::string_view pair = take(line, ',');
        const std::string_view digits = take(pair, '=');
        unsigned index = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (std::optional<Rgba> color = hex_color(pair); color && index >= 16 && index < 256) {
            palette.indexed[static_cast<std::uint8_t>(index)] = *color;
        }
    }
    return palette;
}

template<class T>
void overlay(std::optional<T>& target, const std::optional<T>& source) {
    if (source) target = source;
}

TabBarColor tab_color(std::uint8_t background, std::uint8_t foreground, bool italic) {
    TabBarColor color;
    color.background = Rgba::from_bytes(background, background, background);
    color.foreground = Rgba::from_bytes(foreground, foreground, foreground);
    color.italic = italic;
    return color;
}

// term/src/color.rs:compute_default of WezTerm; the cube and the greys are xterm's.
Palette make_default_palette() {
    Palette palette;
    palette.ansi = eight_colors("000000cc555555cc55cdcd555455cbcc55cc7acacacccccc");
    palette.brights = eight_colors("555555ff555555ff55ffff555555ffff55ff55ffffffffff");
    constexpr std::uint8_t ramp[] = {0, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    for (unsigned i = 0; i < 216; ++i) {
        palette.indexed[static_cast<std::uint8_t>(16 + i)] =
            Rgba::from_bytes(ramp[i / 36], ramp[i / 6 % 6], ramp[i % 6]);
    }
    for (unsigned i = 0; i < 24; ++i) {
        const auto grey = static_cast<std::uint8_t>(8 + 10 * i);
        palette.indexed[static_cast<std::uint8_t>(232 + i)] = Rgba::from_bytes(grey, grey, grey);
    }
    palette.foreground = palette.indexed[249];
    palette.background = Rgba::from_bytes(0, 0, 0);
    palette.cursor_bg = palette.cursor_border = Rgba::from_bytes(0x52, 0xad, 0x70);
    palette.cursor_fg = palette.background;
    palette.selection_fg = Rgba{0, 0, 0, 0};
    palette.selection_bg = Rgba{0.5F, 0.4F, 0.6F, 0.5F};
    palette.scrollbar_thumb = Rgba::from_bytes(0x22, 0x22, 0x22);
    palette.split = Rgba::from_bytes(0x44, 0x44, 0x44);
    return palette;
}

} // namespace

TabBarColors TabBarColors::overlaid_with(const TabBarColors& other) const {
    TabBarColors result = *this;
    overlay(result.background, other.background);
    overlay(result.active_tab, other.active_tab);
    overlay(result.inactive_tab, other.inactive_tab);
    overlay(result.inactive_tab_hover, other.inactive_tab_hover);
    overlay(result.new_tab, other.new_tab);
    overlay(result.new_tab_hover, other.new_tab_hover);
    overlay(result.inactive_tab_edge, other.inactive_tab_edge);
    overlay(result.inactive_tab_edge_hover, other.inactive_tab_edge_hover);
    return result;
}

TabBarColors TabBarColors::with_defaults() const {
    TabBarColors defaults;
    defaults.background = Rgba::from_bytes(0x33, 0x33, 0x33);
    defaults.active_tab = tab_color(0, 0xc0, false);
    defaults.inactive_tab = defaults.new_tab = tab_color(0x33, 0x80, false);
    defaults.inactive_tab_hover = defaults.new_tab_hover = tab_color(0x1f, 0x90, true);
    defaults.inactive_tab_edge = Rgba::from_bytes(0x57, 0x57, 0x57);
    defaults.inactive_tab_edge_hover = Rgba::from_bytes(0x36, 0x36, 0x36);
    return defaults.overlaid_with(*this);
}

Palette Palette::overlaid_with(const Palette& other) const {
    Palette result = *this;
    overlay(result.foreground, other.foreground);
    overlay(result.background, other.background);
    overlay(result.cursor_fg, other.cursor_fg);
    overlay(result.cursor_bg, other.cursor_bg);
    overlay(result.cursor_border, other.cursor_border);
    overlay(result.selection_fg, other.selection_fg);
    overlay(result.selection_bg, other.selection_bg);
    overlay(result.ansi, other.ansi);
    overlay(result.brights, other.brights);
    for (const auto& [index, color] : other.indexed) result.indexed[index] = color;
    if (result.tab_bar && other.tab_bar)
        result.tab_bar = result.tab_bar->overlaid_with(*other.tab_bar);
    else
        overlay(result.tab_bar, other.tab_bar);
    overlay(result.scrollbar_thumb, other.scrollbar_thumb);
    overlay(result.split, other.split);
    overlay(result.visual_bell, other.visual_bell);
    overlay(result.compose_cursor, other.compose_cursor);
    overlay(result.copy_mode_active_highlight_fg, other.copy_mode_active_highlight_fg);
    overlay(result.copy_mode_active_highlight_bg, other.copy_mode_active_highlight_bg);
    overlay(result.copy_mode_inactive_highlight_fg, other.copy_mode_inactive_highlight_fg);
    overlay(result.copy_mode_inactive_highlight_bg, other.copy_mode_inactive_highlight_bg);
    overlay(result.quick_select_label_fg, other.quick_select_label_fg);
    overlay(result.quick_select_label_bg, other.quick_select_label_bg);
    overlay(result.quick_select_match_fg, other.quick_select_match_fg);
    overlay(result.quick_select_match_bg, other.quick_select_match_bg);
    overlay(result.input_selector_label_fg, other.input_selector_label_fg);
    overlay(result.input_selector_label_bg, other.input_selector_label_bg);
    overlay(result.launcher_label_fg, other.launcher_label_fg);
    overlay(result.launcher_label_bg, other.launcher_label_bg);
    return result;
}

const Palette& default_palette() {
    static const Palette palette = make_default_palette();
    return palette;
}

std::optional<BuiltinScheme> find_builtin_scheme(std::string_view name) {
    const std::string key = fold_name(name);
    std::string_view rest = names.from(key);
    std::optional<BuiltinScheme> best;
    std::string_view best_id;
    while (!rest.empty()) {
        std::string_view line = SortedLines::take_line(rest);
        if (SortedLines::take_field(line) != key) break;
        SortedLines::take_field(line); // rank: lines of one key are in its order
        const std::string_view display = SortedLines::take_field(line);
        if (best && display != name) continue;
        best = BuiltinScheme{std::string{display}, {}};
        best_id = line;
        if (display == name) break;
    }
    if (best) best->palette = parse_scheme(schemes.find(best_id));
    return best;
}

void for_each_builtin_scheme(
    const std::function<void(std::string_view name, const std::function<Palette()>& palette)>& visit) {
    std::string_view rest = names.text();
    while (!rest.empty()) {
        std::string_view line = SortedLines::take_line(rest);
        SortedLines::take_field(line);
        SortedLines::take_field(line);
        const std::string_view display = SortedLines::take_field(line);
        visit(display, [line] { return parse_scheme(schemes.find(line)); });
    }
}

} // namespace lunette::wezterm
