#include "lua/stdlib/arguments.h"
#include "lua/stdlib/budget.h"
#include "lua/stdlib/byte_buffer.h"
#include "lua/stdlib/format_item.h"
#include "lua/stdlib/functions.h"
#include "lua/stdlib/literal.h"

#include <charconv>
#include <cstdio>

namespace lunette::lua::stdlib {

namespace {

constexpr const char* float_flags = "-+#0 ";
constexpr const char* hex_flags = "-#0";
constexpr const char* signed_flags = "-+0 ";
constexpr const char* unsigned_flags = "-0";
constexpr const char* text_flags = "-";

// Widths and precisions have two digits, so this holds all but %f, which may have 308 digits before the dot.
constexpr std::size_t item_bytes = 120;
constexpr std::size_t float_item_bytes = 420;

template<class Value>
void print(lua_State* L, ByteBuffer& to, const FormatItem& item, Value value, std::size_t room = item_bytes) {
// The format was checked by FormatItem, and `value` has the type its letter asks for.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    to.commit(static_cast<std::size_t>(std::snprintf(to.reserve(L, room), room, item.text(), value)));
#pragma GCC diagnostic pop
}

void print_integer(lua_State* L, ByteBuffer& to, FormatItem& item, int argument, const char* flags) {
    const lua_Integer value = luaL_checkinteger(L, argument);
    if (item.is_bare() && flags == signed_flags) {
        char* text = to.reserve(L, item_bytes);
        to.commit(static_cast<std::size_t>(std::to_chars(text, text + item_bytes, value).ptr - text));
        return;
    }
    item.check(L, flags, true);
    item.set_modifier(LUA_INTEGER_FRMLEN);
    print(L, to, item, static_cast<LUAI_UACINT>(value));
}

void print_pointer(lua_State* L, ByteBuffer& to, FormatItem& item, int argument) {
    const void* pointer = lua_topointer(L, argument);
    item.check(L, text_flags, false);
    if (pointer) {
        print(L, to, item, pointer);
    } else {
        item.set_letter('s');
        print(L, to, item, "(null)");
    }
}

void print_text(lua_State* L, ByteBuffer& to, const FormatItem& item, int argument) {
    const bool is_string = lua_type(L, argument) == LUA_TSTRING;
    std::size_t size = 0;
    const char* text = is_string ? lua_tolstring(L, argument, &size) : luaL_tolstring(L, argument, &size);
    if (item.is_bare()) {
        to.append(L, {text, size});
    } else {
        luaL_argcheck(L, size == std::strlen(text), argument, "string contains zeros");
        item.check(L, text_flags, true);
        // Longer than any width, and nothing cuts it.
        if (!item.has_precision() && size >= 100)
            to.append(L, {text, size});
        else
            print(L, to, item, text);
    }
    if (!is_string) lua_pop(L, 1);
}

void convert(lua_State* L, ByteBuffer& to, FormatItem& item, int argument) {
    switch (item.letter()) {
    case 'c':
        item.check(L, text_flags, false);
        print(L, to, item, static_cast<int>(luaL_checkinteger(L, argument)));
        break;
    case 'd':
    case 'i': print_integer(L, to, item, argument, signed_flags); break;
    case 'u': print_integer(L, to, item, argument, unsigned_flags); break;
    case 'o':
    case 'x':
    case 'X': print_integer(L, to, item, argument, hex_flags); break;
    case 'a':
    case 'A':
        item.check(L, float_flags, true);
        print(L, to, item, luaL_checknumber(L, argument));
        break;
    case 'f':
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
        const lua_Number value = luaL_checknumber(L, argument);
        item.check(L, float_flags, true);
        print(L, to, item, value, item.letter() == 'f' ? float_item_bytes : item_bytes);
        break;
    }
    case 'p': print_pointer(L, to, item, argument); break;
    case 'q':
        if (!item.is_bare()) luaL_error(L, "specifier '%%q' cannot have modifiers");
        append_literal(L, to, argument);
        break;
    case 's': print_text(L, to, item, argument); break;
    default: luaL_error(L, "invalid conversion '%s' to 'format'", item.text());
    }
}

} // namespace

// Linear in its arguments and bounded by the byte limit, so it needs no checkpoint.
int string_format(lua_State* L) {
    const std::string_view format = check_text(L, 1);
    const int arguments = lua_gettop(L);
    const int box = arguments + 1;
    lua_settop(L, box);
    char memory[1024];
    ByteBuffer result(memory, sizeof memory, box, budget_of(L).limits.string_bytes);

    int argument = 1;
    const char* const end = format.data() + format.size();
    for (const char* at = format.data(); at < end;) {
        const auto* percent =
            static_cast<const char*>(std::memchr(at, '%', static_cast<std::size_t>(end - at)));
        if (!percent) percent = end;
        result.append(L, {at, static_cast<std::size_t>(percent - at)});
        if (percent == end) break;
        at = percent + 1;
        if (*at == '%') {
            result.append(L, '%');
            ++at;
            continue;
        }
        if (++argument > arguments) return luaL_argerror(L, argument, "no value");
        FormatItem item(L, at);
        at = item.after();
        convert(L, result, item, argument);
    }
    result.push(L);
    return 1;
}

} // namespace lunette::lua::stdlib
