#pragma once

#include "cli/check.h"
#include "cli/paint.h"

#include <string>

namespace lunette::cli {

// The contract of `check --json`, ended by a newline.
std::string check_json(const CheckResult& result);
// For people.
std::string check_text(const CheckResult& result, const Paint& paint);

} // namespace lunette::cli
