#include "server/scheduling.h"

#include <gtest/gtest.h>

#include <thread>

#include <sched.h>
#include <sys/resource.h>

namespace lunette::server {
namespace {

TEST(Scheduling, StaysThatOfAnOrdinaryThread) {
    std::thread{[] {
        const int nice = ::getpriority(PRIO_PROCESS, 0);
        run_soon();
        EXPECT_EQ(::getpriority(PRIO_PROCESS, 0), nice);
        EXPECT_EQ(::sched_getscheduler(0) & ~SCHED_RESET_ON_FORK, SCHED_OTHER);
        std::thread{[nice] {
            EXPECT_EQ(::sched_getscheduler(0), SCHED_OTHER) << "what it starts is as it was";
            EXPECT_EQ(::getpriority(PRIO_PROCESS, 0), nice);
        }}.join();
    }}.join();
}

TEST(Scheduling, IsForOrdinaryThreadsOnly) {
    std::thread{[] {
        const sched_param none{};
        if (::sched_setscheduler(0, SCHED_BATCH, &none) != 0) GTEST_SKIP();
        EXPECT_FALSE(run_soon());
        EXPECT_EQ(::sched_getscheduler(0), SCHED_BATCH);
    }}.join();
}

} // namespace
} // namespace lunette::server
