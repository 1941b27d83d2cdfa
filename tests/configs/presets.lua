-- Presets that are switched with overrides, as presentation.wez and many opacity toggles.
--= run key:keys:CTRL+ALT+p
--= run toggle-opacity
--= command key:keys:CTRL+ALT+p set_config_overrides DemiBold
--= command key:keys:CTRL+ALT+p set_config_overrides font_size = 26
--= command toggle-opacity set_config_overrides 0.7
--= command user-var-changed set_config_overrides enable_tab_bar = false
--= command window-config-reloaded toast_notification reloaded
--= warning Window:maximize has no effect
local wezterm = require 'wezterm'

local function present(window)
    local config = window:effective_config()
    local overrides = window:get_config_overrides() or {}
    if not overrides.font then overrides.font = {} end
    if not overrides.font.font then overrides.font.font = {} end
    if not overrides.font.font[1] then overrides.font.font[1] = config.font.font[1] end
    overrides.font.font[1].weight = 'DemiBold'
    overrides.font_size = config.font_size * 2
    if not window:get_dimensions().is_full_screen then window:maximize() end
    window:set_config_overrides(overrides)
end

wezterm.on('toggle-opacity', function(window)
    local overrides = window:get_config_overrides() or {}
    overrides.window_background_opacity = not overrides.window_background_opacity and 0.7 or nil
    window:set_config_overrides(overrides)
end)

wezterm.on('user-var-changed', function(window, pane, name, value)
    local overrides = window:get_config_overrides() or {}
    if name == 'PROG' and value == 'nvim' then
        overrides.enable_tab_bar = false
        window:perform_action(wezterm.action.ResetFontSize, pane)
    end
    window:set_config_overrides(overrides)
end)

wezterm.on('window-config-reloaded', function(window) window:toast_notification('wezterm', 'reloaded', nil, 4000) end)

local config = wezterm.config_builder()
config.font = wezterm.font_with_fallback {
    { family = 'Iosevka', weight = 'Medium', harfbuzz_features = { 'calt=1' } }, 'Symbols Nerd Font Mono',
}
config.font_size = 13
config.font_rules = { { intensity = 'Bold', italic = true, font = wezterm.font('Iosevka', { bold = true, italic = true }) } }
config.window_background_gradient = { colors = { '#111', '#222' }, orientation = { Linear = { angle = -45.0 } } }
config.background = { { source = { Color = 'black' }, width = '100%', height = '100%', opacity = 0.9 } }
config.keys = {
    { key = 'p', mods = 'CTRL|ALT', action = wezterm.action_callback(present) },
    { key = 'o', mods = 'CTRL|ALT', action = wezterm.action.EmitEvent 'toggle-opacity' },
}
return config
