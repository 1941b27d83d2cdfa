#pragma once

#include "lua/lua_api.h"
#include "lua/preempt.h"
#include "lua/stdlib/budgeted.h"

#include <cstddef>
#include <type_traits>

namespace lunette::lua::stdlib {

// The settings of one VM. Lives in a userdata of the registry; every function has its address as upvalue 1.
struct Budget {
    Checkpoint* checkpoint = nullptr;
    Limits limits;
};

// Loops over fewer elements than this take short paths without a checkpoint.
constexpr int few = 64;

inline Budget& budget_of(lua_State* L) {
    return *static_cast<Budget*>(lua_touserdata(L, lua_upvalueindex(1)));
}

// Counts the steps of one run of a library function, and consults the checkpoint when enough were made.
class Meter {
public:
    explicit Meter(const Budget& budget) : budget_(budget), left_(budget.limits.steps_per_check) {}

    // True when the function must yield now (see give_way). May raise.
    bool spend(lua_State* L, std::int64_t steps = 1) {
        left_ -= steps;
        return left_ <= 0 && refill(L);
    }

    bool refill(lua_State* L) {
        left_ = budget_.limits.steps_per_check;
        if (!budget_.checkpoint) return false;
        budget_.checkpoint->check(L);
        return lua_isyieldable(L) && budget_.checkpoint->wants_yield(L);
    }

    std::int64_t& left() { return left_; }
    const Limits& limits() const { return budget_.limits; }

private:
    const Budget& budget_;
    std::int64_t left_;
};

// Leaves the C function (its frame is gone afterwards); `continuation` finds the stack as it is now, since
// a preempted function is resumed with no values.
inline int give_way(lua_State* L, lua_KContext context, lua_KFunction continuation) {
    lua_pushlightuserdata(L, preempt_sentinel());
    return lua_yieldk(L, 1, context, continuation);
}

// Copies `value` into a userdata at stack slot `slot`, where it survives the C frame.
template<class T>
T& park(lua_State* L, int slot, const T& value) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(void*));
    auto* copy = static_cast<T*>(lua_newuserdatauv(L, sizeof(T), 0));
    *copy = value;
    lua_replace(L, slot);
    return *copy;
}

template<class T>
T& parked(lua_State* L, int slot) {
    return *static_cast<T*>(lua_touserdata(L, slot));
}

// A userdata of `bytes` in stack slot `slot`, for state that must survive yields. The function's upvalue 2
// keeps one for the next call, since a fresh one costs as much as a short call; nested calls get their own.
inline void* borrow(lua_State* L, int slot, std::size_t bytes) {
    lua_pushvalue(L, lua_upvalueindex(2));
    void* memory = lua_touserdata(L, -1);
    if (memory) {
        lua_pushnil(L);
        lua_replace(L, lua_upvalueindex(2));
    } else {
        lua_pop(L, 1);
        memory = lua_newuserdatauv(L, bytes, 0);
    }
    lua_replace(L, slot);
    return memory;
}

inline void give_back(lua_State* L, int slot) { lua_copy(L, slot, lua_upvalueindex(2)); }

} // namespace lunette::lua::stdlib
