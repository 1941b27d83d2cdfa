#pragma once

#include <lunette/record.h>
#include <lunette/report.h>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

// Parts that the commands' JSON has in common. Numbers are microseconds.
namespace lunette::cli {

using Json = nlohmann::ordered_json;

inline constexpr std::string_view version = "0.1.0";

Json to_json(const Value& value);
Json to_json(const std::vector<Problem>& problems);
// Nanoseconds as microseconds with three digits.
double microseconds(std::int64_t nanoseconds);
// {"p50", "p99", "max"}, with "p999" on demand.
Json to_json(const Histogram& histogram, bool with_p999 = false);
// Text of two-space indentation and a newline. Invalid UTF-8 becomes U+FFFD.
std::string dump(const Json& json);

} // namespace lunette::cli
