#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::wezterm {

// The UTF-8 text of a Nerd Fonts glyph by WezTerm's name for it ("md_home", "cod_terminal_bash").
// Logarithmic in a constant table; nothing is built at start-up.
std::optional<std::string> nerdfont(std::string_view name);

// All, in the order of their names. Linear.
std::vector<std::pair<std::string_view, std::string>> nerdfonts(); // name, UTF-8

// How many names there are. Linear; for tests and reports.
std::size_t nerdfont_count();

} // namespace lunette::wezterm
