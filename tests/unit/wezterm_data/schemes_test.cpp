#include "wezterm/schemes.h"

#include "model/ansi_color_names.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace lunette::wezterm {
namespace {

std::string background(std::string_view name) {
    const auto scheme = find_builtin_scheme(name);
    return scheme ? scheme->palette.background->to_string() : "none";
}

TEST(BuiltinScheme, NamesThatPublicConfigurationsUse) {
    const std::pair<const char*, const char*> expected[] = {
        {"Catppuccin Mocha", "#1e1e2e"},
        {"Catppuccin Latte", "#eff1f5"},
        {"Catppuccin Macchiato", "#24273a"},
        {"Tokyo Night", "#1a1b26"},
        {"Tokyo Night Storm", "#24283b"},
        {"Tokyo Night Moon", "#222436"},
        {"Tokyo Night (Gogh)", "#1a1b26"},
        {"tokyonight", "#1a1b26"},
        {"tokyonight_night", "#1a1b26"},
        {"GruvboxDark", "#282828"},
        {"Gruvbox Dark (Gogh)", "#282828"},
        {"Gruvbox dark, medium (base16)", "#282828"},
        {"Gruvbox Material (Gogh)", "#282828"},
        {"Gruvbox Material Dark", "#282828"},
        {"Solarized Dark Higher Contrast", "#001e27"},
        {"SolarizedDark (Gogh)", "#002b36"},
        {"Builtin Solarized Dark", "#002b36"},
        {"Adventure Time (Gogh)", "#1f1d45"},
        {"Batman", "#1b1d1e"},
        {"Cloud (terminal.sexy)", "#000000"},
        {"Dracula", "#1e1f29"},
        {"Everforest Dark (Gogh)", "#2d353b"},
        {"Everforest Dark Hard", "#272e33"},
        {"Flexoki Dark", "#1c1b1a"},
        {"Material (base16)", "#263238"},
        {"MaterialDarker", "#212121"},
        {"SpaceGray", "#20242d"},
        {"Thayer Bright", "#1b1d1e"},
        {"Zenburn", "#3f3f3f"},
        {"iTerm2 Pastel Dark Background", "#000000"},
        {"nord", "#2e3440"},
        {"nordfox", "#2e3440"},
        {"onedark", "#1e2127"},
        {"OneDark (base16)", "#282c34"},
        {"terafox", "#152528"},
        {"rose-pine", "#191724"},
        {"Kanagawa (Gogh)", "#1f1f28"},
        {"Astrodark (Gogh)", "#1a1d23"},
        {"Modus-Vivendi", "#000000"},
        {"CutiePro", "#181818"},
    };
    for (const auto& [name, color] : expected) EXPECT_EQ(background(name), color) << name;
}

TEST(BuiltinScheme, SpellingIsForgiven) {
    for (const char* name :
         {"catppuccin-mocha", "CATPPUCCIN_MOCHA", "Catppuccin Mocha (Gogh)", "catppuccinmocha"}) {
        EXPECT_EQ(background(name), "#1e1e2e") << name;
    }
    EXPECT_EQ(find_builtin_scheme("catppuccin_Mocha")->name, "Catppuccin Mocha");
    EXPECT_EQ(find_builtin_scheme("Dracula (iterm2)")->name, "Dracula");
}

TEST(BuiltinScheme, ExactSpellingDecidesBetweenNamesThatFoldAlike) {
    const auto plain = find_builtin_scheme("Afterglow");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->name, "Afterglow");
    std::size_t checked = 0;
    for_each_builtin_scheme([&](std::string_view name, const std::function<Palette()>& palette) {
        const auto found = find_builtin_scheme(name);
        ASSERT_TRUE(found) << name;
        EXPECT_EQ(found->name, name);
        EXPECT_EQ(found->palette, palette()) << name;
        ++checked;
    });
    EXPECT_GT(checked, 600U);
}

