#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/report.h>

#include "lua/lua_api.h"
#include "script/load/chunk_compiler.h"

namespace lunette::script {

class Generation;
class Task;

/// Finds and loads Lua source: the main file, modules, `dofile` and `loadfile`. A module whose top level
/// waits is loaded once: other tasks that require it meanwhile wait for it.
///
/// Thread: script thread. Owned by a Generation.
class ModuleLoader {
public:
    ModuleLoader(Generation& generation, BytecodeCache& cache) : generation_{generation}, compiler_{cache} {}

    /// Replaces `require`, `dofile`, `loadfile` and the searchers; C modules cannot be loaded.
    void install(lua_State* L);
    /// Pushes the main chunk. Raises when it cannot be read or compiled.
    void push_main(lua_State* L, const std::string& path, const std::string& source);
    void add_search_path(lua_State* L, std::string_view patterns, bool front);
    /// A task has ended; what it was loading can be tried again.
    void task_ended(Task& task);

    const std::vector<ModuleReport>& modules() const noexcept { return modules_; }
    /// Some of what was compiled is not in the cache yet.
    ChunkCompiler& compiler() noexcept { return compiler_; }

private:
    struct InProgress {
        Task* owner;
        std::vector<Task*> waiting;
    };

    static ModuleLoader& of(lua_State* L);
    static int require(lua_State* L);
    static int require_again(lua_State* L, int status, lua_KContext context);
    static int required(lua_State* L, int status, lua_KContext context);
    static int search_file(lua_State* L);
    static int load_file_function(lua_State* L);
    static int do_file(lua_State* L);

    int start(lua_State* L);
    void find(lua_State* L, const char* name);
    void done(const std::string& name);
    /// `task` is `other`, or waits for a module that `other` is loading, however indirectly.
    bool waits_for(const Task& task, const Task& other) const;
    /// Pushes the chunk, or false and a message.
    bool push_chunk(lua_State* L, const std::string& path, const std::string& module);
    bool push_text_of(lua_State* L, std::string_view text, const std::string& path,
                      const std::string& module);
    /// As Lua's searcher for files: pushes loader and path, or a message.
    int search(lua_State* L, const std::string& name, const std::string& patterns);
    std::string chunk_name(const std::string& path) const;

    Generation& generation_;
    ChunkCompiler compiler_;
    std::map<std::string, InProgress, std::less<>> in_progress_;
    std::vector<ModuleReport> modules_;
};

} // namespace lunette::script
