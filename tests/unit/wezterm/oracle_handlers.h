#pragma once

namespace lunette::wezterm::testing {

// What the oracle's configuration does: each tab's title, by its tab_id, depends on something else, all of
// them on what the mouse is over and how wide they may be. FILE is set before.
inline constexpr const char* oracle_handlers = R"lua(
local lunette = require 'lunette'
local shared = { prefix = 'p', nested = { list = { 1, 2, 3 } } }
local counter = 0
a_global = 'g'
package.preload['oracle.module'] = function() return { value = 0, deep = { x = 1 } } end
local module = require 'oracle.module'

local function pane_titles(tabs)
    local all = {}
    for i, tab in ipairs(tabs) do
        all[i] = (tab.is_active and '*' or '') .. tab.tab_title .. tab.active_pane.title
    end
    return table.concat(all, ',')
end

local function global_text()
    local keys = {}
    for key in pairs(wezterm.GLOBAL) do keys[#keys + 1] = key end
    table.sort(keys)
    local t = wezterm.GLOBAL.t
    return table.concat(keys, ',') .. tostring(wezterm.GLOBAL.x) .. tostring(t and t.y)
end

local function file_text()
    local file = io.open(FILE)
    if not file then return 'absent' end
    local text = file:read 'a'
    file:close()
    return text
end

local function kept_title()
    if not shared.kept then return 'none' end
    local ok, title = pcall(shared.kept.get_title, shared.kept)
    return ok and title or 'gone'
end

local titles = {
    [0] = function(tab) -- fields, one key of a map
        local pane = tab.active_pane
        return table.concat({ pane.title, tostring(pane.user_vars.NOTE), tostring(pane.has_unseen_output) }, '/')
    end,
    function(tab, tabs) return #tabs .. pane_titles(tabs) end,
    function(tab, tabs, panes, config) -- the view of the configuration, absences too
        local oracle = config.oracle
        return table.concat({ config.tab_max_width, tostring(config.missing), tostring(oracle and oracle.x) }, '/')
    end,
    function() -- Lua state: upvalues, a module, globals, what another title handler wrote
        return table.concat({ shared.prefix, shared.nested.list[2], module.value, module.deep.x, a_global,
            counter, tostring(shared.seen_by_title) }, '/')
    end,
    global_text,
    function() return os.time() % 1000 .. wezterm.strftime ':%M:%S' end,
    file_text,
    function(tab) -- text by a query, whose reply may be late
        local ok, text = pcall(function()
            return wezterm.mux.get_pane(tab.active_pane.pane_id):get_lines_as_text(1)
        end)
        return ok and text or 'no text'
    end,
    function(tab) -- other things happen while it waits
        local before = tab.active_pane.title .. shared.prefix
        wezterm.sleep_ms(20)
        return before .. tab.tab_title .. module.value
    end,
    function(tab) -- errors, and look-ups that fail
        if tab.active_pane.title:find 'odd' then error('odd ' .. tab.active_pane.title) end
        local ok, other = pcall(wezterm.mux.get_tab, tab.tab_id + 1)
        return ok and other:get_title() or 'no next'
    end,
    function(tab, tabs) -- one item, of a list that may be shorter
        return kept_title() .. '/' .. (tabs[4] and tabs[4].active_pane.title or 'no fourth')
    end,
    function(tab) -- required only now and then
        if tab.active_pane.title:find 'odd' then return 'odd' .. require('oracle.module').deep.x end
        lunette.depends_on 'named'
        return 'even' .. tostring(rawget(_G, 'named'))
    end,
}
local kinds = #titles + 1

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
    local text = titles[tab.tab_id % kinds](tab, tabs, panes, config)
    return (hover and '<' or '[') .. tab.tab_index .. text .. '|' .. max_width
end)

wezterm.on('format-window-title', function(tab, pane, tabs, panes, config)
    shared.seen_by_title = pane.title
    wezterm.GLOBAL.from_title = pane.progress.Percentage
    return pane.title .. #tabs .. tab.tab_index .. tostring(pane.is_zoomed) .. shared.prefix
end)

wezterm.on('update-status', function(window, pane)
    window:set_left_status(shared.prefix .. window:active_workspace())
    window:set_right_status(tostring(wezterm.GLOBAL.x) .. pane:get_title())
end)

local changes = {
    prefix = function(value) shared.prefix = 'p' .. value end,
    nested = function(value) shared.nested.list[2] = value end,
    replaced = function(value) shared.nested = { list = { 0, value } } end,
    module = function(value) module.value = value end,
    deep = function(value) module.deep = { x = value } end,
    global = function(value) a_global = 'g' .. value end,
    counter = function(value) counter = value end,
    named = function(value) named = value lunette.changed 'named' end,
    GLOBAL = function(value) wezterm.GLOBAL.x = value end,
    GLOBAL_table = function(value) wezterm.GLOBAL.t = { y = value } end,
    GLOBAL_inside = function(value) local t = wezterm.GLOBAL.t if t then t.y = value end end,
    GLOBAL_key = function(value) wezterm.GLOBAL['k' .. value % 3] = value % 2 == 0 and value or nil end,
    kept = function(_, pane) shared.kept = pane end,
    unrelated = function(value) local unseen = { value } return unseen end,
}
wezterm.on('change', function(window, pane, what, value) changes[what](value, pane) end)
wezterm.on('change-later', function(window, pane, what, value)
    wezterm.time.call_after(0.05, function() changes[what](value, pane) end)
end)
wezterm.on('change-slowly', function(window, pane, what, value)
    changes[what](value, pane)
    wezterm.sleep_ms(30)
    changes[what](value + 1, pane)
end)
)lua";

} // namespace lunette::wezterm::testing
