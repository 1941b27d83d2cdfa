local wezterm = require 'wezterm'
local test = require 'lunette.test'

wezterm.on('format-tab-title', function(tab)
    if tab.tab_title ~= 'hang' then return ' ' .. tab.tab_title .. '. ' end
    test.spin_in_c(2)
    wezterm.log_warn 'the dead speaks'
    wezterm.mux.get_tab(tab.tab_id):set_title 'set by the dead'
    return ' returned by the dead '
end)
wezterm.on('update-status', function(window) window:set_right_status(wezterm.strftime_utc '%S') end)

return { use_fancy_tab_bar = false, status_update_interval = 200 }
