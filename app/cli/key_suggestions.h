#pragma once

#include "model/config_view.h"

#include <string>
#include <vector>

namespace lunette::cli {

// What `lunette.setup` could do for keys that many terminals cannot send. Pure.
std::vector<std::string> key_suggestions(const model::ConfigView& config);

} // namespace lunette::cli
