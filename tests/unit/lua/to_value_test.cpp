#include "fixture.h"

namespace lunette::lua::test {

using testing::HasSubstr;

class ToValueTest : public LuaTest {};

TEST_F(ToValueTest, KeepsScalarsAsTheyAre) {
    EXPECT_EQ(eval("nil").kind(), Kind::nil);
    EXPECT_EQ(eval("false").kind(), Kind::boolean);
    EXPECT_EQ(eval("3").kind(), Kind::integer);
    EXPECT_EQ(eval("3.0").kind(), Kind::number);
    EXPECT_EQ(eval("math.mininteger").integer_or(0), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(eval("'a\\0b'").text(), (std::string_view{"a\0b", 3}));
    EXPECT_EQ(eval("'\\xff'").text(), "\xff");
}

TEST_F(ToValueTest, TellsListsFromMaps) {
    EXPECT_EQ(eval("{1, 'x', {}}").kind(), Kind::list);
    EXPECT_EQ(eval("{}").kind(), Kind::map);
    EXPECT_EQ(eval("{a = 1}").kind(), Kind::map);
    EXPECT_EQ(eval("{1, 2, a = 3}").kind(), Kind::map);
    EXPECT_EQ(eval("{1, 2, a = 3}")[2], Value{2});
    EXPECT_EQ(eval("{1, nil, 3}").kind(), Kind::map);
    EXPECT_EQ(eval("{[2] = 2, [1] = 1}").kind(), Kind::list);
    EXPECT_EQ(eval("{[1.0] = 1}").kind(), Kind::list);
    EXPECT_EQ(eval("{[0] = 1}").kind(), Kind::map);
    EXPECT_EQ(eval("{[1.5] = 'a', [true] = 'b'}")[true].text(), "b");
    EXPECT_EQ(eval("(function() local t = {} for i = 100, 1, -1 do t[i] = i end return t end)()").kind(),
              Kind::list);
    EXPECT_EQ(eval("setmetatable({1}, {__index = {2, 3}})").size(), 1u);
}

TEST_F(ToValueTest, RoundTrips) {
    const Value value =
        Value::map({{"list", Value::list({1, 2.5, "x", true, Value::list({Value::map({{"a", 1}})})})},
                    {3, Value::map({{"deep", Value::list({"y"})}})}});
    set_global("v", value);
    EXPECT_EQ(eval("v"), value);
}

TEST_F(ToValueTest, NamesThePathOfWhatCannotBeConverted) {
    EXPECT_EQ(eval("print").text(), "unconvertible: function cannot be converted");
    EXPECT_EQ(eval("{keys = {1, 2, {action = print}}}").text(),
              "unconvertible: keys[3].action: function cannot be converted");
    EXPECT_EQ(eval("{['a b'] = {[true] = coroutine.create(print)}}").text(),
              "unconvertible: [\"a b\"][true]: thread cannot be converted");
    EXPECT_EQ(eval("{f = io.stdout}").text(), "unconvertible: f: userdata cannot be converted");
    EXPECT_EQ(eval("{a = {[{}] = 1}}").text(),
              "unconvertible: a: a table with a table as key cannot be converted");
}

TEST_F(ToValueTest, ATableInsideItselfIsNilWithAWarning) {
    EXPECT_EQ(eval("(function() local t = { a = 1, b = {} } t.b.me = t t.c = t.b return t end)()"),
              Value::map({{"a", 1}, {"b", Value::map({})}, {"c", Value::map({})}}));
    EXPECT_THAT(host.fake_script.problems,
                testing::Contains("b.me: a table that contains itself is nil there"));
}

TEST_F(ToValueTest, BoundsDepthAndSize) {
    EXPECT_THAT(eval("(function() local t = {} for i = 1, 200 do t = {t} end return t end)()").text(),
                HasSubstr("a table nested deeper than 100 levels"));
    EXPECT_THAT(eval("(function() local t = {} for i = 1, 50 do t = {t, t} end return t end)()").text(),
                HasSubstr("more than a million parts"));
    EXPECT_EQ(eval("(function() local t = {} for i = 1, 90 do t = {t} end return t end)()").kind(),
              Kind::list);
}

TEST_F(ToValueTest, SharedTablesAreNoCycles) {
    const Value value = eval("(function() local s = {1} return {s, s} end)()");
    EXPECT_EQ(value.items()[0], value.items()[1]);
}

TEST_F(ToValueTest, LeavesTheStackAsItWas) {
    lua_State* state = L();
    const int top = lua_gettop(state);
    luaL_dostring(state, "return {1, {2, {print}}}");
    EXPECT_THROW(to_value(state, -1), BindError);
    EXPECT_EQ(lua_gettop(state), top + 1);
    lua_settop(state, top);
}

TEST_F(ToValueTest, HandlesAreRecordsWithTheirObject) {
    const auto pane = make_pane(1, "x");
    set_global("pinned", Value{pane, 1});
    EXPECT_EQ(eval("pinned").record(), pane.record().get());
    EXPECT_EQ(eval("pinned").object_type(), 1);
    EXPECT_EQ(eval("{p = pinned}")["p"].payload<Pane>(pane_schema())->title, "x");
    set_global("gone", pane);
    EXPECT_EQ(eval("gone").record(), pane.record().get())
        << "the last version seen stands for a record that is gone";
}

} // namespace lunette::lua::test
