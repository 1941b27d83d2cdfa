#pragma once

#include "model/config_view.h"

#include <map>
#include <optional>
#include <string>

// Keys and actions as people read them. Pure functions.
namespace lunette::server {

// "CTRL+SHIFT+Enter"; what follows the leader as it is typed: "CTRL+a c", and "LEADER c" without one.
std::string chord_text(const model::KeyChord& chord, const std::optional<model::LeaderKey>& leader);
// An action as people read it: "Split Horizontal", "Activate Tab: 2". `callbacks`: where the handlers of
// events are defined, file:line.
std::string action_text(const model::KeyAssignment& action,
                        const std::map<std::string, std::string>& callbacks = {});

} // namespace lunette::server
