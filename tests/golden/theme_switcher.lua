--= run toggle-opacity
--= run key:keys:CTRL+ALT+t
--= press CTRL+ALT+t CTRL+ALT+o CTRL+ALT+x CTRL+SHIFT+P CTRL+SHIFT+E CTRL+- CTRL+= CTRL+0 CTRL+SHIFT+N CTRL+SHIFT+T
local wezterm = require 'wezterm'
local schemes = { 'Gruvbox Dark (Gogh)', 'nord', 'Dracula', 'rose-pine', 'Solarized Light (Gogh)' }
wezterm.GLOBAL.theme = wezterm.GLOBAL.theme or 1
local builtin = wezterm.color.get_builtin_schemes()
local mine = wezterm.color.get_default_colors()
mine.background = wezterm.color.parse('#202020'):darken(0.5)
wezterm.on('toggle-opacity', function(window)
  local overrides = window:get_config_overrides() or {}
  overrides.window_background_opacity = not overrides.window_background_opacity and 0.7 or nil
  window:set_config_overrides(overrides)
end)
wezterm.on('window-config-reloaded', function(window)
  local name = window:effective_config().color_scheme
  window:set_right_status((name or 'none') .. ' ' .. builtin[name].background)
end)
return {
  color_schemes = { Mine = mine },
  color_scheme = wezterm.gui.get_appearance():find 'Dark' and schemes[wezterm.GLOBAL.theme] or 'Solarized Light (Gogh)',
  keys = {
    { key = 't', mods = 'CTRL|ALT', action = wezterm.action_callback(function(window)
      wezterm.GLOBAL.theme = wezterm.GLOBAL.theme % #schemes + 1
      window:set_config_overrides { color_scheme = schemes[wezterm.GLOBAL.theme] }
    end) },
    { key = 'o', mods = 'CTRL|ALT', action = wezterm.action.EmitEvent 'toggle-opacity' },
    { key = 'E', mods = 'CTRL|SHIFT', action = wezterm.action.DisableDefaultAssignment },
    { key = '0', mods = 'CTRL', action = wezterm.action.Nop },
  },
}
