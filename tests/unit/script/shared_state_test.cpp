#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

using SharedStateTest = EngineTest;

TEST_F(SharedStateTest, WhatAKeyWritesIsSeen) {
    start(R"(
        local M = {name = 'a'}
        host.on('key', function(app, name) M.name = name end)
        host.on('title', function() return M.name end))");
    title();
    settle();
    EXPECT_EQ(text(), "a");
    emit("key", {Value{"b"}});
    EXPECT_EQ(text(), "b");
    EXPECT_EQ(runs(), 2U);
    emit("key", {Value{"b"}}); // nothing changes
    EXPECT_EQ(runs(), 2U);
}

TEST_F(SharedStateTest, AGlobalAndADeepTableToo) {
    start(R"(
        shared = {list = {{n = 1}}}
        local cyclic = {}
        cyclic.self = cyclic
        host.on('key', function(app, n) shared.list[1].n = n cyclic.self.self.n = n end)
        host.on('title', function() return shared.list[1].n .. '/' .. tostring(cyclic.n) end))");
    title();
    settle();
    EXPECT_EQ(text(), "1/nil");
    emit("key", {7});
    EXPECT_EQ(text(), "7/7");
}

TEST_F(SharedStateTest, UnrelatedStateRunsNothing) {
    start(R"(
        local mine, other = {n = 1}, {n = 1}
        host.on('key', function() other.n = other.n + 1 end)
        host.on('title', function() return 'n' .. mine.n end))");
    title();
    settle();
    for (int i = 0; i < 5; ++i) emit("key");
    EXPECT_EQ(runs(), 1U);
}

TEST_F(SharedStateTest, WrittenBeforeAWaitIsSeenBeforeItEnds) {
    start(R"(
        local n = 0
        host.on('status', function() n = 1 host.sleep_ms(10000) end)
        host.on('title', function() return 'n' .. n end))");
    title();
    settle();
    emit("status");
    EXPECT_EQ(text(), "n1");
}

TEST_F(SharedStateTest, WrittenBeforeAWaitIsNotHiddenByAPureRun) {
    start(R"(
        local n = 0
        host.on('status', function() n = 1 host.sleep_ms(100) end)
        host.on('tab', function(tab) return tab.title .. n end))");
    View first = view("tab", {model.tab(0)});
    View second = view("tab", {model.tab(1)});
    settle();
    publish();
    engine().emit("status", {model.app});
    model.set_title(0, "changed");
    settle();
    advance(100ms);
    EXPECT_EQ(first.latest().text(), "changed1");
    EXPECT_EQ(second.latest().text(), "editor1");
}

TEST_F(SharedStateTest, ATimerWrites) {
    start(R"(
        local n = 0
        host.call_after(100, function() n = 1 end)
        host.on('title', function() return 'n' .. n end))");
    title();
    settle();
    advance(100ms);
    EXPECT_EQ(text(), "n1");
}

TEST_F(SharedStateTest, ACounterInAPureHandlerDoesNotRunItAgain) {
    start("local n = 0 host.on('title', function(app) n = n + 1 return app.mode .. n end)");
    title();
    for (int i = 0; i < 10; ++i) settle();
    EXPECT_EQ(text(), "normal1");
    EXPECT_EQ(runs(), 1U);
}

TEST_F(SharedStateTest, WhatOnePureHandlerWritesAnotherSees) {
    start(R"(
        local M = {}
        host.on('title', function(app) M.mode = app.mode return app.mode end)
        host.on('other', function() return 'saw ' .. tostring(M.mode) end))");
    View other = view("other", {model.app});
    title();
    settle();
    EXPECT_EQ(other.latest().text(), "saw normal");
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    EXPECT_EQ(other.latest().text(), "saw insert");
}

TEST_F(SharedStateTest, NamedStateThatOnePureHandlerChangesAnotherSeesOnce) {
    start(R"(
        host.on('title', function(app) host.reads_state 's' host.changed 's' return app.mode end)
        host.on('other', function(app) host.reads_state 's' host.changed 's' host.mark 'other' return app.mode end))");
    view("other", {model.app});
    settle();
    title();
    for (int i = 0; i < 10; ++i) settle();
    EXPECT_EQ(marks("other"), 2); // and what it changes itself is one hop too far
    EXPECT_LE(runs(), 2U);
}

TEST_F(SharedStateTest, AnotherHandleInAnUpvalueIsSeen) {
    start(R"(
        local kept
        host.on('key', function(app, n) kept = app.tabs[n] collectgarbage() end)
        host.on('title', function() return kept and kept.title or 'none' end))");
    title();
    settle();
    for (int i = 0; i < 20; ++i) {
        emit("key", {1 + i % 2});
        ASSERT_EQ(text(), i % 2 ? "editor" : "shell");
    }
}

TEST_F(SharedStateTest, ANewVersionInAnUpvalueIsSeen) {
    start(R"(
        local kept
        host.on('key', function(app) kept = app.tabs[1] collectgarbage() end)
        host.on('title', function() return kept and kept.title or 'none' end))");
    title();
    settle();
    for (int i = 0; i < 20; ++i) {
        model.set_title(0, "title " + std::to_string(i));
        emit("key");
        ASSERT_EQ(text(), "title " + std::to_string(i));
    }
}

TEST_F(SharedStateTest, AnotherFunctionWhereOneWasIsSeen) {
    start(R"(
        local say = function() return 'none' end
        local makers = {
            function() return function() return 'one' end end,
            function()
                return function() return 'two' end
            end,
        }
        host.on('key', function(app, n) say = nil collectgarbage() say = makers[n]() end)
        host.on('title', function() return say() end))");
    title();
    settle();
    for (int i = 0; i < 20; ++i) {
        emit("key", {1 + i % 2});
        ASSERT_EQ(text(), i % 2 ? "two" : "one");
    }
}

TEST_F(SharedStateTest, TwoCountersDoNotChaseEachOther) {
    start(R"(
        local M = {n = 0}
        host.on('title', function(app) M.n = M.n + 1 host.mark 'run' return app.mode .. M.n end)
        host.on('other', function(app) M.n = M.n + 1 host.mark 'run' return app.mode .. M.n end))");
    title();
    view("other", {model.app});
    for (int i = 0; i < 20; ++i) settle();
    EXPECT_LE(marks("run"), 8);
    const std::int64_t before = marks("run");
    for (int i = 0; i < 20; ++i) settle();
    EXPECT_EQ(marks("run"), before);
}

TEST_F(SharedStateTest, BeyondTheBoundItIsLookedAtLater) {
    start(R"(
        local big = {}
        for i = 1, 10000 do big[i] = i end
        host.on('key', function(app, n) big[1] = n end)
        host.on('title', function() return 'n' .. big[1] end))");
    title();
    settle();
    emit("key", {2});
    emit("key", {3});
    advance(2s);
    EXPECT_EQ(text(), "n3");
    const std::uint64_t before = runs();
    for (int i = 0; i < 10; ++i) advance(2s);
    EXPECT_EQ(runs(), before);
}

TEST_F(SharedStateTest, NamedStateReachesItsReadersOnly) {
    start(R"(
        host.on('key', function(app, name) host.changed(name) end)
        host.on('title', function() host.reads_state 'a' host.mark 'a' return 'x' end)
        host.on('other', function() host.reads_state 'b' host.mark 'b' return 'x' end))");
    title();
    view("other", {model.app});
    settle();
    emit("key", {Value{"a"}});
    emit("key", {Value{"c"}});
    EXPECT_EQ(marks("a"), 2);
    EXPECT_EQ(marks("b"), 1);
}

} // namespace
} // namespace lunette::script::test
