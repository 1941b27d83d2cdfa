// What must not run for ever: catastrophic patterns end, every loop can be killed, results are bounded.
#include "lua_stdlib/harness.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace lunette::lua::test {
namespace {

std::string last_line(Script& script, const std::string& source) {
    const std::vector<std::string> lines = script.run(source);
    return lines.empty() ? "" : lines.back();
}

struct Endless {
    const char* name;
    const char* source;
};

// Each would run for minutes, or would build more than there is memory for.
const Endless endless[] = {
    {"find", "string.find(('a'):rep(1000000), '.-b')"},
    {"match", "string.match(('a'):rep(1000000), '(a+)(a*)b')"},
    {"match_balance", "string.match(('('):rep(1000000), '%b()')"},
    {"match_back_reference", "string.match(('a'):rep(1000000), '^(a-)%1b')"},
    {"find_plain",
     "for i = 1, math.huge do string.find(('a'):rep(1 << 21), ('a'):rep(1 << 18) .. 'b', 1, true) end"},
    {"gmatch", "for word in string.gmatch(('a'):rep(1000000), '%w-%s') do end"},
    {"gsub", "string.gsub(('a'):rep(1000000), 'a-b', '')"},
    {"gsub_callback", "string.gsub(('a'):rep(10000000), '.', string.upper)"},
    {"gsub_lead", "for i = 1, math.huge do string.gsub(('a'):rep(1 << 24), 'b', '') end"},
    {"concat", "table.concat(setmetatable({}, {__index = type}), '', 1, math.maxinteger)"},
    {"insert", "table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 'x')"},
    {"remove", "table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)"},
    {"move_up", "table.move({}, 1, 1 << 60, 1 << 61)"},
    {"move_down", "table.move({}, 1, 1 << 60, 2)"},
    {"sort", "table.sort(setmetatable({}, {__len = function() return 1 << 30 end, __index = type}))"},
    {"sort_comparator", "table.sort(setmetatable({}, {__len = function() return 1 << 30 end}), rawequal)"},
    {"unpack", "while true do table.unpack({}, 1, 500000) end"},
    {"utf8_len", "while true do utf8.len(('a'):rep(1000000)) end"},
    {"utf8_offset", "while true do utf8.offset(('a'):rep(1000000), 999999) end"},
    {"utf8_offset_back", "while true do utf8.offset(('\\x80'):rep(1000000), -5) end"},
    {"utf8_codepoint", "while true do utf8.codepoint(('a'):rep(500000), 1, -1) end"},
    {"load", "load(os.time)"},
};

class Killing : public testing::TestWithParam<Endless> {};

TEST_P(Killing, EndsWhenTheCheckpointRaises) {
    for (const bool wants_yields : {false, true}) {
        Script script(Library::budgeted);
        EagerCheckpoint checkpoint;
        checkpoint.wants_yields = wants_yields;
        checkpoint.deadline = 20;
        set_checkpoint(script.state(), &checkpoint);
        EXPECT_EQ(last_line(script, GetParam().source), "error: script:1: killed");
        EXPECT_GE(checkpoint.checks, 20);
        const bool can_yield = std::string(GetParam().name) != "load"; // Lua's parser cannot
        EXPECT_EQ(script.preemptions(), wants_yields && can_yield ? 19 : 0);
    }
}

TEST_P(Killing, IsNotInterruptedWhereItCannotYield) {
    Script script(Library::budgeted);
    EagerCheckpoint checkpoint;
    checkpoint.deadline = 20;
    set_checkpoint(script.state(), &checkpoint);
    const std::string inside_metamethod = std::string("local t = setmetatable({}, {__lt = function() ") +
                                          GetParam().source + " end}) table.sort{t, t}";
    const std::string message = last_line(script, inside_metamethod);
    EXPECT_NE(message.find("killed"), std::string::npos) << message;
    EXPECT_EQ(script.preemptions(), 0);
}

INSTANTIATE_TEST_SUITE_P(All, Killing, testing::ValuesIn(endless),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Limits, CatastrophicPatternsEndWithoutAnyCheckpoint) {
    Script script(Library::budgeted);
    set_limits(script.state(), {.match_steps = 100'000});
    const std::string complex = "pattern too complex (more than 100240 steps from one position)";
    const char* start = "local s, p = ('a'):rep(30), ('a-'):rep(28) .. 'b' ";
    for (const char* call : {"s:find(p)", "s:match('^' .. p)", "s:gsub(p, '')", "s:gmatch(p)()"})
        EXPECT_EQ(last_line(script, start + std::string(call)), "error: script:1: " + complex) << call;
    EXPECT_EQ(last_line(script, start + std::string("record(pcall(string.find, s, p))")), "false");
}

TEST(Limits, StepsOfOneAttemptDoNotAddUpOverPositions) {
    Script script(Library::budgeted);
    set_limits(script.state(), {.match_steps = 20'000});
    EXPECT_EQ(last_line(script, "record(('ab'):rep(20000):gsub('a[bc]', 'x') == ('x'):rep(20000))"), "true");
}

TEST(Limits, PatternsOfLinearCostNeverFailOnLongSubjects) {
    Script script(Library::budgeted);
    set_limits(script.state(), {.match_steps = 10});
    const char* source = R"(local s = ('a1 '):rep(300000) .. 'end'
        record((s:match('^(.-)end') == s:sub(1, -4)) and s:find('%w+%s-end$') and #s:match('[%w%s]*'))";
    EXPECT_EQ(last_line(script, source + std::string(")")), "900003");
}

TEST(Limits, ResultsAreBounded) {
    Script script(Library::budgeted);
    set_limits(script.state(), {.string_bytes = 5000});
    const char* too_large = "error: script:1: resulting string too large";
    EXPECT_EQ(last_line(script, "record(#('x'):rep(5000))"), "5000");
    EXPECT_EQ(last_line(script, "('x'):rep(5001)"), too_large);
    EXPECT_EQ(last_line(script, "('x'):rep(1 << 62, 'yy')"), too_large);
    EXPECT_EQ(last_line(script, "record(#('x'):rep(1 << 62, '') )"), too_large);
    EXPECT_EQ(last_line(script, "record(#(''):rep(1 << 62))"), "0");
    EXPECT_EQ(last_line(script, "local s = ('x'):rep(2500) record(#string.format('%s%s', s, s))"), "5000");
    EXPECT_EQ(last_line(script, "local s = ('x'):rep(2500) string.format('%s%sy', s, s)"), too_large);
    EXPECT_EQ(last_line(script, "local s = ('\\1'):rep(2500) string.format('%q', s)"), too_large);
    EXPECT_EQ(last_line(script, "(('x'):rep(2500):gsub('x', 'yyy'))"),
              "error: script:1: syntax error near <eof>");
    EXPECT_EQ(last_line(script, "local s = ('x'):rep(2500):gsub('x', 'yyy')"), too_large);
    EXPECT_EQ(last_line(script, "local s = ('x'):rep(2500):gsub('x', function(x) return 'yyy' end)"),
              too_large);
    EXPECT_EQ(last_line(script, "local s = ('x'):rep(2500) table.concat({s, s}, ',')"), too_large);
    EXPECT_EQ(last_line(script, "local s = ('x'):rep(2500) record(#table.concat{s, s})"), "5000");
}

TEST(Limits, AFullHeapIsALuaError) {
    struct Heap {
        std::size_t used = 0;
        static void* allocate(void* data, void* block, std::size_t old_size, std::size_t new_size) {
            auto& heap = *static_cast<Heap*>(data);
            const std::size_t before = block ? old_size : 0;
            if (heap.used - before + new_size > (std::size_t{8} << 20)) return nullptr;
            if (new_size == 0) {
                std::free(block);
                heap.used -= before;
                return nullptr;
            }
            void* result = std::realloc(block, new_size);
            if (result) heap.used += new_size - before;
            return result;
        }
    } heap;
    lua_State* L = lua_newstate(Heap::allocate, &heap);
    luaL_openlibs(L);
    open_budgeted_libraries(L);
    for (const char* source :
         {"return ('x'):rep(32 << 20)", "local s = ('x'):rep(1 << 20) return (s:gsub('x', ('y'):rep(100)))",
          "local s = ('x'):rep(1 << 20) return string.format(('%s'):rep(20), table.unpack{s, s, s, s, s, s, "
          "s, s, s, s, "
          "s, s, s, s, s, s, s, s, s, s})",
          "return table.concat(setmetatable({}, {__index = type}), '', 1, 1 << 40)"}) {
        ASSERT_EQ(luaL_loadstring(L, source), LUA_OK);
        EXPECT_EQ(lua_pcall(L, 0, 1, 0), LUA_ERRMEM) << source;
        lua_settop(L, 0);
    }
    ASSERT_EQ(luaL_dostring(L, "return ('ab'):gsub('b', 'c')"), LUA_OK);
    EXPECT_STREQ(lua_tostring(L, 1), "ac");
    lua_close(L);
    EXPECT_EQ(heap.used, 0u);
}

TEST(Limits, LoadTakesNoBytecode) {
    Script script(Library::budgeted);
    const char* wanted = "attempt to load a binary chunk (mode is 't')";
    for (const char* mode : {"nil", "'b'", "'bt'", "'t'"}) {
        const std::string call =
            std::string("local code = string.dump(function() end) record(select(2, load(code, 'x', ") + mode +
            ")))";
        EXPECT_EQ(last_line(script, call), wanted) << mode;
    }
    EXPECT_EQ(last_line(script, "local code = string.dump(function() end) record(select(2, load(function() "
                                "local piece = code code = nil return piece end)))"),
              wanted);
}

} // namespace
} // namespace lunette::lua::test
