#include <algorithm>

#include "script/engine_fixture.h"
#include "script/io/io_runtime.h"
#include "script/run/collector.h"

namespace lunette::script::test {
namespace {

class GcTest : public EngineTest {
protected:
    GcReport gc() { return report().gc; }
    /// Time passes without a task.
    void idle() {
        for (int i = 0; i < 3; ++i) advance(600ms);
        settle();
    }
};

constexpr const char* garbage = R"(
    local function garbage(count) for i = 1, count do local t = {i, {}} end end
)";

TEST_F(GcTest, WhatIsLeftIsCollectedWhenIdle) {
    start(std::string{garbage} + "host.on('status', function() garbage(20000) end)");
    emit("status");
    const GcReport before = gc();
    EXPECT_TRUE(eventually([&] {
        advance(100ms);
        return gc().cycles > before.cycles;
    }));
    EXPECT_LT(gc().heap_bytes, before.heap_bytes - 1'000'000);
    EXPECT_GT(gc().steps, before.steps);
    EXPECT_EQ(gc().step.count(), gc().steps);
}

TEST_F(GcTest, NothingHappensWhenIdleAndSmall) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    idle();
    EXPECT_TRUE(eventually([&, last = std::uint64_t{1} << 60]() mutable {
        idle();
        return std::exchange(last, gc().steps) == gc().steps;
    }));
    const std::uint64_t turns = report().turns;
    const std::uint64_t steps = gc().steps;
    for (int i = 0; i < 20; ++i) {
        clock.advance(1s);
        engine().clock_changed();
    }
    settle();
    EXPECT_EQ(gc().steps, steps);
    EXPECT_LT(report().turns, turns + 60);
}

TEST_F(GcTest, CollectgarbageIsARequest) {
    start(std::string{garbage} + R"(
        host.on('status', function()
            garbage(20000)
            local before = collectgarbage 'count'
            collectgarbage()
            collectgarbage 'collect'
            collectgarbage('step', 100000)
            host.mark(collectgarbage 'count' > before - 500 and 'later' or 'at once')
        end))");
    idle();
    const std::uint64_t cycles = gc().cycles;
    emit("status");
    EXPECT_EQ(marks("later"), 1);
    EXPECT_TRUE(eventually([&] { return gc().cycles == cycles + 1; })); // no time passes
}

TEST_F(GcTest, SettingsOfScriptsDoNotReachTheCollector) {
    options.hard_limit = 60s;
    start(std::string{garbage} + R"(
        host.on('status', function()
            collectgarbage 'stop'
            collectgarbage('generational')
            collectgarbage('setpause', 1000000)
            for i = 1, 50 do garbage(20000) end
            host.mark(collectgarbage 'count' < 40000 and 'bounded' or 'grew')
        end))");
    emit("status");
    EXPECT_EQ(marks("bounded"), 1) << log_text();
}

TEST_F(GcTest, AHandlerThatNeverRestsIsBounded) {
    options.hard_limit = 60s;
    options.heap_limit = 32 << 20;
    start(std::string{garbage} +
          "local keep = {} for i = 1, 50000 do keep[i] = {i} end\n"
          "host.on('status', function() for i = 1, 30 do garbage(20000) end host.mark 'ended' end)");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("ended") == 1; })) << log_text();
    EXPECT_LE(gc().peak_bytes, 32U << 20);
    EXPECT_EQ(gc().refused, 0U) << "the pacer lets Lua collect before the limit";
}

TEST_F(GcTest, TheLimitIsAnErrorOfTheHandlerAtFault) {
    options.heap_limit = 8 << 20;
    options.hard_limit = 60s;
    start(R"(
        host.on('status', function() local keep = {} for i = 1, 1e7 do keep[i] = {i} end end)
        host.on('title', function(app) return app.mode end))");
    title();
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return handler("status").errors == 1; })) << log_text();
    EXPECT_NE(handler("status").last_error.find("limit for all handlers is 8 MiB"), std::string::npos)
        << handler("status").last_error;
    EXPECT_GT(gc().refused, 0U);
    model.change([](App& app) { app.mode = "on"; });
    settle();
    EXPECT_EQ(text(), "on");
    EXPECT_EQ(handler("title").errors, 0U);
}

