#pragma once

#include <lunette/bind.h>

#include <cstdint>
#include <map>

namespace lunette::wezterm {

// What configurations gave to `require 'lunette'.setup`, by generation: it belongs to the configuration that
// is being loaded, not to the one in force. Script thread.
class SetupStore {
public:
    void put(std::uint64_t generation, Value setup);
    // nil when that generation called nothing. Forgets it and what came before.
    Value take(std::uint64_t generation);

private:
    std::map<std::uint64_t, Value> by_generation_;
};

// Checks the argument of setup: {prefix = {key, mods} or false, palette = "outer", super = "ALT"}. Throws
// BindError.
Value checked_setup(const Value& given);

// The bindings of the user that need SUPER have one with `modifier` beside them, unless that key is bound by
// the user already. `bindings` as effective_bindings() makes them. Pure.
Value with_super_also(const Value& bindings, std::string_view modifier);

} // namespace lunette::wezterm
