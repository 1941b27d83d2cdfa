local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab)
    local items = {
        { Attribute = { Intensity = 'Bold' } },
        { Foreground = { Color = '#ff8800' } },
        { Text = ' äö→ ' },
        'ResetAttributes',
        { Text = 'end ' },
    }
    if tab.tab_index == 0 then return items end
    return wezterm.format(items)
end)

return { use_fancy_tab_bar = false }
