#include "script/io/io_context.h"

#include <atomic>
#include <thread>
#include <vector>

#include "script_io/support.h"

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;

struct Ask {
    static constexpr const char* name = "ask";
};

class Port final : public CommandPort {
public:
    std::function<void()> send(Command command, Reply reply) override {
        sent.emplace_back(command.name());
        replies.push_back(std::move(reply));
        return [this] { ++cancelled; };
    }
    std::function<void()> ask(Command, Reply reply) override {
        reply(Value{"at once"});
        return {};
    }
    std::vector<std::string> sent;
    std::vector<Reply> replies;
    int cancelled = 0;
};

class Observer final : public RunObserver {
public:
    Expected<void> may_start(const std::vector<std::string>&) override {
        if (forbidden) return failure("not now");
        return {};
    }
    void ran(const std::vector<std::string>& arguments, std::chrono::microseconds) override {
        seen.push_back(arguments[0]);
    }
    bool forbidden = false;
    std::vector<std::string> seen;
};

class Waits : public testing::Test {
protected:
    RealClock clock;
    IoRuntime runtime{clock};
    Port port;
    Observer observer;
    CallOptions options() {
        CallOptions o;
        o.function = "test";
        o.port = &port;
        o.observer = &observer;
        return o;
    }
    IoContext io{runtime, options()};
};

/// A manual clock, so that nothing ends by itself.
class TimedWaits : public testing::Test {
protected:
    ManualClock clock;
    IoRuntime runtime{clock};
    static CallOptions limited() {
        CallOptions o;
        o.function = "io.popen";
        o.wait_limit = pure_wait_limit;
        return o;
    }
    void settle() {
        do runtime.run_once(false);
        while (runtime.deliver() || runtime.anything_pending());
    }
};

TEST_F(TimedWaits, SleepsEndWhenTheClockSaysSo) {
    IoContext io{runtime, {}};
    auto body = body_of(io.sleep(10ms));
    body.start();
    settle();
    EXPECT_FALSE(body.done());
    clock.advance(10ms);
    settle();
    ASSERT_TRUE(body.done());
    EXPECT_TRUE(body.take());
}

TEST_F(TimedWaits, AreNeverToldInsideOfStartNorTheLoop) {
    IoContext io{runtime, {}};
    auto body = body_of(io.sleep(0ms));
    body.start();
    EXPECT_FALSE(body.done());
    runtime.run_once(false);
    EXPECT_FALSE(body.done());
    EXPECT_TRUE(runtime.anything_pending());
    EXPECT_TRUE(runtime.deliver());
    EXPECT_TRUE(body.done());
}

TEST_F(TimedWaits, EndAtTheLimitWithAnErrorThatNamesTheFunction) {
    IoContext io{runtime, limited()};
    auto run = body_of(io.run(program({"sleep", "1000"})));
    auto sleep = body_of(io.sleep(60s));
    run.start();
    sleep.start();
    EXPECT_EQ(runtime.children().live(), 1U);
    clock.advance(30s);
    while (!run.done() || !sleep.done()) settle();
    const auto result = run.take();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "io.popen: no result after 30 s, the most that may be waited for here");
    EXPECT_FALSE(sleep.take());
    while (runtime.children().live() > 0) settle();
    EXPECT_EQ(runtime.timers().size(), 0U);
}

TEST_F(TimedWaits, CancelledOnesLeaveNothingBehind) {
    IoContext io{runtime, limited()};
    {
        auto run = body_of(io.run(program({"sleep", "1000"})));
        auto sleep = body_of(io.sleep(60s));
        run.start();
        sleep.start();
    }
    EXPECT_EQ(runtime.timers().size(), 0U);
    while (runtime.children().live() > 0) settle();
}

TEST_F(TimedWaits, CancelledBetweenTheEndAndTheDeliveryAreNotTold) {
    IoContext io{runtime, {}};
    {
        auto sleep = body_of(io.sleep(1ms));
        sleep.start();
        clock.advance(1ms);
        runtime.timers().poll();
    }
    runtime.deliver();
}

