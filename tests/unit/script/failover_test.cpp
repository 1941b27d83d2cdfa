#include <atomic>
#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script/engine_fixture.h"

extern char** environ;

namespace lunette::script::test {
namespace {

/// C functions that hang until the test lets them go, for Lua as `hang`.
class Hang {
public:
    Hang() { EXPECT_EQ(pipe2(pipe_, O_CLOEXEC), 0); }
    ~Hang() {
        for (const int end : pipe_) close(end);
    }

    Module module(const std::shared_ptr<Hang>& self) const {
        Module hang{"hang"};
        hang.function("spin", [self] { self->spin(); })
            .function("block", [self] { self->block(); })
            .function("keep",
                      [](Script& script, std::string key, Value value) {
                          std::vector<MapEntry> entries = script.kept().entries();
                          std::erase_if(entries, [&](const MapEntry& e) { return e.key == Value{key}; });
                          entries.push_back({key, std::move(value)});
                          script.keep(Value::map(std::move(entries)));
                      })
            .function("kept",
                      [](Script& script, std::string key) { return Value{script.kept()[Value{key}]}; });
        return hang;
    }

    int entered() const noexcept { return entered_; }
    void let_go() {
        released_ = true;
        const char bytes[16] = {};
        EXPECT_GT(write(pipe_[1], bytes, sizeof bytes), 0);
    }

private:
    void spin() {
        ++entered_;
        while (!released_) {
        }
    }
    void block() {
        ++entered_;
        char byte;
        while (read(pipe_[0], &byte, 1) < 0) {
        }
    }

    int pipe_[2];
    std::atomic<int> entered_{0};
    std::atomic<bool> released_{false};
};

/// With short limits; nothing else is different.
class FailoverTest : public EngineTest {
protected:
    FailoverTest() {
        options.failover.cpu = 300ms;
        options.failover.blocked = 300ms;
        options.test_module = true;
        options.modules.push_back(hang->module(hang));
    }
    ~FailoverTest() override { hang->let_go(); }

    Engine& start(std::string source) { return EngineTest::start("local hang = require 'hang' " + source); }
    void emit_only(std::string_view event) {
        publish();
        engine().emit(event, {model.app});
    }
    bool fails_over(int times = 1) {
        return eventually([&] { return engine().scripting().failovers == times; });
    }
    bool comes_back() {
        hang->let_go();
        return eventually([&] { return engine().scripting().stuck == 0; });
    }

