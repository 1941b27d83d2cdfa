#include <fstream>
#include <sstream>

#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

class ModulesTest : public EngineTest {
protected:
    void load(std::string_view main) {
        options.config = directory.write("main.lua", "local host = require 'host'\n" + std::string{main});
        start("");
    }
    TemporaryDirectory directory;
};

TEST_F(ModulesTest, AreFoundBesideTheMainFile) {
    directory.write("part.lua", "return {name = ...}");
    directory.write("deep/init.lua", "return 'deep'");
    load("local part = require 'part' host.on('title', function() return part.name .. require 'deep' end)");
    title();
    settle();
    EXPECT_EQ(text(), "partdeep");
    EXPECT_TRUE(engine().load().ok);
    EXPECT_EQ(engine().load().modules.size(), 2U);
}

TEST_F(ModulesTest, ThatWaitAtTheirTopLevelAreLoadedOnce) {
    directory.write("slow.lua",
                    "local host = require 'host' host.mark 'loading' host.sleep_ms(100) return {n = 1}");
    load(R"(
        host.on('status', function() host.mark('status' .. require('slow').n) end)
        host.on('key', function() host.mark('key' .. require('slow').n) end))");
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    settle();
    EXPECT_EQ(marks("loading"), 1);
    advance(100ms);
    EXPECT_EQ(marks("loading"), 1);
    EXPECT_EQ(marks("status1"), 1);
    EXPECT_EQ(marks("key1"), 1);
}

TEST_F(ModulesTest, ThatFailAreTriedAgain) {
    directory.write("bad.lua", "require('host').mark 'tried' require('host').sleep_ms(10) error 'broken'");
    load("host.on('status', function() host.mark(pcall(require, 'bad') and 'good' or 'bad') end)");
    emit("status");
    advance(10ms);
    emit("status");
    advance(10ms);
    EXPECT_EQ(marks("tried"), 2);
    EXPECT_EQ(marks("bad"), 2);
}

TEST_F(ModulesTest, ACycleIsAnError) {
    directory.write("a.lua", "return require 'b'");
    directory.write("b.lua", "return require 'a'");
    load("host.on('status', function() require 'a' end)");
    emit("status");
    EXPECT_EQ(handler("status").errors, 1U);
    EXPECT_EQ(logged("loop or previous error loading module"), 1U);
}

TEST_F(ModulesTest, ACycleOverTwoTasksIsAnError) {
    directory.write("a.lua", "local host = require 'host' host.sleep_ms(10) return require 'b'");
    directory.write("b.lua", "local host = require 'host' host.sleep_ms(10) return require 'a'");
    load("host.on('status', function() require 'a' end) host.on('key', function() require 'b' end)");
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    settle();
    for (int i = 0; i < 5; ++i) advance(10ms);
    EXPECT_EQ(handler("status").errors + handler("key").errors, 2U);
}

TEST_F(ModulesTest, BytecodeIsRefused) {
    const std::string bytes = directory.path("code.luac");
    directory.write("code.lua", "\x1bLua garbage");
    load("host.on('status', function()\n"
         "local code = string.dump(function() return 1 end)\n"
         "host.mark(tostring(load(code)))\n"
         "host.mark(tostring(pcall(require, 'code')))\n"
         "host.mark(tostring(loadfile('" +
         directory.path("code.lua") +
         "')))\n"
         "host.mark(tostring(pcall(dofile, '" +
         directory.path("code.lua") +
         "')))\n"
         "end)");
    emit("status");
    EXPECT_EQ(marks("nil") + marks("false"), 4) << log_text();
}

TEST_F(ModulesTest, AModuleThatReadsIsARoot) {
    directory.write("store.lua", "return {n = 1}");
    load(R"(
        host.on('key', function(app, n) require('store').n = n end)
        host.on('title', function() return 'n' .. require('store').n end))");
    title();
    settle();
    emit("key", {5});
    EXPECT_EQ(text(), "n5");
}

// --- waiting

using WaitingTest = EngineTest;

TEST_F(WaitingTest, InAPureHandlerUnderPcallAndInACoroutine) {
    start(R"(host.on('title', function(app)
        local ok = pcall(host.sleep_ms, 10)
        local v = coroutine.wrap(function() host.sleep_ms(10) coroutine.yield('y') end)()
        local sorted = {2, 1}
        return tostring(ok) .. v
    end))");
    title();
    settle();
    EXPECT_EQ(text(), "default title");
    advance(10ms);
    advance(10ms);
    EXPECT_EQ(text(), "truey");
}

