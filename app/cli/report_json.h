#pragma once

#include "cli/json.h"

#include <lunette/report.h>

namespace lunette::cli {

// The rows of `callbacks`, one per handler.
Json callbacks_json(const EngineReport& report);

} // namespace lunette::cli
