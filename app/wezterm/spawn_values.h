#pragma once

#include "model/commands.h"

#include <lunette/bind.h>

#include <tuple>

// Spawning from Lua: tables in, objects out. Script thread.
namespace lunette::wezterm {

// A SpawnCommand; `otherwise` is the domain when the table names none. Throws BindError.
model::SpawnOptions require_spawn(const Value& options, model::DomainChoice::Kind otherwise);

// MuxTab, Pane, MuxWindow.
using SpawnedObjects = std::tuple<Value, Value, Value>;
Async<Expected<SpawnedObjects>> spawn_tab(Io& io, Id window, Value options);
Async<Expected<SpawnedObjects>> spawn_window(Io& io, Value options);

} // namespace lunette::wezterm
