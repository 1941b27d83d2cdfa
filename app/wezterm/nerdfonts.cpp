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

std::string glyph_of(std::string_view digits) {
    std::uint32_t code_point = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code_point, 16);
    std::string text;
    model::append_utf8(text, code_point);
    return text;
}

} // namespace

std::vector<std::pair<std::string_view, std::string>> nerdfonts() {
    std::vector<std::pair<std::string_view, std::string>> all;
    std::string_view rest = glyphs.text();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (const std::size_t tab = line.find('\t'); tab != std::string_view::npos)
            all.emplace_back(line.substr(0, tab), glyph_of(line.substr(tab + 1)));
    }
    return all;
}

std::optional<std::string> nerdfont(std::string_view name) {
    const std::string_view digits = glyphs.find(name);
    if (digits.empty()) return std::nullopt;
    return glyph_of(digits);
}

std::size_t nerdfont_count() {
    return static_cast<std::size_t>(std::count(glyphs.text().begin(), glyphs.text().end(), '\n'));
}

} // namespace lunette::wezterm
