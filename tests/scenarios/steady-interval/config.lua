local wezterm = require 'wezterm'
local last

wezterm.on('update-status', function(window)
    local now = wezterm.time.now():format '%s%3f' + 0 -- milliseconds
    if last and now - last < 900 then wezterm.log_info(('only %d ms later'):format(now - last)) end
    last = now
    window:set_right_status('at ' .. now)
end)

return { status_update_interval = 1000 }
