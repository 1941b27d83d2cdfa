// The smallest parts of Lua patterns (manual 6.4.1): one item stands for a set of characters.
// Lua strings end in a zero byte, so reading one byte behind a pattern is safe.
#pragma once

#include "lua/lua_api.h"

#include <cctype>

namespace lunette::lua::stdlib {

inline unsigned char to_byte(char c) { return static_cast<unsigned char>(c); }

// Membership of `c` in the class that follows a '%'; a letter that names no class stands for itself.
inline bool in_class(unsigned char c, unsigned char name) {
    int found;
    switch (name | 0x20) {
    case 'a': found = std::isalpha(c); break;
    case 'c': found = std::iscntrl(c); break;
    case 'd': found = std::isdigit(c); break;
    case 'g': found = std::isgraph(c); break;
    case 'l': found = std::islower(c); break;
    case 'p': found = std::ispunct(c); break;
    case 's': found = std::isspace(c); break;
    case 'u': found = std::isupper(c); break;
    case 'w': found = std::isalnum(c); break;
    case 'x': found = std::isxdigit(c); break;
    case 'z': found = c == 0; break; // not in the manual since 5.2, still in 5.4.4
    default: return name == c;
    }
    const bool complement = (name & 0x20) == 0;
    return (found != 0) != complement;
}

// `set` points at '[', `close` at its ']'.
inline bool in_set(unsigned char c, const char* set, const char* close) {
    const char* at = set + 1;
    const bool complement = *at == '^';
    if (complement) ++at;
    while (at < close) {
        if (*at == '%') {
            if (in_class(c, to_byte(at[1]))) return !complement;
            at += 2;
        } else if (at[1] == '-' && at + 2 < close) {
            if (to_byte(at[0]) <= c && c <= to_byte(at[2])) return !complement;
            at += 3;
        } else {
            if (to_byte(*at) == c) return !complement;
            ++at;
        }
    }
    return complement;
}

inline bool item_matches(unsigned char c, const char* item, const char* item_end) {
    switch (*item) {
    case '.': return true;
    case '%': return in_class(c, to_byte(item[1]));
    case '[': return in_set(c, item, item_end - 1);
    default: return to_byte(*item) == c;
    }
}

// The end of the set that begins at `set`; raises if it has none.
inline const char* set_end(lua_State* L, const char* set, const char* pattern_end) {
    const char* at = set + 1;
    if (*at == '^') ++at;
    do { // the first character belongs to the set even if it is ']'
        if (at == pattern_end) luaL_error(L, "malformed pattern (missing ']')");
        if (*at++ == '%' && at < pattern_end) ++at;
    } while (*at != ']');
    return at + 1;
}

inline const char* item_end(lua_State* L, const char* item, const char* pattern_end) {
    if (*item == '%') {
        if (item + 1 == pattern_end) luaL_error(L, "malformed pattern (ends with '%%')");
        return item + 2;
    }
    return *item == '[' ? set_end(L, item, pattern_end) : item + 1;
}

} // namespace lunette::lua::stdlib
