#pragma once

#include <span>
#include <string_view>

namespace lunette::copy {

// What quick select finds without being told: addresses of web pages and repositories, paths, hashes,
// colours, numbers and the like. The first that matches at a place wins; a group is the part that is meant.
std::span<const std::string_view> default_quick_patterns() noexcept;

} // namespace lunette::copy
