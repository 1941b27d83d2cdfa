#pragma once

#include <lunette/record.h>

namespace lunette::state {

/// The key as a Lua table would hold it: a number with an integer value becomes that integer. Nil for what
/// cannot be a key of a map.
Value normal_key(const Value& key) noexcept;

/// Negative, 0 or positive, in the order of Value::entries(). REQUIRES: both normal.
int compare_keys(const Value& a, const Value& b) noexcept;

/// The integer that equals `number`, if there is one.
bool to_integer(double number, std::int64_t& integer) noexcept;

} // namespace lunette::state
