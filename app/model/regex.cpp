#include "model/regex.h"

#include "model/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace lunette::model {

namespace {

// Backtracking; and what it may keep for that, in KiB.
constexpr std::uint32_t most_steps = 50'000;
constexpr std::uint32_t most_heap = 4096;
// Of two stretches: a match that begins in it is found whole in the next one.
constexpr std::size_t overlap_bytes = 1024;

PCRE2_SPTR units(std::string_view text) noexcept { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

void Regex::Free::operator()(pcre2_real_code_8* code) const noexcept { pcre2_code_free(code); }
void Regex::Free::operator()(pcre2_real_match_data_8* data) const noexcept { pcre2_match_data_free(data); }
void Regex::Free::operator()(pcre2_real_match_context_8* context) const noexcept {
    pcre2_match_context_free(context);
}

tl::expected<Regex, std::string> Regex::compile(std::string_view pattern, Case letter_case) {
    if (pattern.size() > most_pattern_bytes) return tl::unexpected<std::string>{"the pattern is too long"};
    std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    if (letter_case == Case::insensitive) options |= PCRE2_CASELESS;
    int error = 0;
    PCRE2_SIZE at = 0;
    Regex regex;
    regex.code_.reset(pcre2_compile(units(pattern), pattern.size(), options, &error, &at, nullptr));
    if (!regex.code_) {
        std::array<PCRE2_UCHAR, 256> message{};
        pcre2_get_error_message(error, message.data(), message.size());
        return tl::unexpected<std::string>{
            fmt::format("{} (at byte {})", reinterpret_cast<const char*>(message.data()), at)};
    }
    regex.data_.reset(pcre2_match_data_create_from_pattern(regex.code_.get(), nullptr));
    regex.context_.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(regex.context_.get(), most_steps);
    pcre2_set_heap_limit(regex.context_.get(), most_heap);
    return regex;
}

// Trying each beginning of a long text can take the square of its length, which no limit of PCRE2 counts:
// so it sees one stretch after the other.
std::span<const Regex::Group> Regex::search(std::string_view text, std::size_t from) {
    gave_up_ = false;
    for (;;) {
        const std::size_t end = character_begin(text, from + stretch_bytes);
        const std::uint32_t options = PCRE2_NO_UTF_CHECK | (end < text.size() ? PCRE2_NOTEOL : 0U);
        const int found =
            pcre2_match(code_.get(), units(text), end, from, options, data_.get(), context_.get());
        if (found > 0) break;
        gave_up_ = found != PCRE2_ERROR_NOMATCH;
        if (gave_up_ || end == text.size()) return {};
        from = character_begin(text, end - overlap_bytes);
    }
    const PCRE2_SIZE* const offsets = pcre2_get_ovector_pointer(data_.get());
    groups_.resize(pcre2_get_ovector_count(data_.get()));
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        groups_[i] = {};
        // A look-behind with \K can end before it begins.
        if (offsets[2 * i] != PCRE2_UNSET && offsets[2 * i] <= offsets[2 * i + 1])
            groups_[i] = {offsets[2 * i], offsets[2 * i + 1]};
    }
    if (!groups_.front().matched()) return {};
    return groups_;
}

std::optional<Regex::Found> Regex::find(std::string_view text, std::size_t from) {
    while (from < text.size()) {
        const std::span<const Group> groups = search(text, from);
        if (groups.empty() || groups[0].begin == text.size()) return std::nullopt;
        const auto has_text = [](const Group& group) { return group.matched() && group.begin < group.end; };
        if (has_text(groups[0])) {
            const auto last = std::find_if(groups.rbegin(), groups.rend(), has_text);
            return Found{groups[0], *last};
        }
        from = groups[0].begin + std::max<std::size_t>(decode_utf8(text.substr(groups[0].begin)).length, 1);
    }
    return std::nullopt;
}

} // namespace lunette::model
