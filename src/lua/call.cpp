#include "lua/call.h"

#include "lua/function.h"
#include "lua/handle.h"
#include "lua/lazy_table.h"
#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"
#include "lua/to_value.h"

namespace lunette::lua {

namespace {

int bound_entry(lua_State* L);

int resume_bound(lua_State* L, int, lua_KContext) { return bound_entry(L); }

/// Makes sure that the first argument is what the method expects, and current. True: the host has to wait.
bool prepare_self(lua_State* L, Vm& vm, const Entry& entry) {
    Handle* self = handle_at(L, 1);
    if (!self || self->object->schema != entry.self->schema)
        throw BindError{"it is called with ':' on a " + entry.self->name + ", not on a " +
                        argument_type_name(L, 1)};
    // A method that reads nothing of its record need not see what the task has asked for before.
    const bool must_wait = self->object->live && vm.host().must_wait(L);
    if (must_wait && !entry.reads.empty()) return true;
    const RecordNode* record = current_version(vm, *self);
    if (!record && must_wait) return true;
    if (!record) throw BindError{handle_text(*self->object, *self->record) + " is gone"};
    for (const int field : entry.reads) vm.host().read_field(*record, field);
    return false;
}

int call_bound(lua_State* L, Vm& vm, const Entry& entry) {
    vm.host().check(L);
    if (entry.self && prepare_self(L, vm, entry)) return vm.host().wait(L, 0, resume_bound);
    LuaCall call{L, vm, entry, 1, lua_gettop(L)};
    if (entry.function->async_function) return vm.host().start_async(L, *entry.function, call);
    entry.function->function(call);
    return call.results();
}

int bound_entry(lua_State* L) {
    const Entry& entry = *static_cast<const Entry*>(lua_touserdata(L, lua_upvalueindex(1)));
    return guarded(L, [&] {
        try {
            return call_bound(L, Vm::of(L), entry);
        } catch (const BindError& error) {
            throw BindError{entry.label + ": " + error.message()};
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& error) {
            throw BindError{entry.label + ": " + error.what()};
        }
    });
}

} // namespace

Kind LuaCall::kind(int index) const {
    if (!present(index)) return Kind::nil;
    switch (lua_type(lua_, at(index))) {
    case LUA_TBOOLEAN: return Kind::boolean;
    case LUA_TNUMBER: return lua_isinteger(lua_, at(index)) ? Kind::integer : Kind::number;
    case LUA_TSTRING: return Kind::string;
    case LUA_TTABLE: return table_kind(lua_, at(index));
    case LUA_TUSERDATA: return handle_at(lua_, at(index)) ? Kind::record : Kind::nil;
    default: return Kind::nil;
    }
}

std::string_view LuaCall::type_name(int index) const {
    if (!present(index)) return "no value";
    if (const Handle* handle = handle_at(lua_, at(index))) return handle->object->name;
    return luaL_typename(lua_, at(index));
}

bool LuaCall::is_function(int index) const { return present(index) && lua_isfunction(lua_, at(index)); }

Value LuaCall::value(int index) {
    if (!present(index)) return {};
    try {
        return to_value(lua_, at(index));
    } catch (const BindError& error) {
        throw BindError{argument_label(index) + ": " + error.message()};
    }
}

std::string_view LuaCall::text(int index) {
    std::size_t size = 0;
    const char* text = present(index) ? lua_tolstring(lua_, at(index), &size) : nullptr;
    return text ? std::string_view{text, size} : std::string_view{};
}

std::optional<double> LuaCall::number(int index) const {
    int is_number = 0;
    const lua_Number n = present(index) ? lua_tonumberx(lua_, at(index), &is_number) : 0;
    return is_number ? std::optional{n} : std::nullopt;
}

std::optional<std::int64_t> LuaCall::integer(int index) const {
    int is_integer = 0;
    const lua_Integer exact = present(index) ? lua_tointegerx(lua_, at(index), &is_integer) : 0;
    if (is_integer) return exact;
    const std::optional<double> n = number(index);
    constexpr double limit = 0x1p63;
    if (!n || !(*n >= -limit && *n < limit)) return std::nullopt;
    return static_cast<std::int64_t>(*n);
}

Function LuaCall::function(int index) {
    if (!present(index)) bad_argument(index, "function");
    return hold_function(lua_, at(index));
}

void LuaCall::push(const Value& value) {
    push_value(lua_, value);
    ++results_;
}

void LuaCall::push_text(std::string_view text) {
    need(lua_, 1);
    lua::push_text(lua_, text);
    ++results_;
}

void LuaCall::push_function(const Function& function) {
    lua::push_function(lua_, function);
    ++results_;
}

std::string LuaCall::argument_label(int index) const {
    if (entry_->self) return index == 0 ? "self" : "argument " + std::to_string(index);
    return "argument " + std::to_string(index + 1);
}

std::string argument_type_name(lua_State* L, int index) {
    if (lua_isnone(L, index)) return "no value";
    if (const Handle* handle = handle_at(L, index)) return handle->object->name;
    return luaL_typename(L, index);
}

void push_bound_function(lua_State* L, const Entry& entry) {
    need(L, 2);
    lua_pushlightuserdata(L, const_cast<Entry*>(&entry));
    lua_pushcclosure(L, bound_entry, 1);
}

void push_property(lua_State* L, Vm& vm, const Entry& entry, const RecordNode& record, int self) {
    need(L, 2);
    for (const int field : entry.reads) vm.host().read_field(record, field);
    const int top = lua_gettop(L);
    LuaCall call{L, vm, entry, self, 1};
    try {
        entry.function->function(call);
    } catch (const BindError& error) {
        throw BindError{entry.label + ": " + error.message()};
    }
    if (call.results() == 0) lua_pushnil(L);
    lua_settop(L, top + 1);
}

} // namespace lunette::lua
