#include "lua/error_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "lua/stack.h"

namespace lunette::lua {

namespace {

constexpr std::size_t kept_tail = 120;
constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// The length of the valid UTF-8 sequence at the front, or 0.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second > 0x9F;
    const bool too_large = first == 0xF4 && second > 0x8F;
    return overlong || surrogate || too_large ? 0 : length;
}

/// Appends at most `limit` bytes of cleaned text; runs of white space and control characters become a space.
void append_clean(std::string& line, std::string_view text, std::size_t limit) {
    const std::size_t end = line.size() + limit;
    while (!text.empty()) {
        const unsigned char c = static_cast<unsigned char>(text[0]);
        std::size_t length = sequence_length(text);
        if (c <= 0x20 || c == 0x7F) {
            if (line.size() >= end) return;
            if (!line.empty() && line.back() != ' ') line += ' ';
        } else if (length == 0) {
            if (line.size() + replacement.size() > end) return;
            line += replacement;
            length = 1;
        } else {
            if (line.size() + length > end) return;
            line += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
}

/// "(wezterm.lua:41)" at the end, or nothing.
std::string_view place_behind(std::string_view text) {
    if (text.empty() || text.back() != ')') return {};
    const std::string_view end = text.substr(text.size() - std::min(text.size(), kept_tail));
    const std::size_t open = end.rfind(" (");
    if (open == std::string_view::npos || end.find(':', open) == std::string_view::npos) return {};
    return end.substr(open);
}

std::string describe_table(lua_State* L, int index) {
    std::string text = "error object is a table";
    if (!lua_checkstack(L, 3)) return text;
    const StackGuard guard{L};
    index = lua_absindex(L, index);
    lua_pushnil(L);
    // Looks at a few entries instead of asking for "message" by name, which would have to allocate the name.
    for (int seen = 0; seen < 16 && lua_next(L, index); ++seen) {
        const auto key = string_at(L, -2);
        const auto value = string_at(L, -1);
        if (value && ((key && (*key == "message" || *key == "msg" || *key == "error")) ||
                      integer_at(L, -2) == lua_Integer{1}))
            return one_line(*value);
        lua_pop(L, 1);
    }
    return text;
}

} // namespace

std::string one_line(std::string_view text, std::size_t limit) {
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) text.remove_suffix(1);
    std::string line;
    if (text.size() <= limit) {
        append_clean(line, text, text.size() * replacement.size());
        return line.size() <= limit ? line : one_line(line, limit);
    }
    std::string_view behind = place_behind(text);
    if (behind.size() + ellipsis.size() > limit) behind = {};
    const std::size_t front = limit - std::min(limit, behind.size() + ellipsis.size());
    append_clean(line, text.substr(0, text.size() - behind.size()), front);
    line += ellipsis;
    std::string end;
    append_clean(end, behind, behind.size());
    if (!end.empty()) line += ' ';
    return line + end;
}

std::string describe_error(lua_State* L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TSTRING: return one_line(*string_at(L, index));
    case LUA_TNUMBER:
        return lua_isinteger(L, index) ? fmt::format("{}", lua_tointeger(L, index))
                                       : fmt::format("{:.14g}", lua_tonumber(L, index));
    case LUA_TBOOLEAN: return lua_toboolean(L, index) ? "true" : "false";
    case LUA_TTABLE: return describe_table(L, index);
    default: return fmt::format("error object is a {} value", luaL_typename(L, index));
    }
}

} // namespace lunette::lua
