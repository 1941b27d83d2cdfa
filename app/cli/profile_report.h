#pragma once

#include "cli/paint.h"
#include "cli/profile.h"

#include <string>

namespace lunette::cli {

// The contract of `profile --json`, ended by a newline.
std::string profile_json(const ProfileResult& result);
// For people.
std::string profile_text(const ProfileResult& result, const Paint& paint);
// One page with charts, complete in itself.
std::string profile_html(const ProfileResult& result);
// What the script thread decided, one line each.
std::string profile_trace(const ProfileResult& result);

} // namespace lunette::cli
