#include "ui/fuzzy_match.h"

#include "model/utf8.h"

#include <algorithm>
#include <climits>

namespace lunette::ui {

namespace {

constexpr std::size_t most_characters = 512; // of a text; what follows is not searched
constexpr int each = 16;
constexpr int word_start = 10;
constexpr int run_on = 12;
constexpr int gap = 1;
constexpr int most_gap = 8;
constexpr int none = INT_MIN / 2;

struct Character {
    char32_t folded;
    std::size_t at;
    bool starts_word;
};

// Without a locale: the alphabets that have cases in one block each.
char32_t folded(char32_t c) noexcept {
    const bool upper = (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
                       (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
    if (upper) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x131 && c != 0x138) {
        const bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
        return (c % 2 == 1) == odd && c != 0x149 && c != 0x178 && c != 0x17F ? c + 1 : c;
    }
    return c;
}

bool is_separator(char32_t c) noexcept {
    return c < 0x80 && !(c >= U'0' && c <= U'9') && !(c >= U'a' && c <= U'z') && !(c >= U'A' && c <= U'Z');
}

std::vector<Character> characters(std::string_view text) {
    std::vector<Character> all;
    char32_t before = U' ';
    for (std::size_t at = 0; at < text.size() && all.size() < most_characters;) {
        const model::Decoded next = model::decode_utf8(text.substr(at));
        if (next.length == 0) break;
        const char32_t c = next.code_point;
        const bool hump = c >= U'A' && c <= U'Z' && before >= U'a' && before <= U'z';
        all.push_back({folded(c), at, hump || (is_separator(before) && !is_separator(c))});
        before = c;
        at += next.length;
    }
    return all;
}

// best[i][j]: the score of the first i + 1 characters of the word with the last of them at j.
bool match_word(const std::vector<Character>& word, const std::vector<Character>& text, FuzzyMatch& match) {
    const std::size_t columns = text.size();
    if (word.size() > columns) return false;
    std::vector<int> best(word.size() * columns, none);
    std::vector<std::size_t> from(word.size() * columns, 0);
    for (std::size_t i = 0; i < word.size(); ++i) {
        int reach = none; // the best end of the characters before, less its gap to here
        std::size_t reach_from = 0;
        for (std::size_t j = i; j < columns; ++j) {
            const int* above = i > 0 ? &best[(i - 1) * columns] : nullptr;
            if (above && j >= 2 && above[j - 2] > none && above[j - 2] >= reach) {
                reach = above[j - 2];
                reach_from = j - 2;
            }
            if (reach > none) reach -= gap;
            if (text[j].folded != word[i].folded) continue;
            int score = each + (text[j].starts_word ? word_start : 0);
            if (!above) {
                score -= std::min(static_cast<int>(j), most_gap) * gap;
            } else {
                const int joined = above[j - 1] > none ? above[j - 1] + run_on : none;
                if (joined == none && reach == none) continue;
                score += std::max(joined, reach);
                from[i * columns + j] = joined >= reach ? j - 1 : reach_from;
            }
            best[i * columns + j] = score;
        }
    }
    const auto last = best.begin() + static_cast<std::ptrdiff_t>((word.size() - 1) * columns);
    const auto top = std::max_element(last, best.end());
    if (*top <= none) return false;
    match.score += *top;
    auto j = static_cast<std::size_t>(top - last);
    for (std::size_t i = word.size(); i-- > 0;) {
        match.positions.push_back(text[j].at);
        j = from[i * columns + j];
    }
    return true;
}

char folded(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Most texts are out of question at a glance. Words of other than ASCII are not looked at.
bool may_match(std::string_view word, std::string_view text) noexcept {
    for (const char c : word)
        if (static_cast<unsigned char>(c) >= 0x80) return true;
    std::size_t at = 0;
    for (const char c : text) {
        if (at == word.size()) break;
        if (folded(c) == folded(word[at])) ++at;
    }
    return at == word.size();
}

} // namespace

std::optional<FuzzyMatch> fuzzy_match(std::string_view pattern, std::string_view text) {
    FuzzyMatch match;
    if (pattern.empty()) return match;
    for (std::string_view rest = pattern; !rest.empty();) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        if (!may_match(rest.substr(0, end), text)) return std::nullopt;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const std::vector<Character> in = characters(text);
    while (!pattern.empty()) {
        const std::size_t end = std::min(pattern.find(' '), pattern.size());
        if (end > 0 && !match_word(characters(pattern.substr(0, end)), in, match)) return std::nullopt;
        pattern.remove_prefix(std::min(end + 1, pattern.size()));
    }
    std::sort(match.positions.begin(), match.positions.end());
    match.positions.erase(std::unique(match.positions.begin(), match.positions.end()), match.positions.end());
    return match;
}

} // namespace lunette::ui
