#include "cli/program.h"

#include <sys/resource.h>

#include <algorithm>
#include <string>

// What users do wrong: a message with their file and line, exit status 1, and the rest goes on.
namespace lunette::cli {

namespace {

using testing::Folder;
using testing::ran;
using testing::Ran;

class BadInput : public ::testing::Test {
protected:
    Json check(const std::string& config, int status = exit_failed) {
        file = folder.write("wezterm.lua", config);
        const Ran result = ran({"check", "--json", "--config-file", file});
        EXPECT_EQ(result.status, status) << result.out;
        Json json = result.json();
        EXPECT_EQ(json["ok"], status == exit_good);
        return json;
    }
    // "where: what" of each.
    static std::string told(const Json& problems) {
        std::string all;
        for (const Json& problem : problems)
            all += problem["where"].get<std::string>() + ": " + problem["what"].get<std::string>() + "\n";
        return all;
    }
    static bool has(const std::string& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    }
    static Json event(const Json& json, std::string_view name) {
        for (const Json& event : json["events"])
            if (event["event"] == name) return event;
        ADD_FAILURE() << name << " is not reported";
        return Json::object();
    }

    Folder folder;
    std::string file;
};

TEST_F(BadInput, ASyntaxError) {
    const Json json = check("local a = 1\nreturn { a = \n");
    EXPECT_TRUE(has(told(json["errors"]), "wezterm.lua:3: ")) << told(json["errors"]);
    EXPECT_TRUE(json["events"].empty());
}

TEST_F(BadInput, AnErrorAtLoad) {
    const Json json = check("\n\nerror 'it is broken'");
    EXPECT_TRUE(has(told(json["errors"]), "wezterm.lua:3: ")) << told(json["errors"]);
    EXPECT_TRUE(has(told(json["errors"]), "it is broken"));
}

TEST_F(BadInput, AnErrorInARequiredModule) {
    folder.write("part.lua", "\nlocal x = nil\nreturn x.y");
    const Json json = check("package.path = '" + folder.path("?.lua") + "'\nrequire 'part'\nreturn {}");
    EXPECT_TRUE(has(told(json["errors"]), "part.lua:3")) << told(json["errors"]);
}

TEST_F(BadInput, AConfigurationThatIsNoTable) {
    for (const char* source : {"return 5", "return 'text'", "", "return function() end"}) {
        const std::string errors = told(check(source)["errors"]);
        EXPECT_TRUE(has(errors, file + ": the ")) << source << ": " << errors;
        EXPECT_TRUE(has(errors, "configuration")) << source << ": " << errors;
    }
}

TEST_F(BadInput, AnOptionOfTheWrongType) {
    const Json json = check("return { font_size = 'large' }", exit_good);
    EXPECT_TRUE(
        has(told(json["warnings"]), "font_size: number expected, got \"large\"; this part is left out"))
        << json;
    const Json built =
        check("local c = require('wezterm').config_builder()\nc.font_size = 'large'\nreturn c", exit_good);
    EXPECT_TRUE(has(told(built["warnings"]), "wezterm.lua:2: font_size")) << built;
}

TEST_F(BadInput, AnUnknownOption) {
    const Json json = check("return { tab_max_widht = 5 }", exit_good);
    EXPECT_TRUE(has(told(json["warnings"]), "tab_max_width"))
        << "the nearest name: " << told(json["warnings"]);
    const Json strict = check("local c = require('wezterm').config_builder()\nc:set_strict_mode(true)\n"
                              "c.tab_max_widht = 5\nreturn c");
    EXPECT_TRUE(has(told(strict["errors"]), "wezterm.lua:3: ")) << told(strict["errors"]);
}

TEST_F(BadInput, AFunctionThatDoesNotExist) {
    const Json json = check("local w = require 'wezterm'\nw.no_such_function()\nreturn {}");
    EXPECT_TRUE(has(told(json["errors"]), "wezterm.lua:2: ")) << told(json["errors"]);
    EXPECT_TRUE(has(told(json["errors"]), "no_such_function"));
}

TEST_F(BadInput, APluginThatIsNotInstalled) {
    const Json json = check("local w = require 'wezterm'\n"
                            "local p = w.plugin.require 'https://example.org/no/plugin'\n"
                            "local c = {}\np.apply_to_config(c)\nreturn c",
                            exit_good);
    const std::string warnings = told(json["warnings"]);
    EXPECT_TRUE(has(warnings, "wezterm.lua:2: ")) << warnings;
    EXPECT_TRUE(has(warnings, "git clone --recursive https://example.org/no/plugin")) << warnings;
}

TEST_F(BadInput, AHandlerThatReturnsSomethingElse) {
    const Json json = check("local w = require 'wezterm'\n"
                            "w.on('format-tab-title', function()\n  return function() end\nend)\nreturn {}");
    const Json titles = event(json, "format-tab-title");
    EXPECT_EQ(titles["result"], "error");
    EXPECT_TRUE(has(titles["where"].get<std::string>(), "wezterm.lua:2")) << titles;
    ASSERT_FALSE(titles["values"].empty());
    EXPECT_TRUE(has(titles["values"][0]["text"].get<std::string>(), "zsh"))
        << "the default title is shown: " << titles;
}

TEST_F(BadInput, ErrorsOfAnyKindInHandlers) {
    const Json json = check(R"(local w = require 'wezterm'
w.on('format-tab-title', function() error {} end)
w.on('format-window-title', function() error('a\nb\255c') end)
w.on('update-status', function() error(('x'):rep(10000000)) end)
w.on('bell', function() return nil + 1 end)
return {})");
    for (const char* name : {"format-tab-title", "format-window-title", "update-status", "bell"}) {
        const Json found = event(json, name);
        EXPECT_EQ(found["result"], "error") << name;
        ASSERT_TRUE(found["error"].is_string()) << name;
        const std::string error = found["error"].get<std::string>();
        EXPECT_LT(error.size(), 3000U) << name;
        EXPECT_FALSE(has(error, "\n")) << name;
        EXPECT_TRUE(has(found["where"].get<std::string>(), "wezterm.lua:")) << found;
    }
    EXPECT_TRUE(has(event(json, "bell")["error"].get<std::string>(), "wezterm.lua:5"));
    EXPECT_TRUE(has(event(json, "format-window-title")["error"].get<std::string>(), "wezterm.lua:3"));
}

TEST_F(BadInput, InvalidUtf8IsStillJson) {
    const Json json = check("return { window_frame = { ['\\255\\254'] = 1 }, ['\\200'] = 1 }", exit_good);
    EXPECT_FALSE(json.is_discarded());
    const Json title =
        check("require('wezterm').on('format-tab-title', function() return '\\255\\254x' end)\nreturn {}",
              exit_good);
    EXPECT_FALSE(event(title, "format-tab-title")["values"].empty());
}

TEST_F(BadInput, ConfigurationsThatAreNoText) {
    const std::string errors = told(check("\x1bLua\x54 garbage")["errors"]);
    EXPECT_TRUE(has(errors, file)) << errors;
    EXPECT_TRUE(has(told(check("\xff\xfe = 1")["errors"]), "wezterm.lua:1: "));
}

TEST_F(BadInput, AFolderIsNoConfiguration) {
    const Ran result = ran({"check", "--config-file", folder.path("")});
    EXPECT_EQ(result.status, exit_failed);
    EXPECT_TRUE(has(result.out, "there is no file")) << result.out;
    EXPECT_EQ(ran({"profile", "--config-file", folder.path("")}).status, exit_failed);
}

TEST_F(BadInput, EventsAndKeysThatDoNotExist) {
    file = folder.write("wezterm.lua", "return {}");
    for (const char* what : {"no-such-event", "key:keys:CTRL+ALT+SUPER+F9", "key:no_such_table:a"}) {
        const Ran result = ran({"check", "--json", "--config-file", file, "--run", what});
        EXPECT_EQ(result.status, exit_failed) << what;
        EXPECT_TRUE(has(told(result.json()["errors"]), what)) << result.out;
    }
}

TEST_F(BadInput, ABrokenConfigurationIsStillProfiled) {
    file = folder.write("wezterm.lua", "\nerror 'no'");
    const Ran result =
        ran({"profile", "--config-file", file, "--json", "-", "--tabs", "1", "--duration", "0.2"});
    EXPECT_EQ(result.status, exit_good) << "it measured";
    EXPECT_TRUE(has(result.err, "wezterm.lua:2")) << result.err;
    EXPECT_EQ(result.json()["runs"][0]["load"]["ok"], false);
}

// As many descriptors as this process has, and some more: no ptys for all tabs.
TEST_F(BadInput, PtysThatCannotBeOpened) {
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit few = before;
    few.rlim_cur = 100;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    const Ran result = ran({"profile", "-n", "--tabs", "200", "--duration", "0.2"});
    ::setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_EQ(result.status, exit_environment) << result.err;
    EXPECT_TRUE(has(result.err, "Too many open files")) << result.err;
}

TEST_F(BadInput, WrongUsageIsNeitherTextNorJson) {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{"check", "--jsn"},
                                                      {"check", "--run"},
                                                      {"chek"},
                                                      {"profile", "--tabs", "none"},
                                                      {"profile", "--json"},
                                                      {"replay"},
                                                      {"check", "one", "two"}}) {
        const Ran result = ran(arguments);
        EXPECT_EQ(result.status, exit_usage) << arguments[0];
        EXPECT_TRUE(result.out.empty()) << result.out;
        EXPECT_TRUE(has(result.err, "lunette")) << result.err;
    }
    EXPECT_EQ(ran({"replay", "/no/such/scenario"}).status, exit_usage);
}

} // namespace

} // namespace lunette::cli
