#pragma once

#include "model/tab_bar_layout.h"

namespace lunette::server {

// The tab bar's colours of a configuration: WezTerm's defaults under `colors.tab_bar`. Pure.
model::TabBarColors tab_bar_colors(const Value& options);

} // namespace lunette::server
