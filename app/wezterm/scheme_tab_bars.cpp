#include "wezterm/scheme_tab_bars.h"

#include <array>
#include <cstdint>

namespace lunette::wezterm {

namespace {

// The colours of Catppuccin's flavours that its port for WezTerm gives the tab bar (github.com/catppuccin).
struct Flavour {
    std::string_view scheme;
    std::uint32_t crust, mantle, base, surface0, surface1, text, mauve;
};
constexpr std::array<Flavour, 4> flavours{{
    {"Catppuccin Latte", 0xdce0e8, 0xe6e9ef, 0xeff1f5, 0xccd0da, 0xbcc0cc, 0x4c4f69, 0x8839ef},
    {"Catppuccin Frappe", 0x232634, 0x292c3c, 0x303446, 0x414559, 0x51576d, 0xc6d0f5, 0xca9ee6},
    {"Catppuccin Macchiato", 0x181926, 0x1e2030, 0x24273a, 0x363a4f, 0x494d64, 0xcad3f5, 0xc6a0f6},
    {"Catppuccin Mocha", 0x11111b, 0x181825, 0x1e1e2e, 0x313244, 0x45475a, 0xcdd6f4, 0xcba6f7},
}};

struct Pair {
    std::uint32_t background, foreground;
};
struct Bar {
    std::string_view scheme;
    std::uint32_t background, edge, edge_hover;
    Pair active, inactive, hover, new_tab, new_tab_hover;
    unsigned style;
};
constexpr std::uint32_t none = 0xffffffff;
constexpr unsigned italic_hover = 1, italic_new = 2, bold_new = 4;
// What Tokyo Night, Nightfox, Dracula and Poimandres give the tab bar in WezTerm: the colours are those of
// its table of schemes (docs/colorschemes/data.json; MIT, © Wez Furlong; see data/README.md).
constexpr std::array<Bar, 15> bars{{
    {"carbonfox",
     0x0c0c0c,
     0x0c0c0c,
     0x252525,
     {0x7b7c7e, 0x161616},
     {0x252525, 0xb6b8bb},
     {0x353535, 0xf2f4f8},
     {0x161616, 0xb6b8bb},
     {0x353535, 0xf2f4f8},
     0},
    {"dawnfox",
     0xebe5df,
     0xebe5df,
     0xebe0df,
     {0xa8a3b3, 0xfaf4ed},
     {0xebe0df, 0x625c87},
     {0xebdfe4, 0x575279},
     {0xfaf4ed, 0x625c87},
     {0xebdfe4, 0x575279},
     0},
    {"Dracula (Official)",
     0x282a36,
     none,
     none,
     {0xbd93f9, 0x282a36},
     {0x282a36, 0xf8f8f2},
     {0x6272a4, 0xf8f8f2},
     {0x282a36, 0xf8f8f2},
     {0xff79c6, 0xf8f8f2},
     italic_hover | italic_new},
    {"duskfox",
     0x191726,
     0x191726,
     0x2d2a45,
     {0x6e6a86, 0x232136},
     {0x2d2a45, 0xcdcbe0},
     {0x373354, 0xe0def4},
     {0x232136, 0xcdcbe0},
     {0x373354, 0xe0def4},
     0},
    {"nordfox",
     0x232831,
     0x232831,
     0x39404f,
     {0x7e8188, 0x2e3440},
     {0x39404f, 0xabb1bb},
     {0x444c5e, 0xcdcecf},
     {0x2e3440, 0xabb1bb},
     {0x444c5e, 0xcdcecf},
     0},
    {"Poimandres",
     0x171922,
     none,
     none,
     {0x1b1e28, 0xe4f0fb},
     {0x171922, 0x506477},
     {0x171922, 0x767c9d},
     {0x171922, 0x506477},
     {0x171922, 0x767c9d},
     italic_new},
    {"Poimandres Storm",
     0x1b1e28,
     none,
     none,
     {0x1b1e28, 0xe4f0fb},
     {0x1b1e28, 0x506477},
     {0x1b1e28, 0x868cad},
     {0x1b1e28, 0x506477},
     {0x1b1e28, 0x868cad},
     italic_new},
    {"Tokyo Night",
     0x191b28,
     0x16161e,
     none,
     {0x1a1b26, 0x7aa2f7},
     {0x16161e, 0x545c7e},
     {0x16161e, 0x7aa2f7},
     {0x191b28, 0x7aa2f7},
     {0x7aa2f7, 0x16161e},
     0},
    {"Tokyo Night Day",
     0x191b28,
     0xe9e9ec,
     none,
     {0xe1e2e7, 0x2e7de9},
     {0xe9e9ec, 0x8990b3},
     {0xe9e9ec, 0x2e7de9},
     {0x191b28, 0x2e7de9},
     {0x2e7de9, 0xe9e9ec},
     0},
    {"Tokyo Night Moon",
     0x191b28,
     0x1e2030,
     none,
     {0x222436, 0x82aaff},
     {0x1e2030, 0x545c7e},
     {0x1e2030, 0x82aaff},
     {0x191b28, 0x82aaff},
     {0x82aaff, 0x1e2030},
     0},
    {"Tokyo Night Storm",
     0x191b28,
     0x1f2335,
     none,
     {0x24283b, 0x7aa2f7},
     {0x1f2335, 0x545c7e},
     {0x1f2335, 0x7aa2f7},
     {0x191b28, 0x7aa2f7},
     {0x7aa2f7, 0x1f2335},
     0},
    {"tokyonight_day",
     0xe1e2e7,
     0xd0d5e3,
     none,
     {0x2e7de9, 0xd0d5e3},
     {0xc4c8da, 0x8990b3},
     {0xc4c8da, 0x2e7de9},
     {0xe1e2e7, 0x2e7de9},
     {0xe1e2e7, 0x2e7de9},
     bold_new},
    {"tokyonight_moon",
     0x222436,
     0x1e2030,
     none,
     {0x82aaff, 0x1e2030},
     {0x2f334d, 0x545c7e},
     {0x2f334d, 0x82aaff},
     {0x222436, 0x82aaff},
     {0x222436, 0x82aaff},
     bold_new},
    {"tokyonight_night",
     0x1a1b26,
     0x16161e,
     none,
     {0x7aa2f7, 0x16161e},
     {0x292e42, 0x545c7e},
     {0x292e42, 0x7aa2f7},
     {0x1a1b26, 0x7aa2f7},
     {0x1a1b26, 0x7aa2f7},
     bold_new},
    {"tokyonight_storm",
     0x24283b,
     0x1f2335,
     none,
     {0x7aa2f7, 0x1f2335},
     {0x292e42, 0x545c7e},
     {0x292e42, 0x7aa2f7},
     {0x24283b, 0x7aa2f7},
     {0x24283b, 0x7aa2f7},
     bold_new},
}};

Rgba color(std::uint32_t rgb) noexcept {
    return Rgba::from_bytes(static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
                            static_cast<std::uint8_t>(rgb));
}

TabBarColor tab(std::uint32_t background, std::uint32_t foreground) {
    TabBarColor result;
    result.background = color(background);
    result.foreground = color(foreground);
    return result;
}

TabBarColor tab(const Pair& colors) { return tab(colors.background, colors.foreground); }

TabBarColors tab_bar(const Bar& bar) {
    TabBarColors colors;
    colors.background = color(bar.background);
    if (bar.edge != none) colors.inactive_tab_edge = color(bar.edge);
    if (bar.edge_hover != none) colors.inactive_tab_edge_hover = color(bar.edge_hover);
    colors.active_tab = tab(bar.active);
    colors.inactive_tab = tab(bar.inactive);
    colors.inactive_tab_hover = tab(bar.hover);
    colors.inactive_tab_hover->italic = bar.style & italic_hover;
    colors.new_tab = tab(bar.new_tab);
    colors.new_tab_hover = tab(bar.new_tab_hover);
    colors.new_tab_hover->italic = bar.style & italic_new;
    if (bar.style & bold_new) colors.new_tab_hover->intensity = "Bold";
    return colors;
}

} // namespace

std::optional<TabBarColors> scheme_tab_bar(std::string_view scheme) {
    for (const Flavour& f : flavours) {
        if (f.scheme != scheme) continue;
        TabBarColors bar;
        bar.background = color(f.crust);
        bar.inactive_tab_edge = color(f.surface0);
        bar.active_tab = tab(f.mauve, f.crust);
        bar.inactive_tab = tab(f.mantle, f.text);
        bar.inactive_tab_hover = tab(f.base, f.text);
        bar.new_tab = tab(f.surface0, f.text);
        bar.new_tab_hover = tab(f.surface1, f.text);
        return bar;
    }
    for (const Bar& bar : bars)
        if (bar.scheme == scheme) return tab_bar(bar);
    return std::nullopt;
}

} // namespace lunette::wezterm
