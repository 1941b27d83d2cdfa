#include "script/load/module_loader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "lua/stack.h"
#include "script/generation.h"
#include "script/load/source_file.h"

namespace lunette::script {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string{} : path.substr(0, slash + 1);
}

} // namespace

ModuleLoader& ModuleLoader::of(lua_State* L) {
    return *static_cast<ModuleLoader*>(lua_touserdata(L, lua_upvalueindex(1)));
}

std::string ModuleLoader::chunk_name(const std::string& path) const {
    // Lua cuts names in messages at 60 characters: the part below the configuration's folder says enough.
    const std::string root = directory_of(generation_.config_file());
    if (!root.empty() && path.starts_with(root)) return "@" + path.substr(root.size());
    const char* home = std::getenv("HOME");
    if (home && *home && path.starts_with(std::string{home} + "/"))
        return "@~" + path.substr(std::strlen(home));
    return "@" + path;
}

bool ModuleLoader::push_chunk(lua_State* L, const std::string& path, const std::string& module) {
    const auto source = read_source(path);
    if (!source) {
        lua::push_text(L, source.error().message);
        return false;
    }
    return push_text_of(L, *source, path, module);
}

bool ModuleLoader::push_text_of(lua_State* L, std::string_view text, const std::string& path,
                                const std::string& module) {
    // The whole file's, though what stands before the first line is left out: one hash serves both.
    const Digest digest = digest_of(text);
    generation_.watch_content(path, digest); // also when it does not compile: it will be mended
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (text.starts_with("#")) text.remove_prefix(std::min(text.find('\n'), text.size())); // as luaL_loadfile
    const ChunkCompiler::From from = compiler_.push(L, text, digest, chunk_name(path));
    if (from == ChunkCompiler::From::failed) return false;
    modules_.push_back({module, path, from == ChunkCompiler::From::bytecode});
    return true;
}

void ModuleLoader::push_main(lua_State* L, const std::string& path, const std::string& source) {
    if (!path.empty()) {
        if (!push_chunk(L, path, "main")) lua_error(L);
        return;
    }
    if (luaL_loadbufferx(L, source.data(), source.size(), "=config", "t") != LUA_OK) lua_error(L);
}

// --- require

void ModuleLoader::find(lua_State* L, const char* name) {
    lua_getglobal(L, LUA_LOADLIBNAME);
    if (lua_type(L, -1) != LUA_TTABLE || lua_getfield(L, -1, "searchers") != LUA_TTABLE)
        luaL_error(L, "'package.searchers' must be a table");
    std::string tried;
    for (lua_Integer i = 1;; ++i) {
        if (lua_geti(L, -1, i) == LUA_TNIL) {
            lua_pop(L, 1);
            lua::push_text(L, fmt::format("module '{}' not found:{}", name, tried));
            lua_error(L);
        }
        lua_pushstring(L, name);
        lua_call(L, 1, 2);
        if (lua_isfunction(L, -2)) return;
        if (const auto text = lua::string_at(L, -2))
            tried += text->starts_with('\n') ? std::string{*text} : "\n\t" + std::string{*text};
        lua_pop(L, 2);
    }
}

int ModuleLoader::require(lua_State* L) {
    luaL_checkstring(L, 1);
    lua_settop(L, 1);
    return of(L).start(L);
}

int ModuleLoader::require_again(lua_State* L, int, lua_KContext) {
    lua_settop(L, 1);
    return of(L).start(L);
}

int ModuleLoader::start(lua_State* L) {
    const std::string name = lua_tostring(L, 1);
    if (RunContext* run = generation_.run(); run && run->pure()) run->event->modules.insert(name);
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_getfield(L, 2, name.c_str());
    if (lua_toboolean(L, -1)) return 1;
    lua_settop(L, 1);

    RunState& state = generation_.services().state;
    if (const auto found = in_progress_.find(name); found != in_progress_.end()) {
        if (waits_for(*found->second.owner, *state.task))
            return luaL_error(L, "loop or previous error loading module '%s'", name.c_str());
        if (!state.can_yield(L))
            return luaL_error(L, "module '%s' is being loaded by another callback", name.c_str());
        found->second.waiting.push_back(state.task);
        state.reason = YieldReason::awaiting;
        return lua_yieldk(L, 0, 0, require_again);
    }
    find(L, name.c_str()); // …, loader, data
    in_progress_[name] = {state.task, {}};
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2); // loader, data, name, data
    lua_remove(L, -3);    // loader, name, data
    lua_pushvalue(L, -1);
    lua_insert(L, 2); // the data stays for the second result
    return required(L, lua_pcallk(L, 2, 1, 0, 0, required), 0);
}

int ModuleLoader::required(lua_State* L, int status, lua_KContext) {
    ModuleLoader& loader = of(L);
    const std::string name = lua_tostring(L, 1);
    loader.done(name);
    if (status != LUA_OK && status != LUA_YIELD) {
        loader.generation_.services().state.check(L);
        return lua_error(L);
    }
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    if (!lua_isnil(L, -2)) {
        lua_pushvalue(L, -2);
        lua_setfield(L, -2, name.c_str());
    } else if (lua_getfield(L, -1, name.c_str()) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, name.c_str());
    } else {
        lua_pop(L, 1);
    }
    lua_getfield(L, -1, name.c_str());
    lua_pushvalue(L, 2);
    return 2;
}

