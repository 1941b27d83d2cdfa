local wezterm = require 'wezterm'

wezterm.on('format-tab-title', function(tab)
    if tab.tab_index == 2 then wezterm.sleep_ms(30) end -- longer than a frame is put off
    return '[tab ' .. tab.tab_index + 1 .. ']'
end)

return { use_fancy_tab_bar = false, show_new_tab_button_in_tab_bar = false }
