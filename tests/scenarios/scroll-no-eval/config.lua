local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab) return ' ' .. tab.tab_index .. ' ' .. tab.active_pane.title .. ' ' end)
wezterm.on('update-status', function(window, pane) window:set_right_status(pane:get_title() .. '!') end)

return { use_fancy_tab_bar = false, status_update_interval = 100000 }
