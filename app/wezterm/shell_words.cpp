#include "wezterm/shell_words.h"

#include <algorithm>

namespace lunette::wezterm {

namespace {

bool is_plain(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"+-./:=@_]"}.find(c) != std::string_view::npos;
}

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n'; }

} // namespace

std::string shell_quote(std::string_view word) {
    if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string{word};
    std::string quoted = "'";
    for (const char c : word) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + '\'';
}

std::string shell_join(std::span<const std::string> words) {
    std::string line;
    for (const std::string& word : words) {
        if (!line.empty()) line += ' ';
        line += shell_quote(word);
    }
    return line;
}

tl::expected<std::vector<std::string>, std::string> shell_split(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    bool in_word = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (is_blank(c)) {
            if (in_word) words.push_back(std::exchange(word, {}));
            in_word = false;
            continue;
        }
        if (c == '#' && !in_word) {
            i = std::min(line.find('\n', i), line.size());
            continue;
        }
        in_word = true;
        if (c == '\\') {
            if (++i == line.size()) return tl::unexpected<std::string>{"the line ends in a backslash"};
            if (line[i] != '\n') word += line[i];
        } else if (c == '\'') {
            const std::size_t end = line.find('\'', i + 1);
            if (end == std::string_view::npos) return tl::unexpected<std::string>{"unclosed '"};
            word += line.substr(i + 1, end - i - 1);
            i = end;
        } else if (c == '"') {
            for (++i; i < line.size() && line[i] != '"'; ++i) {
                if (line[i] == '\\' && i + 1 < line.size() &&
                    std::string_view{"$`\"\\\n"}.find(line[i + 1]) != std::string_view::npos) {
                    if (line[++i] != '\n') word += line[i];
                } else {
                    word += line[i];
                }
            }
            if (i == line.size()) return tl::unexpected<std::string>{"unclosed \""};
        } else {
            word += c;
        }
    }
    if (in_word) words.push_back(std::move(word));
    return words;
}

} // namespace lunette::wezterm
