local wezterm = require 'wezterm'

wezterm.on('format-window-title', function() while true do end end)
wezterm.on('format-tab-title', function(tab) return ' ' .. (tab.tab_title ~= '' and tab.tab_title or 'none') .. ' ' end)
wezterm.on('update-status', function(window) window:set_right_status(wezterm.strftime_utc '%S') end)

return { use_fancy_tab_bar = false, status_update_interval = 200 }
