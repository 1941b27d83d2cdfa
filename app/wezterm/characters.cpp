#include "wezterm/characters.h"

#include <algorithm>

namespace lunette::wezterm {

namespace {

// More than the 64 KiB that the standard promises, far less than what compilers take.
#pragma GCC diagnostic ignored "-Woverlength-strings"

constexpr char characters_text[] =
#include "../../data/characters.inc"
    ;

} // namespace

std::vector<CharacterGroup> character_groups() {
    std::vector<CharacterGroup> groups;
    std::string_view rest{characters_text, sizeof characters_text - 1};
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t tab = line.find('\t');
        if (tab != std::string_view::npos && !groups.empty())
            groups.back().characters.push_back({line.substr(0, tab), line.substr(tab + 1)});
        else if (line.starts_with('#'))
            groups.push_back({line.substr(1), {}});
    }
    return groups;
}

} // namespace lunette::wezterm
