#include "script/failover/wedge_detector.h"

#include <gtest/gtest.h>

#include "script/failover/running_handler.h"

namespace lunette::script {
namespace {

using Verdict = WedgeDetector::Verdict;

constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t second = 1000 * ms;

/// A thread that runs a task whose time is over at 25 ms of CPU, looked at every 25 ms.
class WedgeDetectorTest : public ::testing::Test {
protected:
    WedgeDetectorTest() { detector.look(now); }

    /// The worst verdict of the looks during this long.
    Verdict pass(std::int64_t wall, double share_of_cpu, ThreadState state, std::int64_t every = 25 * ms) {
        Verdict worst = Verdict::fine;
        for (std::int64_t done = 0; done < wall; done += every) {
            now.wall_ns += every;
            now.cpu_ns += static_cast<std::int64_t>(static_cast<double>(every) * share_of_cpu);
            now.state = state;
            worst = std::max(worst, detector.look(now));
        }
        return worst;
    }

    WedgeDetector detector{{2 * second, 10 * second}};
    Look now{.wall_ns = 100 * second, .cpu_ns = 5 * ms, .slice = 7, .deadline_ns = 30 * ms};
};

TEST_F(WedgeDetectorTest, TwoSecondsOfCpuAfterTheDeadline) {
    EXPECT_EQ(pass(25 * ms + 1900 * ms, 1, ThreadState::runs), Verdict::fine);
    EXPECT_EQ(pass(200 * ms, 1, ThreadState::runs), Verdict::stuck_on_cpu);
}

TEST_F(WedgeDetectorTest, TenSecondsInTheKernel) {
    EXPECT_LE(pass(9900 * ms, 0, ThreadState::blocked), Verdict::arm);
    EXPECT_EQ(pass(200 * ms, 0, ThreadState::blocked), Verdict::stuck_in_kernel);
}

TEST_F(WedgeDetectorTest, ABlockedThreadIsAskedToComeBackToLuaFirst) {
    EXPECT_EQ(pass(900 * ms, 0, ThreadState::blocked), Verdict::fine);
    EXPECT_EQ(pass(200 * ms, 0, ThreadState::blocked), Verdict::arm);
}

TEST_F(WedgeDetectorTest, AHookThatFiredIsProgress) {
    for (int i = 0; i < 100; ++i) {
        EXPECT_LE(pass(second, 1, ThreadState::runs), Verdict::arm);
        now.deadline_ns = now.cpu_ns + 2 * ms; // moved by the hook, in a callback that cannot yield
        detector.look(now);
    }
}

TEST_F(WedgeDetectorTest, AnotherSliceIsProgress) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_LE(pass(5 * second, 0, ThreadState::blocked), Verdict::arm);
        ++now.slice;
    }
}

TEST_F(WedgeDetectorTest, ThePollOfTheLoopIsNoBlock) {
    now.polling = true;
    EXPECT_EQ(pass(60 * second, 0, ThreadState::blocked), Verdict::fine);
}

TEST_F(WedgeDetectorTest, NoTaskIsNoBlock) {
    now.deadline_ns = 0;
    EXPECT_EQ(pass(60 * second, 0, ThreadState::blocked), Verdict::fine);
}

TEST_F(WedgeDetectorTest, WaitingForACoreIsNoBlock) {
    EXPECT_EQ(pass(600 * second, 0, ThreadState::runs, 80 * ms), Verdict::fine);
}

TEST_F(WedgeDetectorTest, BeingStoppedIsNoBlock) {
    EXPECT_EQ(pass(600 * second, 0, ThreadState::other), Verdict::fine);
}

TEST_F(WedgeDetectorTest, APausedMachineCountsForOneLook) {
    // The clocks of both go on while nobody runs: as after SIGCONT, or in a guest that was frozen.
    EXPECT_EQ(pass(3600 * second, 1, ThreadState::runs, 3600 * second), Verdict::fine);
    EXPECT_EQ(pass(3600 * second, 0, ThreadState::blocked, 3600 * second), Verdict::fine);
}

TEST_F(WedgeDetectorTest, ComputingBetweenIsProgressOfTheBlock) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_LE(pass(8 * second, 0, ThreadState::blocked), Verdict::arm);
        EXPECT_LE(pass(50 * ms, 0.5, ThreadState::runs), Verdict::arm);
        now.deadline_ns = now.cpu_ns + 25 * ms;
    }
}

TEST(ThreadStateTest, IsTheLetterAfterTheName) {
    const auto parse = [](std::string_view line) { return parse_thread_state(line.data(), line.size()); };
    EXPECT_EQ(parse("12 (lunette-script) S 1 2"), ThreadState::blocked);
    EXPECT_EQ(parse("12 (a) R (b) D 1 2"), ThreadState::blocked);
    EXPECT_EQ(parse("12 (x) R 1"), ThreadState::runs);
    EXPECT_EQ(parse("12 (x) T 1"), ThreadState::other);
    EXPECT_EQ(parse("12 (x)"), ThreadState::other);
    EXPECT_EQ(parse(""), ThreadState::other);
}

TEST(RunningHandlerTest, ShowsWhatWasSetLast) {
    RunningHandler running;
    EXPECT_EQ(running.get(), Offender{});
    const Offender first = handler_offender("format-tab-title", "wezterm.lua:12");
    const HandlerLabel label{first};
    running.set(label);
    EXPECT_EQ(running.get(), first);
    const Offender callback = handler_offender("user-defined-17", std::string(300, 'x') + ":1");
    EXPECT_EQ(callback.kind, Offender::Kind::callback);
    const HandlerLabel other{callback};
    running.set(other);
    EXPECT_EQ(running.get(), callback);
    const Offender longest = handler_offender(std::string(300, 'e'), std::string(300, 'w'));
    running.set(HandlerLabel{longest});
    EXPECT_EQ(running.get(), longest);
}

} // namespace
} // namespace lunette::script
