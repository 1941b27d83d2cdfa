local wezterm = require 'wezterm'

wezterm.on('update-status', function(window)
    local pipe = io.popen 'sleep 0.5; echo x'
    local text = pipe:read 'a'
    pipe:close()
    window:set_right_status(text:gsub('%s+$', ''))
end)

return { status_update_interval = 200 }
