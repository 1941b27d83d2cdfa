#pragma once

#include "cli/command_line.h"

#include <string>

namespace lunette::cli {

// What `lunette cli` prints of an answer: its text, or its list as JSON or as a table.
std::string remote_output(const RemoteOptions& options, const nlohmann::json& answer);

} // namespace lunette::cli
