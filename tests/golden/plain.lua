--= press CTRL+SHIFT+T CTRL+SHIFT+w CTRL+Tab CTRL+SHIFT+Tab CTRL+SHIFT+P ALT+Enter CTRL+SHIFT+X CTRL+SHIFT+Space CTRL+b c
local wezterm = require 'wezterm'
local config = wezterm.config_builder()
config.font = wezterm.font('JetBrains Mono', { weight = 'Medium' })
config.font_size = 13.5
config.color_scheme = 'Catppuccin Mocha'
config.window_decorations = 'RESIZE'
config.window_padding = { left = 4, right = 4, top = 0, bottom = 0 }
config.hide_tab_bar_if_only_one_tab = true
config.window_background_opacity = 0.95
config.macos_window_background_blur = 20
config.audible_bell = 'Disabled'
return config
