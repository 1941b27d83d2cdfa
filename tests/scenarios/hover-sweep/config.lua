local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
    return (hover and '<' or ' ') .. tab.tab_index .. (hover and '>' or ' ')
end)

return { use_fancy_tab_bar = false }
