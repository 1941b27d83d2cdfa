#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

using ViewsTest = EngineTest;

TEST_F(ViewsTest, ShowWhatTheHandlerReturns) {
    start("host.on('title', function(app) return app.mode .. ' ' .. #app.tabs end)");
    View shown = title();
    EXPECT_EQ(shown.latest().text(), "default title");
    EXPECT_EQ(shown.latest().freshness, Freshness::fallback);
    settle();
    EXPECT_EQ(shown.latest().text(), "normal 2");
    EXPECT_EQ(shown.latest().freshness, Freshness::fresh);
}

TEST_F(ViewsTest, RunNothingWhileNothingChanges) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    for (int i = 0; i < 20; ++i) settle();
    EXPECT_EQ(runs(), 1U);
}

TEST_F(ViewsTest, RunAgainWhenAFieldTheyReadChanges) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    EXPECT_EQ(text(), "insert");
    EXPECT_EQ(runs(), 2U);
}

TEST_F(ViewsTest, AreTracedWithTheirCauses) {
    options.trace = true;
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    const EngineReport traced = report();
    ASSERT_EQ(traced.trace.size(), 2U);
    EXPECT_NE(traced.trace[0].find("first ask"), std::string::npos) << traced.trace[0];
    EXPECT_NE(traced.trace[1].find("App.mode of"), std::string::npos) << traced.trace[1];
}

TEST_F(ViewsTest, IgnoreFieldsThatTheyDoNotRead) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    model.change([](App& app) { app.counter = 7; });
    settle();
    model.set_title(0, "changed");
    settle();
    EXPECT_EQ(runs(), 1U);
}

TEST_F(ViewsTest, IgnoreANewVersionWithEqualFields) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    model.change([](App&) {});
    settle();
    EXPECT_EQ(runs(), 1U);
}

TEST_F(ViewsTest, AnEqualResultIsNoReasonToDraw) {
    start("host.on('title', function(app) return #app.mode end)");
    View shown = title();
    settle();
    EXPECT_TRUE(shown.changed());
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    EXPECT_EQ(runs(), 2U);
    EXPECT_FALSE(shown.changed());
    EXPECT_EQ(handler("title").unchanged, 1U);
}

TEST_F(ViewsTest, ADependencyOnTheLengthOfAList) {
    start("host.on('title', function(app) return '#' .. #app.tabs end)");
    title();
    settle();
    model.set_title(0, "x");
    settle();
    EXPECT_EQ(runs(), 1U);
    model.add_tab("third");
    settle();
    EXPECT_EQ(text(), "#3");
    EXPECT_EQ(runs(), 2U);
}

TEST_F(ViewsTest, ADependencyOnOneItemOfAList) {
    start("host.on('title', function(app) return app.tabs[2].title end)");
    title();
    settle();
    EXPECT_EQ(text(), "editor");
    model.set_title(0, "other tab");
    settle();
    EXPECT_EQ(runs(), 1U);
    model.set_title(1, "vim");
    settle();
    EXPECT_EQ(text(), "vim");
    model.remove_tab(0); // now another record, or none, stands there
    settle();
    model.add_tab("new second");
    settle();
    EXPECT_EQ(text(), "new second");
}

TEST_F(ViewsTest, AnIndexBeyondTheEndIsADependencyToo) {
    start("host.on('title', function(app) local t = app.tabs[3] return t and t.title or 'none' end)");
    title();
    settle();
    EXPECT_EQ(text(), "none");
    model.add_tab("third");
    settle();
    EXPECT_EQ(text(), "third");
}

TEST_F(ViewsTest, IteratingDependsOnEveryItem) {
    start(R"(host.on('title', function(app)
        for _, t in ipairs(app.tabs) do if t.active then return t.title end end
        return 'none'
    end))");
    title();
    settle();
    EXPECT_EQ(text(), "shell");
    model.change([](App& app) {
        Tab off = *app.tabs[0], on = *app.tabs[1];
        off.active = false;
        on.active = true;
        app.tabs = app.tabs.with(0, tab_schema().make(app.tabs[0].id(), off))
                       .with(1, tab_schema().make(app.tabs[1].id(), on));
    });
    settle();
    EXPECT_EQ(text(), "editor");
}

TEST_F(ViewsTest, OneKeyOfAMapField) {
    start("host.on('title', function(app) return 'w' .. tostring(app.options.width) end)");
    title();
    settle();
    EXPECT_EQ(text(), "w80");
    model.change([](App& app) { app.options = Value::map({{"width", 80}, {"height", 25}}); });
    settle();
    EXPECT_EQ(runs(), 1U);
    model.change([](App& app) { app.options = Value::map({{"width", 81}, {"height", 25}}); });
    settle();
    EXPECT_EQ(text(), "w81");
}