    std::shared_ptr<Hang> hang = std::make_shared<Hang>();
};

TEST_F(FailoverTest, OthersAreServedWhileOneHangsOnTheCpu) {
    start("host.on('title', function(app) return app.mode end)\n"
          "host.on('status', function() hang.spin() end)");
    title();
    settle();
    emit_only("status");
    ASSERT_TRUE(eventually([&] { return hang->entered() == 1; }));
    model.change([](App& app) { app.mode = "served"; });
    EXPECT_TRUE(eventually([&] { return text() == "served"; })) << log_text();
    EXPECT_EQ(engine().scripting().failovers, 1);
    EXPECT_EQ(engine().scripting().stuck, 1);
    EXPECT_EQ(logged("config:3: status used 0.3 s of CPU time in a C function"), 1U) << log_text();
    EXPECT_TRUE(comes_back());
    EXPECT_EQ(logged("has come back, near config:3"), 1U) << log_text();
    model.change([](App& app) { app.mode = "after"; });
    settle();
    EXPECT_EQ(text(), "after");
}

TEST_F(FailoverTest, OthersAreServedWhileOneIsBlockedInTheKernel) {
    start("host.on('title', function(app) return app.mode end)\n"
          "host.on('status', function() hang.block() end)");
    title();
    settle();
    emit_only("status");
    model.change([](App& app) { app.mode = "served"; });
    EXPECT_TRUE(eventually([&] { return text() == "served"; })) << log_text();
    EXPECT_EQ(engine().scripting().stuck, 1);
    EXPECT_EQ(logged("config:3: status was blocked in the kernel for 0.3 s"), 1U) << log_text();
    EXPECT_TRUE(comes_back());
}

TEST_F(FailoverTest, ViewsKeepTheirValuesMeanwhile) {
    start("host.on('title', function(app) return app.mode end)\n"
          "host.on('status', function() hang.spin() end)");
    View shown = title();
    settle();
    EXPECT_EQ(shown.latest().text(), "normal");
    const std::uint64_t serial = shown.latest().serial;
    emit_only("status");
    const bool failed_over = eventually([&] {
        EXPECT_EQ(shown.latest().text(), "normal");
        return engine().scripting().failovers == 1;
    });
    EXPECT_TRUE(failed_over);
    model.change([](App& app) { app.mode = "new"; });
    EXPECT_TRUE(eventually([&] { return shown.latest().text() != "normal"; }));
    EXPECT_EQ(shown.latest().text(), "new");
    EXPECT_GT(shown.latest().serial, serial);
    EXPECT_TRUE(comes_back());
}

TEST_F(FailoverTest, AThreadThatComesBackSaysNothingAndIsJoined) {
    start(R"(
        host.on('title', function(app)
            if app.mode ~= 'bad' then return app.mode end
            hang.spin()
            host.mark 'after'
            host.set_mode 'by the dead'
            return 'by the dead'
        end)
        host.on('other', function(app) return app.mode end))");
    View other = view("other", {model.app});
    title();
    settle();
    model.change([](App& app) { app.mode = "bad"; });
    ASSERT_TRUE(fails_over());
    EXPECT_TRUE(comes_back());
    settle();
    EXPECT_EQ(marks("after"), 0);
    EXPECT_TRUE(model.applied.empty());
    EXPECT_EQ(other.latest().text(), "bad");
    EXPECT_EQ(text(), "default title"); // its handler is off
    EXPECT_EQ(report().generations, 1U);
}

TEST_F(FailoverTest, CommandsSentBeforeStay) {
    start(R"(host.on('status', function()
        host.add(1)
        host.ask(1)
        host.add(10)
        hang.spin()
    end))");
    settle();
    emit_only("status");
    ASSERT_TRUE(fails_over());
    EXPECT_EQ(model.app->counter, 1);
    EXPECT_TRUE(comes_back());
    settle();
    EXPECT_EQ(model.app->counter, 1);
}

TEST_F(FailoverTest, TheOffenderIsOffUntilAReload) {
    start(R"(
        host.on('status', function() host.mark 'status' if not hang.kept('calm') then hang.spin() end end)
        host.on('key', function() host.mark 'key' hang.keep('calm', true) end))");
    emit_only("status");
    ASSERT_TRUE(fails_over());
    settle();
    emit("status");
    EXPECT_EQ(marks("status"), 1);
    EXPECT_EQ(logged("config:3: status is off since it got stuck"), 1U) << log_text();
    emit("key");
    EXPECT_EQ(marks("key"), 1);
    EXPECT_EQ(engine().load().errors.size(), 0U);
    engine().reload();
    settle();
    emit("status");
    EXPECT_EQ(marks("status"), 2);
    EXPECT_EQ(engine().scripting().failovers, 1);
    EXPECT_TRUE(comes_back());
}

TEST_F(FailoverTest, WhatIsKeptIsThatOfTheLastTaskThatEnded) {
    start(R"(
        host.on('key', function() hang.keep('number', (hang.kept 'number' or 0) + 1) end)
        host.on('status', function() hang.keep('number', 1000) hang.spin() end)
        host.on('title', function(app) return app.mode .. ' ' .. tostring(hang.kept 'number') end))");
    emit("key");
    emit("key");
    emit_only("status");
    ASSERT_TRUE(fails_over());
    settle();
    model.change([](App& app) { app.mode = "then"; });
    title();
    settle();
    EXPECT_EQ(text(), "then 2");
    engine().reload();
    settle();
    EXPECT_EQ(text(), "then 2");
    EXPECT_TRUE(comes_back());
}

TEST_F(FailoverTest, CallsThatWaitedAreOverAndNamesAreNotUsedAgain) {
    start("local name = host.callback(function() host.mark 'called' end)\n"
          "host.on('status', function() hang.spin() end)\n"
          "return {name = name}");
    const std::string before{engine().load().configuration["name"].text()};
    emit_only("status");
    const std::uint64_t ticket = engine().emit(before, {model.app});
    ASSERT_TRUE(fails_over());
    EXPECT_TRUE(engine().settled(ticket));
    EXPECT_EQ(engine().load().configuration["name"].text(), before); // the newest that there is
    settle();
    const std::string after{engine().load().configuration["name"].text()};
    EXPECT_NE(after, before);
    emit(after);
    EXPECT_EQ(marks("called"), 1);
    EXPECT_TRUE(comes_back());
}

TEST_F(FailoverTest, ThreeTimesThenOffAndOnAgain) {
    start(R"(
        for i = 1, 4 do host.on('hang' .. i, function() hang.spin() end) end
        host.on('title', function(app) return app.mode end))");
    View shown = title();
    settle();
    for (int i = 1; i <= 3; ++i) {
        emit_only("hang" + std::to_string(i));
        ASSERT_TRUE(fails_over(i)) << log_text();
        settle();
    }
    EXPECT_EQ(shown.latest().text(), "normal");
    emit_only("hang4");
    ASSERT_TRUE(eventually([&] { return !engine().scripting().on; }));
    EXPECT_EQ(engine().scripting().stuck, 4);
    EXPECT_NE(engine().scripting().why_off.find("hang4"), std::string::npos);
    EXPECT_EQ(shown.latest().text(), "default title");
    EXPECT_EQ(shown.freshness(), Freshness::fallback);
    EXPECT_FALSE(engine().has_handler("title"));

    // What has no handler is done at once.
    const std::uint64_t ticket = engine().emit("status", {model.app}, {.otherwise = Command{Add{5}}});
    EXPECT_TRUE(engine().settled(ticket));
    take_commands();
    EXPECT_EQ(model.app->counter, 5);
    EXPECT_FALSE(engine().report(1s));
    EXPECT_TRUE(engine().settle(1s));

    EXPECT_TRUE(comes_back());
    engine().turn_scripting(true);
    EXPECT_TRUE(engine().scripting().on);
    EXPECT_EQ(engine().scripting().failovers, 0);
    model.change([](App& app) { app.mode = "back"; });
    settle();
    EXPECT_EQ(shown.latest().text(), "back");
}

TEST_F(FailoverTest, OffAndOnByHand) {
    start("host.on('title', function(app) return app.mode end) hang.keep('x', 1)");
    View shown = title();
    settle();
    engine().turn_scripting(false);
    EXPECT_EQ(shown.latest().text(), "default title");
    EXPECT_TRUE(shown.changed());
    model.change([](App& app) { app.mode = "unseen"; });
    settle();
    View made_meanwhile = view("other", {model.app});
    EXPECT_EQ(made_meanwhile.latest().text(), "default other");
    engine().turn_scripting(true);
    settle();
    EXPECT_EQ(shown.latest().text(), "unseen");
    EXPECT_EQ(engine().scripting().stuck, 0);
}

TEST_F(FailoverTest, ALoadThatHangs) {
    options.clock = nullptr; // which the watch goes by
    TemporaryDirectory directory;
    options.config = directory.write("c.lua", "require('host').on('title', function() return 'first' end)");
    make("");
    View shown = title();
    settle();
    EXPECT_EQ(shown.latest().text(), "first");
    directory.write("c.lua", "require('hang').spin()");
    engine().reload();
    ASSERT_TRUE(fails_over());
    settle();
    EXPECT_TRUE(engine().scripting().on);
    EXPECT_FALSE(engine().load().ok);
    EXPECT_NE(engine().load().error.message.find("the configuration used 0.3 s"), std::string::npos);
    EXPECT_EQ(engine().scripting().failovers, 1); // it is not tried again
    EXPECT_TRUE(comes_back());
    directory.write("c.lua", "require('host').on('title', function() return 'mended' end)");
    EXPECT_TRUE(eventually([&] { return shown.latest().text() == "mended"; })) << log_text();
}

TEST_F(FailoverTest, ATimerThatHangs) {
    options.clock = nullptr;
    start("host.call_after(1, function() host.mark 'timer' hang.spin() end)\n"
          "host.on('title', function(app) return app.mode end)");
    title();
    ASSERT_TRUE(fails_over());
    settle();
    EXPECT_EQ(text(), "normal");
    EXPECT_EQ(logged("config:2: a timer used 0.3 s of CPU time"), 1U) << log_text();
    EXPECT_TRUE(comes_back());
    EXPECT_EQ(marks("timer"), 1);
}

TEST_F(FailoverTest, LongWorkInCThatEndsInTimeIsNoHang) {
    start(R"(host.on('title', function(app)
        local test = require 'lunette.test'
        for i = 1, 4 do test.spin_in_c(0.1) test.block(0.1) end
        return app.mode
    end))");
    title();
    EXPECT_TRUE(eventually([&] { return text() == "normal"; }));
    EXPECT_EQ(engine().scripting().failovers, 0);
}

