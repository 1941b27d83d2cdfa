#include "lua_stdlib/harness.h"

namespace lunette::lua::test {

Script::Script(Library library) : state_(luaL_newstate()) {
    luaL_openlibs(state_);
    if (library == Library::budgeted) open_budgeted_libraries(state_);
    lua_pushlightuserdata(state_, this);
    lua_pushcclosure(state_, record, 1);
    lua_setglobal(state_, "record");
}

int Script::record(lua_State* L) {
    auto* script = static_cast<Script*>(lua_touserdata(L, lua_upvalueindex(1)));
    std::size_t size = 0;
    const char* text = luaL_tolstring(L, 1, &size);
    script->transcript_.emplace_back(text, size);
    return 0;
}

std::vector<std::string> Script::run(const std::string& source, lua_Integer seed, int share) {
    transcript_.clear();
    lua_State* thread = lua_newthread(state_);
    if (luaL_loadbufferx(thread, source.data(), source.size(), "=script", "t") != LUA_OK)
        return {std::string("error: ") + lua_tostring(thread, -1)};
    lua_pushinteger(thread, seed);
    lua_pushinteger(thread, share);
    int results = 0;
    int status = lua_resume(thread, nullptr, 2, &results);
    while (status == LUA_YIELD) {
        const bool is_preemption = results == 1 && lua_touserdata(thread, -1) == preempt_sentinel();
        ++(is_preemption ? preemptions_ : user_yields_);
        lua_pop(thread, results);
        status = lua_resume(thread, nullptr, 0, &results);
    }
    if (status != LUA_OK) transcript_.push_back(std::string("error: ") + luaL_tolstring(thread, -1, nullptr));
    lua_settop(state_, 0);
    return std::move(transcript_);
}

} // namespace lunette::lua::test
