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
    return std::nullopt;
}

} // namespace lunette::wezterm
