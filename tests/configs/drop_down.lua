-- A terminal below the editor that comes and goes by zooming, as toggle_terminal.wez.
--= run key:keys:CTRL+;
--= command key:keys:CTRL+; set_zoomed {true}
--= command key:keys:CTRL+; activate {}
--= run key:keys:CTRL+t
--= command key:keys:CTRL+t split "Down"
local wezterm = require 'wezterm'
local state = {}

local function toggle(window, pane)
    local tab = window:active_tab()
    local infos = tab:panes_with_info()
    local id = tostring(tab:tab_id())
    if #infos == 1 then
        state[id] = pane:split { direction = 'Bottom', size = 0.3, args = { os.getenv 'SHELL' or '/bin/sh' } }:pane_id()
        return
    end
    for _, info in ipairs(infos) do
        if not info.is_active then
            state[id] = info.pane:pane_id()
        end
    end
    local other = wezterm.mux.get_pane(state[id])
    local zoomed = tab:set_zoomed(true)
    if zoomed then
        tab:set_zoomed(false)
        other:activate()
    else
        pane:activate()
    end
end

return {
    unzoom_on_switch_pane = true,
    keys = {
        { key = ';', mods = 'CTRL', action = wezterm.action_callback(toggle) },
        { key = 't', mods = 'CTRL', action = wezterm.action_callback(function(window)
            local made = window:mux_window():spawn_tab {}
            local pane = made:active_pane()
            toggle(window, pane)
        end) },
    },
}
