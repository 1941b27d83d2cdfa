#pragma once

#include "cli/command_line.h"

#include <string>

// `lunette cache`: where compiled Lua is kept, what of it there is, and away with it.
namespace lunette::cli {

struct CacheOutcome {
    int status = exit_good;
    std::string output;
    std::string errors;
};

CacheOutcome cache_command(CacheAction action, const std::string& directory);

} // namespace lunette::cli
