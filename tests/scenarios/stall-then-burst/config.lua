local wezterm = require 'wezterm'
local ticks = 0

wezterm.on('update-status', function(window) window:set_right_status 'there' end)

local function tick()
    ticks = ticks + 1
    wezterm.log_info('tick ' .. ticks)
    wezterm.time.call_after(0.1, tick)
end
wezterm.time.call_after(0.1, tick)

return { status_update_interval = 100 }
