#pragma once

#include "model/config_view.h"
#include "model/key.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// What a pressed key is, from its bytes to its binding, in lines for people. `bytes`: as the terminal sent
// them, empty when unknown. Pure.
std::vector<std::string> explain_key(const model::KeyEvent& key, std::string_view bytes,
                                     const model::ConfigView& config, bool prefix_is_on,
                                     const std::map<std::string, std::string>& callbacks);

// "ESC [ 1 ; 5 D", "^A", "é".
std::string bytes_text(std::string_view bytes);

} // namespace lunette::server
