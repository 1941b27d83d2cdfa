local wezterm = require 'wezterm'
wezterm.sleep_ms(5000)
wezterm.on('format-tab-title', function() return ' configured ' end)
wezterm.on('update-status', function(window) window:set_right_status 'ready' end)
return { use_fancy_tab_bar = false }
