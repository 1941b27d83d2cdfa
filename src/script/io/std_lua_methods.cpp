#include "script/io/std_lua.h"

namespace lunette::script {

const std::string_view files_methods = R"lua(
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
)lua";

} // namespace lunette::script
