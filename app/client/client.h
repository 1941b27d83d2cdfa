#pragma once

#include "client/own_terminal.h"
#include "wire/message_channel.h"

#include <string>
#include <vector>

namespace lunette::client {

struct Attachment {
    std::string session;
    std::string cwd;                    // of the first pane of a new session
    std::vector<std::string> arguments; // its program; empty: the configuration's
};

struct Outcome {
    int status = 0;
    std::string text;   // for the user, when the terminal is his again
    bool taken = false; // of a new session: somebody else has this name
};

// Gives the terminal to a server and waits: passes on signals and the size, and restores the terminal when
// the server has let go of it, or is gone. One thread; blocks until then.
Outcome run(const OwnTerminal& terminal, wire::MessageChannel channel, const Attachment& attachment);

} // namespace lunette::client
