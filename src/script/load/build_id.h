#pragma once

#include "script/load/digest.h"

namespace lunette::script {

/// Differs between programs whose bytecode may differ: the linker's build id of the running program (without
/// one, size and time of its file), Lua's release, and the formats of its numbers and instructions. Any
/// thread; computed once.
const Digest& build_id();

} // namespace lunette::script
