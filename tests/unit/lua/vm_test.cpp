#include "fixture.h"
#include "lua/function.h"

namespace lunette::lua::test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class VmTest : public LuaTest {};

TEST_F(VmTest, OffersTheStandardLibrariesButNoDebugAndNoCModules) {
    for (const char* name : {"string", "table", "math", "utf8", "io", "os", "coroutine", "package"})
        EXPECT_EQ(eval(std::string{"type("} + name + ")").text(), "table") << name;
    EXPECT_EQ(eval("debug"), Value{});
    EXPECT_EQ(eval("package.loaded.debug"), Value{});
    EXPECT_EQ(eval("package.loadlib"), Value{});
    EXPECT_EQ(eval("#package.searchers"), Value{2});
}

TEST_F(VmTest, PrintLogs) {
    run("print('a', 1, nil, {1} ~= nil, 'b')");
    run("print()");
    EXPECT_THAT(host.fake_script.logged,
                ElementsAre(Pair(LogLevel::info, "a\t1\tnil\ttrue\tb"), Pair(LogLevel::info, "")));
    run("print(setmetatable({}, {__tostring = function() return 'mine' end}))");
    EXPECT_EQ(host.fake_script.logged.back().second, "mine");
}

TEST_F(VmTest, CollectingIsARequest) {
    int requests = 0;
    VmOptions options;
    options.collect_requested = [&] { ++requests; };
    vm_.emplace(host, objects(), options);
    EXPECT_EQ(eval("collectgarbage()"), Value{0});
    EXPECT_EQ(eval("collectgarbage('collect')"), Value{0});
    EXPECT_EQ(requests, 2);
    EXPECT_GT(eval("collectgarbage('count')").number_or(0), 10.0);
    EXPECT_EQ(eval("collectgarbage('stop')"), Value{0});
    EXPECT_EQ(eval("collectgarbage('isrunning')"), Value{true});
    EXPECT_EQ(eval("collectgarbage('generational')").text(), "incremental");
    EXPECT_EQ(eval("collectgarbage('setpause', 1000)"), eval("collectgarbage('setpause', 50)"));
    EXPECT_EQ(eval("(function() local n = 0 repeat n = n + 1 until collectgarbage('step', 1 << 40) return n "
                   "< 10000 end)()"),
              Value{true});
    EXPECT_THAT(error_of("collectgarbage('everything')"), HasSubstr("invalid option 'everything'"));
    EXPECT_THAT(error_of("collectgarbage('step', {})"), HasSubstr("number expected"));
}

TEST_F(VmTest, UserTablesHaveNoFinalizers) {
    run("mt = {__gc = function() collected = true end, __index = {x = 1}}\n"
        "local t = setmetatable({}, mt)\nassert(t.x == 1)\nassert(getmetatable(t).__gc == mt.__gc and "
        "mt.__gc)");
    run("for i = 1, 10 do setmetatable({}, mt) end");
    lua_gc(L(), LUA_GCCOLLECT);
    lua_gc(L(), LUA_GCCOLLECT);
    EXPECT_EQ(eval("collected"), Value{});
    EXPECT_EQ(eval("type(mt.__gc)").text(), "function");
}

TEST_F(VmTest, SetmetatableIsOtherwiseAsInLua) {
    EXPECT_EQ(eval("getmetatable(setmetatable({}, nil))"), Value{});
    EXPECT_EQ(eval("(function() local mt = {} return getmetatable(setmetatable({}, mt)) == mt end)()"),
              Value{true});
    EXPECT_THAT(error_of("setmetatable(1, {})"), HasSubstr("table expected, got number"));
    EXPECT_THAT(error_of("setmetatable({}, 1)"), HasSubstr("nil or table expected"));
    EXPECT_THAT(error_of("setmetatable({})"), HasSubstr("nil or table expected"));
    EXPECT_THAT(error_of("setmetatable(setmetatable({}, {__metatable = 1}), {})"),
                HasSubstr("cannot change a protected metatable"));
    EXPECT_EQ(eval("getmetatable(setmetatable({}, {__metatable = 'no'}))").text(), "no");
    EXPECT_EQ(eval("getmetatable('').__index == string"), Value{true});
    EXPECT_THAT(error_of("getmetatable()"), HasSubstr("value expected"));
}

