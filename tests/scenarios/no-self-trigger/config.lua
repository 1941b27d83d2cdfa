local wezterm = require 'wezterm'
local shared = { runs = 0 }

wezterm.on('format-tab-title', function(tab)
    shared.runs = shared.runs + 1
    return ' ' .. tab.tab_index .. (shared.runs >= 0 and ' ' or '')
end)
wezterm.on('update-status', function(window) window:set_right_status(window:active_tab():get_title() .. 'ok') end)

return { use_fancy_tab_bar = false, status_update_interval = 1000000 }