TEST_F(FailoverTest, ABusyMachineIsNoHang) {
    start(R"(host.on('title', function(app)
        require('lunette.test').spin_in_c(0.05)
        return app.mode
    end))");
    title();
    {
        std::vector<std::jthread> hogs;
        for (int i = 0; i < 20; ++i)
            hogs.emplace_back([](const std::stop_token& stop) {
                while (!stop.stop_requested()) {
                }
            });
        EXPECT_TRUE(eventually([&] { return text() == "normal"; }));
    }
    EXPECT_EQ(engine().scripting().failovers, 0);
}

TEST_F(FailoverTest, BeingStoppedIsNoHang) {
    options.failover.blocked = 2s;
    start(R"(
        host.on('status', function() hang.spin() end)
        host.on('key', function() hang.block() end)
        host.on('title', function(app) return app.mode end))");
    // Whoever stops this process has to be another.
    const auto stop_for_a_while = [] {
        const std::string script =
            "kill -STOP " + std::to_string(getpid()) + "; sleep 3; kill -CONT " + std::to_string(getpid());
        const char* const arguments[] = {"sh", "-c", script.c_str(), nullptr};
        pid_t child = 0;
        EXPECT_EQ(posix_spawn(&child, "/bin/sh", nullptr, nullptr, const_cast<char**>(arguments), environ),
                  0);
        int status = 0;
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    };
    emit_only("key");
    ASSERT_TRUE(eventually([&] { return hang->entered() == 1; }));
    stop_for_a_while();
    hang->let_go();
    title();
    EXPECT_TRUE(eventually([&] { return text() == "normal"; }));
    EXPECT_EQ(engine().scripting().failovers, 0) << log_text();
}

