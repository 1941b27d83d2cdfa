#include "fixture.h"

namespace lunette::lua::test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class HandleTest : public LuaTest {
protected:
    Ref<Tab> tab = make_tab(3, "build", 2);
    void SetUp() override {
        set_global("tab", tab);
        host.reads.clear();
    }
};

TEST_F(HandleTest, ReadsFieldsByNameAndByGetter) {
    EXPECT_EQ(eval("tab.title").text(), "build");
    EXPECT_EQ(eval("tab:get_title()").text(), "build");
    EXPECT_EQ(eval("tab.tab_id"), Value{3});
    EXPECT_EQ(eval("math.type(tab.tab_id)").text(), "integer");
    EXPECT_EQ(eval("tab.share"), Value{0.5});
    EXPECT_EQ(eval("tab.is_active"), Value{false});
    EXPECT_EQ(eval("tab.active_pane.tty_name"), Value{});
}

TEST_F(HandleTest, RecordsEachReadOnce) {
    run("local t = tab.title");
    EXPECT_THAT(host.reads, ElementsAre("title"));
    host.reads.clear();
    run("local p = tab.active_pane.tty_name");
    EXPECT_THAT(host.reads, ElementsAre("active_pane", "tty_name"));
    host.reads.clear();
    run("local n = tab.length");
    EXPECT_THAT(host.reads, ElementsAre("title"));
}

TEST_F(HandleTest, ComputesPropertiesAndHidesFields) {
    EXPECT_EQ(eval("tab.length"), Value{5});
    EXPECT_THAT(error_of("return tab.secret"), HasSubstr("TabInformation has no field 'secret'"));
    EXPECT_THAT(error_of("return tab:get_secret_()"), HasSubstr("did you mean 'get_secret'?"));
    EXPECT_EQ(eval("tab:get_secret()").text(), "hidden");
}

TEST_F(HandleTest, UnknownFieldSaysWhatWasMeantAndIsReported) {
    EXPECT_EQ(error_of("local x\nreturn tab.tilte"),
              "TabInformation has no field 'tilte'; did you mean 'title'? (test.lua:2)");
    EXPECT_THAT(host.fake_script.problems,
                ElementsAre("TabInformation has no field 'tilte'; did you mean 'title'?"));
    EXPECT_EQ(host.fake_script.errors, 0) << "whoever catches it goes on";
    EXPECT_EQ(error_of("return tab[1]"), "TabInformation has no field 1 (test.lua:1)");
    EXPECT_EQ(error_of("return tab[{}]"), "TabInformation has no field by a table (test.lua:1)");
    EXPECT_EQ(error_of("return tab.zzzzzzzz"), "TabInformation has no field 'zzzzzzzz' (test.lua:1)");
    EXPECT_EQ(error_of("return tab[string.rep('x', 1e6)]"),
              "TabInformation has no field '" + std::string(60, 'x') + "' (test.lua:1)");
}

TEST_F(HandleTest, OfALiveObjectAnUnknownNameIsNil) {
    const Ref<Pane> pane = make_pane(7, "zsh");
    host.live[pane.id()] = pane.record();
    set_global("live", Value{pane});
    EXPECT_EQ(eval("live.tab_id"), Value{});
    EXPECT_EQ(eval("live.tab_id and 'tab' or 'pane'").text(), "pane");
    EXPECT_THAT(host.fake_script.problems, testing::Contains("Pane has no field 'tab_id'; it reads as nil"));
    EXPECT_THAT(error_of("live:no_such_method()"), HasSubstr("attempt to call a nil value"));
}

TEST_F(HandleTest, IsReadOnly) {
    EXPECT_EQ(error_of("tab.title = 'x'"), "TabInformation is read-only: cannot set title (test.lua:1)");
    EXPECT_EQ(error_of("rawset(tab, 'title', 1)").find("bad argument #1 to 'rawset'"), 12u);
    EXPECT_EQ(eval("getmetatable(tab)"), Value{false});
    EXPECT_THAT(error_of("setmetatable(tab, {})"), HasSubstr("table expected"));
}

