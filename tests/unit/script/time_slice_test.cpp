#include "script/run/time_slice.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <thread>

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lunette::script {
namespace {

using namespace std::chrono_literals;

struct Found {
    std::int32_t nice = 0;
    std::uint64_t slice = 0; ///< nanoseconds; 0 before Linux 6.12
};

Found of_calling_thread() {
    unsigned char bytes[56] = {};
    EXPECT_EQ(syscall(SYS_sched_getattr, 0, bytes, sizeof bytes, 0U), 0);
    Found found;
    std::memcpy(&found.nice, bytes + 16, sizeof found.nice);
    std::memcpy(&found.slice, bytes + 24, sizeof found.slice);
    return found;
}

TEST(TimeSliceTest, IsOfTheThreadAloneAndKeepsItsPriority) {
    Found before, asked, inherited;
    std::thread{[&] {
        setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 7);
        before = of_calling_thread();
        ask_for_time_slices(150us);
        asked = of_calling_thread();
        std::thread{[&] { inherited = of_calling_thread(); }}.join();
    }}.join();
    EXPECT_EQ(asked.nice, 7);
    EXPECT_EQ(sched_getscheduler(0), SCHED_OTHER);
    if (before.slice == 0) GTEST_SKIP() << "this Linux has no time slices of threads";
    EXPECT_EQ(asked.slice, 150'000U);
    EXPECT_EQ(inherited.slice, before.slice);
}

} // namespace
} // namespace lunette::script
