#include <cstdio>

#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

using CommandsTest = EngineTest;

TEST_F(CommandsTest, OfOneSliceComeAsOneInOrder) {
    start("host.on('status', function() host.add(1) host.set_mode 'a' host.add(2) host.set_mode 'b' end)");
    publish();
    engine().emit("status", {model.app});
    ASSERT_TRUE(engine().settle(patience));
    EXPECT_EQ(take_commands(), 4U);
    EXPECT_EQ(model.applied, (std::vector<std::string>{"add", "set_mode", "add", "set_mode"}));
    EXPECT_EQ(model.app->mode, "b");
    EXPECT_EQ(model.app->counter, 3);
}

TEST_F(CommandsTest, AReplyIsTheResult) {
    start(R"(host.on('status', function()
        local id = host.new_tab 'fresh'
        host.set_mode(host.find(id).title)
    end))");
    emit("status");
    EXPECT_EQ(model.app->mode, "fresh") << log_text();
}

TEST_F(CommandsTest, AFailureIsAnErrorInLua) {
    start(
        "host.on('status', function() local ok, e = pcall(host.new_tab, 'forbidden') host.set_mode(e) end)");
    emit("status");
    EXPECT_NE(model.app->mode.find("no tab of this name"), std::string::npos) << model.app->mode;
}

TEST_F(CommandsTest, AQueryIsAnswered) {
    start("host.on('status', function() host.set_mode('' .. host.ask(21)) end)");
    emit("status");
    EXPECT_EQ(model.app->mode, "42");
}

TEST_F(CommandsTest, APressedTwiceTogglesTwice) {
    start(R"(host.on('key', function(app)
        host.mark(app.mode)
        app:set_mode(app.mode == 'on' and 'off' or 'on')
    end))");
    publish();
    for (int i = 0; i < 6; ++i) engine().emit("key", {model.app}, {.urgent = true});
    settle();
    EXPECT_EQ(model.app->mode, "off");
    EXPECT_EQ(marks("on"), 3);
    EXPECT_EQ(marks("off"), 2);
}

TEST_F(CommandsTest, EventsOfDifferentQueuesSeeEachOthersCommands) {
    start(R"(
        local function toggle(app) app:set_mode(app.mode == 'on' and 'off' or 'on') end
        host.on('key', toggle)
        host.on('status', toggle))");
    publish();
    engine().emit("key", {model.app});
    engine().emit("status", {model.app});
    settle();
    EXPECT_EQ(model.app->mode, "off");
}

TEST_F(CommandsTest, WhatIsSetIsRead) {
    start("host.on('status', function(app) app:set_mode 'new' host.mark(app.mode) end)");
    emit("status");
    EXPECT_EQ(marks("new"), 1);
}

TEST_F(CommandsTest, WhatIsSetIsReadWhereLuaCannotYield) {
    start(R"(host.on('status', function(app)
        local seen = tostring(setmetatable({}, {__tostring = function()
            app:set_mode 'new'
            return app.mode
        end}))
        host.mark(seen)
    end))");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("new") == 1; })) << log_text();
}

TEST_F(CommandsTest, OfAPureRunAreSentOnce) {
    start(R"(host.on('title', function(app)
        host.mark 'run'
        host.set_mode 'same'
        return '' .. app.counter
    end))");
    title();
    settle();
    for (int i = 1; i < 10; ++i) {
        model.change([&](App& app) { app.counter = i; });
        settle();
    }
    EXPECT_EQ(marks("run"), 10);
    EXPECT_EQ(model.applied.size(), 1U);
    EXPECT_EQ(model.app->mode, "same");
}

TEST_F(CommandsTest, OfAPureRunThatReadsWhatItSetsEnd) {
    start("host.on('title', function(app) host.set_mode('m') return app.mode end)");
    title();
    settle();
    EXPECT_EQ(text(), "m");
    EXPECT_LE(runs(), 2U);
}

TEST_F(CommandsTest, ManyOfThemAllArrive) {
    start("host.on('status', function() for i = 1, 5000 do host.add(1) end end)");
    emit("status");
    EXPECT_EQ(model.app->counter, 5000);
    EXPECT_EQ(handler("status").errors, 0U);
}

