#pragma once

#include "wezterm/schemes.h"

#include <lunette/record.h>

#include <string>
#include <string_view>

#include <tl/expected.hpp>

// Colour schemes in files. Pure; any thread. Errors say what is wrong with the text.
namespace lunette::wezterm {

struct SchemeFile {
    Palette colors;
    Value metadata; // map: name, author, origin_url, wezterm_version, aliases
};

tl::expected<SchemeFile, std::string> parse_scheme(std::string_view toml); // WezTerm's own
tl::expected<SchemeFile, std::string> parse_base16_scheme(std::string_view yaml);
tl::expected<SchemeFile, std::string> parse_terminal_sexy_scheme(std::string_view json);

tl::expected<std::string, std::string> write_scheme(const SchemeFile& scheme); // as TOML

} // namespace lunette::wezterm