TEST(BuiltinScheme, UnknownNames) {
    for (const char* name : {"", " ", "(Gogh)", "Builtin ", "no such scheme", "catppuccin", "\t", "a"}) {
        EXPECT_FALSE(find_builtin_scheme(name)) << name;
    }
}

TEST(BuiltinScheme, EveryPaletteIsWhole) {
    std::set<std::string> seen;
    for_each_builtin_scheme([&](std::string_view name, const std::function<Palette()>& palette) {
        EXPECT_TRUE(seen.insert(std::string{name}).second) << name;
        const Palette p = palette();
        EXPECT_TRUE(p.foreground && p.background && p.ansi && p.brights) << name;
        EXPECT_NE(p.foreground, p.background) << name;
        EXPECT_EQ(p.cursor_bg.has_value(), p.cursor_border.has_value()) << name;
        if (!p.indexed.empty()) {
            EXPECT_GE(p.indexed.begin()->first, 16) << name;
        }
    });
    EXPECT_EQ(find_builtin_scheme("Tokyo Night")->palette.indexed.at(16).to_string(), "#ff9e64");
}

TEST(Palette, DefaultsAreWezTerms) {
    const Palette& palette = default_palette();
    EXPECT_EQ(palette.foreground->to_string(), "#b2b2b2");
    EXPECT_EQ(palette.background->to_string(), "#000000");
    EXPECT_EQ((*palette.ansi)[4].to_string(), "#5455cb");
    EXPECT_EQ((*palette.brights)[7].to_string(), "#ffffff");
    EXPECT_EQ(palette.cursor_bg->to_string(), "#52ad70");
    EXPECT_EQ(palette.selection_bg->to_string(), "rgba(50% 40% 60.000004% 50%)");
    EXPECT_EQ(palette.indexed.size(), 240U);
    EXPECT_EQ(palette.indexed.at(16).to_string(), "#000000");
    EXPECT_EQ(palette.indexed.at(21).to_string(), "#0000ff");
    EXPECT_EQ(palette.indexed.at(196).to_string(), "#ff0000");
    EXPECT_EQ(palette.indexed.at(255).to_string(), "#eeeeee");
}

TEST(Palette, OverlayMergesIndexedAndTabBar) {
    Palette base;
    base.foreground = Rgba{1, 0, 0, 1};
    base.indexed[20] = Rgba{0, 0, 0, 1};
    base.tab_bar.emplace().background = Rgba{0, 1, 0, 1};
    Palette over;
    over.background = Rgba{0, 0, 1, 1};
    over.indexed[21] = Rgba{1, 1, 1, 1};
    over.tab_bar.emplace().inactive_tab_edge = Rgba{0, 0, 0, 1};
    const Palette both = base.overlaid_with(over);
    EXPECT_EQ(both.foreground, base.foreground);
    EXPECT_EQ(both.background, over.background);
    EXPECT_EQ(both.indexed.size(), 2U);
    EXPECT_EQ(both.tab_bar->background, base.tab_bar->background);
    EXPECT_TRUE(both.tab_bar->inactive_tab_edge);
    EXPECT_EQ(base.overlaid_with({}), base);
}

TEST(TabBarColors, DefaultsFillGaps) {
    TabBarColors colors;
    colors.background = Rgba{1, 1, 1, 1};
    const TabBarColors filled = colors.with_defaults();
    EXPECT_EQ(filled.background->to_string(), "#ffffff");
    EXPECT_EQ(filled.active_tab->foreground.to_string(), "#c0c0c0");
    EXPECT_TRUE(filled.new_tab_hover->italic);
    EXPECT_EQ(filled.inactive_tab->background.to_string(), "#333333");
}

TEST(AnsiColor, Names) {
    EXPECT_EQ(model::ansi_color_index("Black"), 0);
    EXPECT_EQ(model::ansi_color_index("Fuchsia"), 13);
    EXPECT_EQ(model::ansi_color_index("black"), std::nullopt);
    for (std::uint8_t i = 0; i < 16; ++i) EXPECT_EQ(model::ansi_color_index(model::ansi_color_names[i]), i);
}

} // namespace
} // namespace lunette::wezterm
