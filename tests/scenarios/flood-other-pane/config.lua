local wezterm = require 'wezterm'
local config = { use_fancy_tab_bar = false, keys = {} }

for i = 1, 1000 do
    config.keys[i] = { key = tostring(i % 10), mods = 'LEADER|CTRL', action = wezterm.action.SendString('key ' .. i) }
end
wezterm.on('format-tab-title', function(tab) return ' constant ' end)

return config
