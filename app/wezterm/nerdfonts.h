#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace lunette::wezterm {

// The UTF-8 text of a Nerd Fonts glyph by WezTerm's name for it ("md_home", "cod_terminal_bash").
// Logarithmic in a constant table; nothing is built at start-up.
std::optional<std::string> nerdfont(std::string_view name);

// How many names there are. Linear; for tests and reports.
std::size_t nerdfont_count();

} // namespace lunette::wezterm
