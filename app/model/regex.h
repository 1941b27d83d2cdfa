#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;
struct pcre2_real_match_context_8;

namespace lunette::model {

// A compiled regular expression in the syntax of PCRE2, which knows what WezTerm's patterns use (those of
// Rust's fancy-regex: look-around, Unicode classes). Pattern and text may be hostile: what a search costs is
// bounded for each stretch of text, and a search that would cost more finds nothing.
// Movable; one thread at a time.
class Regex {
public:
    enum class Case : std::uint8_t { sensitive, insensitive };
    // A match ends at most this far behind where its stretch began; longer ones are cut or not found.
    static constexpr std::size_t stretch_bytes = 4096;
    static constexpr std::size_t most_pattern_bytes = 4096;

    // The error says what is wrong and where.
    static tl::expected<Regex, std::string> compile(std::string_view pattern,
                                                    Case letter_case = Case::sensitive);

    struct Group {
        static constexpr std::size_t none = static_cast<std::size_t>(-1);
        std::size_t begin = none;
        std::size_t end = none;
        bool matched() const noexcept { return begin != none; }
    };
    // The first match at or after `from`: the whole, then each group of the pattern. Empty: there is none.
    // Valid until the next search. REQUIRES: valid UTF-8; `from` is where a character begins, or the end.
    std::span<const Group> search(std::string_view text, std::size_t from = 0);
    // What a pattern finds, as WezTerm takes it: a match that has any text, and the last group with any text
    // in it, else the whole.
    struct Found {
        Group whole;
        Group part;
    };
    // REQUIRES: as search().
    std::optional<Found> find(std::string_view text, std::size_t from = 0);
    // The last search was ended by its bound.
    bool gave_up() const noexcept { return gave_up_; }

private:
    struct Free {
        void operator()(pcre2_real_code_8* code) const noexcept;
        void operator()(pcre2_real_match_data_8* data) const noexcept;
        void operator()(pcre2_real_match_context_8* context) const noexcept;
    };

    Regex() = default;

    std::unique_ptr<pcre2_real_code_8, Free> code_;
    std::unique_ptr<pcre2_real_match_data_8, Free> data_;
    std::unique_ptr<pcre2_real_match_context_8, Free> context_;
    std::vector<Group> groups_;
    bool gave_up_ = false;
};

} // namespace lunette::model
