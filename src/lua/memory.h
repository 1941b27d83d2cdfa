#pragma once

#include <cstddef>
#include <limits>

#include "lua/block_pool.h"
#include "lua/lua_api.h"

namespace lunette::lua {

/// Lua's allocator: counts bytes and refuses to exceed a limit, upon which Lua collects and then raises a
/// memory error. Native memory that handles pin counts too. Small blocks come from a pool, except under the
/// address sanitizer, which then knows each.
///
/// Thread: script thread. Owned by a Vm, which it outlives.
class Memory {
public:
    explicit Memory(std::size_t limit) noexcept : limit_{limit} {}
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;

    /// A lua_Alloc; `self` is the Memory.
    static void* allocate(void* self, void* block, std::size_t old_size, std::size_t new_size);

    /// Counts native bytes. Every so many it gives Lua's collector the work that as many Lua bytes would, so
    /// that handles to big records do not pile up; over the limit it collects everything. May run finalizers.
    void charge(lua_State* L, std::size_t bytes);
    void release(std::size_t bytes) noexcept { native_ -= bytes; }

    /// Called when Lua asks for a block of at least so many bytes that is no string and no userdata. Must not
    /// allocate from Lua.
    struct LargeBlock {
        void (*happened)(void* data, std::size_t bytes) = nullptr;
        void* data = nullptr;
        std::size_t at_least = std::numeric_limits<std::size_t>::max();
    };
    void on_large_block(LargeBlock call) noexcept { large_ = call; }

    void set_limit(std::size_t limit) noexcept { limit_ = limit; }
    std::size_t limit() const noexcept { return limit_; }
    std::size_t lua_bytes() const noexcept { return lua_; }
    std::size_t native_bytes() const noexcept { return native_; }
    std::size_t total() const noexcept { return lua_ + native_; }
    std::size_t peak() const noexcept { return peak_; }
    /// All bytes ever allocated or charged.
    std::size_t allocated() const noexcept { return allocated_; }
    /// Allocations refused so far.
    std::size_t refused() const noexcept { return refused_; }
    const BlockPool& pool() const noexcept { return pool_; }

private:
    void* resize(void* block, std::size_t old_size, std::size_t new_size) noexcept;
    void free(void* block, std::size_t size) noexcept;

    BlockPool pool_;
    std::size_t limit_;
    std::size_t lua_ = 0;
    std::size_t native_ = 0;
    std::size_t peak_ = 0;
    std::size_t allocated_ = 0;
    LargeBlock large_;
    std::size_t last_tag_ = 0; ///< of the newest new block
    std::size_t refused_ = 0;
    std::size_t since_step_ = 0;
};

} // namespace lunette::lua
