#pragma once

#include "server/engine_setup.h"

#include <string>

namespace lunette::cli {

struct ReplayRequest {
    std::string script; // a file, or a folder with `script` and perhaps `config.lua`
    server::ConfigSource config;
    bool json = false;
};

struct ReplayOutcome {
    int status = 0;
    std::string output; // for standard output
    std::string errors; // for standard error
};

// Plays a scenario into the loop. Stops at the first line that does not hold.
ReplayOutcome replay(const ReplayRequest& request);

// The configuration beside a scenario; empty when there is none.
std::string config_beside(const std::string& script);

} // namespace lunette::cli
