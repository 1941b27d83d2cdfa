#pragma once

#include "model/records.h"

#include <lunette/engine.h>

#include <string>
#include <vector>

namespace lunette::server {

// What a load made, as the model carries it.
model::ConfigInfo loaded_config(const LoadResult& load);

// What a window's overrides make of the configuration; empty without overrides, or when they are wrong, which
// is added to `problems`.
Ref<model::ConfigInfo> window_config(const model::ConfigInfo& base, const Value& overrides,
                                     std::vector<std::string>& problems);

} // namespace lunette::server