TEST_F(CommandsTest, ATaskWaitsWhileTheRingIsFull) {
    start(R"(host.on('status', function()
        for i = 1, 3000 do host.add(1) host.mark 'sent' host.sleep_ms(0) end
    end))");
    publish();
    engine().emit("status", {model.app});
    std::int64_t before = -1;
    for (int i = 0; i < 10'000 && marks("sent") != before; ++i) {
        before = marks("sent");
        for (int k = 0; k < 10; ++k) ASSERT_TRUE(engine().settle(patience));
    }
    EXPECT_GE(before, 1000);
    EXPECT_LT(before, 1100);
    EXPECT_TRUE(eventually([&] { return model.app->counter == 3000; })) << marks("sent");
}

TEST_F(CommandsTest, FromWhereLuaCannotYieldAreLimited) {
    start(R"(host.on('status', function()
        tostring(setmetatable({}, {__tostring = function()
            for i = 1, 100000 do host.add(1) end
            return ''
        end}))
    end))");
    emit("status");
    EXPECT_EQ(handler("status").errors, 1U);
    EXPECT_LE(model.app->counter, 4096);
}

// --- events

using EventsTest = EngineTest;

TEST_F(EventsTest, KeepTheOrderOfKeys) {
    start(R"(
        local order = {}
        host.on('key', function(app, k) order[#order + 1] = k end)
        host.on('title', function() return table.concat(order) end))");
    title();
    publish();
    for (const char* key : {"a", "b", "c", "d", "e"}) engine().emit("key", {model.app, Value{key}});
    settle();
    EXPECT_EQ(text(), "abcde");
}

TEST_F(EventsTest, AreSettledAtTheirFirstWait) {
    start("host.on('key', function() host.sleep_ms(1000) host.mark 'end' end)");
    publish();
    const std::uint64_t ticket = engine().emit("key", {model.app});
    settle();
    EXPECT_TRUE(engine().settled(ticket));
    EXPECT_EQ(marks("end"), 0);
    advance(1s);
    EXPECT_EQ(marks("end"), 1);
    EXPECT_TRUE(engine().settled(ticket));
}

TEST_F(EventsTest, WithoutHandlersAreSettledToo) {
    start("");
    const std::uint64_t ticket = engine().emit("nothing", {});
    settle();
    EXPECT_TRUE(engine().settled(ticket));
}

TEST_F(EventsTest, CoalesceToTheLatest) {
    start(
        "host.on('status', function(app, i) host.mark('run') host.mark('with' .. i) host.sleep_ms(100) end)");
    publish();
    for (int i = 1; i <= 50; ++i) engine().emit("status", {model.app, i});
    settle();
    for (int i = 0; i < 5; ++i) advance(100ms);
    EXPECT_LE(marks("run"), 2);
    EXPECT_EQ(marks("with50"), 1);
}

TEST_F(EventsTest, UrgentOnesGoFirst) {
    start(R"(
        local order = {}
        host.on('status', function() order[#order + 1] = 's' end)
        host.on('key', function() order[#order + 1] = 'k' end)
        host.on('title', function() return table.concat(order) end))");
    title();
    settle();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app}, {.urgent = true});
    settle();
    // They may have come in two turns of the loop; both ran, and never a key after a status of the same turn.
    EXPECT_EQ(text().size(), 2U);
}

TEST_F(EventsTest, AKeyThatWaitsForTwoSecondsIsDropped) {
    start("host.on('key', function() host.mark 'ran' host.add(1) end)");
    publish();
    engine().emit("key", {model.app});
    ASSERT_TRUE(engine().settle(patience)); // its command is not applied, so the next has to wait
    const std::uint64_t ticket = engine().emit("key", {model.app});
    ASSERT_TRUE(engine().settle(patience));
    EXPECT_EQ(marks("ran"), 1);
    EXPECT_FALSE(engine().settled(ticket));
    clock.advance(3s);
    engine().clock_changed();
    ASSERT_TRUE(engine().settle(patience));
    EXPECT_TRUE(engine().settled(ticket));
    settle();
    EXPECT_EQ(marks("ran"), 1);
    EXPECT_EQ(handler("key").dropped, 1U);
    EXPECT_EQ(logged("dropped"), 1U);
}

TEST_F(EventsTest, AtMost64Wait) {
    start("host.on('key', function() host.mark 'ran' host.add(1) end)");
    publish();
    for (int i = 0; i < 200; ++i) engine().emit("key", {model.app});
    ASSERT_TRUE(engine().settle(patience));
    settle();
    EXPECT_LE(marks("ran"), 65);
    EXPECT_GE(marks("ran"), 64);
}

TEST_F(EventsTest, MoreMessagesThanTheRingHolds) {
    start("host.on('key', function() host.mark 'ran' end)");
    publish();
    std::uint64_t last = 0;
    for (int i = 0; i < 5000; ++i) last = engine().emit("key", {model.app});
    ASSERT_TRUE(engine().settle(patience));
    EXPECT_TRUE(engine().settled(last));
    EXPECT_GE(marks("ran"), 64);
}

TEST_F(EventsTest, HandlersRunInOrderUntilOneReturnsFalse) {
    start(R"(
        host.on('status', function() host.mark 'first' end)
        host.on('status', function() host.mark 'second' return false end)
        host.on('status', function() host.mark 'third' end))");
    emit("status");
    EXPECT_EQ(marks("first"), 1);
    EXPECT_EQ(marks("second"), 1);
    EXPECT_EQ(marks("third"), 0);
}

TEST_F(EventsTest, StandForACommandThatAHandlerCanPrevent) {
    start(R"(
        local answers = { [1] = true, [3] = false, [5] = 0 }
        host.on('status', function(_, n)
            host.set_mode('handled')
            if n == 2 then host.sleep_ms(10) end
            if n == 4 then error 'broken' end
            return answers[n]
        end)
        host.on('status', function() end))");
    const EmitOptions add{.otherwise = Command{Add{1}}};
    emit("status", {Value{1}}, add);
    EXPECT_EQ(model.app->counter, 1);
    EXPECT_EQ(model.applied, (std::vector<std::string>{"set_mode", "add"})) << "after what handlers ask for";
    emit("status", {Value{2}}, add);
    EXPECT_EQ(model.app->counter, 1) << "the handler has not returned";
    advance(10ms);
    EXPECT_EQ(model.app->counter, 2);
    emit("status", {Value{3}}, add);
    EXPECT_EQ(model.app->counter, 2) << "false prevents it";
    emit("status", {Value{4}}, add);
    EXPECT_EQ(model.app->counter, 2) << "an error prevents it";
    emit("status", {Value{5}}, add);
    EXPECT_EQ(model.app->counter, 3) << "only false is false";
    emit("nobody", {}, add);
    EXPECT_EQ(model.app->counter, 4) << "nobody was asked";
}

TEST_F(EventsTest, LuaEmitsThemWithinItsTask) {
    start(R"(
        host.on('mine', function(a, b) host.mark('first' .. a .. b) end)
        host.on('mine', function() host.sleep_ms(10) return false end)
        host.on('mine', function() host.mark 'third' end)
        host.on('status', function()
            host.mark(host.emit('mine', 1, 2) and 'true' or 'false')
            host.mark(host.emit('nobody') and 'nobody' or '')
        end))");
    emit("status");
    advance(10ms);
    EXPECT_EQ(marks("first12"), 1);
    EXPECT_EQ(marks("third"), 0);
    EXPECT_EQ(marks("false"), 1);
    EXPECT_EQ(marks("nobody"), 1);
}

TEST_F(EventsTest, RegisteringHandlersInAHandlerIsBounded) {
    start(R"(host.on('status', function()
        for i = 1, 10000 do host.on('status', function() host.mark 'more' end) end
    end))");
    emit("status");
    EXPECT_EQ(marks("more"), 0); // those that it registers do not run in the same run
    EXPECT_EQ(handler("status").handlers, 2000);
    EXPECT_EQ(logged("handlers and gets more"), 1U);
}

TEST_F(EventsTest, AHandlerRegisteredLaterIsShown) {
    start("host.on('status', function() host.on('title', function() return 'late' end) end)");
    title();
    settle();
    EXPECT_EQ(text(), "default title");
    emit("status");
    EXPECT_EQ(text(), "late");
}

} // namespace
} // namespace lunette::script::test
