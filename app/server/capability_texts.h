#pragma once

#include "tty/capabilities.h"

#include <string>
#include <utility>
#include <vector>

namespace lunette::server {

// What a terminal can do, for people: subject and finding. Pure.
std::vector<std::pair<std::string, std::string>> capability_texts(const tty::Capabilities& capabilities);

} // namespace lunette::server
