#pragma once

#include "server/ui_loop.h"
#include "wire/message_channel.h"

namespace lunette::server {

// What `lunette cli` asks of a session: the subcommands of `wezterm cli`, and Lunette's own. The answer has
// "list" (of objects), or "text" to be printed, or "error", or nothing. UI thread only; never waits.
wire::Json answer_remote(UiLoop& loop, const wire::Json& request);

} // namespace lunette::server
