#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lunette::lua {

/// The candidate with the fewest edits from `name`, if so few that it may have been meant; else empty.
std::string_view closest_name(std::string_view name, const std::vector<std::string_view>& candidates);

} // namespace lunette::lua