TEST_F(ViewsTest, AKeyThatIsMissingFromAMapField) {
    start("host.on('title', function(app) return tostring(app.options.depth) end)");
    title();
    settle();
    EXPECT_EQ(text(), "nil");
    model.change([](App& app) { app.options = Value::map({{"depth", 3}}); });
    settle();
    EXPECT_EQ(text(), "3");
}

TEST_F(ViewsTest, AFailedLookupIsADependency) {
    const Id id = next_id();
    start("local id = " + std::to_string(id) +
          "\nhost.on('title', function(app) local t = host.find(id) return t and t.title or 'none' end)");
    title();
    settle();
    EXPECT_EQ(text(), "none");
    model.change([&](App& app) {
        app.tabs = List<Tab>{{app.tabs[0], tab_schema().make(id, {2, "found", false})}};
    });
    settle();
    EXPECT_EQ(text(), "found");
}

TEST_F(ViewsTest, ALiveRecordThatGoesAwayIsADependency) {
    start("local id = " + std::to_string(model.tab(1).id()) +
          "\nhost.on('title', function(app) local t = host.find(id) return t and t.title or 'gone' end)");
    title();
    settle();
    EXPECT_EQ(text(), "editor");
    model.remove_tab(1);
    settle();
    EXPECT_EQ(text(), "gone");
}

TEST_F(ViewsTest, AKeptLiveHandleWhoseRecordGoesAwayIsADependency) {
    start("local kept\nlocal id = " + std::to_string(model.tab(1).id()) + R"(
        host.on('status', function() kept = host.find(id) end)
        host.on('title', function(app)
            if not kept then return app.mode end
            local ok, t = pcall(function() return kept.title end)
            return ok and t or 'gone'
        end))");
    emit("status");
    title();
    settle();
    EXPECT_EQ(text(), "editor");
    model.remove_tab(1);
    settle();
    EXPECT_EQ(text(), "gone");
}

TEST_F(ViewsTest, DifferentArgumentsAreDifferentViews) {
    start("host.on('tab', function(tab, n) return tab.title .. n end)");
    View first = view("tab", {model.tab(0), 1});
    View second = view("tab", {model.tab(1), 1});
    View third = view("tab", {model.tab(1), 2});
    settle();
    EXPECT_EQ(first.latest().text(), "shell1");
    EXPECT_EQ(second.latest().text(), "editor1");
    EXPECT_EQ(third.latest().text(), "editor2");
    EXPECT_EQ(runs("tab"), 3U);
    model.set_title(0, "sh");
    settle();
    EXPECT_EQ(first.latest().text(), "sh1");
    EXPECT_EQ(runs("tab"), 4U);
}

TEST_F(ViewsTest, AViewWithoutAHandlerShowsItsDefault) {
    start("");
    View shown = title();
    settle();
    EXPECT_EQ(shown.latest().text(), "default title");
    EXPECT_EQ(shown.latest().freshness, Freshness::fallback);
}

TEST_F(ViewsTest, NilMeansTheDefault) {
    start("host.on('title', function(app) if app.mode == 'insert' then return 'x' end end)");
    title();
    settle();
    EXPECT_EQ(text(), "default title");
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    EXPECT_EQ(text(), "x");
    model.change([](App& app) { app.mode = "normal"; });
    settle();
    EXPECT_EQ(text(), "default title");
}

TEST_F(ViewsTest, AskedBeforeTheLoadEnds) {
    make("local host = require 'host' host.on('title', function(app) return app.mode end)");
    View shown = title(); // before the thread exists
    settle();
    EXPECT_EQ(shown.latest().text(), "normal");
}

TEST_F(ViewsTest, ReleasedAndAskedAgain) {
    start("host.on('title', function(app) return app.mode end)");
    for (int i = 0; i < 50; ++i) {
        View shown = title();
        if (i % 2) settle();
        engine().release(shown);
        EXPECT_FALSE(shown);
    }
    View shown = title();
    settle();
    EXPECT_EQ(shown.latest().text(), "normal");
}

TEST_F(ViewsTest, ReleasedWhileItsHandlerRuns) {
    start("host.on('title', function(app) host.mark 'started' host.sleep_ms(100) return app.mode end)");
    View shown = title();
    settle();
    EXPECT_EQ(marks("started"), 1);
    engine().release(shown);
    settle();
    advance(1s); // the run ends with nobody to tell
    View again = title();
    settle();
    advance(1s);
    EXPECT_EQ(again.latest().text(), "normal");
}

