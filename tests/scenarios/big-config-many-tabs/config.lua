local wezterm = require 'wezterm'
local config = { use_fancy_tab_bar = false, tab_max_width = 20, keys = {} }

for i = 1, 1000 do
    config.keys[i] = { key = tostring(i % 10), mods = 'LEADER|ALT', action = wezterm.action.SendString('key ' .. i) }
end
wezterm.on('format-tab-title', function(tab, tabs, panes, cfg)
    return ' ' .. tab.tab_index .. '/' .. cfg.tab_max_width .. ' '
end)

return config
