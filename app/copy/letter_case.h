#pragma once

#include <string>
#include <string_view>

namespace lunette::copy {

// Each character by Unicode's simple mapping.
std::string lower_case(std::string_view text);

} // namespace lunette::copy
