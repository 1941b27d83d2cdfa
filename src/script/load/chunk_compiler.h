#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "lua/lua_api.h"
#include "script/load/bytecode_cache.h"
#include "script/load/companions.h"

namespace lunette::script {

/// Turns Lua text into functions, by way of the cache. What had to be compiled is stored later, when nobody
/// waits: a cold start costs a look for each file and no more.
///
/// Thread: script thread. Owned by a Generation; keeps the functions to store alive in its VM.
class ChunkCompiler {
public:
    explicit ChunkCompiler(BytecodeCache& cache) : cache_{cache} {}

    enum class From : std::uint8_t { failed, source, bytecode };
    /// Pushes the function of a text that names its chunk `name` ("@file.lua"), or a message. Bytecode is not
    /// taken for text. `digest` is that of the text.
    From push(lua_State* L, std::string_view text, const Digest& digest, std::string name);

    /// A configuration has been loaded: what was pushed so far belongs together.
    void loaded();
    /// Stores one of the chunks that were compiled. False when there is none. Does not raise but for memory.
    bool store_one(lua_State* L);
    bool has_more() const noexcept { return !compiled_.empty(); }

private:
    struct Compiled {
        ChunkKey key;
        int function; ///< registry reference
    };
    bool push_bytecode(lua_State* L, const ChunkKey& key);
    bool push_if_loadable(lua_State* L, const ChunkKey& key, std::string_view bytecode);
    void bundle();

    BytecodeCache& cache_;
    Companions companions_;
    std::vector<ChunkKey> pushed_; ///< during the load
    bool loading_ = true;
    bool complete_ = true; ///< all but the first were companions
    std::deque<Compiled> compiled_;
};

} // namespace lunette::script
