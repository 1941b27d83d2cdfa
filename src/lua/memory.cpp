#include "lua/memory.h"

#include <cstdlib>

namespace lunette::lua {

namespace {
constexpr std::size_t step_bytes = std::size_t{256} << 10;
}

void* Memory::allocate(void* self, void* block, std::size_t old_size, std::size_t new_size) {
    Memory& memory = *static_cast<Memory*>(self);
    if (!block) old_size = 0; // then it is a type tag
    if (new_size == 0) {
        std::free(block);
        memory.lua_ -= old_size;
        return nullptr;
    }
    if (new_size > old_size && memory.total() + (new_size - old_size) > memory.limit_) {
        ++memory.refused_;
        return nullptr;
    }
    void* result = std::realloc(block, new_size);
    if (!result) return nullptr;
    memory.lua_ = memory.lua_ - old_size + new_size;
    if (memory.total() > memory.peak_) memory.peak_ = memory.total();
    return result;
}

void Memory::charge(lua_State* L, std::size_t bytes) {
    native_ += bytes;
    since_step_ += bytes;
    if (total() > limit_) {
        since_step_ = 0;
        // Not left to Lua's emergency collection, which runs no finalizers and so frees no record.
        lua_gc(L, LUA_GCCOLLECT);
    } else if (since_step_ >= step_bytes) {
        lua_gc(L, LUA_GCSTEP, static_cast<int>(since_step_ >> 10));
        since_step_ = 0;
    }
    if (total() > peak_) peak_ = total();
}

} // namespace lunette::lua
