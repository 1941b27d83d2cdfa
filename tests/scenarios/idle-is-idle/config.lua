local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab) return '<' .. tab.tab_index .. ' ' .. tab.active_pane.title .. '>' end)
wezterm.on('format-window-title', function(tab) return tab.active_pane.title end)

return { use_fancy_tab_bar = false }
