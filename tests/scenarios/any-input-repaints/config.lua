local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab)
    local pane = tab.active_pane
    local vars = pane.user_vars
    return table.concat({ '', tab.tab_title, pane.title, vars.NOTE or '-', tostring(tab.is_active),
        tostring(#tab.panes), pane.progress.Percentage or '-', '' }, '/')
end)

return { use_fancy_tab_bar = false, tab_max_width = 60 }
