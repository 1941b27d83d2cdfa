#pragma once

#include "model/commands.h"

#include <lunette/bind.h>

#include <string_view>
#include <tuple>

// Spawning from Lua: tables in, objects out. Script thread.
namespace lunette::wezterm {

// A SpawnCommand; `otherwise` is the domain when the table names none. Throws BindError naming `function`.
model::SpawnOptions require_spawn(const Value& options, model::DomainChoice::Kind otherwise,
                                  std::string_view function);

// MuxTab, Pane, MuxWindow.
using SpawnedObjects = std::tuple<Value, Value, Value>;
Async<Expected<SpawnedObjects>> spawn_tab(Io& io, Id window, Value options);
Async<Expected<SpawnedObjects>> spawn_window(Io& io, Value options);

} // namespace lunette::wezterm
