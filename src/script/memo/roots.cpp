#include "script/memo/roots.h"

#include <xxhash.h>

#include "lua/function.h"
#include "lua/handle.h"
#include "lua/lazy_table.h"
#include "lua/stack.h"

namespace lunette::script {

namespace {

constexpr int deepest = 64;
constexpr int library_depth = 6;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    a = (a ^ b) * 0x9E3779B97F4A7C15ULL;
    return a ^ (a >> 31);
}

std::uint64_t of_pointer(const void* pointer) noexcept {
    return mix(reinterpret_cast<std::uintptr_t>(pointer), 7);
}

std::uint64_t hash_of(std::string_view text) noexcept { return XXH3_64bits(text.data(), text.size()); }

} // namespace

struct Roots::Walk {
    lua_State* L;
    const PointerSet& library;
    PointerSet& seen;
    std::size_t values = 0;
    bool tracked = true;
    std::vector<RecordRef> pinned{};

    bool enter(const void* object) { return !library.contains(object) && seen.insert(object); }

    std::uint64_t value(int index, int depth) {
        if (++values > bound || depth > deepest || !lua_checkstack(L, 8)) {
            tracked = false;
            return 0;
        }
        index = lua_absindex(L, index);
        switch (lua_type(L, index)) {
        case LUA_TBOOLEAN: return lua_toboolean(L, index) ? 3 : 5;
        case LUA_TNUMBER: {
            if (lua_isinteger(L, index)) return mix(static_cast<std::uint64_t>(lua_tointeger(L, index)), 11);
            const double number = lua_tonumber(L, index);
            return XXH3_64bits(&number, sizeof number);
        }
        case LUA_TSTRING: {
            const std::string_view text = *lua::string_at(L, index);
            return hash_of(text);
        }
        case LUA_TTABLE: return table(index, depth);
        case LUA_TFUNCTION: return function(index, depth);
        case LUA_TTHREAD: tracked = false; return 0;
        case LUA_TUSERDATA: {
            if (const lua::Handle* handle = lua::handle_at(L, index)) return record(*handle);
            std::uint64_t hash = of_pointer(lua_topointer(L, index));
            if (lua::push_handed_out(L, index)) { // of a lazy table: what may have been written to
                hash = mix(hash, value(-1, depth + 1));
                lua_pop(L, 1);
            }
            return hash;
        }
        case LUA_TLIGHTUSERDATA: return of_pointer(lua_topointer(L, index));
        default: return 1;
        }
    }

    /// What is read through a handle is a dependency of its own, but which record it is read from is not.
    std::uint64_t record(const lua::Handle& handle) {
        if (handle.object->live) return mix(handle.record->id(), handle.object->serial);
        pinned.push_back(handle.record);
        return mix(of_pointer(handle.record.get()), handle.object->serial);
    }

    std::uint64_t table(int index, int depth) {
        const void* address = lua_topointer(L, index);
        if (!enter(address)) return of_pointer(address);
        std::uint64_t sum = 0; // the order of traversal says nothing
        lua_pushnil(L);
        while (tracked && lua_next(L, index)) {
            const std::uint64_t key = value(-2, depth + 1);
            sum += mix(key, value(-1, depth + 1));
            lua_pop(L, 1);
        }
        if (!tracked) return 0;
        if (lua_getmetatable(L, index)) {
            sum += mix(value(-1, depth + 1), 13);
            lua_pop(L, 1);
        }
        return mix(sum, 17);
    }

    std::uint64_t function(int index, int depth) {
        const void* address = lua_topointer(L, index);
        std::uint64_t hash = of_pointer(address);
        if (lua_iscfunction(L, index) || !enter(address)) return hash;
        // Another function may have been made where a collected one was.
        lua_Debug about;
        lua_pushvalue(L, index);
        lua_getinfo(L, ">S", &about);
        hash = mix(hash, static_cast<std::uint64_t>(about.linedefined) << 32 |
                             static_cast<std::uint32_t>(about.lastlinedefined));
        for (int i = 1; tracked && lua_getupvalue(L, index, i); ++i) {
            hash = mix(hash, value(-1, depth + 1));
            lua_pop(L, 1);
        }
        return hash;
    }
};

void Roots::learn(lua_State* L, int index, int depth) {
    index = lua_absindex(L, index);
    if (!lua_istable(L, index) || depth > library_depth || !library_.insert(lua_topointer(L, index))) return;
    if (!lua_checkstack(L, 8)) return;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        learn(L, -1, depth + 1);
        lua_pop(L, 1);
    }
    if (lua_getmetatable(L, index)) {
        learn(L, -1, depth + 1);
        lua_pop(L, 1);
    }
}

void Roots::learn_library(lua_State* L) {
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    learn(L, -1, 0);
    lua_pop(L, 1);
    lua_pushglobaltable(L);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (const auto name = lua::string_at(L, -2)) library_globals_.insert(hash_of(*name));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

Roots::Fingerprint Roots::of(lua_State* L, const Function& handler, const std::set<std::string>& modules) {
    const lua::StackGuard guard{L};
    if (!lua_checkstack(L, 8)) return {0, false, {}};
    seen_.clear();
    Walk walk{L, library_, seen_};
    lua::push_function(L, handler);
    std::uint64_t hash = walk.value(-1, 0);
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    for (const std::string& module : modules) {
        lua_getfield(L, -1, module.c_str());
        hash = mix(hash, walk.value(-1, 0));
        lua_pop(L, 1);
    }
    lua_pushglobaltable(L);
    std::uint64_t globals = 0;
    lua_pushnil(L);
    while (walk.tracked && lua_next(L, -2)) {
        const auto name = lua::string_at(L, -2);
        if (!name || !library_globals_.contains(hash_of(*name)))
            globals += mix(walk.value(-2, 0), walk.value(-1, 0));
        lua_pop(L, 1);
    }
    return {mix(hash, globals), walk.tracked, std::move(walk.pinned)};
}

} // namespace lunette::script
