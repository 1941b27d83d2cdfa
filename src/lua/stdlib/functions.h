// The replacements, as C functions whose upvalue 1 is the address of the VM's Budget and
// whose upvalue 2 belongs to borrow().
#pragma once

#include "lua/lua_api.h"

namespace lunette::lua::stdlib {

int string_find(lua_State* L);
int string_match(lua_State* L);
int string_gmatch(lua_State* L);
int string_gsub(lua_State* L);
int string_rep(lua_State* L);
int string_format(lua_State* L);

int table_concat(lua_State* L);
int table_insert(lua_State* L);
int table_remove(lua_State* L);
int table_move(lua_State* L);
int table_sort(lua_State* L);
int table_unpack(lua_State* L);

int utf8_codepoint(lua_State* L);
int utf8_len(lua_State* L);
int utf8_offset(lua_State* L);

int base_load(lua_State* L);

} // namespace lunette::lua::stdlib
