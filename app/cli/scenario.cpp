#include "cli/scenario.h"

#include <charconv>
#include <cstdlib>

namespace lunette::cli {

namespace {

std::optional<std::int64_t> to_number(std::string_view text) noexcept {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == ','; }

// From behind the opening quote; moves `at` behind the closing one.
tl::expected<std::string, std::string> read_quoted(std::string_view line, std::size_t& at) {
    std::string text;
    for (; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"') {
            ++at;
            return text;
        }
        if (c != '\\') {
            text += c;
            continue;
        }
        if (++at >= line.size()) break;
        switch (line[at]) {
        case 'n': text += '\n'; break;
        case 'r': text += '\r'; break;
        case 't': text += '\t'; break;
        case 'e': text += '\x1b'; break;
        case 'a': text += '\a'; break;
        case '\\':
        case '"': text += line[at]; break;
        default: return tl::unexpected{std::string{"unknown escape \\"} + line[at]};
        }
    }
    return tl::unexpected{std::string{"the text is not closed"}};
}

tl::expected<Step, std::string> parse_line(std::string_view line) {
    Step step;
    std::size_t at = 0;
    while (at < line.size()) {
        if (is_space(line[at])) {
            ++at;
        } else if (line[at] == '#') {
            break;
        } else if (line[at] == '"') {
            ++at;
            auto text = read_quoted(line, at);
            if (!text) return tl::unexpected{std::move(text.error())};
            step.tokens.push_back({std::move(*text), true});
        } else {
            const std::size_t start = at;
            while (at < line.size() && !is_space(line[at]) && line[at] != '"') ++at;
            step.tokens.push_back({std::string{line.substr(start, at - start)}, false});
        }
    }
    step.source = line.substr(0, at);
    while (!step.source.empty() && is_space(step.source.back())) step.source.pop_back();
    return step;
}

} // namespace

std::optional<std::int64_t> Step::number(std::size_t index) const noexcept { return to_number(word(index)); }

const std::string* Step::quoted(std::size_t index) const noexcept {
    for (const Token& token : tokens)
        if (token.quoted && index-- == 0) return &token.text;
    return nullptr;
}

std::optional<std::int64_t> Step::number_after(std::string_view wanted) const noexcept {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i)
        if (word(i) == wanted)
            if (const auto value = number(i + 1)) return value;
    return std::nullopt;
}

std::optional<std::int64_t> parse_duration_us(std::string_view text) noexcept {
    const std::string copy{text};
    char* end = nullptr;
    const double value = std::strtod(copy.c_str(), &end);
    if (end == copy.c_str() || value < 0 || value > 1e9) return std::nullopt;
    const std::string_view unit{end};
    const double scale = unit == "us" ? 1 : unit == "ms" ? 1e3 : unit == "s" ? 1e6 : 0;
    if (scale == 0) return std::nullopt;
    return static_cast<std::int64_t>(value * scale);
}

tl::expected<std::vector<Step>, std::string> parse_scenario(std::string_view text) {
    std::vector<Step> steps;
    int line = 0;
    while (!text.empty()) {
        ++line;
        const std::size_t end = std::min(text.find('\n'), text.size());
        auto step = parse_line(text.substr(0, end));
        if (!step) return tl::unexpected{std::to_string(line) + ": " + step.error()};
        step->line = line;
        if (!step->tokens.empty()) steps.push_back(std::move(*step));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return steps;
}

} // namespace lunette::cli
