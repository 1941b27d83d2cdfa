local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab)
    return ' ' .. (tab.tab_title ~= '' and tab.tab_title or 'none') .. ' '
end)

return { use_fancy_tab_bar = false }
