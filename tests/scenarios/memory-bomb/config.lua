local wezterm = require 'wezterm'

wezterm.on('format-window-title', function()
    local s = 'x'
    while true do s = s .. s end
end)
wezterm.on('format-tab-title', function() return string.rep('x', 1e10) end)
wezterm.on('update-status', function(window) window:set_right_status 'fine' end)

return {}
