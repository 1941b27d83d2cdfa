local wezterm = require 'wezterm'

local made = 0
wezterm.on('make', function(window)
    for _ = 1, 10000 do
        local config = window:effective_config()
        made = made + #config.keys // 1000
    end
    window:set_right_status('made ' .. made)
end)

local keys = {}
for i = 1, 1000 do
    keys[i] = { key = 'F' .. (i % 24 + 1), mods = 'CTRL', action = wezterm.action.SendString(('x'):rep(100) .. i) }
end
return { keys = keys }
