local wezterm = require 'wezterm'

wezterm.on('format-window-title', function()
    coroutine.wrap(function()
        while true do
            pcall(function() while true do end end)
        end
    end)()
end)
wezterm.on('update-status', function(window) window:set_right_status(wezterm.strftime_utc '%S') end)

return { status_update_interval = 200 }
