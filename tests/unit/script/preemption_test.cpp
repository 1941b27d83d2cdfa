#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

/// Handlers that do not end. CPU time decides, so the clock may stand still.
class PreemptionTest : public EngineTest {
protected:
    PreemptionTest() { options.hard_limit = 300ms; }

    /// The loop is stopped, others are served, and the message names where it was.
    void expect_stopped(const std::string& body, const std::string& place = "config:3") {
        start("host.on('title', function(app) return app.mode end)\nhost.on('status', function()\n" + body +
              "\nend)");
        title();
        settle();
        publish();
        engine().emit("status", {model.app});
        model.change([](App& app) { app.mode = "served"; });
        EXPECT_TRUE(eventually([&] { return text() == "served"; })) << body;
        EXPECT_TRUE(eventually([&] { return handler("status").killed == 1; })) << body << log_text();
        EXPECT_EQ(logged("took too long and was stopped"), 1U) << log_text();
        EXPECT_EQ(logged(place), 1U) << log_text();
        model.change([](App& app) { app.mode = "after"; });
        settle();
        EXPECT_EQ(text(), "after") << log_text();
    }
};

TEST_F(PreemptionTest, AnEndlessLoop) { expect_stopped("while true do end"); }

TEST_F(PreemptionTest, AnEndlessLoopInAPureHandlerKeepsItsLastValue) {
    start(R"(
        host.on('title', function(app) if app.mode == 'bad' then while true do end end return app.mode end)
        host.on('other', function(app) return app.mode end))");
    View other = view("other", {model.app});
    title();
    settle();
    model.change([](App& app) { app.mode = "bad"; });
    EXPECT_TRUE(eventually([&] { return other.latest().text() == "bad"; }));
    EXPECT_TRUE(eventually([&] { return handler("title").killed == 1; }));
    EXPECT_EQ(text(), "normal");
    EXPECT_EQ(logged("config:3"), 1U);
    model.change([](App& app) { app.mode = "good"; });
    settle();
    EXPECT_EQ(text(), "normal"); // it backs off
    advance(2s);
    EXPECT_EQ(text(), "good");
}

TEST_F(PreemptionTest, AKilledHandlerBacksOffAndComesBack) {
    start("host.on('title', function(app) host.mark 'run' while true do end end)");
    title();
    ASSERT_TRUE(eventually([&] { return handler("title").killed == 1; }));
    settle();
    EXPECT_EQ(marks("run"), 1);
    clock.advance(1s);
    engine().clock_changed();
    EXPECT_TRUE(eventually([&] { return handler("title").killed == 2; }));
    settle();
    clock.advance(1s); // twice as long now
    engine().clock_changed();
    settle();
    EXPECT_EQ(marks("run"), 2);
}

TEST_F(PreemptionTest, PcallDoesNotCatchIt) {
    expect_stopped("while true do pcall(function() while true do end end) end");
}

TEST_F(PreemptionTest, XpcallDoesNotCatchIt) {
    expect_stopped(
        "while true do xpcall(function() while true do end end, function() while true do end end) end");
}

TEST_F(PreemptionTest, NestedCoroutinesDoNotHideIt) {
    expect_stopped(
        "local function deep(n) if n == 0 then while true do pcall(function() while true do end end) end end "
        "while true do pcall(coroutine.wrap(function() deep(n - 1) end)) end end deep(5)");
}

TEST_F(PreemptionTest, ResumeInALoopDoesNotHideIt) {
    expect_stopped("while true do coroutine.resume(coroutine.create(function() while true do pcall(error) "
                   "end end)) end");
}

TEST_F(PreemptionTest, AComparatorDoesNotHideIt) {
    expect_stopped("local t = {3, 2, 1} while true do pcall(table.sort, t, function() while true do "
                   "pcall(error) end end) end");
}

TEST_F(PreemptionTest, AComparatorWithACoroutineDoesNotHideIt) {
    expect_stopped(
        "local t = {3, 2, 1} while true do pcall(table.sort, t, function() "
        "while true do pcall(coroutine.wrap(function() while true do pcall(error) end end)) end end) end");
}

TEST_F(PreemptionTest, ACallbackOfGsubDoesNotHideIt) {
    expect_stopped(
        "while true do pcall(string.gsub, 'x', 'x', function() while true do pcall(error) end end) end");
}

TEST_F(PreemptionTest, MetamethodsDoNotHideIt) {
    expect_stopped("local t = setmetatable({}, {__index = function() while true do pcall(error) end end, "
                   "__tostring = function() while true do pcall(error) end end}) "
                   "while true do pcall(tostring, t) pcall(function() return t.x end) end");
}

TEST_F(PreemptionTest, AnIteratorThroughIpairsDoesNotHideIt) {
    expect_stopped("local t = setmetatable({}, {__index = function() while true do end end}) "
                   "while true do pcall(function() for _ in ipairs(t) do end end) end");
}

