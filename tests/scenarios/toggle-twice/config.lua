local wezterm = require 'wezterm'

return {
    keys = {
        {
            key = 't',
            mods = 'ALT',
            action = wezterm.action_callback(function(window)
                local overrides = window:get_config_overrides() or {}
                overrides.tab_bar_at_bottom = not overrides.tab_bar_at_bottom
                window:set_config_overrides(overrides)
                wezterm.log_info('toggled to', tostring(overrides.tab_bar_at_bottom))
            end),
        },
    },
}
