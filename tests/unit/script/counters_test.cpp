#include "script/engine_fixture.h"

#include <algorithm>
#include <optional>

namespace lunette::script::test {
namespace {

/// Each counter of the report moves by what it counts, and by nothing else.
using CountersTest = EngineTest;

TEST_F(CountersTest, ARunTooManyIsCounted) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    const HandlerReport before = handler("title");
    model.change([](App& app) { ++app.counter; });
    settle();
    EXPECT_EQ(runs(), before.runs) << "nothing that it read has changed";
    engine().invalidate("title");
    settle();
    EXPECT_EQ(runs(), before.runs + 1);
    EXPECT_EQ(handler("title").unchanged, before.unchanged + 1);
    EXPECT_EQ(handler("title").cpu.count(), before.cpu.count() + 1);
    EXPECT_EQ(handler("title").wait.count(), before.wait.count() + 1);
    model.change([](App& app) { app.mode = "other"; });
    settle();
    EXPECT_EQ(runs(), before.runs + 2);
    EXPECT_EQ(handler("title").unchanged, before.unchanged + 1);
}

TEST_F(CountersTest, AReportComesWithoutWaiting) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    EXPECT_FALSE(engine().take_report()) << "nobody asked";
    engine().request_report();
    engine().request_report();
    std::optional<EngineReport> report;
    ASSERT_TRUE(eventually([&] {
        report = engine().take_report();
        return report.has_value();
    }));
    const auto row = std::find_if(report->handlers.begin(), report->handlers.end(),
                                  [](const HandlerReport& each) { return each.event == "title"; });
    ASSERT_NE(row, report->handlers.end());
    EXPECT_EQ(row->runs, 1U);
    settle();
    EXPECT_FALSE(engine().take_report()) << "both requests are answered by one";
}

TEST_F(CountersTest, MergedAndPutOffCallsAreThrottled) {
    pure_events["title"] = {.throttle = 100ms};
    effect_events["status"] = {.throttle = 100ms};
    start("host.on('title', function(app) return app.mode end) host.on('status', function() end)");
    title();
    settle();
    advance(200ms);
    const HandlerReport before = handler("title");
    for (const char* mode : {"a", "b", "c"}) {
        model.change([&](App& app) { app.mode = mode; });
        settle();
    }
    EXPECT_EQ(handler("title").runs, before.runs + 1);
    EXPECT_GT(handler("title").throttled, before.throttled);

    for (int i = 0; i < 5; ++i) emit("status");
    EXPECT_EQ(handler("status").requested, 5U);
    EXPECT_EQ(handler("status").runs, 1U);
    EXPECT_EQ(handler("status").throttled, 3U);
    advance(100ms);
    EXPECT_EQ(handler("status").runs, 2U);
    EXPECT_GE(handler("status").wait.max(), 100'000'000);
}

TEST_F(CountersTest, WaitingForTheThrottleIsNotLate) {
    effect_events["status"] = {.throttle = 1s};
    start("host.on('status', function() end)");
    publish();
    emit("status");
    emit("status");
    settle();
    EXPECT_EQ(handler("status").runs, 1U);
    advance(1s);
    EXPECT_EQ(handler("status").runs, 2U);
    EXPECT_GE(handler("status").wait.max(), 900'000'000);
    EXPECT_EQ(handler("status").late, 0U);
    EXPECT_EQ(handler("status").last, RunResult::ok);
}

TEST_F(CountersTest, WaitingForTheThrottleIsStaleness) {
    pure_events["title"] = {.throttle = 1s};
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    const Histogram before = report().staleness;
    EXPECT_EQ(before.max(), 0);
    model.change([](App& app) { app.mode = "other"; });
    settle();
    advance(1s);
    EXPECT_EQ(text(), "other");
    EXPECT_EQ(report().staleness.count(), before.count() + 1);
    EXPECT_GE(report().staleness.max(), 900'000'000);
}

TEST_F(CountersTest, OverTheSoftDeadlineIsLate) {
    start("host.on('title', function(app) host.sleep_ms(app.counter) return app.mode end)");
    title();
    settle();
    EXPECT_EQ(handler("title").late, 0U);
    model.change([](App& app) { app.counter = 150; });
    settle();
    advance(150ms);
    EXPECT_EQ(handler("title").late, 1U);
    EXPECT_EQ(handler("title").last, RunResult::late);
    EXPECT_EQ(log_text(), "") << "it did not compute for long: nobody is blamed";
}

TEST_F(CountersTest, LongComputingIsCpuTimeAndPreempted) {
    options.hard_limit = 300ms;
    start("host.on('status', function() while true do end end)");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return handler("status").killed == 1; }));
    EXPECT_GT(handler("status").preempted, 0U);
    EXPECT_GE(handler("status").cpu.max(), 300'000'000);
    EXPECT_GT(report().slice.count(), 0U);
}

TEST_F(CountersTest, WhatIsKeptIsOnTheHeap) {
    start("host.on('status', function() kept = (kept or '') .. ('x'):rep(4000000) end)");
    emit("status"); // what the first run takes for itself
    const std::uint64_t before = report().gc.heap_bytes;
    EXPECT_GT(before, 0U);
    emit("status");
    EXPECT_GE(report().gc.heap_bytes, before + 3'900'000);
    EXPECT_GE(report().gc.peak_bytes, report().gc.heap_bytes);
}

TEST_F(CountersTest, APublishedChangeWakesAndAnUnchangedRootDoesNot) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    const std::uint64_t before = engine().wakeups();
    for (int i = 0; i < 20; ++i) publish();
    EXPECT_EQ(engine().wakeups(), before);
    int changes = 0;
    EXPECT_TRUE(eventually([&] {
        model.change([&](App& app) { app.mode = std::to_string(++changes); });
        publish();
        return engine().wakeups() > before;
    })) << "it sleeps at some time";
    EXPECT_LE(engine().wakeups(), before + static_cast<std::uint64_t>(changes));
}

// The script thread sleeps until it is woken, so what a turn holds back cannot have run.
TEST_F(CountersTest, ATurnWakesOnceAtItsEnd) {
    start("host.on('status', function() end)");
    settle();
    const std::uint64_t before = engine().wakeups();
    {
        const Engine::Turn turn{engine()};
        for (int i = 0; i < 5; ++i) {
            model.change([](App& app) { ++app.counter; });
            publish();
            engine().emit("status", {model.app});
        }
        EXPECT_EQ(engine().wakeups(), before);
    }
    EXPECT_LE(engine().wakeups(), before + 1);
    settle();
    EXPECT_GE(handler("status").runs, 1U);
}

TEST_F(CountersTest, WaitingInsideATurnWakes) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    const Engine::Turn turn{engine()};
    settle();
    model.change([](App& app) { app.mode = "other"; });
    settle();
    EXPECT_EQ(text(), "other");
}

using RealTimeCountersTest = RealTimeEngineTest;

TEST_F(RealTimeCountersTest, AChildThatRunsIsLive) {
    start("host.on('status', function() require('lunette.io').run_child_process {'sleep', '1000'} end)");
    EXPECT_EQ(report().live_children, 0U);
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return report().live_children == 1; }));
}

} // namespace
} // namespace lunette::script::test
