#include <thread>

#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

using LifecycleTest = EngineTest;

TEST_F(LifecycleTest, WithoutAnyConfiguration) {
    start("");
    EXPECT_TRUE(engine().load().ok);
    EXPECT_EQ(engine().load().generation, 1U);
    EXPECT_TRUE(engine().load_changed());
    EXPECT_FALSE(engine().load_changed());
    EXPECT_FALSE(engine().has_handler("title"));
}

TEST_F(LifecycleTest, NeverStarted) { make(""); }

TEST_F(LifecycleTest, AConfigurationThatFails) {
    start("\nerror 'broken'");
    EXPECT_FALSE(engine().load().ok);
    EXPECT_EQ(engine().load().error.message, "config:3: broken");
    title();
    settle();
    EXPECT_EQ(text(), "default title");
    start("this is no Lua");
    EXPECT_FALSE(engine().load().ok);
    EXPECT_NE(engine().load().error.message.find("config:2:"), std::string::npos);
}

TEST_F(LifecycleTest, AFileThatIsMissing) {
    options.config = "/nonexistent/file.lua";
    start("");
    EXPECT_FALSE(engine().load().ok);
    EXPECT_NE(engine().load().error.message.find("/nonexistent/file.lua"), std::string::npos);
}

TEST_F(LifecycleTest, TheConfigurationIsWhatTheMainChunkReturns) {
    start("return {width = 10, list = {1, 2}}");
    EXPECT_EQ(engine().load().configuration["width"], Value{10});
    EXPECT_EQ(engine().load().configuration["list"].size(), 2U);
}

TEST_F(LifecycleTest, AReloadTakesOver) {
    TemporaryDirectory directory;
    options.config =
        directory.write("c.lua", "local host = require 'host' host.on('title', function() return 'one' end)");
    start("");
    View shown = title();
    settle();
    EXPECT_EQ(shown.latest().text(), "one");

    directory.write("c.lua", "local host = require 'host' host.on('title', function() return 'two' end)");
    engine().reload();
    settle();
    EXPECT_EQ(shown.latest().text(), "two");
    EXPECT_EQ(engine().load().generation, 2U);

    directory.write("c.lua", "error 'no'");
    engine().reload();
    settle();
    EXPECT_FALSE(engine().load().ok);
    EXPECT_EQ(shown.latest().text(), "two");
    model.change([](App& app) { app.mode = "x"; });
    settle();
    EXPECT_EQ(shown.latest().text(), "two");

    directory.write("c.lua", "");
    engine().reload();
    settle();
    EXPECT_TRUE(engine().load().ok);
    EXPECT_EQ(shown.latest().text(), "default title");
    EXPECT_EQ(shown.latest().freshness, Freshness::fallback);
}

TEST_F(LifecycleTest, ManyReloads) {
    start("host.on('title', function(app) return app.mode end) host.call_after(100, function() end)");
    View shown = title();
    for (int i = 0; i < 20; ++i) {
        engine().reload();
        if (i % 3 == 0) settle();
        model.change([&](App& app) { app.mode = "m" + std::to_string(i); });
        frame();
    }
    settle();
    EXPECT_EQ(shown.latest().text(), "m19");
}

TEST_F(LifecycleTest, AReloadWhileHandlersRunAndWait) {
    options.hard_limit = 1s;
    start(R"(
        host.on('title', function(app) host.sleep_ms(1000) return app.mode end)
        host.on('status', function() host.sleep_ms(1000) end)
        host.on('key', function() while true do end end))");
    View shown = title();
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    frame();
    engine().reload();
    EXPECT_TRUE(eventually([&] { return engine().load().generation == 2; }));
    settle();
    advance(2s);
    advance(2s);
    EXPECT_EQ(shown.latest().text(), "normal");
    EXPECT_EQ(logged("took too long and was stopped (the configuration"), 0U) << log_text();
}

TEST_F(LifecycleTest, AReloadDuringALoadThatNeverEnds) {
    TemporaryDirectory directory;
    options.config = directory.write("c.lua", "require('host').sleep_ms(1000000000)");
    make("");
    for (int i = 0; i < 5; ++i) frame();
    directory.write("c.lua", "require('host').on('title', function() return 'second' end)");
    engine().reload();
    title();
    EXPECT_TRUE(eventually([&] { return text() == "second"; }));
}

TEST_F(LifecycleTest, EndedWhileATaskLoopsForEver) {
    options.hard_limit = 1h;
    start("host.on('status', function() host.mark 'on' while true do pcall(function() while true do end end) "
          "end end)");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("on") == 1; }));
    destroy();
}

TEST_F(LifecycleTest, EndedWhileATaskThatCannotYieldLoopsForEver) {
    options.hard_limit = 1h;
    start(R"(host.on('status', function()
        host.mark 'on'
        tostring(setmetatable({}, {__tostring = function() while true do pcall(string.rep, 'x', 1000) end end}))
    end))");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("on") == 1; }));
    destroy();
}

TEST_F(LifecycleTest, EndedWhileTheConfigurationLoadsForEver) {
    make("while true do end");
    for (int i = 0; i < 5; ++i) frame();
    destroy();
}

TEST_F(LifecycleTest, EndedWhileTasksWait) {
    start(R"(
        host.on('status', function() local a <close> = setmetatable({}, {__close = function() host.mark 'closed' end})
            host.sleep_ms(100000) end)
        host.on('key', function() host.new_tab 'x' end)
        host.on('title', function() host.sleep_ms(10000) return 'x' end))");
    title();
    publish();
    engine().emit("status", {model.app});
    engine().emit("key", {model.app});
    ASSERT_TRUE(engine().settle(patience));
    destroy();
    EXPECT_EQ(marks("closed"), 1);
}

class RealTimeLifecycleTest : public RealTimeEngineTest {};

TEST_F(RealTimeLifecycleTest, EndedWhileAChildRuns) {
    start("host.on('status', function() host.mark 'on' os.execute('sleep 1000') end)");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("on") == 1 && report().live_children == 1; })) << log_text();
    destroy();
}

TEST_F(RealTimeLifecycleTest, EndedWhileTheThreadBlocks) {
    start(R"(host.on('status', function()
        host.mark 'on'
        tostring(setmetatable({}, {__tostring = function() host.sleep_ms(900) end}))
    end))");
    publish();
    engine().emit("status", {model.app});
    EXPECT_TRUE(eventually([&] { return marks("on") == 1; }));
    destroy();
}

TEST_F(LifecycleTest, TwoEnginesInOneProcess) {
    options.hard_limit = 1h;
    start("host.on('title', function(app) return app.mode end) host.on('status', function() while true do "
          "end end)");
    publish();
    engine().emit("status", {model.app});

    ManualClock other_clock;
    EngineOptions other;
    other.clock = &other_clock;
    other.source = "for i = 1, 1e6 do end return {answer = 42}";
    Engine second{std::move(other)};
    second.publish(model.app);
    ASSERT_TRUE(second.settle(patience));
    EXPECT_EQ(second.load().configuration["answer"], Value{42});
    title();
    EXPECT_TRUE(eventually([&] { return text() == "normal"; }));
}

TEST_F(LifecycleTest, AnIdleEngineSleeps) {
    start("host.on('title', function(app) return app.mode end)");
    title();
    settle();
    const std::uint64_t turns = report().turns;
    for (int i = 0; i < 1000; ++i) publish(); // nothing new
    EXPECT_LE(report().turns, turns + 4);
}

} // namespace
} // namespace lunette::script::test
