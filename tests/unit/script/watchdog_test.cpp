#include "script/run/watchdog.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string_view>
#include <thread>

#include "script/run/run_state.h"

namespace lunette::script {
namespace {

using namespace std::chrono_literals;

std::atomic<int> preempts{0};
std::atomic<int> yields{0};
int preempt_mark = 0;
int yield_mark = 0;

void count(int, siginfo_t* info, void*) {
    if (info->si_value.sival_ptr == &preempt_mark) preempts.fetch_add(1);
    if (info->si_value.sival_ptr == &yield_mark) yields.fetch_add(1);
}

/// A watchdog of the test's own thread, whose signals are counted.
class WatchdogTest : public ::testing::Test {
protected:
    WatchdogTest() {
        preempts = yields = 0;
        struct sigaction action {};
        action.sa_sigaction = count;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        sigaction(signal, &action, &before);
    }
    ~WatchdogTest() override { sigaction(signal, &before, nullptr); }

    template<class Condition>
    bool computes_until(Condition condition) {
        const auto end = std::chrono::steady_clock::now() + 60s;
        while (!condition())
            if (std::chrono::steady_clock::now() > end) return false;
        return true;
    }

    const int signal = SIGRTMIN + 5;
    struct sigaction before {};
    WatchdogControl control;
    std::atomic<std::uint64_t> host_turns{0};
    Watchdog watchdog{control,
                      host_turns,
                      pthread_self(),
                      signal,
                      Watchdog::Cookies{&preempt_mark, &yield_mark},
                      25'000'000,
                      WedgeDetector::Limits{3600'000'000'000, 3600'000'000'000},
                      {}};
};

TEST_F(WatchdogTest, WhatComputesLongOffersItsProcessorToOthersAgainAndAgain) {
    std::atomic<bool> end{false};
    std::thread other{[&] {
        while (!end) continue;
    }};
    control.arm(thread_cpu_ns() + 3600'000'000'000);
    EXPECT_TRUE(computes_until([] { return yields >= 3; }));
    EXPECT_EQ(preempts, 0) << "its time is not over";
    EXPECT_GE(watchdog.yields(), 3U);
    control.disarm();
    end = true;
    other.join();
}

TEST_F(WatchdogTest, WhatWaitsInTheKernelIsLeftAlone) {
    control.arm(thread_cpu_ns() + 3600'000'000'000);
    std::this_thread::sleep_for(50ms); // how long does not matter
    EXPECT_EQ(yields, 0);
    control.disarm();
}

TEST_F(WatchdogTest, WhoseTimeIsOverIsPreempted) {
    control.arm(thread_cpu_ns() + 1'000'000);
    EXPECT_TRUE(computes_until([] { return preempts > 0; }));
    control.disarm();
}

TEST(RunnableThreadsTest, ReadsWhatTheKernelWrites) {
    const auto parse = [](std::string_view line) { return parse_runnable_threads(line.data(), line.size()); };
    EXPECT_EQ(parse("0.20 0.18 0.12 1/80 11206\n"), 1);
    EXPECT_EQ(parse("0.20 0.18 0.12 12/80"), 12);
    for (const char* bad : {"", "1/80", "0.1 x/80", "0.1 /80", "0.20 0.18 0.12"})
        EXPECT_FALSE(parse(bad)) << bad;
    EXPECT_GE(RunnableThreads{}.count().value_or(0), 1);
}

} // namespace
} // namespace lunette::script
