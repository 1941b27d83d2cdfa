local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover)
    local process = tab.active_pane.foreground_process_name:match '[^/]*$'
    return (hover and ' >' or '  ') .. process .. ' '
end)

return { use_fancy_tab_bar = false }
