#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include <lunette/bind.h>

#include "lua/host.h"
#include "lua/lua_api.h"
#include "lua/memory.h"
#include "lua/object_types.h"

namespace lunette::lua {

struct VmOptions {
    std::size_t heap_limit = std::size_t{64} << 20; ///< Lua's bytes and what handles pin
    /// `collectgarbage("collect")` was called: a request, nothing has been collected.
    std::function<void()> collect_requested{};
};

/// One Lua state with its limits, its standard libraries, and the objects that records show themselves as.
///
/// Thread: script thread. The host and the objects outlive it. The word that lua_getextraspace gives belongs
/// to it, in every coroutine.
class Vm {
public:
    /// Throws std::runtime_error when this Lua does not run C++ destructors on errors (a C build was linked),
    /// or when the limit leaves no room for its libraries.
    Vm(Host& host, const std::vector<Object>& objects, VmOptions options = {});
    ~Vm();
    Vm(const Vm&) = delete;
    Vm& operator=(const Vm&) = delete;

    static Vm& of(lua_State* L) noexcept { return **static_cast<Vm**>(lua_getextraspace(L)); }

    lua_State* state() const noexcept { return state_; }
    Host& host() const noexcept { return *host_; }
    Memory& memory() noexcept { return memory_; }
    ObjectTypes& objects() noexcept { return objects_; }
    const VmOptions& options() const noexcept { return options_; }

    /// Runs `body(lua_State*)` on the main state so that a Lua error in it becomes an Error. Leaves the stack
    /// as it was. REQUIRES: no coroutine is running.
    template<class F>
    Expected<void> protect(F&& body) {
        using Body = std::remove_reference_t<F>;
        return protect([](lua_State* L, void* data) { (*static_cast<Body*>(data))(L); },
                       const_cast<void*>(static_cast<const void*>(&body)));
    }

    /// Pushes the table of the library's own functions, which chunks of modules get as their second argument.
    void push_library(lua_State* L);
    /// Pushes the weak table of the handles that exist, by identity.
    void push_handles(lua_State* L);
    /// Pushes Lua's own `next`.
    void push_next(lua_State* L);
    /// Pushes the metatable that all lazy tables share.
    void push_lazy_metatable(lua_State* L);
    const void* lazy_metatable_address() const noexcept { return lazy_metatable_address_; }

    /// Keeps what a bound closure knows of itself for as long as the state.
    const Entry& add_entry(Entry entry) { return entries_.emplace_back(std::move(entry)); }

    /// Points to the state while there is one; null afterwards.
    const std::shared_ptr<lua_State*>& anchor() const noexcept { return anchor_; }

private:
    Expected<void> protect(void (*body)(lua_State*, void*), void* data);
    void open(lua_State* L);

    Host* host_;
    Memory memory_;
    ObjectTypes objects_;
    VmOptions options_;
    std::deque<Entry> entries_;
    lua_State* state_ = nullptr;
    std::shared_ptr<lua_State*> anchor_;
    int library_ = LUA_NOREF;
    int handles_ = LUA_NOREF;
    int next_ = LUA_NOREF;
    int lazy_metatable_ = LUA_NOREF;
    const void* lazy_metatable_address_ = nullptr;
};

} // namespace lunette::lua
