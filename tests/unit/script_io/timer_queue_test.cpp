#include "script/io/timer_queue.h"

#include <sys/timerfd.h>

#include <thread>
#include <vector>

#include "script_io/support.h"

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;

class ManualTimers : public testing::Test {
protected:
    ManualClock clock;
    IoRuntime runtime{clock};
    TimerQueue& timers = runtime.timers();
    std::vector<int> fired;

    auto note(int what) {
        return [this, what] { fired.push_back(what); };
    }
};

TEST_F(ManualTimers, FireInOrderOfDeadlineWhenTheClockIsMoved) {
    timers.after(30ms, note(3));
    timers.after(10ms, note(1));
    timers.after(20ms, note(2));
    EXPECT_FALSE(timers.poll());
    clock.advance(25ms);
    EXPECT_TRUE(timers.poll());
    EXPECT_EQ(fired, (std::vector{1, 2}));
    clock.advance(5ms);
    timers.poll();
    EXPECT_EQ(fired, (std::vector{1, 2, 3}));
    EXPECT_EQ(timers.size(), 0U);
}

TEST_F(ManualTimers, EqualDeadlinesFireInTheOrderTheyWereMade) {
    for (int i = 0; i < 5; ++i) timers.after(1ms, note(i));
    clock.advance(1ms);
    timers.poll();
    EXPECT_EQ(fired, (std::vector{0, 1, 2, 3, 4}));
}

TEST_F(ManualTimers, CancelledTimersDoNotFire) {
    const auto id = timers.after(1ms, note(1));
    EXPECT_TRUE(timers.cancel(id));
    EXPECT_FALSE(timers.cancel(id));
    clock.advance(1s);
    EXPECT_FALSE(timers.poll());
    EXPECT_TRUE(fired.empty());
}

TEST_F(ManualTimers, OneMayCancelAnotherThatIsDueToo) {
    TimerQueue::Id second = 0;
    timers.after(1ms, [&] { timers.cancel(second); });
    second = timers.after(1ms, note(2));
    clock.advance(1ms);
    timers.poll();
    EXPECT_TRUE(fired.empty());
}

TEST_F(ManualTimers, OneAddedByACallbackWaitsForTheNextPoll) {
    timers.after(0ms, [this] { timers.after(0ms, note(2)); });
    timers.poll();
    EXPECT_TRUE(fired.empty());
    EXPECT_TRUE(timers.due());
    timers.poll();
    EXPECT_EQ(fired, (std::vector{2}));
}

TEST_F(ManualTimers, ARepeatingOneStaysOnItsGridAndFiresOnceAfterAStall) {
    const auto id = timers.every(10ms, note(1));
    clock.advance(10ms);
    timers.poll();
    EXPECT_EQ(fired.size(), 1U);
    clock.advance(95ms);
    timers.poll();
    timers.poll();
    EXPECT_EQ(fired.size(), 2U);
    clock.advance(5ms); // 110 ms: on the grid
    timers.poll();
    EXPECT_EQ(fired.size(), 3U);
    EXPECT_TRUE(timers.cancel(id));
    clock.advance(1s);
    EXPECT_FALSE(timers.poll());
}

TEST_F(ManualTimers, ARepeatingOneMayCancelItself) {
    TimerQueue::Id id = 0;
    id = timers.every(1ms, [&] {
        fired.push_back(1);
        timers.cancel(id);
    });
    clock.advance(1ms);
    timers.poll();
    clock.advance(1ms);
    timers.poll();
    EXPECT_EQ(fired.size(), 1U);
    EXPECT_EQ(timers.size(), 0U);
}

TEST_F(ManualTimers, WallTimersFireAtTheirTime) {
    const std::int64_t next_second = (clock.wall_us() / 1'000'000 + 1) * 1'000'000;
    timers.at_wall(next_second, note(1));
    clock.advance(std::chrono::microseconds{next_second - clock.wall_us() - 1});
    EXPECT_FALSE(timers.poll());
    clock.advance(1us);
    EXPECT_TRUE(timers.poll());
}

TEST_F(ManualTimers, AnOwnerIsServedAlone) {
    const int owner = 0;
    timers.after(1ms, note(1));
    timers.after(2ms, note(2), &owner);
    clock.advance(2ms);
    EXPECT_TRUE(timers.due(&owner));
    EXPECT_TRUE(timers.poll(&owner));
    EXPECT_EQ(fired, (std::vector{2}));
    EXPECT_FALSE(timers.due(&owner));
    EXPECT_TRUE(timers.due());
}

TEST_F(ManualTimers, AnEndlessDelayDoesNotOverflow) {
    timers.after(std::chrono::microseconds::max(), note(1));
    clock.advance(24h);
    EXPECT_FALSE(timers.poll());
}

class RealTimers : public testing::Test {
protected:
    RealClock clock;
    IoRuntime runtime{clock};
};

TEST_F(RealTimers, WakeTheLoop) {
    bool fired = false;
    const auto start = clock.now_us();
    runtime.timers().after(3ms, [&] { fired = true; });
    drive_until(runtime, [&] { return fired; });
    EXPECT_GE(clock.now_us() - start, 3000);
}

TEST_F(RealTimers, WallTimeWakesTheLoop) {
    bool fired = false;
    const auto deadline = clock.wall_us() + 3000;
    runtime.timers().at_wall(deadline, [&] { fired = true; });
    drive_until(runtime, [&] { return fired; });
    EXPECT_GE(clock.wall_us(), deadline);
}

/// Time passes while it is read, but not in what it shows.
class LateClock final : public Clock {
public:
    std::int64_t now_us() const noexcept override {
        std::this_thread::sleep_for(3ms);
        return 0;
    }
    std::int64_t wall_us() const noexcept override { return 0; }
};

TEST(LateTimers, OneWhoseTimeComesBeforeTheLoopPollsWakesItAllTheSame) {
    LateClock clock;
    IoRuntime runtime{clock};
    runtime.timers().after(1ms, [] {});
    runtime.run_once(true);
    SUCCEED(); // it came back
}

std::string timerfd_flags() {
    for (const auto& entry : std::filesystem::directory_iterator{"/proc/self/fdinfo"}) {
        const std::string info = file_content(entry.path());
        if (const auto at = info.find("settime flags: "); at != std::string::npos)
            return info.substr(at + 15, info.find('\n', at) - at - 15);
    }
    return "";
}

TEST(WallTimers, WatchForTheClockBeingSetOnlyWhileSomebodyWantsWallTime) {
    RealClock clock;
    IoRuntime runtime{clock};
    runtime.timers().arm();
    EXPECT_EQ(timerfd_flags(), "");
    const auto id = runtime.timers().at_wall(clock.wall_us() + 3'600'000'000, [] {});
    runtime.timers().arm();
    EXPECT_EQ(timerfd_flags(), "03"); // TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET
    runtime.timers().cancel(id);
    runtime.timers().arm();
    EXPECT_EQ(timerfd_flags(), "00");
}

} // namespace
} // namespace lunette::script::test
