local wezterm = require 'wezterm'

wezterm.on('update-status', function(window) window:set_right_status 'fine' end)
wezterm.on('format-window-title', function()
    return tostring(string.find(('a'):rep(40), ('a-'):rep(20) .. 'b'))
end)

return {}
