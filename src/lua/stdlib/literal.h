#pragma once

#include "lua/stdlib/byte_buffer.h"

namespace lunette::lua::stdlib {

// string.format's %q: appends argument `argument` as a Lua literal that reads back as the same value.
void append_literal(lua_State* L, ByteBuffer& to, int argument);

} // namespace lunette::lua::stdlib
