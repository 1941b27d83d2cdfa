#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

// Words of a POSIX shell command line. Pure; any thread.
namespace lunette::wezterm {

// As it is when that is safe, else quoted so that a shell reads it back as one word.
std::string shell_quote(std::string_view word);
std::string shell_join(std::span<const std::string> words);

// The words of a line: quotes, backslashes and comments as a shell has them, no expansion. An error when a
// quote is not closed or the line ends in a backslash.
tl::expected<std::vector<std::string>, std::string> shell_split(std::string_view line);

} // namespace lunette::wezterm