TEST_F(TimedWaits, OneMayCancelAnotherThatIsBeingDelivered) {
    IoContext io{runtime, {}};
    std::optional<Async<bool>> second;
    const auto first_body = [&]() -> Async<> {
        auto wait = io.sleep(1ms);
        co_await std::move(wait);
        second.reset();
    };
    auto first = first_body();
    first.start();
    second.emplace(body_of(io.sleep(1ms)));
    second->start();
    clock.advance(1ms);
    settle();
    EXPECT_TRUE(first.done());
}

TEST_F(TimedWaits, PumpingServesOneCallAlone) {
    IoContext mine{runtime, {}}, other{runtime, {}};
    auto my_wait = body_of(mine.sleep(2ms));
    auto other_wait = body_of(other.sleep(1ms));
    bool timer = false;
    runtime.timers().after(1ms, [&] { timer = true; });
    my_wait.start();
    other_wait.start();
    clock.advance(2ms);
    EXPECT_TRUE(runtime.pump(mine.owner(), 1s, [&] { return my_wait.done(); }));
    EXPECT_FALSE(other_wait.done());
    EXPECT_FALSE(timer);
    settle();
    EXPECT_TRUE(other_wait.done());
    EXPECT_TRUE(timer);
}

TEST_F(TimedWaits, PumpingEndsAtItsLimitAndWhenTheConditionChanges) {
    IoContext io{runtime, {}};
    auto wait = body_of(io.sleep(1h));
    wait.start();
    std::atomic<bool> pumping = false;
    std::thread mover{[&] {
        while (!pumping) std::this_thread::yield();
        clock.advance(1s);
        runtime.wake();
    }};
    EXPECT_FALSE(runtime.pump(io.owner(), 1s, [&] {
        pumping = true;
        return wait.done();
    }));
    mover.join();
    std::atomic<bool> killed = false;
    std::thread killer{[&] {
        killed = true;
        runtime.wake();
    }};
    EXPECT_TRUE(runtime.pump(io.owner(), 1s, [&] { return killed.load(); }));
    killer.join();
}

TEST_F(Waits, PumpingBlocksUntilAChildEndsWhileOtherTimersAreDue) {
    bool timer = false;
    runtime.timers().after(0ms, [&] { timer = true; });
    auto run = body_of(io.run(shell("echo x")));
    run.start();
    EXPECT_TRUE(runtime.pump(io.owner(), 1h, [&] { return run.done(); }));
    EXPECT_EQ(run.take()->output, "x\n");
    EXPECT_FALSE(timer);
}

TEST_F(Waits, ChildrenAreReportedBeforeTheirResultArrives) {
    const auto body = [&]() -> Async<std::size_t> {
        auto wait = io.run(program({"true"}));
        co_await std::move(wait);
        co_return observer.seen.size();
    };
    EXPECT_EQ(complete(runtime, body()), 1U);
    EXPECT_EQ(observer.seen, (std::vector<std::string>{"true"}));
}

TEST_F(Waits, AChildMayBeForbidden) {
    observer.forbidden = true;
    const auto result = wait(runtime, io.run(program({"true"})));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, "not now");
    EXPECT_EQ(runtime.children().started(), 0U);
}

TEST_F(Waits, PureCallsShareTheirChildren) {
    CallOptions pure = options();
    pure.shareable = true;
    IoContext first{runtime, pure}, second{runtime, pure};
    auto a = body_of(first.run(shell("echo $$")));
    auto b = body_of(second.run(shell("echo $$")));
    a.start();
    b.start();
    drive_until(runtime, [&] { return a.done() && b.done(); });
    EXPECT_EQ(a.take()->output, b.take()->output);
    EXPECT_EQ(runtime.children().started(), 1U);
    EXPECT_EQ(observer.seen.size(), 2U);
}

