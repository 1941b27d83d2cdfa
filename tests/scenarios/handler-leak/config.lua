local wezterm = require 'wezterm'
local runs = 0

wezterm.on('update-status', function(window)
    for _ = 1, 10000 do
        wezterm.on('user-var-changed', function() end)
    end
    runs = runs + 1
    window:set_right_status('run ' .. runs)
end)

return { status_update_interval = 1000 }
