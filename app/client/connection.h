#pragma once

#include "wire/message_channel.h"
#include "wire/session_place.h"

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

// How a client gets to a server. All of it may wait for a while; errors are sentences.
namespace lunette::client {

// A session that is running. One whose socket was deleted is asked to make it anew.
tl::expected<wire::MessageChannel, std::string> connect_to(const wire::SessionPlace& place,
                                                           const std::string& name);

// A new server, of this program, connected by a socket that it inherits. What goes wrong later it says
// itself.
tl::expected<wire::MessageChannel, std::string> start_server(const std::string& name,
                                                             const std::vector<std::string>& arguments);

// One question, one answer.
tl::expected<wire::Json, std::string> ask(wire::MessageChannel& channel, const wire::Json& question,
                                          int timeout_ms = 10'000);
tl::expected<wire::Json, std::string> ask(const wire::SessionPlace& place, const std::string& name,
                                          const wire::Json& question, int timeout_ms = 10'000);

// What a session says of itself.
struct SessionInfo {
    std::string name;
    bool attached = false;
    int windows = 0;
    int tabs = 0;
    int panes = 0;
    int age_s = 0;   // since its start
    int since_s = 0; // since it was attached or detached
};
// All that each session that answers says of itself, sorted by name.
std::vector<wire::Json> session_reports(const wire::SessionPlace& place);
// Of that, what is told to people.
std::vector<SessionInfo> running_sessions(const wire::SessionPlace& place);

} // namespace lunette::client
