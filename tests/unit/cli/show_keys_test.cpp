#include "cli/show_keys.h"

#include "cli/lua_text.h"
#include "model/key_assignment.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lunette::cli {

namespace {

const KeyTable* find_table(const std::vector<KeyTable>& tables, const char* name) {
    const auto found =
        std::find_if(tables.begin(), tables.end(), [&](const KeyTable& table) { return table.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

std::vector<KeyTable> tables_of(const char* source) {
    const auto config = load_for_keys({{}, source});
    EXPECT_TRUE(config) << config.error();
    return config ? key_tables_of(*config) : std::vector<KeyTable>{};
}

TEST(ShowKeysTest, ListsDefaultsTheUsersKeysAndThePrefix) {
    const auto tables = tables_of(R"(
        local act = require('wezterm').action
        return { keys = { { key = 'h', mods = 'ALT', action = act.SendString 'it\'s' } },
                 key_tables = { mine = { { key = 'j', action = act.ScrollByLine(1) } } } }
    )");
    for (const char* name : {"keys", "copy_mode", "search_mode", "mine", "prefix"})
        ASSERT_TRUE(find_table(tables, name)) << name;
    const std::string text = key_tables_text(tables);
    EXPECT_NE(text.find("act.SendString 'it\\'s'"), std::string::npos);
    EXPECT_NE(text.find("act.ScrollByLine(1)"), std::string::npos);
    EXPECT_NE(text.find("needs SUPER"), std::string::npos);
    EXPECT_NE(text.find("behind CTRL+b"), std::string::npos);
}

TEST(ShowKeysTest, ItsLuaIsAConfigurationWithTheSameKeys) {
    const auto tables = tables_of("return {}");
    const std::string lua = key_tables_lua(tables);
    const auto again = tables_of(lua.c_str());
    for (const char* name : {"keys", "copy_mode", "search_mode"}) {
        const KeyTable* before = find_table(tables, name);
        const KeyTable* after = find_table(again, name);
        ASSERT_TRUE(before && after) << name;
        ASSERT_EQ(before->rows.size(), after->rows.size()) << name;
        for (std::size_t i = 0; i < before->rows.size(); ++i) {
            EXPECT_EQ(before->rows[i].key, after->rows[i].key);
            EXPECT_EQ(before->rows[i].action, after->rows[i].action);
        }
    }
}

TEST(ShowKeysTest, ALeaderTakesThePrefixAway) {
    const auto tables = tables_of("return { leader = { key = 'a', mods = 'CTRL' } }");
    const KeyTable* prefix = find_table(tables, "prefix");
    ASSERT_TRUE(prefix);
    EXPECT_TRUE(prefix->rows.empty());
    EXPECT_EQ(prefix->about.rfind("off", 0), 0U) << prefix->about;
}

TEST(ShowKeysTest, SaysWhatIsWrongWithTheConfiguration) {
    const auto config = load_for_keys({{}, "error 'broken'"});
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().find("broken"), std::string::npos);
}

TEST(LuaTextTest, WritesWhatLuaReads) {
    EXPECT_EQ(lua_text(Value{}), "nil");
    EXPECT_EQ(lua_text(Value{"a\n'\\"}), "'a\\x0a\\'\\\\'");
    EXPECT_EQ(lua_text(Value::list({1, true, "x"})), "{ 1, true, 'x' }");
    EXPECT_EQ(lua_text(Value::map({{"a", 0.5}})), "{ ['a'] = 0.5 }");
    const auto multiple =
        model::KeyAssignment::parse(Value::map({{"Multiple", Value::list({"Nop", "ScrollToTop"})}}));
    ASSERT_TRUE(multiple);
    EXPECT_EQ(lua_text(*multiple), "act.Multiple{ act.Nop, act.ScrollToTop }");
}

} // namespace

} // namespace lunette::cli