TEST_F(ViewsTest, InvalidateRunsWhatDependsOnNothing) {
    start("host.on('title', function() host.mark 'run' return 'x' end)");
    title();
    settle();
    EXPECT_TRUE(engine().invalidate("title"));
    settle();
    EXPECT_EQ(marks("run"), 2);
    EXPECT_FALSE(engine().invalidate("nobody"));
}

TEST_F(ViewsTest, MoreReadsThanAreKeptStillFollowTheModel) {
    for (int i = 0; i < 700; ++i) model.add_tab("t" + std::to_string(i));
    start(R"(host.on('title', function(app)
        local n = 0
        for _, t in ipairs(app.tabs) do n = n + #t.title end
        return '' .. n
    end))");
    title();
    settle();
    const std::string before = text();
    model.set_title(690, "a much longer title than before");
    settle();
    EXPECT_NE(text(), before);
}

TEST_F(ViewsTest, ADependencyReadInAnAwaitingRunIsNotMissed) {
    start(R"(host.on('title', function(app)
        local mode = app.mode
        host.sleep_ms(100)
        return mode
    end))");
    title();
    settle();
    advance(20ms);
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    advance(100ms); // the first run ends with the old mode, which is shown and run again
    advance(100ms);
    advance(100ms);
    EXPECT_EQ(text(), "insert");
}

TEST_F(ViewsTest, APinnedMapReadAfterItChangedIsNotMissed) {
    start(R"(host.on('title', function(app)
        local options = app.options
        host.sleep_ms(100)
        return '' .. options.width
    end))");
    title();
    settle();
    model.change([](App& app) { app.options = Value::map({{"width", 99}}); });
    settle();
    for (int i = 0; i < 5; ++i) advance(100ms);
    EXPECT_EQ(text(), "99");
}

TEST_F(ViewsTest, AKeptOldVersionIsNoReasonToRunForEver) {
    start(R"(
        local kept
        host.on('title', function(app) kept = kept or app.tabs[1] return kept.title .. app.mode end))");
    title();
    settle();
    model.set_title(0, "changed");
    settle();
    model.change([](App& app) { app.mode = "insert"; });
    for (int i = 0; i < 5; ++i) settle();
    EXPECT_EQ(text(), "shellinsert");
    EXPECT_LE(runs(), 3U);
}

TEST_F(ViewsTest, APacedFieldIsFollowedAtItsPace) {
    options.paced.push_back({&app_schema().erased(), "counter", 250ms});
    start("host.on('title', function(app) return app.mode .. app.counter end)");
    title();
    settle();
    for (int i = 1; i <= 50; ++i) {
        model.change([i](App& app) { app.counter = i; });
        advance(10ms);
    }
    EXPECT_LE(runs(), 4U); // for half a second
    advance(250ms);
    EXPECT_EQ(text(), "normal50");
    model.change([](App& app) { app.counter = 51; });
    settle(); // it has waited long enough already
    model.change([](App& app) { app.mode = "insert"; });
    settle(); // which has no pace
    EXPECT_EQ(text(), "insert51");
}

TEST_F(ViewsTest, APacedFieldThatChangesDuringARunIsNotMissed) {
    options.paced.push_back({&app_schema().erased(), "counter", 250ms});
    start(R"(host.on('title', function(app)
        local n = app.counter
        host.sleep_ms(20)
        return 'n' .. n
    end))");
    title();
    settle();
    model.change([](App& app) { app.counter = 1; });
    settle();
    advance(20ms);
    EXPECT_EQ(text(), "n0");
    advance(100ms);
    EXPECT_EQ(runs(), 1U);
    advance(150ms);
    advance(20ms);
    EXPECT_EQ(text(), "n1");
}

TEST_F(ViewsTest, CountWhatRunningForEveryChangeWouldCost) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    for (int i = 1; i <= 10; ++i) {
        model.change([i](App& app) { app.counter = i; });
        settle();
    }
    const HandlerReport row = handler("title");
    EXPECT_EQ(row.runs, 1U);
    EXPECT_EQ(row.runs_on_every_change, 10U);
}

TEST_F(ViewsTest, NamedStateReadInAnAwaitingRunIsNotMissed) {
    start(R"(
        local n = 1
        host.on('title', function(app) host.reads_state 's' host.mark 'run' host.sleep_ms(100) return app.mode end)
        host.on('status', function() host.changed 's' end))");
    title();
    settle();
    emit("status");
    for (int i = 0; i < 5; ++i) advance(100ms);
    EXPECT_EQ(marks("run"), 2);
}

} // namespace
} // namespace lunette::script::test
