#include "wezterm/lua_chunks.h"

namespace lunette::wezterm {

const std::string_view stand_in_chunk = R"lua(
local plugin, _, hidden = ...

local rawequal, rawget, rawset, select, type = rawequal, rawget, rawset, select, type
local error, ipairs, pairs, setmetatable, tostring = error, ipairs, pairs, setmetatable, tostring
local package, table = package, table

-- What stands for a plugin that is not installed, and for everything reached through it: can be called and
-- indexed, does nothing, and counts as nil in a configuration. So the rest of the file still works.
local stand_in = {}
local function same() return stand_in end
local function zero() return 0 end
local function no() return false end
local function left_or_right(a, b) return tostring(a) .. tostring(b) end
setmetatable(stand_in, {
    __name = "missing plugin",
    __counts_as_nil = true,
    __index = function(_, key) if type(key) ~= "number" then return stand_in end end,
    __newindex = function() end,
    __call = same,
    __tostring = function() return "" end,
    __concat = left_or_right,
    __len = zero,
    __pairs = function() return function() end end,
    __add = zero, __sub = zero, __mul = zero, __div = zero, __mod = zero, __pow = zero, __idiv = zero, __unm = zero,
    __lt = no, __le = no,
})
hidden.stand_in = stand_in

local function is_missing(value) return rawequal(value, stand_in) end

-- A function of the API that is given the stand-in gives it back: what is made of nothing is nothing.
local function passing(call)
    return function(...)
        local a, b, c = ...
        if is_missing(a) or is_missing(b) or is_missing(c) then return stand_in end
        return call(...)
    end
end

-- The array without the stand-ins in it.
local function rest_of(array)
    if type(array) ~= "table" then return array end
    local found = false
    for i = 1, #array do found = found or is_missing(rawget(array, i)) end
    if not found then return array end
    local rest = {}
    for i = 1, #array do
        if not is_missing(array[i]) then rest[#rest + 1] = array[i] end
    end
    return rest
end

local function without(call)
    local pass = passing(call)
    return function(array, ...) return pass(rest_of(array), ...) end
end

-- A program with a missing word is another program: it is not started.
local function starting(run)
    return function(arguments, ...)
        if is_missing(arguments) or type(arguments) == "table" and #rest_of(arguments) < #arguments then
            return false, "", ""
        end
        return run(arguments, ...)
    end
end

-- Text, though made of nothing: it is shown.
local function formatting(format)
    return function(items)
        if is_missing(items) then return "" end
        return format(rest_of(items))
    end
end

local particular = {
    format = formatting, font_with_fallback = without, shell_join_args = without,
    run_child_process = starting, background_child_process = starting,
}
-- These take anything, or a handler that may be the stand-in.
local as_they_are = {
    on = true, emit = true, action_callback = true, to_string = true, config_builder = true,
    log_info = true, log_warn = true, log_error = true, log_debug = true,
    json_encode = true, json_encode_pretty = true, yaml_encode = true, toml_encode = true, toml_encode_pretty = true,
}

local function accept_in(functions)
    for name, value in pairs(functions) do
        if type(value) == "function" and not as_they_are[name] then
            rawset(functions, name, (particular[name] or passing)(value))
        end
    end
end

-- Costs something in each call, so only a configuration that has to do without a plugin pays.
local accepted = false
function hidden.accept_stand_ins()
    if accepted then return end
    accepted = true
    local wezterm = package.loaded.wezterm
    accept_in(wezterm)
    for _, name in ipairs({ "color", "time", "url", "serde", "mux", "gui", "procinfo" }) do
        accept_in(rawget(wezterm, name))
    end
    local concat = table.concat
    function table.concat(parts, separator, ...)
        if is_missing(parts) then return "" end
        if select("#", ...) == 0 and type(parts) == "table" then
            parts = rest_of(parts)
            -- The original's error, with the place of the line that calls.
            for i = 1, #parts do
                local kind = type(parts[i])
                if kind ~= "string" and kind ~= "number" then
                    error("invalid value (" .. kind .. ") at index " .. i .. " in table for 'concat'", 2)
                end
            end
        end
        return concat(parts, separator, ...)
    end
end
)lua";

} // namespace lunette::wezterm
