#include "lua/signature.h"

namespace lunette::lua {

namespace {

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// The position of one of `wanted` outside brackets, or npos.
std::size_t find_outside(std::string_view text, std::string_view wanted) {
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (depth == 0 && wanted.find(c) != std::string_view::npos) return i;
        if (c == '(' || c == '<' || c == '{' || c == '[') ++depth;
        if (c == ')' || c == '>' || c == '}' || c == ']') --depth;
    }
    return std::string_view::npos;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!trim(text).empty()) {
        const std::size_t comma = find_outside(text, ",");
        parts.push_back(trim(text.substr(0, comma)));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return parts;
}

} // namespace

DocSignature parse_signature(std::string_view text) {
    DocSignature result;
    const std::size_t open = text.find('(');
    const std::size_t length =
        open == std::string_view::npos ? open : find_outside(text.substr(open + 1), ")");
    if (length == std::string_view::npos) {
        result.parameters.push_back({"...", "any"});
        return result;
    }
    for (const std::string_view part : split(text.substr(open + 1, length))) {
        const std::size_t colon = find_outside(part, ":");
        const bool typed = colon != std::string_view::npos;
        result.parameters.push_back({std::string{trim(part.substr(0, colon))},
                                     typed ? std::string{trim(part.substr(colon + 1))} : "any"});
    }
    std::string_view behind = trim(text.substr(open + 1 + length + 1));
    if (!behind.empty() && behind.front() == ':')
        for (const std::string_view part : split(behind.substr(1))) result.results.emplace_back(part);
    return result;
}

} // namespace lunette::lua
