#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lunette::terminal {

// The value of NAME in an environment block of NAME=VALUE strings.
std::optional<std::string_view> environment_value(std::span<const std::string> environment,
                                                  std::string_view name);

// $SHELL of the block if it can be executed, else the user's shell in the password database, else
// /bin/sh.
std::string default_shell(std::span<const std::string> environment);

// Full path of an executable file: as given when it has a slash, else from the block's PATH.
std::optional<std::string> find_program(std::string_view name, std::span<const std::string> environment);

// `path` if it is a directory we may enter, else its nearest such parent below "/", else $HOME of
// the block, else "/". A relative or empty path gives $HOME.
std::string usable_directory(std::string_view path, std::span<const std::string> environment);

// argv[0] that makes a shell a login shell: "/usr/bin/zsh" -> "-zsh".
std::string login_name(std::string_view shell);

} // namespace lunette::terminal
