local wezterm = require 'wezterm'

return {
    keys = {
        {
            key = 's',
            mods = 'ALT',
            action = wezterm.action_callback(function()
                local tab, pane, window = wezterm.mux.spawn_window { args = { '/bin/cat' } }
                window:set_title 'spawned'
                tab:set_title 'its tab'
                pane:send_text 'text for it\n'
                wezterm.log_info('same window:', tostring(pane:window():window_id() == window:window_id()))
            end),
        },
    },
}
