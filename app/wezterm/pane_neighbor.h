#pragma once

#include "model/records.h"
#include "model/spawn_options.h"

#include <optional>

namespace lunette::wezterm {

// The pane that lies beside the active one in a direction: of those that touch its edge, the one that shares
// most of it. Next and previous go round in the order of pane_index. Pure.
std::optional<Ref<model::PaneInfo>> pane_neighbor(const model::TabInfo& tab, model::Direction direction);

} // namespace lunette::wezterm
