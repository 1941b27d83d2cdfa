#pragma once

#include <memory>

#include <lunette/bind.h>

#include "lua/lua_api.h"

namespace lunette {

/// One value in a VM's registry. Empty once its VM is gone.
///
/// Thread: script thread only, its destruction too. Owned by the Functions that share it.
class Function::Held {
public:
    explicit Held(std::shared_ptr<lua_State*> anchor) noexcept : anchor_{std::move(anchor)} {}
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    /// The main state of the VM, or null when that is gone.
    lua_State* state() const noexcept { return *anchor_; }
    int reference() const noexcept { return reference_; }
    /// Takes the value on top of the stack. REQUIRES: called once.
    void take(lua_State* L);

private:
    std::shared_ptr<lua_State*> anchor_;
    int reference_ = LUA_NOREF;
};

} // namespace lunette

namespace lunette::lua {

/// Holds the value at an index, whatever it is.
Function hold_function(lua_State* L, int index);

/// Pushes the held value; nil when it is empty, or its VM is gone or another than L's.
void push_function(lua_State* L, const Function& function);

} // namespace lunette::lua
