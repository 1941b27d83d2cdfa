local wezterm = require 'wezterm'
local test = require 'lunette.test'

wezterm.on('spin', function() test.spin_in_c() end)
wezterm.on('block', function() test.block() end)
wezterm.on('format-tab-title', function(tab)
    return ' ' .. (tab.tab_title ~= '' and tab.tab_title or 'none') .. ' '
end)
wezterm.on('update-status', function(window)
    wezterm.GLOBAL.runs = (wezterm.GLOBAL.runs or 0) + 1
    window:set_right_status(wezterm.GLOBAL.runs >= 2 and 'counted' or 'begins')
end)

return {
    use_fancy_tab_bar = false,
    status_update_interval = 200,
    keys = { { key = 'k', mods = 'ALT', action = wezterm.action_callback(function(window, pane)
        pane:send_text 'by a callback'
    end) } },
}