TEST_F(Waits, FilesAreReadWhole) {
    const TemporaryDirectory directory;
    const std::string content(300'000, 'x');
    write_file(directory / "file", content);
    EXPECT_TRUE(*wait(runtime, io.read_file(directory / "file", 300'000)) == content);
    EXPECT_EQ(wait(runtime, io.read_file(directory / "file", 299'999)).error().message,
              (directory / "file") + ": File too large");
    EXPECT_EQ(wait(runtime, io.read_file("/nonexistent", 1)).error().message,
              "/nonexistent: No such file or directory");
    EXPECT_EQ(wait(runtime, io.read_file(directory.path(), 1)).error().message,
              directory.path() + ": Is a directory");
    EXPECT_EQ(*wait(runtime, io.read_file("/dev/null", 1)), "");
    EXPECT_NE(wait(runtime, io.read_file("/proc/self/status", 1 << 20))->find("Name:"), std::string::npos);
    EXPECT_EQ(wait(runtime, io.read_file("/dev/zero", 1 << 20)).error().message, "/dev/zero: File too large");
}

TEST_F(Waits, AFifoIsWaitedForWithoutHoldingThePool) {
    const TemporaryDirectory directory;
    std::vector<Async<Expected<std::string>>> readers;
    for (int i = 0; i < 16; ++i) {
        const std::string fifo = directory / std::to_string(i);
        ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
        readers.push_back(body_of(io.read_file(fifo, 1000)));
        readers.back().start();
    }
    // More than the pool has threads, and yet there is one for this.
    EXPECT_TRUE(wait(runtime, io.read_file("/proc/self/stat", 10'000)));
    std::thread writer{[&] { std::ofstream{directory / "3"} << "hello"; }};
    drive_until(runtime, [&] { return readers[3].done(); });
    writer.join();
    EXPECT_EQ(*readers[3].take(), "hello");
    EXPECT_FALSE(readers[4].done());
}

TEST_F(Waits, DirectoriesAreListed) {
    const TemporaryDirectory directory;
    write_file(directory / "file", "");
    std::filesystem::create_directory(directory / "inner");
    std::filesystem::create_directory_symlink(directory / "inner", directory / "link");
    auto entries = *wait(runtime, io.read_dir(directory.path()));
    std::sort(entries.begin(), entries.end(), [](auto& a, auto& b) { return a.name < b.name; });
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].name, "file");
    EXPECT_FALSE(entries[0].is_directory);
    EXPECT_TRUE(entries[1].is_directory);
    EXPECT_TRUE(entries[2].is_directory);
    EXPECT_EQ(wait(runtime, io.read_dir("/nonexistent")).error().message,
              "/nonexistent: No such file or directory");
}

TEST_F(Waits, WorkIsDoneOnAnotherThread) {
    const auto here = std::this_thread::get_id();
    const auto result =
        wait(runtime,
             io.offload([here]() -> Expected<Value> { return Value{std::this_thread::get_id() != here}; }));
    EXPECT_TRUE(result->boolean_or(false));
    EXPECT_EQ(wait(runtime, io.offload([]() -> Expected<Value> { throw std::runtime_error{"broken"}; }))
                  .error()
                  .message,
              "broken");
}

TEST_F(Waits, CommandsWaitForTheirReply) {
    auto body = body_of(io.command(Command{Ask{}}));
    body.start();
    EXPECT_EQ(port.sent, (std::vector<std::string>{"ask"}));
    port.replies[0](Value{5});
    EXPECT_FALSE(body.done());
    runtime.deliver();
    EXPECT_EQ(body.take()->integer_or(0), 5);
    EXPECT_EQ(port.cancelled, 0);

    { body_of(io.command(Command{Ask{}})).start(); }
    EXPECT_EQ(port.cancelled, 1);
    port.replies[1](Value{6}); // too late
    runtime.deliver();

    EXPECT_EQ(wait(runtime, io.query(Command{Ask{}}))->text(), "at once");
    IoContext alone{runtime, {}};
    EXPECT_FALSE(wait(runtime, alone.command(Command{Ask{}})));
}

TEST_F(Waits, ARuntimeEndsWhileThingsAreUnderWay) {
    const TemporaryDirectory directory;
    ASSERT_EQ(::mkfifo((directory / "fifo").c_str(), 0600), 0);
    {
        IoRuntime other{clock};
        IoContext context{other, {}};
        auto child = body_of(context.run(program({"sleep", "1000"})));
        auto fifo = body_of(context.read_file(directory / "fifo", 10));
        auto file = body_of(context.read_file("/proc/self/stat", 10'000));
        auto sleep = body_of(context.sleep(1h));
        child.start();
        fifo.start();
        file.start();
        sleep.start();
        other.run_once(false);
    }
    SUCCEED();
}

} // namespace
} // namespace lunette::script::test
