#include "wezterm/battery.h"
#include "wezterm/global_tree.h"
#include "wezterm/palette_value.h"
#include "wezterm/pane_neighbor.h"
#include "wezterm/process_table.h"
#include "wezterm/requests.h"
#include "wezterm/scheme_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace lunette::wezterm {
namespace {

/// A tree that changes as wezterm.GLOBAL does.
class GlobalTreeTest : public ::testing::Test {
protected:
    /// False when it must not be.
    bool set(const GlobalPath& parent, const Value& key, Value value) {
        auto changed = with_global(root, parent, key, std::move(value));
        if (changed) root = std::move(*changed);
        return changed.has_value();
    }
    Value get(const GlobalPath& path) const { return global_at(root, path); }

    Value root = Value::map({});
};

TEST_F(GlobalTreeTest, KeepsTreesAndChangesThemInPlace) {
    EXPECT_TRUE(set({}, "a", Value::map({{"b", Value::map({{"c", 1}})}})));
    EXPECT_EQ(get({"a", "b", "c"}), Value{1});
    EXPECT_TRUE(set({"a", "b"}, "c", 2));
    EXPECT_EQ(get({"a", "b", "c"}), Value{2});
    const Value before = root;
    EXPECT_TRUE(set({"a", "b"}, "c", 2));
    EXPECT_EQ(root, before);
    EXPECT_TRUE(set({"a"}, "b", {}));
    EXPECT_TRUE(get({"a", "b", "c"}).is_nil());
    EXPECT_EQ(root, Value::map({{"a", Value::map({})}}));
}

TEST_F(GlobalTreeTest, ArraysAppendAndReplaceButHaveNoHoles) {
    EXPECT_TRUE(set({}, "l", Value::list({"x"})));
    EXPECT_TRUE(set({"l"}, 2, "y"));
    EXPECT_TRUE(set({"l"}, 1, "z"));
    EXPECT_EQ(get({"l"}), Value::list({"z", "y"}));
    EXPECT_FALSE(set({"l"}, 4, "w"));
    EXPECT_FALSE(set({"l"}, "k", "w"));
    EXPECT_TRUE(set({"l"}, 2, {}));
    EXPECT_EQ(get({"l"}).size(), 1U);
}

TEST_F(GlobalTreeTest, RefusesKeysAndParentsThatAreNone) {
    EXPECT_FALSE(set({}, 1, "x"));
    EXPECT_FALSE(set({"gone"}, "k", "x"));
    EXPECT_TRUE(set({}, "s", "text"));
    EXPECT_FALSE(set({"s"}, "k", "x"));
    EXPECT_TRUE(get({1}).is_nil());
}

TEST(Palette, SurvivesTheWayToLuaAndBack) {
    Palette palette = default_palette();
    TabBarColors bar = TabBarColors{}.with_defaults();
    palette.tab_bar = bar;
    palette.quick_select_label_fg = ColorSpec{std::uint8_t{3}};
    palette.copy_mode_active_highlight_bg = ColorSpec{DefaultColor{}};
    const auto back = palette_from_value(palette_to_value(palette));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(palette_to_value(*back), palette_to_value(palette));
    EXPECT_EQ(back->tab_bar->active_tab->italic, bar.active_tab->italic);
}

TEST(Palette, NamesTheFieldThatIsWrong) {
    EXPECT_NE(palette_from_value(Value::map({{"background", "nocolor"}})).error().find("background"),
              std::string::npos);
    EXPECT_FALSE(palette_from_value(Value::map({{"ansi", Value::list({"red"})}})));
    EXPECT_FALSE(palette_from_value(Value::map({{"indexed", Value::map({{3, "red"}})}})));
    EXPECT_FALSE(palette_from_value(
        Value::map({{"tab_bar", Value::map({{"active_tab", Value::map({{"bg_color", "red"}})}})}})));
    EXPECT_FALSE(palette_from_value(Value{"red"}));
}

TEST(SchemeFiles, ReadsWhatItWrites) {
    const auto text = write_scheme({default_palette(), Value::map({{"name", "mine"}})});
    ASSERT_TRUE(text) << text.error();
    const auto scheme = parse_scheme(*text);
    ASSERT_TRUE(scheme) << scheme.error();
    EXPECT_EQ(palette_to_value(scheme->colors), palette_to_value(default_palette()));
    EXPECT_EQ(scheme->metadata["name"], Value{"mine"});
    EXPECT_FALSE(parse_scheme("x = 1"));
    EXPECT_FALSE(parse_scheme("[colors]\nbackground = 'nope'"));
}

TEST(SchemeFiles, ReadsBase16) {
    std::string yaml = "scheme: Test\nauthor: Me\n";
    for (int i = 0; i < 16; ++i) {
        const char digit = "0123456789ABCDEF"[i];
        yaml += std::string{"base0"} + digit + ": \"" + std::string(6, digit) + "\"\n";
    }
    const auto scheme = parse_base16_scheme(yaml);
    ASSERT_TRUE(scheme) << scheme.error();
    EXPECT_EQ(scheme->colors.background->to_string(), "#000000");
    EXPECT_EQ((*scheme->colors.ansi)[1].to_string(), "#888888");
    EXPECT_EQ(scheme->metadata["name"], Value{"Test"});
    EXPECT_FALSE(parse_base16_scheme("scheme: x"));
}

TEST(ProcessTable, KnowsThisProcess) {
    const auto stat = process_stat(::getpid());
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->parent, ::getppid());
    EXPECT_TRUE(process_executable(::getpid())->find("test_wezterm") != std::string::npos);
    const Value info = process_info(::getpid());
    EXPECT_EQ(info["pid"], Value{static_cast<std::int64_t>(::getpid())});
    EXPECT_GE(info["argv"].size(), 1U);
    EXPECT_TRUE(process_info(-1).is_nil());
    EXPECT_FALSE(process_stat(0));
}

