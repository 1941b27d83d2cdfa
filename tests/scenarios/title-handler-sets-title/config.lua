local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab)
    local live = wezterm.mux.get_tab(tab.tab_id)
    live:set_title('set by the handler')
    return ' ' .. tab.tab_title .. ' '
end)

return { use_fancy_tab_bar = false, tab_max_width = 40 }