bool ModuleLoader::waits_for(const Task& task, const Task& other) const {
    const Task* at = &task;
    while (at != &other) {
        const auto next = std::find_if(in_progress_.begin(), in_progress_.end(), [at](const auto& module) {
            const auto& waiting = module.second.waiting;
            return std::find(waiting.begin(), waiting.end(), at) != waiting.end();
        });
        if (next == in_progress_.end()) return false;
        at = next->second.owner;
    }
    return true;
}

void ModuleLoader::done(const std::string& name) {
    const auto found = in_progress_.extract(name);
    if (!found) return;
    for (Task* task : found.mapped().waiting) generation_.scheduler().wake(*task);
}

void ModuleLoader::task_ended(Task& task) {
    std::vector<std::string> given_up;
    for (auto& [name, progress] : in_progress_) {
        std::erase(progress.waiting, &task);
        if (progress.owner == &task) given_up.push_back(name);
    }
    for (const std::string& name : given_up) done(name);
}

int ModuleLoader::search_file(lua_State* L) {
    const std::string name = luaL_checkstring(L, 1);
    lua_getglobal(L, LUA_LOADLIBNAME);
    if (lua_getfield(L, -1, "path") != LUA_TSTRING) return luaL_error(L, "'package.path' must be a string");
    return of(L).search(L, name, std::string{*lua::string_at(L, -1)});
}

int ModuleLoader::search(lua_State* L, const std::string& name, const std::string& patterns) {
    std::string relative = name;
    std::replace(relative.begin(), relative.end(), '.', '/');
    const std::string root = directory_of(generation_.config_file());
    std::string tried;
    for (std::size_t begin = 0; begin < patterns.size();) {
        const std::size_t end = std::min(patterns.find(';', begin), patterns.size());
        std::string path = patterns.substr(begin, end - begin);
        begin = end + 1;
        if (path.empty()) continue;
        for (std::size_t at = 0; (at = path.find('?', at)) != std::string::npos; at += relative.size())
            path.replace(at, 1, relative);
        // Opened and read at once: asking first whether it is there would cost another system call.
        const auto source = read_source(path);
        if (!source && source.error().absent) {
            tried += (tried.empty() ? "no file '" : "\n\tno file '") + path + "'";
            if (!root.empty() && path.starts_with(root)) generation_.watch_absent(path);
            continue;
        }
        if (!source) lua::push_text(L, source.error().message);
        if (!source || !push_text_of(L, *source, path, name)) {
            const std::string message{lua::string_at(L, -1).value_or("")};
            lua::push_text(
                L, fmt::format("error loading module '{}' from file '{}':\n\t{}", name, path, message));
            return lua_error(L);
        }
        lua::push_text(L, path);
        return 2;
    }
    lua::push_text(L, tried);
    return 1;
}

// --- dofile, loadfile: as in Lua, but text only and never from standard input

int ModuleLoader::load_file_function(lua_State* L) {
    const std::string path = luaL_checkstring(L, 1);
    const bool has_environment = !lua_isnone(L, 3);
    if (!of(L).push_chunk(L, path, path)) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 3);
        if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
    }
    return 1;
}

int ModuleLoader::do_file(lua_State* L) {
    const std::string path = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    if (!of(L).push_chunk(L, path, path)) return lua_error(L);
    const auto results = [](lua_State* state, int, lua_KContext) { return lua_gettop(state) - 1; };
    lua_callk(L, 0, LUA_MULTRET, 0, results);
    return results(L, LUA_OK, 0);
}

void ModuleLoader::install(lua_State* L) {
    const luaL_Reg functions[] = {
        {"require", require}, {"dofile", do_file}, {"loadfile", load_file_function}, {nullptr, nullptr}};
    lua_pushglobaltable(L);
    lua_pushlightuserdata(L, this);
    luaL_setfuncs(L, functions, 1);
    lua_pop(L, 1);

    lua_getglobal(L, LUA_LOADLIBNAME);
    lua_pushliteral(L, "");
    lua_setfield(L, -2, "cpath");
    lua_pushnil(L);
    lua_setfield(L, -2, "loadlib");
    lua_getfield(L, -1, "searchers");
    lua_pushlightuserdata(L, this);
    lua_pushcclosure(L, search_file, 1);
    lua_seti(L, -2, 2);
    for (const int c_searcher : {3, 4}) {
        lua_pushnil(L);
        lua_seti(L, -2, c_searcher);
    }
    lua_pop(L, 2);
    const std::string root = directory_of(generation_.config_file());
    if (!root.empty()) add_search_path(L, root + "?.lua;" + root + "?/init.lua", true);
}

void ModuleLoader::add_search_path(lua_State* L, std::string_view patterns, bool front) {
    lua_getglobal(L, LUA_LOADLIBNAME);
    lua_getfield(L, -1, "path");
    const std::string old = lua::string_at(L, -1) ? std::string{*lua::string_at(L, -1)} : std::string{};
    const std::string joined = front ? std::string{patterns} + ";" + old : old + ";" + std::string{patterns};
    lua::push_text(L, joined);
    lua_setfield(L, -3, "path");
    lua_pop(L, 2);
}

} // namespace lunette::script