TEST(Battery, ReadsPowerSupplies) {
    const std::string root = ::testing::TempDir() + "lunette-battery";
    std::filesystem::remove_all(root);
    const auto write = [&](const std::string& file, const std::string& text) {
        const std::filesystem::path path = root + "/" + file;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path} << text << '\n';
    };
    write("AC/type", "Mains");
    write("BAT0/type", "Battery");
    write("BAT0/status", "Discharging");
    write("BAT0/capacity", "50");
    write("BAT0/energy_full", "40000000");
    write("BAT0/energy_now", "20000000");
    write("BAT0/power_now", "10000000");
    write("mouse/type", "Battery");
    write("mouse/scope", "Device");
    std::vector<std::string> read;
    const Value found = battery_info(root, [&](std::string_view path) { read.emplace_back(path); });
    ASSERT_EQ(found.size(), 1U);
    const Value& battery = found.items()[0];
    EXPECT_EQ(battery["state_of_charge"], Value{0.5});
    EXPECT_EQ(battery["state"], Value{"Discharging"});
    EXPECT_EQ(battery["time_to_empty"], Value{7200.0});
    EXPECT_EQ(battery["vendor"], Value{"unknown"});
    EXPECT_FALSE(read.empty());
    EXPECT_EQ(battery_info(root + "/none", [](std::string_view) {}).size(), 0U);
    std::filesystem::remove_all(root);
}

Ref<model::PaneInfo> pane_at(std::int64_t left, std::int64_t top, std::int64_t width, std::int64_t height) {
    model::PaneInfo pane;
    pane.left = left;
    pane.top = top;
    pane.width = width;
    pane.height = height;
    return model::pane_schema().make(pane);
}

TEST(PaneNeighbor, TakesTheLongestSharedEdge) {
    // ┌────┬──┐
    // │    │ b│
    // │ a  ├──┤
    // │    │ c│
    // └────┴──┘
    const auto a = pane_at(0, 0, 40, 20), b = pane_at(41, 0, 20, 5), c = pane_at(41, 6, 20, 14);
    model::TabInfo tab;
    tab.all_panes = List<model::PaneInfo>{{a, b, c}};
    tab.active_pane = a;
    EXPECT_EQ(pane_neighbor(tab, model::Direction::right)->id(), c.id());
    EXPECT_FALSE(pane_neighbor(tab, model::Direction::left));
    EXPECT_FALSE(pane_neighbor(tab, model::Direction::up));
    EXPECT_EQ(pane_neighbor(tab, model::Direction::previous)->id(), c.id());
    tab.active_pane = b;
    EXPECT_EQ(pane_neighbor(tab, model::Direction::down)->id(), c.id());
    EXPECT_EQ(pane_neighbor(tab, model::Direction::left)->id(), a.id());
    EXPECT_EQ(pane_neighbor(tab, model::Direction::next)->id(), c.id());
    tab.active_pane = {};
    EXPECT_FALSE(pane_neighbor(tab, model::Direction::next));
}

TEST(Requests, CarryCommandsAndQueriesOfTheModel) {
    const lunette::Command command = request(model::SetTabTitle{7, "x"});
    EXPECT_STREQ(command.name(), "set_title");
    EXPECT_EQ(command.arguments(), (Args{Value{"x"}}));
    const auto unwrapped = model_command(command);
    ASSERT_TRUE(unwrapped);
    EXPECT_EQ(std::get<model::SetTabTitle>(*unwrapped).tab, 7U);
    EXPECT_FALSE(model_query(command));
    EXPECT_TRUE(model_query(request(model::PaneText{7, {}, false, false})));
    EXPECT_FALSE(model_command(lunette::Command{}));
}

TEST(Requests, AreEqualWhenTheyAskTheSameOfTheSame) {
    using Title = Request<model::SetTabTitle>;
    EXPECT_EQ((Title{{7, "x"}}), (Title{{7, "x"}}));
    EXPECT_FALSE((Title{{7, "x"}}) == (Title{{8, "x"}}));
    EXPECT_FALSE((Title{{7, "x"}}) == (Title{{7, "y"}}));
}

} // namespace
} // namespace lunette::wezterm
