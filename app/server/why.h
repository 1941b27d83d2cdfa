#pragma once

#include "wire/message_channel.h"

#include <lunette/report.h>

#include <string_view>

namespace lunette::server {

// Why views ran or did not: what `lunette why` asks for. `view` is one call ("format-tab-title(tab 3)") or an
// event, which stands for all of its calls. An error that names what there is when there is no such view.
wire::Json why(const EngineReport& report, std::string_view view);

} // namespace lunette::server
