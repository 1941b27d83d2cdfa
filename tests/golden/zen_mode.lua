--= press CTRL+SHIFT+Z ALT+z CTRL+SHIFT+Enter F5 CTRL+SHIFT+UpArrow CTRL+ALT+SHIFT+% CTRL+SHIFT+PageUp ALT+Enter CTRL+SHIFT+O CTRL+Insert
local wezterm = require 'wezterm'
local config = wezterm.config_builder()
wezterm.on('user-var-changed', function(window, pane, name, value)
  local overrides = window:get_config_overrides() or {}
  if name == 'ZEN_MODE' then
    local incremental = value:find '%+'
    local number = tonumber(value)
    if incremental ~= nil then
      while number > 0 do
        window:perform_action(wezterm.action.IncreaseFontSize, pane)
        number = number - 1
      end
      overrides.enable_tab_bar = false
    elseif number and number < 0 then
      window:perform_action(wezterm.action.ResetFontSize, pane)
      overrides.font_size = nil
      overrides.enable_tab_bar = true
    else
      overrides.font_size = number
      overrides.enable_tab_bar = false
    end
  end
  window:set_config_overrides(overrides)
end)
wezterm.on('bell', function(window, pane) window:toast_notification('bell', pane:get_title(), nil, 4000) end)
wezterm.on('window-focus-changed', function(window) window:set_left_status(window:is_focused() and 'on' or 'off') end)
wezterm.on('open-uri', function(window, pane, uri)
  if uri:find '^mailto:' then return false end
end)
config.hyperlink_rules = wezterm.default_hyperlink_rules()
table.insert(config.hyperlink_rules, { regex = [[\b[tT](\d+)\b]], format = 'https://example.com/tasks/?t=$1' })
config.mouse_bindings = {
  { event = { Up = { streak = 1, button = 'Left' } }, mods = 'CTRL', action = wezterm.action.OpenLinkAtMouseCursor },
  { event = { Down = { streak = 1, button = { WheelUp = 1 } } }, mods = 'CTRL', action = wezterm.action.IncreaseFontSize },
}
return config
