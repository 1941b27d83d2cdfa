#include "server/action_text.h"
#include "server/capability_texts.h"
#include "server/help_page.h"
#include "server/info_page.h"
#include "server/key_chords.h"
#include "server/key_explanation.h"
#include "server/overlay_entries.h"
#include "wezterm/config_convert.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lunette::server {

namespace {

using Callbacks = std::map<std::string, std::string>;

Value binding(const char* key, const char* mods, Value action) {
    return Value::map({{"key", key}, {"mods", mods}, {"action", std::move(action)}});
}

model::ConfigView view(std::vector<MapEntry> options) {
    const auto converted = wezterm::convert_options(Value::map(std::move(options)));
    EXPECT_TRUE(converted);
    return model::ConfigView{model::config_schema().make(converted->config)};
}

model::ConfigView with_keys() {
    return view(
        {{"leader", Value::map({{"key", "a"}, {"mods", "CTRL"}})},
         {"keys", Value::list({binding("t", "CTRL|SHIFT", Value::map({{"EmitEvent", "user-defined-3"}})),
                               binding("c", "LEADER", Value::map({{"SpawnTab", "CurrentPaneDomain"}})),
                               binding("k", "SUPER", Value::map({{"EmitEvent", "mine"}}))})}});
}

std::string text_of(const std::vector<ui::PageView::Line>& lines) {
    std::string text;
    for (const auto& line : lines) text += line.text.plain() + "\n";
    return text;
}

std::string line_with(const std::string& text, std::string_view part) {
    const std::size_t at = text.find(part);
    if (at == std::string::npos) return {};
    const std::size_t begin = text.rfind('\n', at) + 1;
    return text.substr(begin, text.find('\n', at) - begin);
}

TEST(ActionTextTest, CallbacksAreNamedByTheirPlace) {
    const Callbacks places{{"user-defined-3", "/home/me/.config/wezterm/keys.lua:41"},
                           {"mine", "/x/wezterm.lua:7"}};
    EXPECT_EQ(action_text({"EmitEvent", "user-defined-3"}, places), "Lua callback, keys.lua:41");
    EXPECT_EQ(action_text({"EmitEvent", "user-defined-4"}, places), "Lua callback");
    EXPECT_EQ(action_text({"EmitEvent", "mine"}, places), "Emit Event: mine, wezterm.lua:7");
    EXPECT_EQ(action_text({"CloseCurrentPane", Value::map({{"confirm", true}})}), "Close Current Pane");
}

TEST(ActionTextTest, TheLeaderIsWrittenAsItIsTyped) {
    const model::ConfigView config = with_keys();
    ASSERT_TRUE(config.leader());
    const auto own = std::find_if(config.keys().begin(), config.keys().end(),
                                  [](const auto& key) { return key.chord.modifiers.leader; });
    ASSERT_NE(own, config.keys().end());
    EXPECT_EQ(chord_text(own->chord, config.leader()), "CTRL+a c");
    EXPECT_EQ(chord_text(own->chord, std::nullopt), "LEADER c");
}

TEST(PaletteTest, OffersOwnActionsAndNotWhatNeedsAMouse) {
    const auto entries = palette_entries(with_keys(), {});
    const auto find = [&](std::string_view label) {
        return std::find_if(entries.begin(), entries.end(),
                            [&](const OverlayEntry& entry) { return entry.item.label.plain() == label; });
    };
    EXPECT_NE(find("Rename Tab"), entries.end());
    EXPECT_NE(find("Show Keys"), entries.end());
    ASSERT_NE(find("Spawn Tab"), entries.end());
    EXPECT_EQ(find("Spawn Tab")->item.note, "CTRL+a c");
    for (const OverlayEntry& entry : entries) {
        EXPECT_EQ(entry.item.label.plain().find("At Mouse Cursor"), std::string::npos);
        EXPECT_EQ(entry.item.label.plain().find("Font"), std::string::npos);
    }
}

TEST(PaletteTest, WeightsAreAskedByLabel) {
    PaletteFacts facts;
    facts.weight = [](const std::string& label) { return label == "Spawn Tab" ? 7 : 0; };
    int weight = 0;
    for (const OverlayEntry& entry : palette_entries(with_keys(), {}, facts)) weight += entry.item.weight;
    EXPECT_EQ(weight, 7);
}

TEST(PaletteTest, ShowsTheKeyThatArrives) {
    const auto key_of = [](std::string_view label, bool prefix, bool modern) {
        PaletteFacts facts;
        facts.prefix_is_on = prefix;
        facts.modern_keys = modern;
        for (const OverlayEntry& entry : palette_entries(view({}), {}, facts))
            if (entry.item.label.plain() == label) return entry.item.note;
        return std::string{"not offered"};
    };
    EXPECT_EQ(key_of("Close Current Tab", true, false), "CTRL+b &");
    EXPECT_EQ(key_of("Split Horizontal", true, false), "CTRL+b %");
    EXPECT_EQ(key_of("Activate Tab: 0", false, true), "CTRL+SHIFT+1") << "not SUPER, which the desktop keeps";
    EXPECT_EQ(key_of("Scroll By Page: -1", false, false), "SHIFT+PageUp");
}

// ---- help

TEST(HelpPageTest, MarksWhatCannotArriveAndTellsAWay) {
    const model::ConfigView config = with_keys();
    const Callbacks places{{"user-defined-3", "/a/wezterm.lua:9"}};
    const std::string legacy = text_of(help_lines({config, true, false, {}, places}));
    EXPECT_NE(line_with(legacy, "wezterm.lua:9").find("cannot arrive here: in the palette"),
              std::string::npos)
        << line_with(legacy, "wezterm.lua:9");
    EXPECT_NE(line_with(legacy, "CTRL+SHIFT+W").find("cannot arrive here: CTRL+b &"), std::string::npos)
        << line_with(legacy, "CTRL+SHIFT+W");
    EXPECT_EQ(line_with(legacy, "CTRL+a c").find("cannot"), std::string::npos);
    EXPECT_NE(legacy.find("Your leader key is CTRL+a\n"), std::string::npos);
    EXPECT_NE(legacy.find("Key table copy_mode"), std::string::npos);
    const std::string modern = text_of(help_lines({config, false, true, "ghostty 1.0", places}));
    EXPECT_NE(line_with(modern, "wezterm.lua:9").find("may be kept by ghostty 1.0: in the palette"),
              std::string::npos)
        << line_with(modern, "wezterm.lua:9");
    EXPECT_EQ(modern.find("Behind CTRL+b"), std::string::npos) << "the prefix is off";
}

TEST(HelpPageTest, AWayRoundIsThePrefixKey) {
    EXPECT_EQ(way_round({"SpawnTab", "CurrentPaneDomain"}, model::ConfigView{}, true), "CTRL+b c");
    EXPECT_EQ(way_round({"SpawnTab", "CurrentPaneDomain"}, model::ConfigView{}, false), "in the palette");
    EXPECT_EQ(way_round({"SplitHorizontal", {}}, model::ConfigView{}, true), "CTRL+b %");
    EXPECT_EQ(way_round({"ActivateTabRelative", 1}, model::ConfigView{}, true), "CTRL+b n");
}

// ---- information

TEST(InfoPageTest, TellsTheTerminalTheConfigurationAndSlowHandlers) {
    model::OuterInfo outer;
    outer.program = "foot(1.16)";
    outer.columns = 100;
    outer.rows = 30;
    outer.pixel_width = 800;
    outer.pixel_height = 480;
    const model::ConfigView config = with_keys();
    LoadResult load;
    load.ok = false;
    load.error = {"unexpected symbol", "wezterm.lua:3"};
    EngineReport report;
    HandlerReport slow;
    slow.event = "update-status";
    slow.where = "wezterm.lua:88";
    slow.runs = 12;
    slow.late = 2;
    slow.cpu.record(250'000'000);
    HandlerReport quick;
    quick.event = "format-tab-title";
    quick.where = "wezterm.lua:10";
    quick.cpu.record(1000);
    report.handlers = {quick, slow};
    report.warnings.push_back({"wezterm.lua:5", "no such option"});
    const std::string text = text_of(info_lines(
        {outer, capability_texts({}), config, load, "/tmp/wezterm.lua", true, false, {}, &report}));
    EXPECT_NE(text.find("foot(1.16)"), std::string::npos);
    EXPECT_NE(text.find("100 × 30 cells of 8 × 16 pixels"), std::string::npos) << text;
    EXPECT_NE(text.find("wezterm.lua:3: unexpected symbol"), std::string::npos);
    EXPECT_NE(text.find("wezterm.lua:5: no such option"), std::string::npos);
    EXPECT_NE(line_with(text, "wezterm.lua:88").find("2 late"), std::string::npos);
    EXPECT_EQ(text.find("wezterm.lua:10 "), std::string::npos) << "quick ones are not listed";
    EXPECT_NE(text.find("3, 2 of them cannot arrive here"), std::string::npos) << text;
    const std::string early = text_of(info_lines({outer, {}, config, load, {}, true, false, {}, nullptr}));
    EXPECT_NE(early.find("has not answered yet"), std::string::npos);
    EXPECT_NE(early.find("none: the bundled one"), std::string::npos);
}

TEST(InfoPageTest, StatisticsComeWithTheCostliestFirst) {
    EngineReport report;
    for (const std::int64_t ns : {1'000, 5'000'000}) {
        HandlerReport row;
        row.event = "e" + std::to_string(ns);
        row.runs = 1;
        row.cpu.record(ns);
        report.handlers.push_back(row);
    }
    report.handlers.push_back({});
    const std::string text = text_of(callback_lines(report));
    EXPECT_LT(text.find("e5000000"), text.find("e1000 "));
    EXPECT_NE(text.find("5.0 ms"), std::string::npos);
    EXPECT_NE(text_of(callback_lines({})).find("nothing has run yet"), std::string::npos);
}

TEST(InfoPageTest, SummaryOfALoad) {
    const auto converted = wezterm::convert_options(Value::map(
        {{"font_size", 12}, {"scrollback_lines", 5}, {"enable_tab_bar", true}, {"keys", Value::list({})}}));
    ASSERT_TRUE(converted);
    model::ConfigInfo config = converted->config;
    config.set_options = Value::list({"enable_tab_bar", "font_size", "keys", "scrollback_lines"});
    EXPECT_EQ(load_summary(config, "/etc/wezterm.lua"),
              "/etc/wezterm.lua: 4 options (2 applied, 1 adapted, 1 not for a multiplexer), 0 keys");
}

TEST(InfoPageTest, Durations) {
    EXPECT_EQ(duration_text(1'500), "1 us");
    EXPECT_EQ(duration_text(1'500'000), "1.5 ms");
    EXPECT_EQ(duration_text(2'340'000'000), "2.34 s");
}

// ---- keys explained

std::string explained(const char* chord, bool prefix_is_on = true, std::string_view bytes = {}) {
    const model::ConfigView config = with_keys();
    std::string text;
    for (const std::string& line :
         explain_key(to_event(*parse_typed_chord(chord)), bytes, config, prefix_is_on, {}))
        text += line + "\n";
    return text;
}

TEST(KeyExplanationTest, FromBytesToBinding) {
    const std::string closes = explained("CTRL|SHIFT+w", true, "\x1b[119;6u");
    EXPECT_NE(closes.find("ESC [ 1 1 9 ; 6 u"), std::string::npos) << closes;
    EXPECT_NE(closes.find("Close Current Tab  (WezTerm's default)"), std::string::npos) << closes;
    EXPECT_NE(explained("CTRL+a").find("your leader key"), std::string::npos);
    EXPECT_NE(explained("CTRL+b").find("the prefix key"), std::string::npos);
    EXPECT_NE(explained("CTRL+b", false).find("it goes to the program"), std::string::npos);
    EXPECT_NE(explained("x").find("x  U+0078"), std::string::npos);
}

TEST(KeyExplanationTest, BytesAreReadable) {
    EXPECT_EQ(bytes_text("\x01\x7f"), "^A DEL");
    EXPECT_EQ(bytes_text("\xc3\xa9\xff"), "é \\xff");
    EXPECT_LT(bytes_text(std::string(1000, 'x')).size(), 200U);
}

} // namespace

} // namespace lunette::server
