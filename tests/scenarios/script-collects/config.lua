local wezterm = require 'wezterm'
local keep = {}
for i = 1, 100000 do keep[i] = { i } end

wezterm.on('format-tab-title', function(tab)
    collectgarbage()
    collectgarbage 'collect'
    return ' ' .. tab.tab_index .. ' of ' .. #keep .. ' '
end)

return { use_fancy_tab_bar = false }
