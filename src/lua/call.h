#pragma once

#include <string>
#include <string_view>

#include <lunette/bind.h>

#include "lua/lua_api.h"
#include "lua/object_types.h"
#include "lua/vm.h"

namespace lunette::lua {

/// A call of a bound function as its arguments lie on Lua's stack. Made on the C++ stack; allocates nothing
/// itself.
class LuaCall final : public Call {
public:
    /// The arguments are the `count` values from index `first` on.
    LuaCall(lua_State* L, Vm& vm, const Entry& entry, int first, int count) noexcept
        : lua_{L}, vm_{&vm}, entry_{&entry}, first_{first}, count_{count} {}

    Script& script() override { return vm_->host().script(); }
    int count() const override { return count_; }
    Kind kind(int index) const override;
    std::string_view type_name(int index) const override;
    bool is_function(int index) const override;
    Value value(int index) override;
    std::string_view text(int index) override;
    std::optional<double> number(int index) const override;
    std::optional<std::int64_t> integer(int index) const override;
    Function function(int index) override;
    void push(const Value& value) override;
    void push_text(std::string_view text) override;
    void push_function(const Function& function) override;

    int results() const noexcept { return results_; }
    /// "Pane:send_text"
    const std::string& label() const noexcept { return entry_->label; }
    /// "argument 2"; of a method, self does not count.
    std::string argument_label(int index) const;

private:
    int at(int index) const noexcept { return first_ + index; }
    bool present(int index) const noexcept { return index < count_; }

    lua_State* lua_;
    Vm* vm_;
    const Entry* entry_;
    int first_;
    int count_;
    int results_ = 0;
};

/// The type of any Lua value, as a reader of an error message would call it: "table", "Pane", "no value".
std::string argument_type_name(lua_State* L, int index);

/// Pushes the C closure of a bound function. The entry outlives the Vm.
void push_bound_function(lua_State* L, const Entry& entry);

/// Pushes what a property gives for the handle at index `self`.
void push_property(lua_State* L, Vm& vm, const Entry& entry, const RecordNode& record, int self);

} // namespace lunette::lua
