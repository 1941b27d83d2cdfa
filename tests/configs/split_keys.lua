-- Moves between panes and the splits of an editor with the same keys, as smart-splits.nvim.
--= run key:keys:CTRL+h
--= run key:keys:META+h
--= command key:keys:CTRL+h perform_action SendKey
--= command key:keys:META+h perform_action SendKey
local wezterm = require 'wezterm'
local directions = { Left = 'h', Down = 'j', Up = 'k', Right = 'l', h = 'Left', j = 'Down', k = 'Up', l = 'Right' }

local function is_editor(pane)
    if pane:get_user_vars().IS_NVIM == 'true' then return true end
    local name = string.gsub(pane:get_foreground_process_name() or '', '(.*[/\\])(.*)', '%2')
    return name == 'nvim' or name == 'vim'
end

local function bind(what, key)
    local mods = what == 'resize' and 'META' or 'CTRL'
    return {
        key = key, mods = mods,
        action = wezterm.action_callback(function(window, pane)
            if is_editor(pane) then
                window:perform_action({ SendKey = { key = key, mods = mods } }, pane)
            elseif what == 'resize' then
                window:perform_action({ AdjustPaneSize = { directions[key], 3 } }, pane)
            else
                local tab = pane:tab()
                local next_pane = tab:get_pane_direction(directions[key])
                if next_pane then next_pane:activate() end
            end
        end),
    }
end

local keys = {}
for _, key in ipairs { 'h', 'j', 'k', 'l' } do
    table.insert(keys, bind('move', key))
    table.insert(keys, bind('resize', key))
end
return { keys = keys, default_prog = { '/bin/bash', '-l' } }
