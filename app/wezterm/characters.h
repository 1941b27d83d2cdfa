#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lunette::wezterm {

struct NamedCharacter {
    std::string_view text; // UTF-8
    std::string_view name;
};

struct CharacterGroup {
    std::string_view name; // as CharSelect names it: "SmileysAndEmotion", …, "UnicodeNames"
    std::vector<NamedCharacter> characters;
};

// Emoji by group, and other characters by their Unicode names. Views of constant text; linear.
std::vector<CharacterGroup> character_groups();

} // namespace lunette::wezterm
