#include "session.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace lunette::wezterm::testing {
namespace {

TEST(Functions, FormatAndMeasureText) {
    EXPECT_EQ(evaluate(R"({
        wezterm.format { { Foreground = { AnsiColor = 'Red' } }, { Text = 'x' } },
        wezterm.column_width('日本'), wezterm.pad_left('a', 3), wezterm.pad_right('a', 3),
        wezterm.truncate_right('日本語', 5), wezterm.truncate_left('abc', 2) })")
                      .items()[0]
                      .text()
                      .find("x") != std::string::npos,
              true);
    EXPECT_EQ(evaluate(R"({ wezterm.column_width('日本'), wezterm.pad_left('a', 3), wezterm.pad_right('a', 3),
                            wezterm.truncate_right('日本語', 5), wezterm.truncate_left('abc', 2) })"),
              Value::list({4, "  a", "a  ", "日本", "bc"}));
}

TEST(Functions, WidthsAreCutToTheirWholePart) {
    EXPECT_EQ(evaluate(R"({ wezterm.truncate_right('abcdef', 5 / 2), wezterm.truncate_left('abcdef', 3.9),
                            wezterm.pad_left('a', 2.5), wezterm.pad_right('a', 2.5), wezterm.truncate_right('a', -1) })"),
              Value::list({"ab", "def", " a", "a ", ""}));
}

TEST(Functions, AWrongArgumentNamesTheFunction) {
    const Value error = evaluate("wezterm.pad_left({}, 1)");
    EXPECT_NE(error.text().find("pad_left"), std::string_view::npos) << error.text();
    EXPECT_NE(evaluate("wezterm.format('x')").text().find("format"), std::string_view::npos);
}

TEST(Functions, ReadTheEnginesClock) {
    // The clock stands at 1 700 000 001 s.
    EXPECT_EQ(evaluate("wezterm.strftime_utc('%Y-%m-%d %H:%M:%S')"), Value{"2023-11-14 22:13:21"});
    EXPECT_EQ(evaluate("wezterm.time.now():format_utc('%H:%M')"), Value{"22:13"});
    EXPECT_EQ(evaluate("tostring(wezterm.time.parse_rfc3339('2024-01-01T00:00:00Z'))"),
              Value{"Time(utc: 2024-01-01T00:00:00+00:00)"});
}