TEST_F(FailoverTest, DestroyedWhileAThreadIsStuck) {
    options.clock = nullptr; // the thread that is left behind outlives this test's
    start("host.on('status', function() hang.spin() host.mark 'after' end)");
    emit_only("status");
    ASSERT_TRUE(fails_over());
    const int before = Engine::threads_left_behind();
    destroy();
    EXPECT_EQ(Engine::threads_left_behind(), before + 1);
    hang->let_go(); // it sleeps from now on
    EXPECT_EQ(marks("after"), 0);
}

TEST_F(FailoverTest, DestroyedWhileATaskHangs) {
    options.clock = nullptr;
    start("host.on('status', function() hang.block() end)");
    emit_only("status");
    ASSERT_TRUE(eventually([&] { return hang->entered() == 1; }));
    const int before = Engine::threads_left_behind();
    destroy(); // waits until it counts as stuck
    EXPECT_EQ(Engine::threads_left_behind(), before + 1);
}

TEST_F(FailoverTest, TheTestModuleIsNotThereByItself) {
    options.test_module = false;
    start("assert(not pcall(require, 'lunette.test')) return {ok = true}");
    EXPECT_TRUE(engine().load().configuration["ok"].boolean_or(false));
}

} // namespace
} // namespace lunette::script::test
