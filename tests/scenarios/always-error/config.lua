local wezterm = require 'wezterm'
local runs = 0

wezterm.on('update-status', function(window)
    runs = runs + 1
    if runs == 1 then return window:set_right_status 'good' end
    error 'it is broken'
end)

return { status_update_interval = 100 }
