#include "wezterm/named_colors.h"

#include "wezterm/sorted_lines.h"

#include <charconv>
#include <string>

namespace lunette::wezterm {

namespace {

constexpr char colors_text[] =
#include "../../data/named_colors.inc"
    ;
constexpr SortedLines colors{{colors_text, sizeof colors_text - 1}};

std::string lower(std::string_view name) {
    std::string result{name};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::optional<std::uint32_t> find(std::string_view name) {
    const std::string_view digits = colors.find(name);
    if (digits.empty()) return std::nullopt;
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

} // namespace

std::optional<std::uint32_t> named_color(std::string_view name) {
    const std::string key = lower(name);
    if (std::optional<std::uint32_t> differing = find("web" + key)) return differing;
    return find(key);
}

} // namespace lunette::wezterm
