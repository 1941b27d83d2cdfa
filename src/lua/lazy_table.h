#pragma once

#include <lunette/record.h>

#include "lua/lua_api.h"
#include "lua/object_types.h"
#include "lua/vm.h"

// Lazy tables: what a list or a map of the host looks like in Lua. To a script they are tables (`type`, `#`,
// `ipairs`, `pairs`, `next`, `table.*`, writing), but an item is made when it is read, and reading is
// recorded item by item.
//
// Until it is first written to or traversed, a lazy table is empty but for one hidden key, under which a
// userdata holds the host's list or map; `__index` and `__len` answer from there. Then everything in it is
// copied one level deep, the hidden key and the metatable go, and it is a plain table: the script's own copy.
// Tables nested in it are lazy again, and the same ones that were handed out before.
namespace lunette::lua {

/// The only key that raw traversal of a lazy table meets.
inline constexpr char hidden_key = 0;
inline bool is_hidden_key(lua_State* L, int index) noexcept {
    return lua_touserdata(L, index) == &hidden_key;
}

/// Pushes the lazy table of a list or map. With `owner`, reads are recorded as reads of that record's field.
/// `weight`: native bytes that nothing else keeps.
void push_lazy(lua_State* L, Vm& vm, const Value& value, const RecordNode* owner, int field,
               std::size_t weight = 0);

/// Pushes that of a list field (a null list is empty). `items`: how its items show themselves; null for the
/// default. For an eager host: a complete table.
void push_record_list(lua_State* L, Vm& vm, const RecordNode& owner, int field, const ListNode* list,
                      const ObjectInfo* items);

/// True for a lazy table that is still lazy. Never raises.
bool is_lazy(lua_State* L, int index) noexcept;

/// Makes a plain table of a lazy one, recording the whole of it as read. Nothing for other tables.
void materialise(lua_State* L, int index);

/// What a lazy table holds.
struct LazyContent {
    const Value* value = nullptr;   ///< of a map, or of a list of values; else
    const ListNode* list = nullptr; ///< of a list of records
    const ObjectInfo* items = nullptr;
};

/// Records the whole of a lazy table as read, leaves on the stack the table of the nested tables that were
/// handed out, by key, or nil, and says what it holds. REQUIRES: is_lazy(). Never raises itself; the host
/// may.
LazyContent read_whole(lua_State* L, int index);

/// For walks over everything reachable: if the userdata at an index is what a lazy table hides under its key,
/// pushes the table of the nested tables that were handed out (and may have been written to), by key. False,
/// and nothing pushed, for other values and while there are none. REQUIRES: three free slots. Never raises.
bool push_handed_out(lua_State* L, int index) noexcept;

/// list or map. Never raises.
Kind table_kind(lua_State* L, int index);

/// Pushes the metatable of all lazy tables.
void push_new_lazy_metatable(lua_State* L);

} // namespace lunette::lua
