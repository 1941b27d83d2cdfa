#pragma once

#include <string_view>

namespace lunette::cli {

// The configuration that is used when there is none.
extern const std::string_view default_config;

} // namespace lunette::cli
