#include "script/failover/test_module.h"

#include <algorithm>
#include <cmath>
#include <ctime>

#include "script/run/run_state.h"

namespace lunette::script {

namespace {

constexpr double longest_s = 1e6;

double seconds_of(std::optional<double> given) {
    if (given && !(*given >= 0)) throw BindError{"a number of seconds expected"};
    return std::min(given.value_or(longest_s), longest_s);
}

/// Uses the CPU without ever looking whether it should stop.
void spin(double seconds) {
    const std::int64_t end = thread_cpu_ns() + std::llround(seconds * 1e9);
    while (thread_cpu_ns() < end) {
    }
}

/// Sits in the kernel, whatever signals come.
void block(double seconds) {
    timespec left{static_cast<time_t>(seconds), std::lround(std::fmod(seconds, 1) * 1e9) % 1'000'000'000};
    while (nanosleep(&left, &left) != 0) {
    }
}

Module make_module() {
    Module test{"lunette.test"};
    test.function("spin_in_c", [](std::optional<double> seconds) { spin(seconds_of(seconds)); })
        .doc("lunette.test.spin_in_c(seconds: number?)",
             "A C function that uses so much CPU time before it returns; practically for ever without an "
             "argument.")
        .function("block", [](std::optional<double> seconds) { block(seconds_of(seconds)); })
        .doc("lunette.test.block(seconds: number?)",
             "A C function that is blocked in the kernel for so long.");
    return test;
}

} // namespace

const Module& test_module() {
    // VMs keep pointers into it, those of threads that are left behind for as long as the process lives.
    static const Module& module = *new Module{make_module()};
    return module;
}

} // namespace lunette::script