TEST_F(PreemptionTest, PendingCloseHandlersGetTheirOwnTime) {
    expect_stopped(
        "local a <close> = setmetatable({}, {__close = function() host.mark 'outer' while true do end end}) "
        "local co = coroutine.wrap(function() local b <close> = setmetatable({}, {__close = function() "
        "host.mark 'inner' while true do pcall(error) end end}) while true do end end) co()");
    EXPECT_EQ(marks("inner"), 1);
    EXPECT_EQ(marks("outer"), 1);
}

TEST_F(PreemptionTest, ClosingACoroutineDoesNotHideIt) {
    expect_stopped(
        "local co = coroutine.create(function() local b <close> = setmetatable({}, {__close = function() "
        "while true do pcall(error) end end}) coroutine.yield() end) "
        "coroutine.resume(co) while true do pcall(coroutine.close, co) end");
}

TEST_F(PreemptionTest, AnErrorInAWrapWithPendingCloseDoesNotHideIt) {
    expect_stopped("while true do pcall(coroutine.wrap(function() local b <close> = setmetatable({}, "
                   "{__close = function() "
                   "while true do pcall(error) end end}) error 'x' end)) end");
}

TEST_F(PreemptionTest, LongLibraryCallsDoNotHideIt) {
    expect_stopped("local s = ('a'):rep(40) while true do pcall(string.find, s, ('a-'):rep(30) .. 'b') end");
}

TEST_F(PreemptionTest, TwoEndlessLoopsShareTheThread) {
    options.hard_limit = 600ms;
    start(R"(
        host.on('title', function(app) return app.mode end)
        host.on('status', function() while true do host.mark 'a' end end)
        host.on('key', function() while true do host.mark 'b' end end))");
    title();
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    EXPECT_TRUE(eventually([&] { return handler("status").killed == 1 && handler("key").killed == 1; }));
    EXPECT_GT(marks("a"), 0);
    EXPECT_GT(marks("b"), 0);
    EXPECT_GT(handler("status").preempted, 2U);
    EXPECT_GT(handler("key").preempted, 2U);
}

// --- interleaving

TEST_F(PreemptionTest, NothingElseRunsInsideATurn) {
    // Short enough for its turn, long enough for many other tasks to be asked for meanwhile.
    options.turn = 20s;
    options.hard_limit = 60s;
    start(R"(
        local shared = {}
        for i = 1, 100 do shared['k' .. i] = i end
        host.on('status', function()
            for round = 1, 200 do
                local seen = 0
                for k, v in pairs(shared) do seen = seen + 1 for i = 1, 50 do end end
                if seen ~= 100 then host.mark 'wrong' end
            end
            host.mark 'done'
        end)
        host.on('key', function() shared.k1 = nil shared.x = 1 shared.x = nil shared.k1 = 1 end))");
    publish();
    for (int i = 0; i < 50; ++i) {
        engine().emit("status", {model.app});
        engine().emit("key", {model.app}, {.urgent = true});
    }
    settle();
    EXPECT_EQ(marks("wrong"), 0);
    EXPECT_GE(marks("done"), 1);
}

TEST_F(PreemptionTest, OthersRunOnlyAfterTheTurn) {
    options.hard_limit = 60s;
    start(R"(
        local other = false
        host.on('status', function()
            local until_ = 0
            while not other do until_ = until_ + 1 end
            host.mark 'interleaved'
        end)
        host.on('key', function() other = true end))");
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app}, {.urgent = true});
    EXPECT_TRUE(eventually([&] { return marks("interleaved") == 1; }));
}

// --- coroutines, with turns and slices as short as they can be

class CoroutineTest : public EngineTest {
protected:
    CoroutineTest() {
        options.turn = 1us;
        options.slice = 1us;
        options.hard_limit = 60s;
    }
};

