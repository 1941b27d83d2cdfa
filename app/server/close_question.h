#pragma once

#include "model/config_view.h"
#include "mux/mux.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// What to ask before something is closed in which these programs run; nothing when all of them may go
// without. `stateful` never may, `others` by their names (`stateless`, as
// skip_close_confirmation_for_processes_named has them). `what`: "this tab".
std::optional<std::vector<std::string>> close_question(std::string_view what,
                                                       const std::vector<std::string>& stateful,
                                                       const std::vector<std::string>& others,
                                                       const Value& stateless);

// The programs in the foreground of panes; those of unknown name are "a program".
std::vector<std::string> foreground_programs(const mux::Mux& mux, const model::AppInfo& root,
                                             const std::vector<Id>& panes);

} // namespace lunette::server
