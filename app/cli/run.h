#pragma once

#include <string>
#include <vector>

namespace lunette::cli {

// The program: parses, does, reports. Returns the exit status.
int run(const std::vector<std::string>& arguments);

} // namespace lunette::cli