TEST_F(HandleTest, SameRecordGivesTheSameUserdata) {
    EXPECT_EQ(eval("rawequal(tab.active_pane, tab.panes[1])"), Value{true});
    EXPECT_EQ(eval("(function() local t = {}; t[tab.panes[1]] = 7; return t[tab.active_pane] end)()"),
              Value{7});
    EXPECT_EQ(eval("rawequal(tab.panes[1], tab.panes[2])"), Value{false});
    set_global("same", tab);
    EXPECT_EQ(eval("rawequal(tab, same)"), Value{true});
}

TEST_F(HandleTest, VersionsOfOneRecordAreEqualButPinnedToWhatTheySaw) {
    Tab changed = *tab;
    changed.title = "test";
    set_global("newer", tab_schema().make(tab.id(), changed));
    EXPECT_EQ(eval("rawequal(tab, newer)"), Value{false});
    EXPECT_EQ(eval("tab == newer"), Value{true});
    EXPECT_EQ(eval("tab.title .. newer.title").text(), "buildtest");
    set_global("other", make_tab(3, "build", 0));
    EXPECT_EQ(eval("tab == other"), Value{false});
}

TEST_F(HandleTest, TheSameRecordAsAnotherObjectIsAnother) {
    const auto pane = make_pane(1, "sh");
    host.live[pane.id()] = pane.record();
    set_global("live", Value{pane});
    set_global("pinned", Value{pane, 1});
    EXPECT_EQ(eval("tostring(live) .. ' ' .. tostring(pinned)").text(),
              "Pane(pane 1) PaneInformation(pane 1)");
    EXPECT_EQ(eval("live == pinned"), Value{false});
}

TEST_F(HandleTest, HasATextAndAName) {
    EXPECT_EQ(eval("tostring(tab)").text(), "TabInformation(tab 3)");
    EXPECT_EQ(eval("tostring(tab.active_pane)").text(), "PaneInformation(pane 10)");
    EXPECT_EQ(eval("type(tab)").text(), "userdata");
    EXPECT_THAT(error_of("string.rep(tab, 2)"), HasSubstr("string expected, got TabInformation"));
    EXPECT_EQ(eval("tab .. 'x'").text(), "joined");
}

TEST_F(HandleTest, PairsGivesTheVisibleFields) {
    const Value map =
        eval("(function() local m = {} for k, v in pairs(tab) do m[k] = type(v) end return m end)()");
    EXPECT_EQ(map.size(), 7u);
    EXPECT_EQ(map["title"].text(), "string");
    EXPECT_EQ(map["panes"].text(), "table");
    EXPECT_EQ(map["active_pane"].text(), "userdata");
    EXPECT_EQ(map["length"].text(), "number");
    EXPECT_TRUE(map["secret"].is_nil());
}

TEST_F(HandleTest, LiveObjectsReadTheNewestVersion) {
    const auto pane = make_pane(7, "before");
    host.live[pane.id()] = pane.record();
    set_global("pane", pane);
    EXPECT_EQ(eval("pane.title").text(), "before");
    Pane changed = *pane;
    changed.title = "after";
    host.live[pane.id()] = pane_schema().make(pane.id(), changed).record();
    EXPECT_EQ(eval("pane.title").text(), "after");
    EXPECT_EQ(eval("pane:get_title()").text(), "after");
    EXPECT_EQ(eval("pane:get_name()").text(), "after");
    EXPECT_EQ(eval("pane:shout()").text(), "after!");
    EXPECT_EQ(eval("pane").record(), host.live[pane.id()].get());
}

TEST_F(HandleTest, LiveObjectsThatAreGoneRaiseAndAreRecorded) {
    const auto pane = make_pane(7, "x");
    set_global("pane", pane);
    EXPECT_EQ(error_of("return pane.title"), "Pane(pane 7) is gone (test.lua:1)");
    EXPECT_EQ(error_of("return pane:get_title()"), "Pane(pane 7) is gone (test.lua:1)");
    EXPECT_EQ(error_of("pane:send_text('x')"), "Pane:send_text: Pane(pane 7) is gone (test.lua:1)");
    EXPECT_THAT(host.missing, ElementsAre(pane.id(), pane.id(), pane.id()));
    EXPECT_EQ(eval("tostring(pane)").text(), "Pane(pane 7)");
}

