#include "script/io/std_lua.h"

namespace lunette::script {

// A file is an empty table; what it consists of is kept in `states`, out of the user's reach:
//   kind      what it stands on: content, directory, stream, command (read), feed (write), disk, log
//   id        of the native side, where there is one
//   data, pos what was read and where the next read begins; `ended`: nothing follows data
//   offset    disk: where it stands in the file; false: at the end of a file opened for appending
//   fresh     disk: data is the content of the file
// Written data goes to the native side at once, which writes it behind; so files that are dropped without
// close() lose nothing, and only flush(), close() and a backlog of 1 MiB wait.
const std::string_view files_chunk = R"lua(
local native = {}
do
    local exported = ...
    for name, f in pairs(exported) do native[name] = f end
    for name in pairs(native) do exported[name] = nil end
end
local io, os = io, os
local error, pairs, select, setmetatable, tonumber, tostring, type =
    error, pairs, select, setmetatable, tonumber, tostring, type
local find, format, match, sub = string.find, string.format, string.match, string.sub
local concat, unpack, math_type = table.concat, table.unpack, math.type

local most_backlog = 1 << 20
local most_input = 64 << 20

local states = setmetatable({}, { __mode = "k" })
local file = {}
local meta = { __index = file, __name = "FILE*" }

-- Files that hold something on the native side, and their states: what was collected is given back when the
-- next file is opened (there are no finalizers).
local serial = 0
local alive = setmetatable({}, { __mode = "v" })
local held = {}

local function give_back(state)
    if state.kind == "command" then
        native.forget_command(state.id)
    elseif state.kind == "feed" then
        native.start(state.command, concat(state.parts))
    else
        native.forget(state.id)
    end
end

local function sweep()
    for number, state in pairs(held) do
        if not alive[number] then
            held[number] = nil
            give_back(state)
        end
    end
end

local function new_file(state)
    state.data, state.pos = state.data or "", 1
    local f = setmetatable({}, meta)
    states[f] = state
    if state.id or state.command then
        serial = serial + 1
        state.number, alive[serial], held[serial] = serial, f, state
    end
    return f
end

-- Arguments. `level` is that of the library's caller, seen from bad_argument.

local function name_of_type(count, i, value)
    return i > count and "no value" or type(value)
end

local function bad_argument(i, name, message, level)
    error(format("bad argument #%d to '%s' (%s)", i, name, message), level or 4)
end

local function check_string(i, name, count, value)
    local kind = type(value)
    if kind == "number" then return tostring(value) end
    if kind ~= "string" then
        bad_argument(i, name, "string expected, got " .. name_of_type(count, i, value))
    end
    return value
end

local function check_open(f, name)
    local state = states[f]
    if not state then bad_argument(1, name, "FILE* expected, got " .. type(f)) end
    if state.closed then error("attempt to use a closed file", 3) end
    return state
end

-- Reading.

local function append(state, text)
    state.data = sub(state.data, state.pos) .. text
    state.pos = 1
end

-- Makes data grow or sets ended. False, message and code when reading fails.
local function more(state)
    if state.kind == "command" then
        local text, ended = native.read_command(state.id)
        state.ended = ended
        append(state, text)
        return true
    end
    local text, message, code = native.read(state.id)
    if not text then return false, message, code end
    if text == "" then state.ended = true else append(state, text) end
    return true
end

local function read_line(state, keep)
    local from = state.pos
    while true do
        local stop = find(state.data, "\n", from, true)
        if stop then
            local line = sub(state.data, state.pos, keep and stop or stop - 1)
            state.pos = stop + 1
            return line
        end
        if state.ended then
            local line = sub(state.data, state.pos)
            state.pos = #state.data + 1
            if line == "" then return nil end
            return line
        end
        from = #state.data - state.pos + 2
        local ok, message, code = more(state)
        if not ok then return nil, message, code end
    end
end

local function read_all(state)
    local parts = { sub(state.data, state.pos) }
    while not state.ended do
        state.data, state.pos = "", 1
        local ok, message, code = more(state)
        if not ok then return nil, message, code end
        parts[#parts + 1] = state.data
    end
    state.pos = #state.data + 1
    return concat(parts)
end

local function has(state, count)
    while #state.data - state.pos + 1 < count and not state.ended do
        local ok, message, code = more(state)
        if not ok then return false, message, code end
    end
    return #state.data - state.pos + 1 >= count
end

local function read_count(state, count)
    local enough, message, code = has(state, count > 0 and count or 1)
    if message then return nil, message, code end
    if count == 0 then return enough and "" or nil end
    local text = sub(state.data, state.pos, state.pos + count - 1)
    state.pos = state.pos + #text
    if text == "" then return nil end
    return text
end

-- As liolib does it: takes the longest text that could be a numeral, at most 200 characters.
local function read_number(state)
    repeat
        local enough, message, code = has(state, 1)
        if message then return nil, message, code end
        state.pos = find(state.data, "%S", state.pos) or #state.data + 1
    until not enough or state.pos <= #state.data
    local _, message, code = has(state, 200)
    if message then return nil, message, code end
    local text = sub(state.data, state.pos, state.pos + 199)
    local stop = select(2, find(text, "^[+-]?"))
    local digits, exponent = "%d", "^[eE][+-]?%d*"
    local before = stop
    if find(text, "^0[xX]", stop + 1) then
        digits, exponent = "%x", "^[pP][+-]?%d*"
        stop = stop + 2
        before = stop
    end
    stop = select(2, find(text, "^" .. digits .. "*%.?" .. digits .. "*", stop + 1))
    if find(sub(text, before + 1, stop), digits) then
        stop = select(2, find(text, exponent, stop + 1)) or stop
    end
    state.pos = state.pos + stop
    return tonumber(sub(text, 1, stop))
end

local formats = {
    a = read_all,
    n = read_number,
    l = function(state) return read_line(state, false) end,
    L = function(state) return read_line(state, true) end,
}

local function reader_of(wanted)
    if type(wanted) == "number" then
        return read_count
    end
    return type(wanted) == "string" and formats[match(wanted, "^%*?(.)")] or nil
end

local function check_formats(name, first, ...)
    for i = 1, select("#", ...) do
        local wanted = select(i, ...)
        if math_type(wanted) == "float" and wanted % 1 ~= 0 then
            bad_argument(first + i, name, "number has no integer representation")
        end
        if not reader_of(wanted) then bad_argument(first + i, name, "invalid format") end
    end
end

-- Puts data and pos where the file stands.
local function prepare(state)
    if not state.readable then
        if state.kind == "directory" then return false, "Is a directory", 21 end
        return false, "Bad file descriptor", 9
    end
    if state.kind ~= "disk" then return true end
    if not state.fresh then
        local text, message, code = native.content(state.id)
        if not text then return false, message, code end
        state.data, state.fresh, state.ended = text, true, true
    end
    state.pos = (state.offset or #state.data) + 1
    return true
end

local function read_formats(state, ...)
    local ok, message, code = prepare(state)
    if not ok then return nil, message, code end
    local count = select("#", ...)
    local results = {}
    if count == 0 then
        count = 1
        results[1], message, code = read_line(state, false)
    end
    for i = 1, select("#", ...) do
        local wanted = select(i, ...)
        results[i], message, code = reader_of(wanted)(state, wanted)
        if results[i] == nil then
            count = i
            break
        end
    end
    if state.kind == "disk" then state.offset = state.pos - 1 end
    if message then return nil, message, code end
    return unpack(results, 1, count)
end

function file.read(f, ...)
    local state = check_open(f, "read")
    check_formats("read", 0, ...)
    return read_formats(state, ...)
end

-- Writing.

local function log_lines(state, text, flush)
    text = state.data .. text
    local from = 1
    while true do
        local stop = find(text, "\n", from, true)
        if not stop then break end
        native.log(state.is_error, sub(text, from, stop - 1))
        from = stop + 1
    end
    state.data = sub(text, from)
    if state.data ~= "" and (flush or #state.data > 4096) then
        native.log(state.is_error, state.data)
        state.data = ""
    end
    return true
end

local function write_text(state, text)
    if state.kind == "log" then return log_lines(state, text) end
    if not state.writable then return nil, "Bad file descriptor", 9 end
    if state.kind == "feed" then
        state.size = state.size + #text
        if state.size > most_input then return nil, "File too large", 27 end
        state.parts[#state.parts + 1] = text
        return true
    end
    local backlog, message, code = native.write(state.id, state.offset or -1, text)
    if not backlog then return nil, message, code end
    state.offset = not state.append and state.offset + #text
    state.fresh = false
    if backlog > most_backlog then return native.drain(state.id) end
    return true
end

local function write_values(f, state, name, ...)
    local count = select("#", ...)
    local parts = { ... }
    for i = 1, count do
        local value = parts[i]
        if math_type(value) == "float" then
            parts[i] = format("%.14g", value)
        else
            parts[i] = check_string(i, name, count, value)
        end
    end
    local ok, message, code = write_text(state, concat(parts))
    if not ok then return nil, message, code end
    return f
end

function file.write(f, ...)
    return write_values(f, check_open(f, "write"), "write", ...)
end

local function flush(state)
    if state.kind == "log" then return log_lines(state, "", true) end
    if state.kind == "disk" and state.writable then return native.drain(state.id) end
    return true
end

function file.flush(f)
    local ok, message, code = flush(check_open(f, "flush"))
    if not ok then return nil, message, code end
    return f
end

-- The rest of a file's methods.

local function option(i, name, value, default, known)
    if value == nil then value = default end
    if not known[value] then
        if type(value) ~= "string" then
            bad_argument(i, name, "string expected, got " .. (value == nil and "no value" or type(value)))
        end
        bad_argument(i, name, format("invalid option '%s'", value))
    end
    return value
end

function file.seek(f, whence, distance)
    local state = check_open(f, "seek")
    whence = option(1, "seek", whence, "cur", { set = true, cur = true, ["end"] = true })
    if distance ~= nil and math_type(tonumber(distance)) ~= "integer" then
        bad_argument(2, "seek", "number expected, got " .. type(distance), 3)
    end
    distance = tonumber(distance) or 0
    local base = 0
    if state.kind == "content" then
        if whence == "cur" then base = state.pos - 1 elseif whence == "end" then base = #state.data end
    elseif state.kind == "disk" then
        if whence == "end" or (whence == "cur" and not state.offset) then
            local size, message, code = native.size(state.id)
            if not size then return nil, message, code end
            base = size
        elseif whence == "cur" then
            base = state.offset
        end
    else
        return nil, "Illegal seek", 29
    end
    local target = base + distance
    if target < 0 then return nil, "Invalid argument", 22 end
    if state.kind == "content" then
        -- Beyond the end reads find nothing, as in a file.
        state.pos = target + 1
    else
        state.offset = target
    end
    return target
end

function file.setvbuf(f, mode)
    check_open(f, "setvbuf")
    option(1, "setvbuf", mode, nil, { no = true, full = true, line = true })
    return true -- what is written never waits in a buffer
end

local function ending(status, signalled)
    return status == 0 and not signalled or nil, signalled and "signal" or "exit", status
end

local function close(state)
    if state.kind == "log" or state.kind == "nothing" then return nil, "cannot close standard file" end
    state.closed = true
    state.data, state.pos, state.ended = "", 1, true
    if state.number then held[state.number] = nil end
    if state.kind == "disk" then return native.close(state.id) end
    if state.kind == "stream" then native.forget(state.id) end
    if state.kind == "command" then return ending(native.finish_command(state.id)) end
    if state.kind == "feed" then return ending(native.execute(state.command, concat(state.parts))) end
    return true
end

function file.close(f)
    return close(check_open(f, "close"))
end

local function lines_of(f, state, close_at_end, ...)
    local wanted = { ... }
    local count = select("#", ...)
    if count > 250 then bad_argument(252, "lines", "too many arguments") end
    return function()
        if state.closed then error("file is already closed", 2) end
        local results = { read_formats(state, unpack(wanted, 1, count)) }
        if results[1] ~= nil then return unpack(results, 1, count > 0 and count or 1) end
        if results[2] then error(results[2], 2) end
        if close_at_end then close(state) end
        return nil
    end
end

function file.lines(f, ...)
    local state = check_open(f, "lines")
    check_formats("lines", 0, ...)
    return lines_of(f, state, false, ...)
end

function meta.__tostring(f)
    local state = states[f]
    if not state or state.closed then return "file (closed)" end
    -- The address; %p looks at no __tostring.
    return format("file (%p)", f)
end

function meta.__close(f)
    local state = states[f]
    if state and not state.closed then close(state) end
end

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
