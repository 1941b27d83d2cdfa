#pragma once

#include "lua/stdlib/budget.h"

#include <string_view>

namespace lunette::lua::stdlib {

// Finds `needle` in linear time, from `at` on. Stops where the caller must yield.
class PlainSearch {
public:
    enum class Outcome { found, missing, give_way };

    PlainSearch(std::string_view haystack, std::string_view needle, std::size_t at)
        : haystack_(haystack), needle_(needle), at_(at) {}

    Outcome next(lua_State* L, Meter& meter);
    std::size_t found_at() const { return at_; }
    std::string_view needle() const { return needle_; }

private:
    std::string_view haystack_;
    std::string_view needle_;
    std::size_t at_;
};

} // namespace lunette::lua::stdlib
