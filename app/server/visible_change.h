#pragma once

#include "model/records.h"

namespace lunette::server {

// Whether a frame of the window would be another one, views aside: what runs in a pane, say, is not seen.
// Either may be empty. Cost: the panes of the active tab.
bool looks_different(const Ref<model::WindowInfo>& before, const Ref<model::WindowInfo>& after) noexcept;

} // namespace lunette::server