TEST_F(GcTest, HandlesToBigRecordsStayBounded) {
    options.heap_limit = 32 << 20;
    options.hard_limit = 600s;
    model.change([](App& app) { app.mode = std::string(100'000, 'x'); });
    start("host.on('status', function(app) for i = 1, 2000 do local n = #host.root().mode end host.mark "
          "'ended' end)");
    for (int round = 0; round < 50; ++round) {
        model.change([&](App& app) { app.counter = round; });
        emit("status");
    }
    EXPECT_EQ(marks("ended"), 50) << log_text();
    EXPECT_LE(gc().peak_bytes, 32U << 20);
}

TEST_F(GcTest, OneWarningForALargeTable) {
    options.heap_limit = 256 << 20;
    options.hard_limit = 60s;
    start(R"(
        host.on('status', function()
            local few, many, names = {}, {}, {}
            for i = 1, 60000 do few[i] = i end
            host.mark 'few'
        end)
        host.on('key', function()
            local many = {}
            for i = 1, 300000 do
                many[i] = i
            end
            local names = {}
            for i = 1, 150000 do names['n' .. i] = i end
        end))");
    emit("status");
    EXPECT_EQ(marks("few"), 1);
    EXPECT_EQ(logged("100000 slots"), 0U) << log_text();
    emit("key");
    emit("key");
    EXPECT_EQ(logged("100000 slots"), 1U) << log_text();
    EXPECT_EQ(logged("config:10: a table grew") + logged("config:11: a table grew"), 1U) << log_text();
}

TEST_F(GcTest, LongStringsAreNoTables) {
    options.heap_limit = 256 << 20;
    start("host.on('status', function() local s = string.rep('x', 1 << 22) local u = s:upper() .. s end)");
    emit("status");
    EXPECT_EQ(handler("status").errors, 0U) << log_text();
    EXPECT_EQ(logged("slots"), 0U) << log_text();
}

TEST_F(GcTest, OneWarningForABigWeakTable) {
    start(R"(
        local cache, keep = setmetatable({}, {__mode = 'v'}), {}
        host.on('status', function()
            for i = 1, 20000 do keep[i] = {} cache['k' .. i] = keep[i] end
        end))");
    emit("status");
    EXPECT_TRUE(eventually([&] {
        advance(600ms);
        if (gc().cycles > 0) emit("status"); // what is to be said is said after a task
        return logged("weak table") == 1;
    })) << log_text();
    const std::uint64_t cycles = gc().cycles;
    EXPECT_TRUE(eventually([&] {
        emit("status");
        advance(600ms);
        return gc().cycles > cycles + 2;
    }));
    EXPECT_EQ(logged("weak table"), 1U) << log_text();
}

/// A step of the collector is as long as what it frees.
TEST(CollectorTest, NoStepFreesAllThatTasksHaveLeft) {
    ManualClock clock;
    IoRuntime runtime{clock};
    RunState state;
    lua::Memory memory{std::size_t{256} << 20};
    lua_State* L = lua_newstate(lua::Memory::allocate, &memory);
    ASSERT_NE(L, nullptr);
    {
        Collector collector{L, memory, state, clock, runtime.timers(), {.budget = 1us}, memory.limit()};
        lua_gc(L, LUA_GCSTOP);
        for (int i = 0; i < 100'000; ++i) { // nobody's
            lua_newtable(L);
            lua_pop(L, 1);
        }
        lua_gc(L, LUA_GCRESTART);
        const std::size_t before = memory.total();
        std::size_t most = 0;
        for (bool more = true; more;) { // a step each
            const std::size_t total = memory.total();
            more = collector.gap();
            most = std::max(most, total - std::min(total, memory.total()));
        }
        EXPECT_LT(memory.total(), before / 10);
        EXPECT_LT(most, before / 10);
    }
    lua_close(L);
}

} // namespace
} // namespace lunette::script::test
