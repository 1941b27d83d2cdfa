#pragma once

#include "model/records.h"

#include <lunette/bind.h>

#include <optional>
#include <string>

// What runs in a pane, and where: from /proc at the time of asking, for panes of this machine, else as the
// snapshot has it. Snapshot fields are recorded as read. Script thread; some 50 µs.
namespace lunette::wezterm {

std::optional<std::string> foreground_process_name(Script& script, const RecordRef& pane);
Value foreground_process_info(Script& script, const RecordRef& pane);
// A Url, or nil.
Value working_directory(Script& script, const RecordRef& pane);

} // namespace lunette::wezterm
