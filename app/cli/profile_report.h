#pragma once

#include "cli/paint.h"
#include "cli/profile.h"

#include <cstdint>
#include <string>

namespace lunette::cli {

// What memory saves: runs of pure handlers, idle ones included, beside what a policy would make that runs
// every call that is shown again for every snapshot that differs from the one before.
struct AvoidedRuns {
    std::uint64_t runs = 0;
    std::uint64_t on_every_change = 0;
    double share() const noexcept; // 0 to 1
};
AvoidedRuns avoided_runs(const EngineReport& report);

// The contract of `profile --json`, ended by a newline.
std::string profile_json(const ProfileResult& result);
// For people.
std::string profile_text(const ProfileResult& result, const Paint& paint);
// One page with charts, complete in itself.
std::string profile_html(const ProfileResult& result);
// What the script thread decided, one line each.
std::string profile_trace(const ProfileResult& result);

} // namespace lunette::cli
