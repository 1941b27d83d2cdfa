#include "lua/handle.h"

#include <new>

#include "lua/handle_metatable.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"

namespace lunette::lua {

namespace {

const char handle_tag = 0;
constexpr int serial_bits = 12;

/// What identity rests on: the record for live objects, its version for pinned ones. No two handles that
/// exist at the same time share a key, for a pinned one keeps its version's address in use.
lua_Integer identity(const RecordNode& record, const ObjectInfo& object) {
    const std::uint64_t who =
        object.live ? record.id() : reinterpret_cast<std::uintptr_t>(&record) / alignof(std::max_align_t);
    return static_cast<lua_Integer>(who << serial_bits | object.serial);
}

void push_handle(lua_State* L, Vm& vm, const RecordNode& record, ObjectInfo& object) {
    need(L, 4);
    const lua_Integer key = identity(record, object);
    vm.push_handles(L);
    if (lua_rawgeti(L, -1, key) == LUA_TUSERDATA) {
        lua_remove(L, -2);
        return;
    }
    lua_pop(L, 1);
    if (object.metatable == LUA_NOREF) create_handle_metatable(L, object);
    const std::size_t weight = object.weight(record);
    Handle* handle = static_cast<Handle*>(lua_newuserdatauv(L, sizeof(Handle), 0));
    new (handle) Handle{&handle_tag, RecordRef::share(&record), &object, weight};
    lua_rawgeti(L, LUA_REGISTRYINDEX, object.metatable);
    lua_setmetatable(L, -2);
    vm.memory().charge(L, weight);
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, key);
    lua_remove(L, -2);
}

/// Everything that reading the handle would give.
void push_complete_table(lua_State* L, Vm& vm, const RecordNode& record, ObjectInfo& object) {
    need(L, 4);
    push_handle(L, vm, record, object);
    lua_createtable(L, 0, static_cast<int>(object.members.size()));
    for (const auto& [name, member] : object.members) {
        push_text(L, name);
        push_member(L, vm, object, member, record, lua_gettop(L) - 2);
        lua_rawset(L, -3);
    }
    lua_remove(L, -2);
}

} // namespace

void push_record(lua_State* L, Vm& vm, const RecordNode& record, ObjectInfo& object) {
    if (vm.host().eager() && !object.live)
        push_complete_table(L, vm, record, object);
    else
        push_handle(L, vm, record, object);
}

Handle* handle_at(lua_State* L, int index) noexcept {
    if (lua_type(L, index) != LUA_TUSERDATA || lua_rawlen(L, index) != sizeof(Handle)) return nullptr;
    auto* handle = static_cast<Handle*>(lua_touserdata(L, index));
    return handle->tag == &handle_tag ? handle : nullptr;
}

const RecordNode* current_version(Vm& vm, Handle& handle) {
    if (!handle.object->live) return handle.record.get();
    const RecordNode* newest = vm.host().newest(handle.record->id());
    if (!newest)
        vm.host().read_missing(handle.record->id());
    else if (newest != handle.record.get())
        handle.record = RecordRef::share(newest);
    return newest;
}

const RecordNode& require_version(lua_State* L, Vm& vm, Handle& handle) {
    const RecordNode* record = current_version(vm, handle);
    if (!record) raise(L, handle_text(*handle.object, *handle.record) + " is gone");
    return *record;
}

std::string handle_text(const ObjectInfo& object, const RecordNode& record) {
    if (object.label_field < 0) return object.name + "(#" + std::to_string(record.id()) + ")";
    const Field& field = object.schema->field(static_cast<std::size_t>(object.label_field));
    const FieldView view = field.get(field, record.payload());
    const std::string noun = field.name.substr(0, field.name.size() - std::string_view{"_id"}.size());
    return object.name + "(" + noun + " " + std::to_string(view.integer) + ")";
}

} // namespace lunette::lua
