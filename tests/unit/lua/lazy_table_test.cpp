#include "fixture.h"
#include "lua/lazy_table.h"

namespace lunette::lua::test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LazyListTest : public LuaTest {
protected:
    Ref<Tab> tab = make_tab(3, "build", 3);
    void SetUp() override {
        set_field_global("panes", tab.record(), "panes", "PaneInformation");
        host.reads.clear();
    }
};

TEST_F(LazyListTest, LooksLikeAnArray) {
    EXPECT_EQ(eval("type(panes)").text(), "table");
    EXPECT_EQ(eval("#panes"), Value{3});
    EXPECT_EQ(eval("panes[2].title").text(), "pane 11");
    EXPECT_EQ(eval("panes[2.0].title").text(), "pane 11");
    EXPECT_EQ(eval("panes[4]"), Value{});
    EXPECT_EQ(eval("panes[0]"), Value{});
    EXPECT_EQ(eval("panes[-1]"), Value{});
    EXPECT_EQ(eval("panes.title"), Value{});
    EXPECT_EQ(eval("getmetatable(panes)"), Value{});
    EXPECT_EQ(eval("(function() local s = '' for i, p in ipairs(panes) do s = s .. i .. p.pane_id .. ' ' end "
                   "return s end)()")
                  .text(),
              "110 211 312 ");
    EXPECT_EQ(eval("({table.unpack(panes)})[3].title").text(), "pane 12");
    EXPECT_EQ(eval("tostring(panes):match('^table: ') ~= nil"), Value{true});
}

TEST_F(LazyListTest, RecordsWhatIsTouched) {
    run("local p = panes[2]");
    EXPECT_THAT(host.reads, ElementsAre("panes[1]"));
    host.reads.clear();
    run("local n = #panes");
    EXPECT_THAT(host.reads, ElementsAre("#panes"));
    host.reads.clear();
    run("local p = panes[9]");
    EXPECT_THAT(host.reads, ElementsAre("#panes"));
    host.reads.clear();
    run("for i, p in ipairs(panes) do if p.pane_id == 11 then break end end");
    EXPECT_THAT(host.reads, ElementsAre("panes[0]", "pane_id", "panes[1]", "pane_id"));
    host.reads.clear();
    run("for _ in pairs(panes) do end");
    EXPECT_THAT(host.reads, ElementsAre("#panes", "panes[0]", "panes[1]", "panes[2]"));
}

TEST_F(LazyListTest, EveryWayToTraverseSeesEverything) {
    for (const char* way : {"pairs(panes)", "next, panes", "ipairs(panes)"}) {
        set_field_global("panes", tab.record(), "panes");
        const std::string loop = "(function() local n = 0 for k, p in " + std::string{way} +
                                 " do n = n * 10 + k end return n end)()";
        EXPECT_EQ(eval(loop), Value{123}) << way;
    }
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(eval("rawlen(panes)"), Value{3});
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(eval("rawget(panes, 1).title").text(), "pane 10");
    set_field_global("panes", tab.record(), "panes");
    EXPECT_EQ(eval("next({}) == nil and next(panes)"), Value{1});
}