TEST_F(HandleTest, LiveReadsAfterCommandsWait) {
    const auto pane = make_pane(7, "x");
    host.live[pane.id()] = pane.record();
    set_global("pane", pane);
    for (const char* read :
         {"pane.title", "pane:get_title()", "pane:shout():sub(1, 1)",
          "(function() for k, v in pairs(pane) do if k == 'title' then return v end end end)()"}) {
        host.waits_needed = 1;
        yields = 0;
        EXPECT_EQ(eval(read).text(), "x") << read;
        EXPECT_EQ(yields, 1) << read;
    }
    host.waits_needed = 1;
    yields = 0;
    EXPECT_EQ(eval("({string.gsub('a', 'a', function() return pane.title end)})[1]").text(), "x");
    EXPECT_EQ(yields, 0) << "blocks where Lua cannot yield";
    EXPECT_EQ(eval("tab.title").text(), "build") << "pinned reads never wait";
}

TEST_F(HandleTest, MethodsRefuseForeignSelf) {
    set_global("live", make_pane(1, "x"));
    EXPECT_EQ(error_of("live.send_text(tab, 'x')"),
              "Pane:send_text: it is called with ':' on a Pane, not on a TabInformation (test.lua:1)");
    EXPECT_EQ(error_of("live.get_title({})"),
              "Pane: its methods are called with ':' on a Pane, not on a table (test.lua:1)");
    EXPECT_EQ(error_of("live.get_title()"),
              "Pane: its methods are called with ':' on a Pane, not on a no value (test.lua:1)");
    EXPECT_THAT(error_of("live.get_title(io.stdout)"), HasSubstr("not on a"));
}

TEST_F(HandleTest, SchemasWithoutObjectsArePinnedAndReadOnly) {
    Config config;
    config.generation = 4;
    set_global("config", config_schema().make(config));
    EXPECT_EQ(eval("config.generation"), Value{4});
    EXPECT_THAT(error_of("config.generation = 5"), HasSubstr("ConfigInfo is read-only"));
    EXPECT_THAT(eval("tostring(config)").text(), testing::StartsWith("ConfigInfo(#"));
}

TEST_F(HandleTest, HandlesDoNotKeepRecordsForLongerThanLuaKeepsThem) {
    run("for i = 1, 1000 do local p = tab.panes[2] end");
    set_global("tab", Value{});
    lua_gc(L(), LUA_GCCOLLECT);
    lua_gc(L(), LUA_GCCOLLECT);
    EXPECT_EQ(vm().memory().native_bytes(), 0u);
}

TEST_F(HandleTest, AnyNumberOfHandlesToBigRecordsTakesBoundedMemory) {
    for (int i = 0; i < 100'000; ++i) {
        const auto done = vm().protect(
            [&](lua_State* state) { push_value(state, make_pane(i, std::string(20'000, 'x'))); });
        ASSERT_TRUE(done) << i << done.error().message;
    }
    EXPECT_LT(vm().memory().peak(), std::size_t{32} << 20);
}

TEST_F(HandleTest, HandlesThatAreKeptRunIntoTheLimit) {
    vm().memory().set_limit(std::size_t{8} << 20);
    const auto done = vm().protect([&](lua_State* state) {
        lua_newtable(state);
        for (int i = 1; i <= 10'000; ++i) {
            push_value(state, make_pane(i, std::string(20'000, 'x')));
            lua_rawseti(state, -2, i);
        }
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().message, "not enough memory");
    EXPECT_LT(vm().memory().peak(), std::size_t{9} << 20);
}

TEST_F(HandleTest, AnEagerHostGetsCompleteTables) {
    host.eager_mode = true;
    set_global("copy", tab);
    EXPECT_EQ(eval("type(copy)").text(), "table");
    EXPECT_EQ(eval("copy.title").text(), "build");
    EXPECT_EQ(eval("copy.panes[2].title").text(), "pane 11");
    EXPECT_EQ(eval("type(copy.panes[2])").text(), "table");
    EXPECT_EQ(eval("copy.length"), Value{5});
    EXPECT_EQ(eval("(function() copy.title = 'mine' return copy.title end)()").text(), "mine");
    const auto pane = make_pane(7, "x");
    set_global("live", pane);
    EXPECT_EQ(eval("type(live)").text(), "userdata");
}

} // namespace lunette::lua::test
