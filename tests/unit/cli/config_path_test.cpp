#include "cli/config_path.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace lunette::cli {

namespace {

class ConfigPathTest : public ::testing::Test {
protected:
    ConfigPathTest() {
        search.environment = [this](const char* name) -> std::optional<std::string> {
            const auto found = variables.find(name);
            if (found == variables.end()) return std::nullopt;
            return found->second;
        };
        search.exists = [this](const std::string& path) { return files.contains(path); };
    }
    std::string found() {
        const auto choice = find_config(search);
        return choice ? choice->path : "error: " + choice.error();
    }

    std::map<std::string, std::string> variables{{"HOME", "/home/u"}};
    std::set<std::string> files;
    ConfigSearch search;
};

// Each place wins over all that follow it.
TEST_F(ConfigPathTest, PlacesInOrder) {
    variables["XDG_CONFIG_HOME"] = "/x";
    variables["XDG_CONFIG_DIRS"] = "/d1:/d2";
    variables["LUNETTE_CONFIG_FILE"] = "/l.lua";
    variables["WEZTERM_CONFIG_FILE"] = "/w.lua";
    search.config_file = "/c.lua";
    files = {"/c.lua",
             "/l.lua",
             "/x/lunette/lunette.lua",
             "/w.lua",
             "/home/u/.wezterm.lua",
             "/x/wezterm/wezterm.lua",
             "/d1/wezterm/wezterm.lua",
             "/d2/wezterm/wezterm.lua"};
    EXPECT_EQ(found(), "/c.lua");
    search.config_file.reset();
    EXPECT_EQ(found(), "/l.lua");
    variables.erase("LUNETTE_CONFIG_FILE");
    EXPECT_EQ(found(), "/x/lunette/lunette.lua");
    files.erase("/x/lunette/lunette.lua");
    EXPECT_EQ(found(), "/w.lua");
    variables.erase("WEZTERM_CONFIG_FILE");
    EXPECT_EQ(found(), "/home/u/.wezterm.lua");
    files.erase("/home/u/.wezterm.lua");
    EXPECT_EQ(found(), "/x/wezterm/wezterm.lua");
    files.erase("/x/wezterm/wezterm.lua");
    EXPECT_EQ(found(), "/d1/wezterm/wezterm.lua");
    files.erase("/d1/wezterm/wezterm.lua");
    EXPECT_EQ(found(), "/d2/wezterm/wezterm.lua");
    files.erase("/d2/wezterm/wezterm.lua");
    EXPECT_EQ(found(), "");
}

TEST_F(ConfigPathTest, HomeStandsInForTheConfigurationFolder) {
    files = {"/home/u/.config/wezterm/wezterm.lua"};
    EXPECT_EQ(found(), "/home/u/.config/wezterm/wezterm.lua");
    files = {"/home/u/.config/lunette/lunette.lua", "/home/u/.config/wezterm/wezterm.lua"};
    EXPECT_EQ(found(), "/home/u/.config/lunette/lunette.lua");
}

TEST_F(ConfigPathTest, WhatIsNamedMustExist) {
    search.config_file = "/none.lua";
    EXPECT_EQ(found(), "error: there is no file /none.lua (named by --config-file)");
    search.config_file.reset();
    variables["WEZTERM_CONFIG_FILE"] = "/gone.lua";
    files = {"/home/u/.wezterm.lua"};
    EXPECT_EQ(found(), "error: there is no file /gone.lua (named by $WEZTERM_CONFIG_FILE)");
}

TEST_F(ConfigPathTest, SkipsAllFilesOnDemand) {
    search.skip = true;
    variables["LUNETTE_CONFIG_FILE"] = "/l.lua";
    files = {"/l.lua", "/home/u/.wezterm.lua"};
    EXPECT_EQ(found(), "");
}

TEST_F(ConfigPathTest, EmptyEntriesOfDirsAreNoPlaces) {
    variables["XDG_CONFIG_DIRS"] = "::/d";
    files = {"/wezterm/wezterm.lua", "/d/wezterm/wezterm.lua"};
    EXPECT_EQ(found(), "/d/wezterm/wezterm.lua");
}

} // namespace

} // namespace lunette::cli