TEST_F(LazyListTest, WritesGoToThePrivateCopy) {
    EXPECT_EQ(eval("(function() panes[2] = 'x' return panes[2] end)()").text(), "x");
    EXPECT_EQ(eval("panes[1].title").text(), "pane 10");
    EXPECT_EQ(eval("#panes"), Value{3});
    set_field_global("fresh", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(eval("fresh[2].title").text(), "pane 11");
}

TEST_F(LazyListTest, DeletedItemsStayDeleted) {
    EXPECT_EQ(eval("(function() local p = panes[3]; panes[3] = nil; return panes[3] end)()"), Value{});
    EXPECT_EQ(eval("#panes"), Value{2});
}

TEST_F(LazyListTest, TheTableLibraryWorks) {
    EXPECT_EQ(eval("(function() table.sort(panes, function(a, b) return a.pane_id > b.pane_id end) return "
                   "panes[1].pane_id end)()"),
              Value{12});
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(
        eval("(function() local p = table.remove(panes, 1) return p.title .. #panes .. panes[1].title end)()")
            .text(),
        "pane 102pane 11");
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(
        eval("(function() table.insert(panes, 1, 'new') return #panes .. panes[1] .. panes[4].title end)()")
            .text(),
        "4newpane 12");
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(eval("(function() panes[#panes + 1] = 'end' return #panes .. panes[4] end)()").text(), "4end");
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(eval("(function() local t = table.move(panes, 1, 3, 2, {}) return t[2].title end)()").text(),
              "pane 10");
}

TEST_F(LazyListTest, MetatablesAndRawWritesWorkAsOnAnyTable) {
    EXPECT_EQ(eval("setmetatable(panes, {__call = function() return 'called' end})()").text(), "called");
    EXPECT_EQ(eval("#panes"), Value{3});
    set_field_global("panes", tab.record(), "panes", "PaneInformation");
    EXPECT_EQ(eval("#rawset(panes, 4, 'x')"), Value{4});
    EXPECT_EQ(error_of("panes[nil] = 1"), "test.lua:1: table index is nil");
}

TEST_F(LazyListTest, EmptyListsAndEmptyRecords) {
    const auto empty = make_tab(1, "x", 0);
    set_field_global("panes", empty.record(), "panes");
    EXPECT_EQ(eval("#panes"), Value{0});
    EXPECT_EQ(eval("panes[1]"), Value{});
    EXPECT_EQ(eval("select('#', next(panes))"), Value{1});
    EXPECT_EQ(eval("next(panes)"), Value{});
    set_global("tab", tab_schema().make(Tab{}));
    EXPECT_EQ(eval("#tab.panes"), Value{0});
    EXPECT_EQ(eval("tab.active_pane"), Value{});
}

TEST_F(LazyListTest, ConvertsBackWithTheObjectItShows) {
    const Value list = eval("panes");
    ASSERT_EQ(list.size(), 3u);
    EXPECT_EQ(list.items()[0].object_type(), 1);
    EXPECT_EQ(list.items()[2].record(), (*tab).panes[2].record().get());
}

TEST_F(LazyListTest, AListHandedToTheHostsGarbageCollectorLivesOn) {
    run("kept = panes");
    set_global("panes", Value{});
    tab = {};
    lua_gc(L(), LUA_GCCOLLECT);
    EXPECT_EQ(eval("kept[3].title").text(), "pane 12");
}

class LazyMapTest : public LuaTest {
protected:
    void SetUp() override { refresh(); }
    void refresh() {
        Value keys =
            Value::list({Value::map({{"key", "a"}, {"action", "Copy"}}), Value::map({{"key", "b"}})});
        Config config;
        config.options = Value::map({{"font_size", 12.5},
                                     {"keys", std::move(keys)},
                                     {"colors", Value::map({{"fg", "#fff"}})},
                                     {"enable", true},
                                     {7, "seven"},
                                     {"a-b", 1}});
        record = config_schema().make(std::move(config)).record();
        set_field_global("config", record, "options");
        host.reads.clear();
    }
    RecordRef record;
};

TEST_F(LazyMapTest, ReadsOneKeyAtATime) {
    EXPECT_EQ(eval("config.font_size"), Value{12.5});
    EXPECT_EQ(eval("config.nothing"), Value{});
    EXPECT_EQ(eval("config.keys[2].key").text(), "b");
    EXPECT_THAT(host.reads, ElementsAre("options.font_size", "options.nothing", "options.keys"));
    EXPECT_EQ(eval("config[7]").text(), "seven");
    EXPECT_EQ(eval("config[true]"), Value{});
    EXPECT_EQ(eval("config[{}]"), Value{});
    EXPECT_EQ(eval("type(config) .. type(config.colors) .. #config.keys").text(), "tabletable2");
    EXPECT_EQ(eval("config['a-b']"), Value{1});
}

TEST_F(LazyMapTest, PairsReadsTheWhole) {
    EXPECT_EQ(eval("(function() local n = 0 for k, v in pairs(config) do n = n + 1 end return n end)()"),
              Value{6});
    EXPECT_THAT(host.reads, ElementsAre("options"));
    refresh();
    EXPECT_EQ(eval("(function() local n = 0 for k, v in next, config do n = n + 1 end return n end)()"),
              Value{6});
    EXPECT_EQ(eval("#config"), Value{0});
}

TEST_F(LazyMapTest, WritingChangesThePrivateCopyOnly) {
    run("config.font_size = 9; config.added = 'x'; config.colors.fg = '#000'; config.keys[1].key = 'z'");
    EXPECT_EQ(eval("config.font_size"), Value{9});
    EXPECT_EQ(eval("config.added").text(), "x");
    EXPECT_EQ(eval("config.colors.fg").text(), "#000");
    EXPECT_EQ(eval("config.keys[1].key .. config.keys[2].key").text(), "zb");
    EXPECT_EQ(eval("config.enable"), Value{true});
    const auto before = record;
    set_field_global("config", before, "options");
    EXPECT_EQ(eval("config.colors.fg .. config.keys[1].key").text(), "#fffa");
}

TEST_F(LazyMapTest, NestedWritesAreSeenBeforeAndAfterTheMapIsWritten) {
    run("config.colors.fg = 1; colors = config.colors; config.x = 1; config.colors.bg = 2");
    EXPECT_EQ(eval("config.colors == colors"), Value{true});
    EXPECT_EQ(eval("colors.fg + colors.bg"), Value{3});
}

TEST_F(LazyMapTest, WalksFindTheNestedTablesThatWereHandedOut) {
    lua_getglobal(L(), "config");
    lua_rawgetp(L(), -1, &hidden_key);
    EXPECT_FALSE(push_handed_out(L(), -1));
    EXPECT_EQ(lua_gettop(L()), 2);
    run("config.colors.fg = 'mine'");
    ASSERT_TRUE(push_handed_out(L(), -1));
    EXPECT_EQ(lua_gettop(L()), 3);
    EXPECT_EQ(to_value(L(), -1), Value::map({{"colors", Value::map({{"fg", "mine"}})}}));
    EXPECT_FALSE(push_handed_out(L(), 1));
    lua_settop(L(), 0);
    EXPECT_EQ(eval("config.font_size"), Value{12.5});
}

TEST_F(LazyMapTest, DeletedKeysStayDeleted) {
    EXPECT_EQ(eval("(function() local k = config.keys; config.keys = nil; return config.keys end)()"),
              Value{});
    EXPECT_EQ(eval("config.enable"), Value{true});
}

TEST_F(LazyMapTest, ConvertsToTheHostsOwnValueUnlessChanged) {
    const Value options =
        record->schema().field(1).get(record->schema().field(1), record->payload()).value
            ? *record->schema().field(1).get(record->schema().field(1), record->payload()).value
            : Value{};
    EXPECT_EQ(eval("config"), options);
    EXPECT_THAT(host.reads, ElementsAre("options"));
    run("config.colors.fg = '#111'");
    EXPECT_EQ(eval("config")["colors"]["fg"].text(), "#111");
    EXPECT_EQ(eval("config")["font_size"], Value{12.5});
    run("config.keys[2] = {key = 'c', action = 'Paste'}");
    EXPECT_EQ(eval("config")["keys"].items()[1]["action"].text(), "Paste");
    run("config.font_size = 1");
    EXPECT_EQ(eval("config")["font_size"], Value{1});
    EXPECT_EQ(eval("config")[7].text(), "seven");
}

TEST_F(LazyMapTest, FieldsOfHandlesAreLazyMapsToo) {
    Pane pane;
    pane.user_vars = Value::map({{"prog", "vim"}});
    set_global("pane", Value{pane_schema().make(std::move(pane)), 1});
    EXPECT_EQ(eval("pane.user_vars.prog").text(), "vim");
    EXPECT_THAT(host.reads, ElementsAre("user_vars?", "user_vars.prog"));
    EXPECT_EQ(eval("pane:get_user_vars().other"), Value{});
    set_global("pane", Value{make_pane(1, "x"), 1});
    host.reads.clear();
    EXPECT_EQ(eval("pane.user_vars"), Value{});
    EXPECT_THAT(host.reads, ElementsAre("user_vars"));
}

TEST_F(LazyMapTest, AnEagerHostGetsACopy) {
    host.eager_mode = true;
    set_field_global("config", record, "options");
    EXPECT_THAT(host.reads, ElementsAre("options"));
    EXPECT_EQ(eval("rawget(config, 'keys')[1].key").text(), "a");
}

TEST_F(LazyMapTest, LargeResultsAreLazyAndCountTheirBytes) {
    std::vector<MapEntry> entries;
    for (int i = 0; i < 10'000; ++i) entries.push_back({"key" + std::to_string(i), std::string(100, 'x')});
    const std::size_t before = vm().memory().lua_bytes();
    set_global("big", Value::map(std::move(entries)));
    EXPECT_LT(vm().memory().lua_bytes(), before + 4000);
    EXPECT_GT(vm().memory().native_bytes(), 1'000'000u);
    EXPECT_EQ(eval("#big.key9999"), Value{100});
    set_global("big", Value{});
    lua_gc(L(), LUA_GCCOLLECT);
    EXPECT_LT(vm().memory().native_bytes(), 1000u);
}

TEST_F(LazyMapTest, SmallResultsArePlainTables) {
    set_global("small", Value::map({{"a", Value::list({1, 2})}}));
    lua_getglobal(L(), "small");
    EXPECT_FALSE(is_lazy(L(), -1));
    lua_pop(L(), 1);
    EXPECT_EQ(eval("#small.a"), Value{2});
}

} // namespace lunette::lua::test
