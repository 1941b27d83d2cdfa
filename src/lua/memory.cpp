#include "lua/memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace lunette::lua {

namespace {
constexpr std::size_t step_bytes = std::size_t{256} << 10;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool pooled(std::size_t) noexcept { return false; }
#else
constexpr bool pooled(std::size_t size) noexcept { return size - 1 < BlockPool::largest; } // 0 is not
#endif

/// A table's array or hash: slots of 16 or 24 bytes, doubled when they grow. New blocks come with a type tag,
/// which is 0 for these; also for the block of a buffer, which is asked for right after its userdata. A
/// buffer that grows hardly ever gets such a size.
bool may_be_table(bool is_new, std::size_t tag, std::size_t size) noexcept {
    const auto power_of_two = [](std::size_t n) { return (n & (n - 1)) == 0; };
    if (is_new && tag != 0) return false;
    if (is_new && size % 16 == 0) return true;
    return power_of_two(size) || (size % 24 == 0 && power_of_two(size / 24));
}
} // namespace

void Memory::free(void* block, std::size_t size) noexcept {
    if (pooled(size))
        pool_.give(block);
    else
        std::free(block);
}

void* Memory::resize(void* block, std::size_t old_size, std::size_t new_size) noexcept {
    const bool from_pool = pooled(old_size), to_pool = pooled(new_size);
    if (!from_pool && !to_pool) return std::realloc(block, new_size);
    if (from_pool && to_pool && BlockPool::class_of(old_size) == BlockPool::class_of(new_size)) return block;
    void* const result = to_pool ? pool_.take(new_size) : std::malloc(new_size);
    if (!result || !block) return result;
    std::memcpy(result, block, std::min(old_size, new_size));
    free(block, old_size);
    return result;
}

void* Memory::allocate(void* self, void* block, std::size_t old_size, std::size_t new_size) {
    Memory& memory = *static_cast<Memory*>(self);
    const std::size_t tag = block ? 0 : std::exchange(old_size, 0);
    if (new_size == 0) {
        if (block) memory.free(block, old_size);
        memory.lua_ -= old_size;
        return nullptr;
    }
    const std::size_t more = new_size > old_size ? new_size - old_size : 0;
    if (more > 0 && memory.total() + more > memory.limit_) {
        ++memory.refused_;
        return nullptr;
    }
    void* const result =
        !block && pooled(new_size) ? memory.pool_.take(new_size) : memory.resize(block, old_size, new_size);
    if (!result) return nullptr;
    memory.lua_ += new_size - old_size;
    if (more == 0) return result;
    memory.allocated_ += more;
    memory.peak_ = std::max(memory.peak_, memory.total());
    if (new_size >= memory.large_.at_least && !(!block && memory.last_tag_ == LUA_TUSERDATA) &&
        may_be_table(!block, tag, new_size))
        memory.large_.happened(memory.large_.data, new_size);
    if (!block) memory.last_tag_ = tag;
    return result;
}

void Memory::charge(lua_State* L, std::size_t bytes) {
    native_ += bytes;
    since_step_ += bytes;
    allocated_ += bytes;
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
