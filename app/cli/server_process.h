#pragma once

#include "cli/command_line.h"
#include "server/engine_setup.h"

namespace lunette::cli {

// The process behind a session: `lunette server`, started by a client with a connected socket. Returns the
// exit status when the session has ended.
int run_server(const ServerOptions& options, const server::ConfigSource& config);

} // namespace lunette::cli
