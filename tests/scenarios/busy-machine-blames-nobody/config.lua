local wezterm = require 'wezterm'

local function work()
    local sum = 0
    for i = 1, 300000 do sum = sum + i % 7 end
    return sum > 0
end

wezterm.on('format-tab-title', function(tab) return work() and ' ' .. tab.tab_title .. ' ' end)
wezterm.on('update-status', function(window)
    if work() then window:set_right_status(wezterm.strftime_utc '%S') end
end)

return { use_fancy_tab_bar = false, status_update_interval = 200 }
