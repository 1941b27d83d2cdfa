local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
    if tab.tab_index >= 2 then wezterm.sleep_ms(30) end -- frames are drawn before it is known
    return wezterm.truncate_right('[' .. ('x'):rep(12) .. ']', max_width)
end)

return { use_fancy_tab_bar = false, show_new_tab_button_in_tab_bar = false }
