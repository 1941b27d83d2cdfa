--= run key:keys:CTRL+h
--= run key:keys:ALT+l
--= press CTRL+h CTRL+j CTRL+k CTRL+l ALT+h ALT+l ALT+j CTRL+SHIFT+LeftArrow CTRL+\ CTRL+b %
local wezterm = require 'wezterm'
local directions = { h = 'Left', j = 'Down', k = 'Up', l = 'Right' }
local function is_vim(pane)
  return pane:get_user_vars().IS_NVIM == 'true' or (pane:get_foreground_process_name() or ''):match 'n?vim$' ~= nil
end
local function split_nav(kind, key)
  local mods = kind == 'resize' and 'ALT' or 'CTRL'
  return {
    key = key, mods = mods,
    action = wezterm.action_callback(function(window, pane)
      if is_vim(pane) then
        window:perform_action({ SendKey = { key = key, mods = mods } }, pane)
      elseif kind == 'resize' then
        window:perform_action({ AdjustPaneSize = { directions[key], 3 } }, pane)
      else
        window:perform_action({ ActivatePaneDirection = directions[key] }, pane)
      end
    end),
  }
end
local config = {}
config.keys = {}
for _, key in ipairs { 'h', 'j', 'k', 'l' } do
  table.insert(config.keys, split_nav('move', key))
  table.insert(config.keys, split_nav('resize', key))
end
return config
