#include "wezterm/lua_chunks.h"

namespace lunette::wezterm {

const std::string_view log_chunk = R"lua(
local wezterm, _, hidden = ...

local log = hidden.log

local format, rep, concat, sort, unpack = string.format, string.rep, table.concat, table.sort, table.unpack
local max_depth, max_items = 32, 4096

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function quoted(text)
    return '"' .. text:gsub('[%c"\\]', function(c)
        return escapes[c] or format("\\x%02x", c:byte())
    end) .. '"'
end

local function is_array(value)
    local count = 0
    for key in pairs(value) do
        if math.type(key) ~= "integer" or key < 1 then return false end
        count = count + 1
    end
    return count == #value
end

-- Keys of one kind in order, kinds by name.
local function before(a, b)
    local ta, tb = type(a), type(b)
    if ta ~= tb then return ta < tb end
    if ta == "number" or ta == "string" then return a < b end
    return tostring(a) < tostring(b)
end

local show

local function show_table(value, state, depth)
    if state.seen[value] then return "table: " .. format("%p", value) end
    if depth > max_depth then return "…" end
    state.seen[value] = true
    local indent, inner = rep("    ", depth), rep("    ", depth + 1)
    local lines = {}
    if is_array(value) then
        for i = 1, #value do
            if state.left <= 0 then break end
            lines[#lines + 1] = inner .. show(value[i], state, depth + 1) .. ","
        end
        if #lines == 0 then return "[]" end
        return "[\n" .. concat(lines, "\n") .. "\n" .. indent .. "]"
    end
    local keys = {}
    for key in pairs(value) do keys[#keys + 1] = key end
    sort(keys, before)
    for _, key in ipairs(keys) do
        if state.left <= 0 then break end
        lines[#lines + 1] = inner .. show(key, state, depth + 1) .. ": " .. show(value[key], state, depth + 1) .. ","
    end
    return "{\n" .. concat(lines, "\n") .. "\n" .. indent .. "}"
end

show = function(value, state, depth)
    state.left = state.left - 1
    local kind = type(value)
    if kind == "string" then return quoted(value) end
    if kind == "table" then return show_table(value, state, depth) end
    return tostring(value)
end

local function pretty(value)
    return show(value, { seen = {}, left = max_items }, 0)
end

local function line(...)
    local parts = { ... }
    for i = 1, select("#", ...) do
        if type(parts[i]) ~= "string" then parts[i] = pretty(parts[i]) end
    end
    return concat(parts, " ")
end

function wezterm.to_string(value) return pretty(value) end
function wezterm.log_error(...) log("error", line(...)) end
function wezterm.log_warn(...) log("warn", line(...)) end
function wezterm.log_debug(...) log("debug", line(...)) end
function wezterm.log_info(...) log("info", line(...)) end
function print(...) log("info", line(...)) end
)lua";

} // namespace lunette::wezterm
