#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include <lunette/bind.h>

#include "lua/lua_api.h"
#include "script/memo/pointer_set.h"

namespace lunette::script {

/// Compares the mutable Lua state that a handler can reach by what it contains: upvalues of its closure,
/// transitively, modules that it required while running, and globals that the configuration made. Tables of
/// the library and the host do not count.
///
/// Thread: script thread.
class Roots {
public:
    static constexpr std::size_t bound = 4096; ///< values looked at

    struct Fingerprint {
        std::uint64_t hash = 0;
        bool tracked = true; ///< false: beyond the bound, or a coroutine can be reached
        /// Versions of records that kept handles are pinned to. The hash tells them apart by their addresses,
        /// which must not be used again as long as it is compared.
        std::vector<RecordRef> pinned{};
    };

    /// Everything reachable from package.loaded now belongs to the library or the host.
    void learn_library(lua_State* L);
    /// Raises nothing. About 35 ns per value.
    Fingerprint of(lua_State* L, const Function& handler, const std::set<std::string>& modules);

private:
    struct Walk;
    void learn(lua_State* L, int index, int depth);

    PointerSet library_;
    std::unordered_set<std::uint64_t> library_globals_; ///< hashes of their names
    PointerSet seen_;                                   ///< of one walk; kept for its memory
};

} // namespace lunette::script
