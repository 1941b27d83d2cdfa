#include "wezterm/lua_chunks.h"

namespace lunette::wezterm {

const std::string_view core_chunk = R"lua(
local wezterm, library, hidden = ...

hidden.add_search_path()

wezterm.emit = library.emit

-- A user has a name and a shell, whatever the program was started by. What tells programs of the terminal
-- around this one where it is, tells a configuration where it is itself.
local account, own_place, getenv = hidden.account, hidden.own_place, os.getenv
function os.getenv(name)
    local value = own_place(name) or getenv(name)
    if value == nil then return account(name) end
    return value
end

-- What can be called is a handler too: above all what stands for a plugin that is not installed.
local getmetatable, type = getmetatable, type
local function handler_of(value)
    local metatable = type(value) == "table" and getmetatable(value)
    if metatable and metatable.__call then return function(...) return value(...) end end
    return value
end
local on, action_callback = wezterm.on, wezterm.action_callback
function wezterm.on(event, handler) return on(event, handler_of(handler)) end
function wezterm.action_callback(handler) return action_callback(handler_of(handler)) end

-- A plain table in WezTerm too: what is not there reads as nil, and what configurations store in it stays.
local unknown_name = hidden.unknown_name
setmetatable(wezterm, {
    __index = function(_, name)
        if type(name) == "string" then unknown_name(name) end
        return nil
    end,
})
)lua";

const std::string_view action_chunk = R"lua(
local wezterm, _, hidden = ...
local error, getmetatable, rawget, type = error, getmetatable, rawget, type


local kind = hidden.action_kind
local check = hidden.action_check

-- The error is that of the line that makes the action.
local function checked(result, what)
    if what then error(what, 3) end
    return result
end

local function is_missing(value)
    local metatable = type(value) == "table" and getmetatable(value)
    return metatable and rawget(metatable, "__counts_as_nil")
end

-- The actions that are there: those of a plugin that is not installed are not.
local function present(actions)
    if type(actions) ~= "table" then return actions end
    for i = 1, #actions do
        if is_missing(actions[i]) then
            local there = {}
            for j = 1, #actions do
                if not is_missing(actions[j]) then there[#there + 1] = actions[j] end
            end
            return there
        end
    end
    return actions
end

-- wezterm.action.Name is the name where the action takes no argument; else a table that is the action without
-- one, and that makes the action with one when it is called.
local constructors = setmetatable({}, {
    __index = function(cache, name)
        local constructor = {
            __call = function(_, argument)
                -- What a plugin that is not installed would have given makes no action.
                if is_missing(argument) then return argument end
                if name == "Multiple" then argument = present(argument) end
                return checked(check({ [name] = argument == nil and {} or argument }))
            end,
        }
        cache[name] = constructor
        return constructor
    end,
})

wezterm.action = setmetatable({}, {
    __index = function(_, name)
        if checked(kind(name)) == "plain" then return name end
        return setmetatable({ [name] = {} }, constructors[name])
    end,
    __call = function(_, action) return checked(check(action)) end,
})
)lua";

} // namespace lunette::wezterm
