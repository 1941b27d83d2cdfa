#include "script/run/run_context.h"

#include <algorithm>

#include "script/generation.h"

namespace lunette::script {

void RunContext::ran(const std::vector<std::string>&, std::chrono::microseconds duration) {
    constexpr std::int64_t shortest_us = 1'000'000;
    recorder->impure(Impurity::process);
    recorder->expires(generation->now_us() + std::max<std::int64_t>(shortest_us, duration.count() * 20));
}

} // namespace lunette::script