TEST_F(WaitingTest, AtTheTopLevelOfTheConfigurationDelaysNothingElse) {
    make("local host = require 'host' host.sleep_ms(1000) host.on('title', function() return 'loaded' end)");
    title();
    for (int i = 0; i < 20; ++i) frame();
    EXPECT_EQ(engine().load().generation, 0U);
    EXPECT_EQ(text(), "default title");
    EXPECT_TRUE(eventually([&] {
        clock.advance(100ms);
        engine().clock_changed();
        return text() == "loaded";
    }));
    EXPECT_TRUE(engine().load().ok);
}

TEST_F(WaitingTest, EmissionsOfThatTimeAreNotLost) {
    make("local host = require 'host' host.sleep_ms(1000) host.on('key', function() host.mark 'key' end)");
    publish();
    engine().emit("key", {model.app});
    EXPECT_TRUE(eventually([&] {
        clock.advance(100ms);
        engine().clock_changed();
        return marks("key") == 1;
    }));
}

TEST_F(WaitingTest, APureHandlerWaitsFor30SecondsAtMost) {
    start("host.on('title', function() host.sleep_ms(1000000) host.mark 'on' return 'x' end)");
    title();
    settle();
    advance(29s);
    EXPECT_EQ(runs(), 1U);
    EXPECT_EQ(marks("on"), 0);
    advance(2s);
    EXPECT_EQ(marks("on") + static_cast<std::int64_t>(handler("title").errors), 1);
}

class BlockingTest : public RealTimeEngineTest {};

TEST_F(BlockingTest, WhereLuaCannotYieldTheThreadWaits) {
    start(R"(host.on('status', function()
        host.mark(tostring(setmetatable({}, {__tostring = function() host.sleep_ms(20) return 'slept' end})))
    end))");
    emit("status");
    EXPECT_TRUE(eventually([&] { return marks("slept") == 1; })) << log_text();
}

TEST_F(BlockingTest, AtMostASecond) {
    start(R"(host.on('status', function()
        tostring(setmetatable({}, {__tostring = function() host.sleep_ms(60000) return '' end}))
    end))");
    emit("status");
    EXPECT_TRUE(eventually([&] { return handler("status").errors == 1; }));
    EXPECT_EQ(logged("cannot wait here longer than 1 s"), 1U) << log_text();
}

TEST_F(BlockingTest, ARepliedCommandAndAReadOfWhatWasSet) {
    start(R"(host.on('status', function(app)
        host.mark(tostring(setmetatable({}, {__tostring = function()
            app:set_mode 'blocked'
            local id = host.new_tab 'made'
            return app.mode .. host.find(id).title
        end})))
    end))");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("blockedmade") == 1; })) << log_text();
}

TEST_F(BlockingTest, AComparatorThatWaits) {
    start(R"(host.on('status', function()
        local t = {3, 1, 2}
        table.sort(t, function(a, b) host.sleep_ms(1) return a < b end)
        host.mark(table.concat(t))
    end))");
    emit("status");
    EXPECT_TRUE(eventually([&] { return marks("123") == 1; })) << log_text();
}

TEST_F(BlockingTest, IdenticalChildrenOfPureHandlersAreOne) {
    TemporaryDirectory directory;
    const std::string marker = directory.path("marker");
    start("local io_ = require 'lunette.io'\nhost.on('tab', function(tab)\n"
          "local ok, out = io_.run_child_process {'sh', '-c', 'echo x >> " +
          marker +
          "; sleep 0.2; echo done'}\n"
          "return tab.title .. out end)");
    View first = view("tab", {model.tab(0)});
    View second = view("tab", {model.tab(1)});
    EXPECT_TRUE(eventually([&] {
        return first.latest().text() == "shelldone\n" && second.latest().text() == "editordone\n";
    })) << log_text();
    std::stringstream content;
    content << std::ifstream{marker}.rdbuf();
    EXPECT_EQ(content.str(), "x\n");
    EXPECT_EQ(report().live_children, 0U);
}

} // namespace
} // namespace lunette::script::test
