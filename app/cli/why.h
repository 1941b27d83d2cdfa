#pragma once

#include "cli/command_line.h"

#include <string>

namespace lunette::cli {

// What `lunette why` prints of a server's answer.
std::string why_text(const nlohmann::json& answer);

} // namespace lunette::cli
