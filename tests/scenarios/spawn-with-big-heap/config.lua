local wezterm = require 'wezterm'

local ticks, ended = 0, 0
local function show(window) window:set_right_status('ended ' .. ended .. (ticks > 50 and ' ticking' or '')) end

wezterm.on('update-status', show)
wezterm.on('child', function(window)
    local ok, out = wezterm.run_child_process { 'sh', '-c', 'echo done' }
    if ok and out == 'done\n' then ended = ended + 1 end
    show(window)
end)
local function tick()
    ticks = ticks + 1
    wezterm.time.call_after(0.016, tick)
end
wezterm.time.call_after(0.016, tick)

return { status_update_interval = 100 }
