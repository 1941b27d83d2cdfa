local wezterm = require 'wezterm'

wezterm.on('update-status', function(window) window:set_right_status('at ' .. wezterm.strftime_utc '%H:%M:%S') end)

return { status_update_interval = 1000 }
