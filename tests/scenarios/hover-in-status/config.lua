local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab) return '<' .. tab.tab_index .. '>' end)
wezterm.on('update-status', function(window)
    window:set_right_status('over ' .. tostring(window.hovered_tab or 'none'))
end)

return { use_fancy_tab_bar = false, status_update_interval = 0 }
