-- Plugins that are not there: everything else works.
--= tab 1 plain
--= warning the plugin https://github.com/example/missing.wezterm is not installed
--= warning keys[1]: has no action
local wezterm = require 'wezterm'
local missing = wezterm.plugin.require 'https://github.com/example/missing.wezterm'
local config = wezterm.config_builder()

missing.setup { options = { theme = missing.themes.default, sections = { left = { 'mode' } } } }
missing.apply_to_config(config, { nested = { value = missing.get_theme().accent } })
config.color_scheme = missing.scheme
config.colors = { tab_bar = { background = missing.colors().base, active_tab = { bg_color = 'red', fg_color = 'blue' } } }
for _, key in ipairs(missing.keys) do table.insert(config.keys, key) end
for name, value in pairs(missing.options) do config[name] = value end
wezterm.on('some-event', missing.on_event)
wezterm.on('format-tab-title', function() return 'plain' .. missing.suffix end)
wezterm.on('update-status', function(window)
    local text = missing.status(window)
    window:set_right_status(string.format('%s%d', text, #missing.items))
    if missing.enabled and missing.count > 3 then window:set_left_status(missing.format 'x') end
end)
config.keys = {
    { key = 'a', mods = 'ALT', action = missing.action() },
    { key = 'b', mods = 'ALT', action = wezterm.action_callback(missing.callback) },
    { key = 'c', mods = 'ALT', action = wezterm.action_callback(function(window, pane)
        window:perform_action(missing.switch(), pane)
    end) },
}
return config
