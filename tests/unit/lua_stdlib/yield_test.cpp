// User callbacks may yield (await) inside gsub, gmatch and sort, which stock Lua refuses.
#include "lua_stdlib/harness.h"

#include <gtest/gtest.h>

namespace lunette::lua::test {
namespace {

using Lines = std::vector<std::string>;

class Yielding : public testing::Test {
protected:
    Script script_{Library::budgeted};
};

TEST_F(Yielding, StockLuaRefuses) {
    Script stock(Library::stock);
    const Lines lines = stock.run("record((string.gsub('abc', '.', coroutine.yield)))");
    EXPECT_EQ(lines.back(), "error: attempt to yield across a C-call boundary");
}

TEST_F(Yielding, ReplacementFunctionsMayYield) {
    EXPECT_EQ(script_.run("local n = 0 record((('abc'):gsub('.', function(c) n = n + 1 "
                          "if c ~= 'b' then coroutine.yield() end return c .. n end)))"),
              Lines{"a1b2c3"});
    EXPECT_EQ(script_.user_yields(), 2);
}

TEST_F(Yielding, AYieldThatGivesNilKeepsTheMatch) {
    EXPECT_EQ(script_.run("local r, n = ('abc'):gsub('()(.)', coroutine.yield) record(r .. n)"),
              Lines{"abc3"});
    EXPECT_EQ(script_.user_yields(), 3);
}

TEST_F(Yielding, AnchorAndCountSurviveAYield) {
    EXPECT_EQ(script_.run("local function f(x) coroutine.yield() return '<' .. x .. '>' end "
                          "record((('aaa'):gsub('^a', f))) record((('aaa'):gsub('a', f, 2))) "
                          "record((('ab'):gsub('x*', f)))"),
              (Lines{"<a>aa", "<a><a>a", "<>a<>b<>"}));
}

TEST_F(Yielding, LongResultsSurviveYields) {
    EXPECT_EQ(
        script_.run("local r = (('x'):rep(3000):gsub('.', function(c) coroutine.yield() return 'yz' end)) "
                    "record(r == ('yz'):rep(3000))"),
        Lines{"true"});
    EXPECT_EQ(script_.user_yields(), 3000);
}

TEST_F(Yielding, IndexMetamethodsOfReplacementTablesMayYield) {
    EXPECT_EQ(script_.run("local t = setmetatable({b = 'B'}, {__index = function(_, k) coroutine.yield() "
                          "return k .. k end}) "
                          "record((('abc'):gsub('.', t)))"),
              Lines{"aaBcc"});
    EXPECT_EQ(script_.user_yields(), 2);
}

TEST_F(Yielding, WrongReplacementsAreReportedAfterAYieldToo) {
    EXPECT_EQ(script_.run("('abc'):gsub('.', function() coroutine.yield() return {} end)"),
              Lines{"error: script:1: invalid replacement value (a table)"});
}

TEST_F(Yielding, ErrorsInCallbacksCanBeCaughtAfterAYield) {
    EXPECT_EQ(script_.run("record(select(2, pcall(string.gsub, 'a', 'a', function() coroutine.yield() "
                          "error('x', 0) end)))"),
              Lines{"x"});
}

TEST_F(Yielding, ComparatorsMayYield) {
    EXPECT_EQ(
        script_.run("local t = {} for i = 1, 500 do t[i] = i * 7919 % 503 end "
                    "table.sort(t, function(a, b) if a % 3 == 0 then coroutine.yield() end return a > b end) "
                    "for i = 2, 500 do if t[i - 1] <= t[i] then record('wrong') end end record(t[1])"),
        Lines{"502"});
    EXPECT_GT(script_.user_yields(), 500);
}

TEST_F(Yielding, InvalidComparatorsAreReportedAfterYields) {
    EXPECT_EQ(script_.run("table.sort({1, 2, 3, 4, 5}, function() coroutine.yield() return true end)"),
              Lines{"error: script:1: invalid order function for sorting"});
}

TEST_F(Yielding, GmatchGoesOnAfterPreemption) {
    EagerCheckpoint checkpoint;
    set_checkpoint(script_.state(), &checkpoint);
    set_limits(script_.state(), {.steps_per_check = 3});
    EXPECT_EQ(script_.run("local r = '' for a, b in ('k=v, key=value'):gmatch('(%w+)=(%w+)') do "
                          "coroutine.yield() r = r .. a .. b end record(r)"),
              Lines{"kvkeyvalue"});
    EXPECT_EQ(script_.user_yields(), 2);
    EXPECT_GT(script_.preemptions(), 5);
}

TEST_F(Yielding, TwoCoroutinesMayRunTheSameFunctionsAtOnce) {
    EagerCheckpoint checkpoint;
    set_checkpoint(script_.state(), &checkpoint);
    set_limits(script_.state(), {.steps_per_check = 2});
    const char* source = R"(
        local function work(out) for w in ('aa bb cc'):gmatch('%a+') do out[#out + 1] = w:gsub('.', {a = 'x', b = 'y', c = 'z'}) end end
        local a, b = {}, {}
        local one, two = coroutine.create(work), coroutine.create(work)
        while coroutine.status(one) ~= 'dead' or coroutine.status(two) ~= 'dead' do
            coroutine.resume(one, a) collectgarbage() coroutine.resume(two, b)
        end
        record(table.concat(a, ' ') .. '|' .. table.concat(b, ' ')))";
    // Stock coroutine.resume hands the preemptions to this loop instead of the scheduler; with no values.
    const std::string without_values = R"(
        local resume, started = coroutine.resume, {}
        coroutine.resume = function(co, ...) if started[co] then return resume(co) end started[co] = true return resume(co, ...) end )";
    EXPECT_EQ(script_.run(without_values + source), Lines{"xx yy zz|xx yy zz"});
}

TEST_F(Yielding, NothingYieldsWithoutACheckpoint) {
    set_limits(script_.state(), {.steps_per_check = 1});
    EXPECT_EQ(script_.run("record((('abc'):rep(100):gsub('b', ''):find('ca', 50)))"), Lines{"50"});
    EXPECT_EQ(script_.preemptions(), 0);
}

TEST_F(Yielding, SettingsNeedTheLibraries) {
    Script stock(Library::stock);
    lua_pushcfunction(stock.state(), [](lua_State* L) {
        set_checkpoint(L, nullptr);
        return 0;
    });
    EXPECT_EQ(lua_pcall(stock.state(), 0, 0, 0), LUA_ERRRUN);
    EXPECT_STREQ(lua_tostring(stock.state(), -1), "the budgeted libraries are not open");
}

} // namespace
} // namespace lunette::lua::test