TEST_F(CoroutineTest, BehaveAsInLua) {
    // Each check runs for long enough to be preempted somewhere inside.
    start(R"(
        local failures = {}
        local function check(name, got, want)
            if got ~= want then failures[#failures + 1] = name .. ': ' .. tostring(got) .. ' for ' .. tostring(want) end
        end
        local function spin(n) local x = 0 for i = 1, n or 3000 do x = x + i % 7 end return x end
        local function gen(n) return coroutine.wrap(function() for i = 1, n do spin() coroutine.yield(i) end end) end

        local function all()
            local sum = 0
            for v in gen(20) do sum = sum + v spin() end
            check('wrap', sum, 210)

            local co
            co = coroutine.create(function(a, b)
                check('inside', coroutine.status(co), 'running')
                local running, main = coroutine.running()
                check('running', running, co)
                check('main', main, false)
                check('yieldable', coroutine.isyieldable(), true)
                spin()
                local c, d = coroutine.yield(a + b, a * b)
                spin()
                local inner = coroutine.create(function()
                    check('normal', coroutine.status(co), 'normal')
                    spin()
                    local ok, why = coroutine.resume(co)
                    check('resume normal', ok, false)
                    check('why', why, 'cannot resume non-suspended coroutine')
                end)
                check('inner', coroutine.resume(inner), true)
                return c .. d, 'end'
            end)
            check('new', coroutine.status(co), 'suspended')
            local ok, sum2, product = coroutine.resume(co, 3, 4)
            check('ok', ok, true) check('sum', sum2, 7) check('product', product, 12)
            check('suspended', coroutine.status(co), 'suspended')
            local ok2, text, last = coroutine.resume(co, 'x', 'y')
            check('text', text, 'xy') check('last', last, 'end')
            check('dead', coroutine.status(co), 'dead')
            local ok3, why = coroutine.resume(co)
            check('resume dead', ok3, false) check('why dead', why, 'cannot resume dead coroutine')

            local bad = coroutine.create(function() spin() error({code = 5}) end)
            local ok4, e = coroutine.resume(bad)
            check('error', ok4, false) check('code', e.code, 5)
            check('dead by error', coroutine.status(bad), 'dead')
            local ok5, e5 = coroutine.close(bad)
            check('close of failed', ok5, false)

            local closed = {}
            local pending = coroutine.create(function()
                local a <close> = setmetatable({}, {__close = function() spin() closed[#closed + 1] = 'a' end})
                local b <close> = setmetatable({}, {__close = function() spin() closed[#closed + 1] = 'b' end})
                coroutine.yield()
            end)
            coroutine.resume(pending)
            check('close', coroutine.close(pending), true)
            check('closed', table.concat(closed), 'ba')
            check('closed twice', coroutine.close(pending), true)

            local ok6, e6 = pcall(coroutine.wrap(function() spin() error 'text' end))
            check('wrap error', ok6, false) check('wrap text', e6:match('text$'), 'text')
            check('nested pcall', select('#', pcall(function() spin() return 1, nil, nil end)), 4)
            local ok7, e7 = xpcall(function() spin() error('x', 0) end, function(m) spin(100) return m .. 'y' end)
            check('xpcall', e7, 'xy')
            check('yield in pcall', coroutine.wrap(function()
                local ok, v = pcall(function() spin() return coroutine.yield(1) + 1 end)
                return v
            end)(), 1)
            local ok8, e8 = pcall(coroutine.close, coroutine.running())
            check('close running', ok8, false)
            check('sort', table.concat((function()
                local t = {5, 3, 1, 4, 2}
                table.sort(t, function(a, b) spin(200) return coroutine.wrap(function() spin(200) return a < b end)() end)
                return t
            end)()), '12345')
            check('gsub', ('abc'):gsub('%w', function(c) spin(200) return gen(1)() .. c end), '1a1b1c')
        end

        host.on('status', function()
            local _, main = coroutine.running()
            check('task is main', main, true)
            check('not yieldable', coroutine.isyieldable(), false)
            check('no yield', pcall(coroutine.yield), false)
            for i = 1, 60 do all() end
            host.log('failures: ' .. #failures .. ' ' .. table.concat(failures, '; '))
            host.mark 'done'
        end)
        host.on('key', function() for i = 1, 60 do all() end end))");
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    ASSERT_TRUE(eventually([&] { return marks("done") == 1; })) << log_text();
    settle();
    EXPECT_EQ(logged("failures: 0 "), 1U) << log_text();
    EXPECT_GT(handler("status").preempted, 3U);
    EXPECT_EQ(handler("key").errors, 0U) << log_text();
}

TEST_F(CoroutineTest, OneInUseByAPreemptedTaskIsNormalForOthers) {
    start(R"(
        local go = false
        local shared = coroutine.create(function() while not go do end return 'result' end)
        host.on('status', function()
            local ok, result = coroutine.resume(shared)
            host.mark(tostring(result))
        end)
        host.on('key', function()
            host.mark(coroutine.status(shared))
            host.mark(select(2, coroutine.resume(shared)))
            host.mark(tostring(pcall(coroutine.close, shared)))
            go = true
        end))");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return report().slice.count() > 1; }));
    engine().emit("key", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("result") == 1; }));
    EXPECT_EQ(marks("normal"), 1);
    EXPECT_EQ(marks("cannot resume non-suspended coroutine"), 1);
    EXPECT_EQ(marks("false"), 1);
}

TEST_F(CoroutineTest, ATasksOwnCoroutineBelongsToIt) {
    options.turn = 25ms;
    start(R"(
        local mine
        host.on('status', function() mine = coroutine.running() host.sleep_ms(100) host.mark 'woke' end)
        host.on('key', function()
            host.mark(coroutine.status(mine))
            host.mark(tostring(coroutine.resume(mine)))
            host.mark(tostring(pcall(coroutine.close, mine)))
        end))");
    emit("status");
    emit("key");
    EXPECT_EQ(marks("normal"), 1);
    EXPECT_EQ(marks("false"), 2);
    advance(100ms);
    EXPECT_EQ(marks("woke"), 1);
    emit("key"); // it has ended, or is another task's by now
    EXPECT_EQ(handler("key").errors, 0U);
}

} // namespace
} // namespace lunette::script::test
