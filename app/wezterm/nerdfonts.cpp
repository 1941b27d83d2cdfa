#include "wezterm/nerdfonts.h"

#include "model/utf8.h"
#include "wezterm/sorted_lines.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace lunette::wezterm {

namespace {

// 250 KB: more than the 64 KiB that the standard promises, far less than what compilers take.
#pragma GCC diagnostic ignored "-Woverlength-strings"

constexpr char glyphs_text[] =
#include "../../data/nerdfonts.inc"
    ;
constexpr SortedLines glyphs{{glyphs_text, sizeof glyphs_text - 1}};

} // namespace

std::optional<std::string> nerdfont(std::string_view name) {
    const std::string_view digits = glyphs.find(name);
    if (digits.empty()) return std::nullopt;
    std::uint32_t code_point = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code_point, 16);
    std::string text;
    model::append_utf8(text, code_point);
    return text;
}

std::size_t nerdfont_count() {
    return static_cast<std::size_t>(std::count(glyphs.text().begin(), glyphs.text().end(), '\n'));
}

} // namespace lunette::wezterm
