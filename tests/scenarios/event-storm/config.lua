local wezterm = require 'wezterm'

wezterm.on('update-status', function(window) window:set_right_status(window:active_tab():get_title() .. '.') end)

return { status_update_interval = 100000 }