TEST_F(VmTest, RawAccessIsAsInLua) {
    EXPECT_EQ(eval("select('#', next({}))"), Value{1});
    EXPECT_EQ(eval("rawlen('abc') + rawlen({1})"), Value{4});
    EXPECT_EQ(eval("rawget(setmetatable({}, {__index = {a = 1}}), 'a')"), Value{});
    EXPECT_EQ(eval("rawset({}, 'a', 1).a"), Value{1});
    EXPECT_EQ(eval("(function() local n = 0 for k, v in next, setmetatable({1, 2, x = 3}, {}) do n = n + v "
                   "end return n end)()"),
              Value{6});
    EXPECT_THAT(error_of("next(1)"), HasSubstr("bad argument #1 to 'next' (table expected, got number)"));
    EXPECT_THAT(error_of("next({}, 1)"), HasSubstr("invalid key to 'next'"));
    EXPECT_THAT(error_of("rawlen(1)"), HasSubstr("table or string expected"));
}

TEST_F(VmTest, ExceedingTheHeapLimitIsALuaError) {
    vm().memory().set_limit(std::size_t{4} << 20);
    EXPECT_EQ(error_of("local t = {} for i = 1, 1e8 do t[i] = {} end"), "not enough memory");
    EXPECT_EQ(error_of("return ('x'):rep(1e9)"), "not enough memory");
    EXPECT_EQ(eval("pcall(string.rep, 'x', 1e9)"), Value{false});
    EXPECT_EQ(eval("1 + 1"), Value{2}) << "the VM goes on";
    EXPECT_LE(vm().memory().peak(), std::size_t{4} << 20);
    EXPECT_GT(vm().memory().refused(), 0u);
}

TEST_F(VmTest, RefusesToStartWithoutRoom) {
    VmOptions options;
    options.heap_limit = 1000;
    EXPECT_THROW((Vm{host, objects(), options}), std::runtime_error);
    options.heap_limit = 12'000;
    EXPECT_THROW((Vm{host, objects(), options}), std::runtime_error);
}

TEST_F(VmTest, RefusesObjectsThatNameWhatDoesNotExist) {
    const auto with = [&](Object object) {
        const std::vector<Object> list{std::move(object)};
        Vm{host, list};
    };
    EXPECT_THROW(with(Object{"T", tab_schema()}.as("panes", "Nobody")), std::invalid_argument);
    EXPECT_THROW(with(Object{"T", tab_schema()}.getter("get_x", "nothing")), std::invalid_argument);
    EXPECT_THROW(with(Object{"T", tab_schema()}.hide("nothing")), std::invalid_argument);
    EXPECT_THROW(with(Object{"T", tab_schema()}.method("m", [](RecordRef) {}, {"nothing"})),
                 std::invalid_argument);
}

TEST_F(VmTest, ProtectTurnsErrorsIntoValuesAndRestoresTheStack) {
    const int top = lua_gettop(L());
    const auto done = vm().protect([](lua_State* state) {
        lua_pushinteger(state, 1);
        luaL_error(state, "no\nway");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message, "no way");
    const auto thrown = vm().protect([](lua_State*) { throw BindError{"bound"}; });
    EXPECT_EQ(thrown.error().message, "bound");
    EXPECT_EQ(lua_gettop(L()), top);
}

TEST_F(VmTest, EveryCoroutineKnowsItsVm) {
    lua_State* thread = lua_newthread(L());
    EXPECT_EQ(&Vm::of(thread), &vm());
    lua_pop(L(), 1);
}

TEST_F(VmTest, FunctionsOutliveTheirVm) {
    luaL_dostring(L(), "return function() end");
    Function function = hold_function(L(), -1);
    Function copy = function;
    EXPECT_NE(function.where(), "");
    vm_.reset();
    EXPECT_EQ(function.where(), "");
    function = {};
    Vm other{host, objects()};
    push_function(other.state(), copy);
    EXPECT_TRUE(lua_isnil(other.state(), -1));
}

TEST_F(VmTest, DroppedFunctionsAreCollected) {
    run("weak = setmetatable({}, {__mode = 'v'})\nweak[1] = function() return weak end");
    lua_getglobal(L(), "weak");
    lua_rawgeti(L(), -1, 1);
    Function function = hold_function(L(), -1);
    lua_settop(L(), 0);
    lua_gc(L(), LUA_GCCOLLECT);
    EXPECT_EQ(eval("weak[1] ~= nil"), Value{true});
    function = {};
    lua_gc(L(), LUA_GCCOLLECT);
    EXPECT_EQ(eval("weak[1]"), Value{});
}

TEST_F(VmTest, StackGuardRestores) {
    lua_State* state = L();
    const int top = lua_gettop(state);
    {
        StackGuard guard{state};
        lua_pushinteger(state, 1);
        lua_pushinteger(state, 2);
        guard.keep(1);
    }
    EXPECT_EQ(lua_gettop(state), top + 1);
    lua_settop(state, top);
}

} // namespace lunette::lua::test
