// load for text chunks only: bytecode is trusted by the VM, so it must never come from a user's string.
#include "lua/stdlib/arguments.h"
#include "lua/stdlib/budget.h"
#include "lua/stdlib/functions.h"

#include <cstring>

namespace lunette::lua::stdlib {

namespace {

// Stack slot that keeps the piece the reader function gave last.
constexpr int piece_slot = 5;

struct Source {
    std::string_view text; // the whole chunk, unless a function reads it
    bool by_function;
    Meter meter;
    int first_byte = -1;
};

const char* read(lua_State* L, void* data, std::size_t* size) {
    auto& source = *static_cast<Source*>(data);
    std::string_view piece;
    if (source.by_function) {
        luaL_checkstack(L, 2, "too many nested functions");
        source.meter.spend(L, 8); // a yield is not possible inside the parser
        lua_pushvalue(L, 1);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
        } else {
            if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
            lua_replace(L, piece_slot);
            piece = check_text(L, piece_slot);
        }
    } else {
        piece = source.text;
        source.text = {};
    }
    if (source.first_byte < 0 && !piece.empty()) source.first_byte = static_cast<unsigned char>(piece[0]);
    *size = piece.size();
    return piece.empty() ? nullptr : piece.data();
}

} // namespace

int base_load(lua_State* L) {
    const Budget& budget = budget_of(L);
    const bool by_function = !lua_isstring(L, 1);
    const char* mode = luaL_optstring(L, 3, "t");
    const bool has_environment = !lua_isnone(L, 4);
    Source source{{}, by_function, Meter(budget)};
    if (!by_function) source.text = check_text(L, 1);
    const char* name = luaL_optstring(L, 2, by_function ? "=(load)" : source.text.data());
    if (by_function) luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, piece_slot);

    // A mode without 't' is refused with Lua's words; "" makes the parser refuse everything.
    const bool text_allowed = std::strchr(mode, 't') != nullptr;
    const int status = lua_load(L, read, &source, name, text_allowed ? "t" : "");
    if (status != LUA_OK) {
        // The parser turned a kill into an ordinary failure.
        if (budget.checkpoint) budget.checkpoint->check(L);
        if (status == LUA_ERRSYNTAX && !text_allowed) {
            const bool is_binary = source.first_byte == LUA_SIGNATURE[0];
            lua_pushfstring(L, "attempt to load a %s chunk (mode is '%s')", is_binary ? "binary" : "text",
                            is_binary ? "t" : mode);
        }
        luaL_pushfail(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 4);
        if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
    }
    return 1;
}

} // namespace lunette::lua::stdlib
