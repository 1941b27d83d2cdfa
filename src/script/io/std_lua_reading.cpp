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
const std::string_view files_reading = R"lua(
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
)lua";

} // namespace lunette::script