TEST(Functions, EncodeAndDecode) {
    EXPECT_EQ(evaluate("wezterm.json_parse('{\"a\":[1,2,null]}').a[2]"), Value{2});
    EXPECT_EQ(evaluate("wezterm.json_encode({ a = wezterm.color.parse('#112233') })"),
              Value{R"({"a":"#112233"})"});
    EXPECT_EQ(evaluate("wezterm.serde.yaml_decode('a: 1').a"), Value{1});
    EXPECT_EQ(evaluate("wezterm.serde.toml_decode('a = 1').a"), Value{1});
    EXPECT_NE(evaluate("wezterm.json_parse('{')").text().find("error"), std::string_view::npos);
}

TEST(Functions, WorkOnStrings) {
    EXPECT_EQ(evaluate(R"(wezterm.split_by_newlines('a\r\nb\n\nc'))"), Value::list({"a", "b", "", "c"}));
    EXPECT_EQ(evaluate(R"(wezterm.utf16_to_utf8('a\0\61\216\0\222'))"), Value{"a\U0001F600"});
    EXPECT_EQ(evaluate("wezterm.shell_join_args { 'ls', 'a b' }"), Value{"ls 'a b'"});
    EXPECT_EQ(evaluate("wezterm.shell_split('ls \"a b\"')"), Value::list({"ls", "a b"}));
    EXPECT_EQ(evaluate("#wezterm.permute_any_mods { key = 'a' }"), Value{15});
    EXPECT_EQ(evaluate("wezterm.permute_any_or_no_mods({ key = 'a' })[1].mods"), Value{"NONE"});
}

TEST(Functions, ActionsAreConstructedAndChecked) {
    EXPECT_EQ(evaluate("wezterm.action.ActivateCopyMode"), Value{"ActivateCopyMode"});
    EXPECT_EQ(evaluate("wezterm.action.ActivateTab(3)"), Value::map({{"ActivateTab", 3}}));
    EXPECT_EQ(evaluate("wezterm.action { SendString = 'x' }"), Value::map({{"SendString", "x"}}));
    EXPECT_EQ(evaluate("{ a = wezterm.action.SplitHorizontal }"),
              Value::map({{"a", Value::map({{"SplitHorizontal", Value::map({})}})}}));
    EXPECT_EQ(evaluate("wezterm.has_action('SplitPane')"), Value{true});
    EXPECT_EQ(evaluate("wezterm.has_action('SplitPain')"), Value{false});
    EXPECT_NE(evaluate("wezterm.action.ActivateTab('x')").text().find("integer expected"),
              std::string_view::npos);
}

TEST(Functions, AnUnknownActionRaisesAndIsReported) {
    Session session{"return wezterm.action.SplitPain"};
    EXPECT_FALSE(session.engine->load().ok);
    EXPECT_NE(session.error().find("wezterm.action.SplitPain does not exist"), std::string::npos);
    ASSERT_EQ(session.engine->load().warnings.size(), 1U);
    EXPECT_EQ(session.engine->load().warnings[0].what, "wezterm.action.SplitPain does not exist");
}

TEST(Functions, AskingForAnActionThatDoesNotExistIsNoErrorWhenItIsCaught) {
    Session session{"return (pcall(function() return wezterm.action.SplitPain end))"};
    EXPECT_EQ(session.result(), Value{false});
    EXPECT_TRUE(session.engine->load().errors.empty());
    EXPECT_EQ(session.engine->load().warnings.size(), 1U);
}

TEST(Functions, OpeningWithAProgramThatIsMissingIsAWarning) {
    Session session{"wezterm.open_with('https://example.org', '/no/such/program'); return 1"};
    EXPECT_EQ(session.result(), Value{1}) << session.error();
    const auto log = session.engine->take_log();
    ASSERT_EQ(log.size(), 1U);
    EXPECT_EQ(log[0].level, LogLevel::warning);
    EXPECT_NE(log[0].message.find("/no/such/program"), std::string::npos) << log[0].message;
}

TEST(Functions, AnUnknownNameOfTheModuleReadsAsNilWithAWarning) {
    Session session{"wezterm.mine = 1; return { wezterm.mine, wezterm.no_such_thing == nil }"};
    EXPECT_EQ(session.result(), Value::list({1, true}));
    ASSERT_EQ(session.engine->load().warnings.size(), 1U);
    EXPECT_NE(session.engine->load().warnings[0].what.find("no_such_thing"), std::string::npos);
}

TEST(Functions, ModulesBesideAPluginAreFound) {
    namespace fs = std::filesystem;
    const fs::path data = fs::temp_directory_path() / ("lunette-plugins-" + std::to_string(::getpid()));
    const fs::path plugin = data / "wezterm/plugins/httpssCssZssZsexamplesDsorgsZsp/plugin";
    fs::create_directories(plugin / "inner");
    std::ofstream{plugin / "init.lua"} << "return { value = require 'inner.part' }";
    std::ofstream{plugin / "inner/part.lua"} << "return 'found'";
    ::setenv("XDG_DATA_HOME", data.c_str(), 1);
    EXPECT_EQ(evaluate("wezterm.plugin.require('https://example.org/p').value"), Value{"found"});
    // Without a clone's configuration the URL is read from the folder's name.
    EXPECT_EQ(evaluate("wezterm.plugin.list()[1].url"), Value{"https://example.org/p"});
    ::unsetenv("XDG_DATA_HOME");
    fs::remove_all(data);
}

TEST(Functions, WhatCanBeCalledIsAHandler) {
    Session session{R"(
        local called = setmetatable({}, { __call = function(_, window) window:set_left_status('called') end })
        wezterm.on('mine', called)
        return wezterm.action_callback(called).EmitEvent ~= nil)"};
    EXPECT_EQ(session.result(), Value{true}) << session.error();
    session.emit("mine");
    EXPECT_EQ(session.log.size(), 1U);
    EXPECT_NE(evaluate("wezterm.on('mine', {})").text().find("function expected"), std::string_view::npos);
}

TEST(Functions, ActionCallbacksAreEvents) {
    Session session{R"(
        local action = wezterm.action_callback(function(window, pane) window:set_left_status('called') end)
        return action)"};
    const std::string event{session.result()["EmitEvent"].text()};
    ASSERT_FALSE(event.empty());
    session.emit(event);
    EXPECT_EQ(session.log, (std::vector<std::string>{"set_left_status \"called\""}));
}

TEST(Functions, EmitRunsHandlersAndTellsWhetherOneSaidFalse) {
    Session session{R"(
        local seen = {}
        wezterm.on('mine', function(a) seen[#seen + 1] = a end)
        wezterm.on('mine', function(a) return a ~= 2 end)
        return { wezterm.emit('mine', 1), wezterm.emit('mine', 2), wezterm.emit('nobody'), seen })"};
    EXPECT_EQ(session.result(), Value::list({true, false, true, Value::list({1, 2})})) << session.error();
}

TEST(Functions, FontsHaveWezTermsShape) {
    const Value font = evaluate("wezterm.font('Fira Code', { weight = 'Bold', italic = true })");
    const Value& first = font["font"].items()[0];
    EXPECT_EQ(first["family"], Value{"Fira Code"});
    EXPECT_EQ(first["weight"], Value{"Bold"});
    EXPECT_EQ(first["style"], Value{"Italic"});
    const Value fonts = evaluate("wezterm.font_with_fallback { 'A', { family = 'B', scale = 1.2 } }");
    EXPECT_EQ(fonts["font"].items()[1]["scale"], Value{1.2});
    EXPECT_EQ(fonts["font"].items()[1]["is_fallback"], Value{true});
}

TEST(Functions, Colors) {
    EXPECT_EQ(evaluate("tostring(wezterm.color.parse('red'):darken(0.5))"), Value{"#7f0000"});
    EXPECT_EQ(evaluate("wezterm.color.parse('red') == wezterm.color.parse('#ff0000')"), Value{true});
    EXPECT_EQ(evaluate("{ wezterm.color.parse('red'):srgba_u8() }"), Value::list({255, 0, 0, 255}));
    EXPECT_EQ(evaluate("#wezterm.color.gradient({ colors = { 'red', 'blue' } }, 5)"), Value{5});
    EXPECT_EQ(evaluate("wezterm.color.get_builtin_schemes()['Catppuccin Mocha'].background"),
              Value{"#1e1e2e"});
    EXPECT_EQ(evaluate(R"((function()
                  local bar = wezterm.color.get_builtin_schemes().tokyonight_night.tab_bar
                  return bar.active_tab.fg_color .. bar.new_tab_hover.intensity .. bar.inactive_tab_edge
              end)())"),
              Value{"#16161eBold#16161e"});
    EXPECT_EQ(
        evaluate(
            "wezterm.color.get_builtin_schemes()['Dracula (Official)'].tab_bar.inactive_tab_hover.italic"),
        Value{true});
    EXPECT_EQ(evaluate("wezterm.color.get_builtin_schemes()['Catppuccin Mocha'].tab_bar.active_tab.bg_color"),
              Value{"#cba6f7"});
    EXPECT_NE(evaluate("wezterm.color.parse('nocolor')").text().find("color expected"),
              std::string_view::npos);
    EXPECT_NE(evaluate("wezterm.color.parse('red'):brighten(1)").text().find("brighten"),
              std::string_view::npos);
}

TEST(Functions, ColorsOfAnImageAreThoseOfTheDefaultPalette) {
    Session session{R"(
        local color = wezterm.color
        local all, few = color.extract_colors_from_image '/dev/null',
            color.extract_colors_from_image('/dev/null', { num_colors = 18, threshold = 10 })
        return { #all, #few, tostring(all[2]), all[1] == few[17], all[1] == all[2],
            (pcall(color.extract_colors_from_image, '/no/such/image')) })"};
    EXPECT_EQ(session.result(), Value::list({16, 18, "#cc5555", true, false, false})) << session.error();
    EXPECT_TRUE(session.engine->load().errors.empty());
    ASSERT_EQ(session.engine->load().warnings.size(), 2U) << "one for each line";
    EXPECT_NE(session.engine->load().warnings[0].what.find("/dev/null"), std::string::npos);
}

TEST(Functions, PalettesHaveATableOfIndexedColors) {
    EXPECT_EQ(evaluate("type(wezterm.color.get_builtin_schemes()['Dracula (Official)'].indexed)"),
              Value{"table"});
    EXPECT_EQ(evaluate("next(wezterm.color.get_builtin_schemes()['Dracula (Official)'].indexed) == nil"),
              Value{true});
}

TEST(Functions, ArgumentsEndAtTheFirstNil) {
    EXPECT_EQ(evaluate("select(2, wezterm.run_child_process({ 'echo', 'a', nil, 'b' }))"), Value{"a\n"});
    EXPECT_EQ(evaluate("wezterm.shell_join_args({ 'a b', nil, 'c' })"), Value{"'a b'"});
    EXPECT_NE(evaluate("wezterm.run_child_process({ nil, 'b' })").text().find("a list of strings"),
              std::string_view::npos);
    EXPECT_NE(evaluate("wezterm.shell_join_args({ nil, 'b' })").text().find("array of strings"),
              std::string_view::npos);
}

TEST(Functions, ATableInsideItselfIsLeftOutOfData) {
    EXPECT_EQ(evaluate("wezterm.json_encode((function() local t = { 1 } t[2] = t return t end)())"),
              Value{"[1,null]"});
    EXPECT_EQ(evaluate("wezterm.serde.toml_encode((function() local t = { a = 1 } t.b = t return t end)())"),
              Value{"a = 1\n"});
}

TEST(Functions, NerdfontsAreLookedUpByName) {
    EXPECT_EQ(evaluate("utf8.codepoint(wezterm.nerdfonts.cod_terminal)"), Value{0xEA85});
    EXPECT_EQ(evaluate("wezterm.nerdfonts.no_such_glyph == nil"), Value{true});
}

TEST(Functions, UrlsHaveParts) {
    EXPECT_EQ(evaluate("wezterm.url.parse('file://h/a%20b').file_path"), Value{"/a b"});
    EXPECT_EQ(evaluate("tostring(wezterm.url.parse('https://x.org'))"), Value{"https://x.org/"});
}

TEST(Functions, AUrlStillWorksAsTheStringThatItWas) {
    Session session{R"(
        local cwd = wezterm.url.parse('file://h/a%20b')
        return { (cwd:gsub('^file://[^/]*', '')), cwd:sub(8, 8), 'x' .. cwd, cwd .. 1, #cwd, cwd:find('a', 1, true),
            select(2, pcall(function() return cwd.no_such_part end)), (pcall(function() return cwd .. {} end)) })"};
    const auto& values = session.result().items();
    ASSERT_EQ(values.size(), 8U) << session.error();
    EXPECT_EQ(values[0], Value{"/a%20b"});
    EXPECT_EQ(values[1], Value{"h"});
    EXPECT_EQ(values[2], Value{"xfile://h/a%20b"});
    EXPECT_EQ(values[3], Value{"file://h/a%20b1"});
    EXPECT_EQ(values[4], Value{14});
    EXPECT_EQ(values[5], Value{10});
    EXPECT_NE(values[6].text().find("Url has no field 'no_such_part'"), std::string_view::npos);
    EXPECT_EQ(values[7], Value{false});
    EXPECT_TRUE(session.engine->load().errors.empty());
    EXPECT_EQ(session.engine->load().warnings[0].what, "Url is no string; gsub works on its text");
}

TEST(Functions, GlobalIsATreeOfPlainData) {
    EXPECT_EQ(evaluate(R"((function()
        local g = wezterm.GLOBAL
        g.a = { b = { 1, 2 }, c = 'x' }
        g.a.b[3] = 3
        g.a.d = g.a.c
        local keys = {}
        for key, value in pairs(g.a) do keys[#keys + 1] = key end
        local sum = 0
        for _, number in ipairs(g.a.b) do sum = sum + number end
        return { #g.a.b, g.a.d, table.concat(keys, ','), sum, g.nothing == nil, wezterm.json_encode(g.a.b) }
    end)())"),
              Value::list({3, "x", "b,c,d", 6, true, "[1,2,3]"}));
    EXPECT_NE(evaluate("(function() wezterm.GLOBAL.f = function() end end)()").text().find("function"),
              std::string_view::npos);
}

TEST(Functions, NumberedEntriesOfGlobalHaveStringsForKeys) {
    EXPECT_EQ(evaluate(R"((function()
        local g = wezterm.GLOBAL
        g.panes = { [7] = 'x', inner = { [0] = 'y' }, list = { { [9] = 'z' } } }
        local keys = {}
        for key in pairs(g.panes) do keys[#keys + 1] = type(key) .. key end
        return { g.panes['7'], g.panes[7], g.panes.inner[0], g.panes.list[1][9], g.panes[8] == nil,
            table.concat(keys, ' '), wezterm.json_encode(g.panes.inner) }
    end)())"),
              Value::list({"x", "x", "y", "z", true, "string7 stringinner stringlist", R"({"0":"y"})"}));
}

TEST(Functions, GlobalOutlivesAReload) {
    Session session{"local g = wezterm.GLOBAL; g.count = (g.count or 0) + 1; return g.count"};
    EXPECT_EQ(session.result(), Value{1});
    session.engine->reload();
    session.settle();
    EXPECT_EQ(session.result(), Value{2});
}

TEST(Functions, LogsPrettyPrint) {
    Session session{"wezterm.log_info('a', 1, { x = { 'y' } }); print('p'); wezterm.log_error(nil)"};
    const auto log = session.engine->take_log();
    ASSERT_EQ(log.size(), 3U);
    EXPECT_EQ(log[0].message, "a 1 {\n    \"x\": [\n        \"y\",\n    ],\n}");
    EXPECT_EQ(log[1].message, "p");
    EXPECT_EQ(log[2].level, LogLevel::error);
    EXPECT_EQ(log[2].message, "nil");
}

TEST(Functions, APluginThatIsMissingDoesNothingAndSaysHowToInstallIt) {
    Session session{R"lua(
        local bar = wezterm.plugin.require('https://example.org/no/plugin')
        local config = { before = 1 }
        bar.apply_to_config(config, { a = 1 })
        bar.nested.field = 'x'
        for _ in ipairs(bar) do error('a stand-in has no items') end
        for _ in pairs(bar.list) do error('a stand-in has no entries') end
        print('title: ' .. bar.title('x') .. '.' .. #bar .. (bar.number + 1))
    )lua"};
    const auto log = session.engine->take_log();
    ASSERT_EQ(log.size(), 2U);
    EXPECT_EQ(log[0].level, LogLevel::warning);
    EXPECT_NE(log[0].message.find("git clone --recursive https://example.org/no/plugin"), std::string::npos)
        << log[0].message;
    EXPECT_EQ(log[1].message, "title: .00");
}

TEST(Functions, APluginThatIsMissingCountsAsNil) {
    EXPECT_EQ(evaluate("{ a = 1, b = wezterm.plugin.require('https://example.org/no/plugin').colors() }"),
              Value::map({{"a", 1}}));
}

TEST(Functions, WhatIsMadeOfAMissingPluginIsNothing) {
    Session session{R"lua(
        local bar = wezterm.plugin.require('https://example.org/no/plugin')
        local made = wezterm.truncate_right(bar.title(), 3) .. wezterm.strftime(bar.format)
        made = made .. table.concat({ 'a', bar.icon, 'b' }, '-') .. table.concat(bar.parts)
        made = made .. tostring(wezterm.color.parse(bar.color):lighten(0.1))
        made = made .. tostring(wezterm.run_child_process({ 'true', bar.argument }))
        assert(wezterm.format(bar.cells()) == '')
        assert(wezterm.format({ { Text = bar.text }, { Text = 'x' } }) == wezterm.format({ { Text = 'x' } }))
        assert(#wezterm.font_with_fallback({ bar.font, 'Some Font' }).font == 1)
        assert(rawequal(wezterm.action.SendString(bar.text), bar))
        assert(#wezterm.action.Multiple({ bar.action, wezterm.action.Nop }).Multiple == 1)
        local ok, what = pcall(function() table.concat({ 1, true }); end)
        print(made .. ' ' .. what)
    )lua"};
    const auto log = session.engine->take_log();
    ASSERT_EQ(log.size(), 2U) << session.engine->load().error.message;
    EXPECT_TRUE(log[1].message.starts_with("a-bfalse ")) << log[1].message;
    EXPECT_TRUE(log[1].message.ends_with(":13: invalid value (boolean) at index 2 in table for 'concat'"))
        << log[1].message;
}

TEST(Functions, AUserHasANameHoweverTheProgramWasStarted) {
    const char* const before = std::getenv("USER");
    const std::string name = before ? before : "";
    ::unsetenv("USER");
    EXPECT_EQ(evaluate("type(os.getenv('USER'))"), Value{"string"});
    EXPECT_EQ(evaluate("tostring(os.getenv('NO_SUCH_VARIABLE'))"), Value{"nil"});
    ::setenv("USER", "somebody", 1);
    EXPECT_EQ(evaluate("os.getenv('USER')"), Value{"somebody"});
    if (before)
        ::setenv("USER", name.c_str(), 1);
    else
        ::unsetenv("USER");
}

TEST(Functions, AConfigurationKnowsWhereItIsFromTheEnvironment) {
    ::setenv("WEZTERM_EXECUTABLE", "/outer/terminal", 1);
    ::setenv("WEZTERM_CONFIG_FILE", "/outer/wezterm.lua", 1);
    EXPECT_EQ(evaluate("os.getenv('WEZTERM_EXECUTABLE_DIR') == wezterm.executable_dir"), Value{true});
    EXPECT_EQ(evaluate("os.getenv('WEZTERM_EXECUTABLE')"),
              Value{std::filesystem::read_symlink("/proc/self/exe").string()});
    const std::filesystem::path file = std::filesystem::path{::testing::TempDir()} / "own_place.lua";
    std::ofstream{file} << "local wezterm = require 'wezterm'\n"
                           "return { os.getenv('WEZTERM_CONFIG_FILE') == wezterm.config_file,\n"
                           "    os.getenv('WEZTERM_CONFIG_DIR') == wezterm.config_dir }";
    Session session{"", [&file](EngineOptions& options) {
                        options.source = {};
                        options.config = file;
                    }};
    EXPECT_EQ(session.result(), Value::list({true, true})) << session.error();
    std::filesystem::remove(file);
    ::unsetenv("WEZTERM_EXECUTABLE");
    ::unsetenv("WEZTERM_CONFIG_FILE");
}

TEST(Functions, NoFallbackFontsAreNoError) {
    EXPECT_EQ(evaluate("#wezterm.font_with_fallback({}).font"), Value{0});
    EXPECT_NE(evaluate("wezterm.font_with_fallback('x')").text().find("array of fonts"),
              std::string_view::npos);
}

TEST(Functions, ItemsThatSayNothingAreLeftOut) {
    EXPECT_EQ(evaluate("wezterm.format({ { Text = nil }, { Background = { Color = nil } }, { Text = 'x' } })"
                       " == wezterm.format({ { Text = 'x' } })"),
              Value{true});
    EXPECT_NE(evaluate("wezterm.format({ { Txt = 'x' } })").text().find("no format item"),
              std::string_view::npos);
}

TEST(Functions, AWrongActionIsAnErrorOfItsLine) {
    Session session{"local a = wezterm.action\n\nreturn a.ActivateTab('x')"};
    EXPECT_FALSE(session.engine->load().ok);
    const std::string& what = session.engine->load().error.message;
    EXPECT_EQ(what.find("action_check_"), std::string::npos) << what;
    EXPECT_NE(what.find("ActivateTab"), std::string::npos) << what;
}

TEST(Functions, MetaInformation) {
    EXPECT_EQ(evaluate("type(wezterm.version) .. type(wezterm.home_dir) .. type(wezterm.hostname())"),
              Value{"stringstringstring"});
    EXPECT_EQ(evaluate("#wezterm.default_hyperlink_rules()"), Value{6});
    EXPECT_EQ(evaluate("#wezterm.gui.enumerate_gpus()"), Value{1});
    EXPECT_EQ(evaluate("wezterm.gui.enumerate_gpus()[1].device_type"), Value{"Cpu"});
    EXPECT_EQ(evaluate("wezterm.procinfo.pid() > 0"), Value{true});
    EXPECT_EQ(evaluate("require('wezterm.mux') == wezterm.mux"), Value{true});
}

TEST(Functions, EveryNameThatIsForChunksOnlyIsGone) {
    EXPECT_EQ(evaluate(R"((function()
        local left = {}
        local function look(table)
            for name, value in pairs(table) do
                if name:sub(-1) == '_' then left[#left + 1] = name end
            end
        end
        look(wezterm)
        look(wezterm.plugin)
        return #left
    end)())"),
              Value{0});
}

} // namespace
} // namespace lunette::wezterm::testing
