#include "script/io/std_lua.h"

namespace lunette::script {

const std::string_view files_opening = R"lua(
-- Opening.

local function open(path, mode)
    sweep()
    if find(mode, "^r[^+]*$") then
        native.reads_file(path)
        local kind, value, code = native.load(path)
        if not kind then return nil, value, code end
        if kind == "content" then
            return new_file { kind = kind, data = value, ended = true, readable = true }
        end
        return new_file { kind = kind, id = value, readable = kind == "stream" }
    end
    local update = find(mode, "+", 1, true) ~= nil
    local read_first = find(mode, "^r") ~= nil
    if read_first then native.reads_file(path) end
    local id, message, code = native.open(path, mode)
    if not id then return nil, message, code end
    local appends = find(mode, "^a") ~= nil
    return new_file {
        kind = "disk", id = id, readable = update, writable = true,
        append = appends, offset = not appends and 0,
    }
end

function io.open(...)
    local path, mode = ...
    path = check_string(1, "open", select("#", ...), path)
    mode = mode == nil and "r" or check_string(2, "open", 2, mode)
    if not find(mode, "^[rwa]%+?b*$") then bad_argument(2, "open", "invalid mode", 3) end
    return open(path, mode)
end

function io.popen(...)
    local command, mode = ...
    command = check_string(1, "popen", select("#", ...), command)
    mode = mode == nil and "r" or check_string(2, "popen", 2, mode)
    if mode == "w" then
        sweep()
        return new_file { kind = "feed", command = command, parts = {}, size = 0, writable = true }
    end
    if mode ~= "r" then bad_argument(2, "popen", "invalid mode", 3) end
    sweep()
    return new_file { kind = "command", id = native.start(command), readable = true }
end

function io.tmpfile()
    local id, message, code = native.open_unnamed()
    if not id then return nil, message, code end
    return new_file { kind = "disk", id = id, readable = true, writable = true, offset = 0 }
end

function io.type(...)
    if select("#", ...) == 0 then bad_argument(1, "type", "value expected", 3) end
    local state = states[(...)]
    return state and (state.closed and "closed file" or "file") or nil
end

-- The standard files: there is no input, and output goes to the log line by line.

io.stdin = new_file { kind = "nothing", ended = true, readable = true }
io.stdout = new_file { kind = "log", is_error = false, writable = true }
io.stderr = new_file { kind = "log", is_error = true, writable = true }
local input, output = io.stdin, io.stdout

local function default_file(current, name, mode, ...)
    local wanted = ...
    if wanted == nil then return current end
    if states[wanted] then return wanted end
    local path = check_string(1, name, 1, wanted)
    local f, message = open(path, mode)
    if not f then error(format("cannot open file '%s' (%s)", path, match(message, ": ([^:]*)$") or message), 3) end
    return f
end

function io.input(...)
    input = default_file(input, "input", "r", ...)
    return input
end

function io.output(...)
    output = default_file(output, "output", "w", ...)
    return output
end

local function check_default(f, what)
    local state = states[f]
    if state.closed then error(format("default %s file is closed", what), 3) end
    return state
end

function io.read(...)
    local state = check_default(input, "input")
    check_formats("read", 0, ...)
    return read_formats(state, ...)
end

function io.write(...)
    return write_values(output, check_default(output, "output"), "write", ...)
end

function io.flush()
    local ok, message, code = flush(check_default(output, "output"))
    if not ok then return nil, message, code end
    return output
end

function io.close(...)
    if select("#", ...) == 0 then return close(check_default(output, "output")) end
    return close(check_open((...), "close"))
end

function io.lines(...)
    local path = ...
    if path == nil then
        check_formats("lines", 1, select(2, ...))
        return lines_of(input, check_default(input, "input"), false, select(2, ...))
    end
    path = check_string(1, "lines", 1, path)
    check_formats("lines", 1, select(2, ...))
    local f, message = open(path, "r")
    if not f then error(format("cannot open file '%s' (%s)", path, match(message, ": ([^:]*)$") or message), 2) end
    return lines_of(f, states[f], true, select(2, ...)), nil, nil, f
end

-- os

function os.execute(...)
    local command = ...
    if command == nil then return true end
    return ending(native.execute(check_string(1, "execute", 1, command)))
end

function os.remove(...)
    return native.remove(check_string(1, "remove", select("#", ...), (...)))
end

function os.rename(...)
    local from, to = ...
    from = check_string(1, "rename", select("#", ...), from)
    return native.rename(from, check_string(2, "rename", select("#", ...), to))
end

os.tmpname = native.tmpname
)lua";

} // namespace lunette::script
