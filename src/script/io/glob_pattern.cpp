#include "script/io/glob_pattern.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace lunette::script {
namespace {

constexpr std::size_t most_alternatives = 1024;

/// The code point at `at`, which moves behind it; a byte that is not UTF-8 stands for itself.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 1;
    if (length == 1 || at + length > text.size()) return static_cast<unsigned char>(text[at++]);
    std::uint32_t point = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80U) return static_cast<unsigned char>(text[at++]);
        point = (point << 6U) | (byte & 0x3FU);
    }
    at += length;
    return point;
}

/// Where the set that opens at `open` ends; npos if it never does, then "[" is an ordinary character.
std::size_t set_end(std::string_view pattern, std::size_t open) {
    std::size_t i = open + 1;
    if (i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^')) ++i;
    if (i < pattern.size() && pattern[i] == ']') ++i;
    while (i < pattern.size() && pattern[i] != ']') i += pattern[i] == '\\' ? 2 : 1;
    return i < pattern.size() ? i : std::string_view::npos;
}

bool in_set(std::string_view set, std::uint32_t character) {
    std::size_t i = 0;
    const bool negated = !set.empty() && (set[0] == '!' || set[0] == '^');
    if (negated) ++i;
    bool found = false;
    while (i < set.size()) {
        if (set[i] == '\\' && i + 1 < set.size()) ++i;
        const std::uint32_t low = next_character(set, i);
        std::uint32_t high = low;
        if (i + 1 < set.size() && set[i] == '-') {
            ++i;
            if (set[i] == '\\' && i + 1 < set.size()) ++i;
            high = next_character(set, i);
        }
        found = found || (low <= character && character <= high);
    }
    return found != negated;
}

/// Matches one element of the pattern (not a star) against one character; moves both on success.
bool matches_one(std::string_view pattern, std::size_t& p, std::string_view name, std::size_t& n) {
    std::size_t after_name = n;
    const std::uint32_t character = next_character(name, after_name);
    std::size_t after_pattern = p;
    bool matched = false;
    if (pattern[p] == '?') {
        ++after_pattern;
        matched = true;
    } else if (const std::size_t end = pattern[p] == '[' ? set_end(pattern, p) : std::string_view::npos;
               end != std::string_view::npos) {
        matched = in_set(pattern.substr(p + 1, end - p - 1), character);
        after_pattern = end + 1;
    } else {
        if (pattern[after_pattern] == '\\' && after_pattern + 1 < pattern.size()) ++after_pattern;
        matched = next_character(pattern, after_pattern) == character;
    }
    if (!matched) return false;
    p = after_pattern;
    n = after_name;
    return true;
}

void expand(std::string_view head, std::string_view rest, std::vector<std::string>& out) {
    for (std::size_t open = 0; open < rest.size(); ++open) {
        if (rest[open] == '\\') {
            ++open;
            continue;
        }
        if (rest[open] != '{' || out.size() >= most_alternatives) continue;
        std::vector<std::string_view> alternatives;
        std::size_t from = open + 1;
        int depth = 0;
        std::size_t i = open + 1;
        for (; i < rest.size(); ++i) {
            if (rest[i] == '\\') {
                ++i;
            } else if (rest[i] == '{') {
                ++depth;
            } else if (rest[i] == '}' && depth-- == 0) {
                break;
            } else if (rest[i] == ',' && depth == 0) {
                alternatives.push_back(rest.substr(from, i - from));
                from = i + 1;
            }
        }
        if (i >= rest.size()) continue;
        alternatives.push_back(rest.substr(from, i - from));
        const std::string before = std::string{head} + std::string{rest.substr(0, open)};
        for (const std::string_view alternative : alternatives)
            expand(before, std::string{alternative} + std::string{rest.substr(i + 1)}, out);
        return;
    }
    if (out.size() < most_alternatives) out.push_back(std::string{head} + std::string{rest});
}

} // namespace

std::vector<std::string> expand_braces(std::string_view pattern) {
    std::vector<std::string> out;
    expand({}, pattern, out);
    return out;
}

bool matches_name(std::string_view pattern, std::string_view name) {
    if (!name.empty() && name[0] == '.') {
        const std::size_t first = !pattern.empty() && pattern[0] == '\\' ? 1 : 0;
        if (pattern.size() <= first || pattern[first] != '.') return false;
    }
    std::size_t p = 0, n = 0;
    // Where to go back to: behind the last star, and how much of the name it has taken.
    std::size_t star = std::string_view::npos, taken = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            taken = n;
        } else if (p < pattern.size() && matches_one(pattern, p, name, n)) {
            continue;
        } else if (star != std::string_view::npos) {
            next_character(name, taken);
            p = star;
            n = taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool has_wildcard(std::string_view pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\')
            ++i;
        else if (pattern[i] == '*' || pattern[i] == '?' ||
                 (pattern[i] == '[' && set_end(pattern, i) != std::string_view::npos))
            return true;
    }
    return false;
}

std::string without_escapes(std::string_view pattern) {
    std::string plain;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
        plain += pattern[i];
    }
    return plain;
}

} // namespace lunette::script
