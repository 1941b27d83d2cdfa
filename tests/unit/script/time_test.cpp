#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

using TimeTest = EngineTest;

TEST_F(TimeTest, ThrottleRunsAtOnceAndOnceMoreAtTheEnd) {
    pure_events["title"] = {.throttle = 50ms};
    start("host.on('title', function(app) return 'n' .. app.counter end)");
    title();
    settle();
    EXPECT_EQ(text(), "n0"); // leading edge
    for (int i = 1; i <= 1000; ++i) {
        model.change([&](App& app) { app.counter = i; });
        settle();
        clock.advance(100us);
        engine().clock_changed();
    }
    EXPECT_LE(runs(), 4U);
    EXPECT_GE(runs(), 2U);
    advance(50ms);
    EXPECT_EQ(text(), "n1000"); // trailing edge
    EXPECT_LE(runs(), 5U);
    const std::uint64_t before = runs();
    advance(1s);
    EXPECT_EQ(runs(), before);
}

TEST_F(TimeTest, AThrottledEffectRunsAtOnceAndOnceMoreWithTheLatest) {
    effect_events["status"] = {.throttle = 200ms};
    start("host.on('status', function(app, i) host.mark('run') host.mark('with' .. i) end)");
    for (int i = 1; i <= 100; ++i) emit("status", {i});
    EXPECT_EQ(marks("run"), 1);
    EXPECT_EQ(marks("with1"), 1);
    advance(200ms);
    EXPECT_EQ(marks("run"), 2);
    EXPECT_EQ(marks("with100"), 1);
    advance(10s);
    EXPECT_EQ(marks("run"), 2);
}

TEST_F(TimeTest, ReadingTheTimeRunsAgainWithTheNextSecond) {
    start("host.on('title', function() return tostring(os.time()) end)");
    title();
    settle();
    const std::string first = text();
    advance(100ms);
    EXPECT_EQ(runs(), 1U);
    advance(1s);
    EXPECT_EQ(runs(), 2U);
    EXPECT_EQ(std::stoll(text()), std::stoll(first) + 1);
    advance(1s);
    EXPECT_EQ(std::stoll(text()), std::stoll(first) + 2);
}

TEST_F(TimeTest, AFinerClockIsLookedAtMoreOften) {
    start("host.on('title', function() host.reads_clock(100) host.mark 'run' return 'x' end)");
    title();
    settle();
    for (int i = 0; i < 10; ++i) advance(100ms);
    EXPECT_EQ(marks("run"), 11);
}

TEST_F(TimeTest, AnInvisibleViewDoesNotFollowTheClock) {
    start("host.on('title', function() host.reads_clock(100) host.mark 'run' return 'x' end)");
    View shown = title();
    settle();
    engine().release(shown);
    settle();
    for (int i = 0; i < 10; ++i) advance(100ms);
    EXPECT_EQ(marks("run"), 1);
}

TEST_F(TimeTest, TimersFireInOrder) {
    start(R"(
        local order = {}
        host.on('status', function()
            host.call_after(30, function() order[#order + 1] = 'c' end)
            host.call_after(10, function() order[#order + 1] = 'a' end)
            host.call_after(20, function() order[#order + 1] = 'b' end)
        end)
        host.on('title', function() return table.concat(order) end))");
    title();
    emit("status");
    EXPECT_EQ(text(), "");
    advance(15ms);
    EXPECT_EQ(text(), "a");
    advance(15ms);
    EXPECT_EQ(text(), "abc");
}

TEST_F(TimeTest, TimersOfALoadStartWhenItIsInForceAndEndWithIt) {
    start("host.mark 'load' host.call_after(1000, function() host.mark 'fired' end)");
    EXPECT_EQ(marks("load"), 1);
    advance(500ms);
    engine().reload();
    settle();
    EXPECT_EQ(marks("load"), 2);
    advance(600ms); // the first one would be due
    EXPECT_EQ(marks("fired"), 0);
    advance(500ms);
    EXPECT_EQ(marks("fired"), 1);
    advance(10s);
    EXPECT_EQ(marks("fired"), 1);
}

TEST_F(TimeTest, AnErrorInATimerIsLogged) {
    start("host.call_after(10, function() error 'late' end)");
    advance(20ms);
    EXPECT_EQ(logged("late"), 1U);
}

TEST_F(TimeTest, TasksInterleaveWhereTheyWait) {
    start(R"(
        local order = {}
        local function work(name)
            return function()
                for i = 1, 3 do order[#order + 1] = name .. i host.sleep_ms(10) end
            end
        end
        host.on('status', work 'a')
        host.on('key', work 'b')
        host.on('title', function() return table.concat(order, ' ') end))");
    title();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    settle();
    for (int i = 0; i < 5; ++i) advance(10ms);
    EXPECT_EQ(text(), "a1 b1 a2 b2 a3 b3");
}

} // namespace
} // namespace lunette::script::test
