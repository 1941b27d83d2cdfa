#include "lua/stdlib/arguments.h"
#include "lua/stdlib/budget.h"
#include "lua/stdlib/functions.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace lunette::lua::stdlib {

namespace {

// Fills `bytes` with the unit over and over, by doubling what is there already.
void repeat(char* to, std::size_t bytes, std::size_t unit) {
    for (std::size_t done = unit; done < bytes;) {
        const std::size_t next = std::min(done, bytes - done);
        std::memcpy(to + done, to, next);
        done += next;
    }
}

} // namespace

// Bounded by the byte limit and so never long; repeating an empty string costs nothing.
int string_rep(lua_State* L) {
    const std::string_view text = check_text(L, 1);
    const lua_Integer count = luaL_checkinteger(L, 2);
    const std::string_view separator = optional_text(L, 3);
    const std::size_t unit = text.size() + separator.size();
    if (count <= 0 || unit == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    const auto times = static_cast<std::size_t>(count);
    const std::size_t limit = budget_of(L).limits.string_bytes;
    if (unit > std::numeric_limits<std::size_t>::max() / times || unit * times - separator.size() > limit)
        return luaL_error(L, "resulting string too large");

    const std::size_t bytes = unit * times - separator.size();
    luaL_Buffer buffer;
    char* to = luaL_buffinitsize(L, &buffer, std::max(bytes, unit));
    std::memcpy(to, text.data(), text.size());
    if (!separator.empty()) std::memcpy(to + text.size(), separator.data(), separator.size());
    repeat(to, bytes, unit);
    luaL_pushresultsize(&buffer, bytes);
    return 1;
}

} // namespace lunette::lua::stdlib
