#include "script/load/chunk_compiler.h"

#include <utility>

#include "script/load/build_id.h"

namespace lunette::script {

namespace {

constexpr std::size_t most_together = 500;

int append(lua_State*, const void* bytes, std::size_t size, void* to) {
    static_cast<std::string*>(to)->append(static_cast<const char*>(bytes), size);
    return 0;
}

} // namespace

bool ChunkCompiler::push_if_loadable(lua_State* L, const ChunkKey& key, std::string_view bytecode) {
    if (luaL_loadbufferx(L, bytecode.data(), bytecode.size(), key.name.c_str(), "b") == LUA_OK) return true;
    lua_pop(L, 1);
    cache_.reject(key, "Lua refuses it");
    return false;
}

bool ChunkCompiler::push_bytecode(lua_State* L, const ChunkKey& key) {
    std::string problem;
    const auto bytecode = companions_.find(key, problem);
    if (bytecode && push_if_loadable(L, key, *bytecode)) return true;
    if (!pushed_.empty()) complete_ = false;
    if (!problem.empty()) cache_.reject(pushed_.front(), problem);
    if (bytecode) return false;
    std::unique_ptr<BytecodeCache::Hit> hit = cache_.find(key);
    if (!hit || !push_if_loadable(L, key, hit->entry.bytecode)) return false;
    if (loading_ && hit->has_companions() && !companions_.is_open())
        companions_.open(std::move(hit->file), hit->entry.size);
    return true;
}

ChunkCompiler::From ChunkCompiler::push(lua_State* L, std::string_view text, const Digest& digest,
                                        std::string name) {
    ChunkKey key{build_id(), digest, text.size(), std::move(name)};
    const auto compile = [&] {
        return luaL_loadbufferx(L, text.data(), text.size(), key.name.c_str(), "t") == LUA_OK;
    };
    if (!cache_.enabled()) return compile() ? From::source : From::failed;
    const bool found = push_bytecode(L, key);
    if (!found && !compile()) return From::failed;
    if (loading_ && pushed_.size() < most_together) pushed_.push_back(key);
    if (found) return From::bytecode;
    lua_pushvalue(L, -1);
    const int function = luaL_ref(L, LUA_REGISTRYINDEX);
    compiled_.push_back({std::move(key), function});
    return From::source;
}

void ChunkCompiler::loaded() {
    loading_ = false;
    companions_.close();
    if (compiled_.empty()) bundle();
}

void ChunkCompiler::bundle() {
    if (!loading_ && !complete_) cache_.bundle(std::exchange(pushed_, {}));
    complete_ = true;
}

bool ChunkCompiler::store_one(lua_State* L) {
    if (compiled_.empty()) return false;
    Compiled next = std::move(compiled_.front());
    compiled_.pop_front();
    std::string bytecode;
    lua_rawgeti(L, LUA_REGISTRYINDEX, next.function);
    // Not stripped: messages name lines.
    const bool dumped = lua_dump(L, append, &bytecode, 0) == 0;
    lua_pop(L, 1);
    luaL_unref(L, LUA_REGISTRYINDEX, next.function);
    if (dumped) cache_.store(std::move(next.key), std::move(bytecode));
    if (compiled_.empty()) bundle();
    return true;
}

} // namespace lunette::script
