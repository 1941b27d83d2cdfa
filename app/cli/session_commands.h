#pragma once

#include "cli/command_line.h"

#include <string>
#include <vector>

// The commands about sessions. Clients of servers: nothing here knows Lua. Each returns the exit status.
namespace lunette::cli {

// `server_arguments`: those that say which configuration a new server reads.
int start_session(const StartOptions& options, const std::vector<std::string>& server_arguments);
int attach_session(const AttachOptions& options);
int list_sessions(const ListOptions& options);
int detach_session(const DetachOptions& options);
int kill_session(const KillOptions& options);
int remote_command(RemoteOptions options);
int why_command(const WhyOptions& options);

} // namespace lunette::cli
