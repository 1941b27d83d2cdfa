#include "wezterm/lua_chunks.h"

namespace lunette::wezterm {

const std::string_view host_chunk = R"lua(
local wezterm, _, hidden = ...

local open_in_window = hidden.open_in_window

local io = package.loaded["lunette.io"] or require("lunette.io")
for _, name in ipairs({ "sleep_ms", "read_dir", "glob" }) do
    wezterm[name] = io[name]
end

-- `wezterm cli` means the multiplexer that runs the configuration: that is we.
local function ours(arguments)
    if type(arguments) ~= "table" or arguments[2] ~= "cli" or type(arguments[1]) ~= "string" then return arguments end
    if arguments[1]:match("[^/]*$") ~= "wezterm" then return arguments end
    local routed = table.pack(table.unpack(arguments))
    routed[1], routed.n = "/proc/self/exe", nil
    return routed
end
for _, name in ipairs({ "run_child_process", "background_child_process" }) do
    local run = io[name]
    wezterm[name] = function(arguments) return run(ours(arguments)) end
end

-- What opens it may be missing; nobody waits for the answer, so that is no error.
local function open(program, target)
    local ok, what = pcall(io.background_child_process, { program, target })
    if not ok then wezterm.log_warn("cannot open " .. target .. ": " .. tostring(what)) end
end

function wezterm.open_with(target, application)
    if type(target) ~= "string" then error("open_with: string expected, got " .. type(target), 2) end
    if application ~= nil then
        open(application, target)
    elseif not open_in_window(target) then
        open("xdg-open", target)
    end
end

function wezterm.open_url(url) wezterm.open_with(url) end
)lua";

const std::string_view plugin_chunk = R"lua(
local plugin, _, hidden = ...

local component_of, installed = hidden.component, hidden.installed
local install_folder, may_clone, missing = hidden.install_folder, hidden.may_clone, hidden.missing
hidden.add_search_path()

local io = package.loaded["lunette.io"] or require("lunette.io")
local require = require

local function clone(url, folder)
    local ok, _, stderr = io.run_child_process({ "git", "clone", "--recursive", "--", url, folder })
    if not ok then error("git could not clone the plugin " .. url .. ": " .. stderr, 0) end
end

local stand_in, accept_stand_ins = hidden.stand_in, hidden.accept_stand_ins

-- Modules beside a plugin's init.lua are found without the helper plugins that extend package.path for that.
-- Last of all, so that nothing else is found there first.
local package, extended = package, {}
local function search_beside(folder)
    if extended[folder] then return end
    extended[folder] = true
    package.path = package.path .. ";" .. folder .. "/plugin/?.lua;" .. folder .. "/plugin/?/init.lua;"
        .. folder .. "/?.lua"
end

-- Never reaches for the network while a configuration loads, unless it was allowed to.
function plugin.require(url)
    if type(url) ~= "string" then error("plugin.require: string expected, got " .. type(url), 2) end
    local component = component_of(url)
    if not installed(component) then
        local folder = install_folder() .. "/" .. component
        if may_clone() then
            clone(url, folder)
        else
            missing("the plugin " .. url .. " is not installed and does nothing; install it with\n"
                .. "  git clone --recursive " .. url .. " " .. folder)
            accept_stand_ins()
            return stand_in
        end
    end
    search_beside(installed(component) or install_folder() .. "/" .. component)
    return require(component)
end

function plugin.update_all()
    for _, entry in ipairs(plugin.list()) do
        if entry.url ~= "" then
            local ok, _, stderr = io.run_child_process({
                "git", "-C", entry.plugin_dir, "pull", "--ff-only", "--recurse-submodules",
            })
            if not ok then error("git could not update the plugin " .. entry.url .. ": " .. stderr, 2) end
        end
    end
end
)lua";

} // namespace lunette::wezterm
