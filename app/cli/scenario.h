#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

// The language of scenarios: a command per line, words and quoted texts, `#` begins a comment.
namespace lunette::cli {

struct Token {
    std::string text;
    bool quoted = false;
    friend bool operator==(const Token&, const Token&) = default;
};

// A line of a scenario. Values.
struct Step {
    int line = 0;
    std::string source; // as written, without the comment
    std::vector<Token> tokens;

    std::string_view word(std::size_t index) const noexcept {
        return index < tokens.size() && !tokens[index].quoted ? std::string_view{tokens[index].text}
                                                              : std::string_view{};
    }
    // Nothing when that word is no number.
    std::optional<std::int64_t> number(std::size_t index) const noexcept;
    // The quoted texts, in order.
    const std::string* quoted(std::size_t index = 0) const noexcept;
    // The number after a word: `tabs 3` -> 3. Commas end words and mean nothing.
    std::optional<std::int64_t> number_after(std::string_view word) const noexcept;
};

// "600ms", "1.5s", "20 us" in microseconds.
std::optional<std::int64_t> parse_duration_us(std::string_view text) noexcept;

// The error is "line: what".
tl::expected<std::vector<Step>, std::string> parse_scenario(std::string_view text);

} // namespace lunette::cli
