#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

// Reading the fields of OSC and DCS strings.
namespace lunette::terminal {

// Cuts the part before the next `separator` off `text`.
inline std::string_view next_field(std::string_view& text, char separator = ';') noexcept {
    const std::size_t at = text.find(separator);
    const std::string_view field = text.substr(0, at);
    text.remove_prefix(at == text.npos ? text.size() : at + 1);
    return field;
}

// The whole text as a number that is not negative.
inline std::optional<int> number_field(std::string_view text) noexcept {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

} // namespace lunette::terminal
