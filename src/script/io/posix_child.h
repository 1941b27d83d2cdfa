#pragma once

#include "script/io/spawner.h"

namespace lunette::script {

/// Starts one child with posix_spawn. Any thread; blocks for as long as that takes.
Spawned start_child(const SpawnRequest& request);

} // namespace lunette::script
