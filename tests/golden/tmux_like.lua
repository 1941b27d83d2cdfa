--= press CTRL+a c CTRL+a | CTRL+a - CTRL+a h CTRL+a z CTRL+a r h j Escape CTRL+a 3 CTRL+a ? CTRL+b c
local wezterm = require 'wezterm'
local act = wezterm.action
local config = wezterm.config_builder()
config.leader = { key = 'a', mods = 'CTRL', timeout_milliseconds = 1500 }
config.keys = {
  { key = 'a', mods = 'LEADER|CTRL', action = act.SendKey { key = 'a', mods = 'CTRL' } },
  { key = 'c', mods = 'LEADER', action = act.SpawnTab 'CurrentPaneDomain' },
  { key = '|', mods = 'LEADER|SHIFT', action = act.SplitHorizontal { domain = 'CurrentPaneDomain' } },
  { key = '-', mods = 'LEADER', action = act.SplitVertical { domain = 'CurrentPaneDomain' } },
  { key = 'z', mods = 'LEADER', action = 'TogglePaneZoomState' },
  { key = 'r', mods = 'LEADER', action = act.ActivateKeyTable { name = 'resize_pane', one_shot = false } },
}
for _, d in ipairs { { 'h', 'Left' }, { 'j', 'Down' }, { 'k', 'Up' }, { 'l', 'Right' } } do
  table.insert(config.keys, { key = d[1], mods = 'LEADER', action = act.ActivatePaneDirection(d[2]) })
end
for i = 1, 9 do
  table.insert(config.keys, { key = tostring(i), mods = 'LEADER', action = act.ActivateTab(i - 1) })
end
config.key_tables = {
  resize_pane = {
    { key = 'h', action = act.AdjustPaneSize { 'Left', 5 } },
    { key = 'j', action = act.AdjustPaneSize { 'Down', 5 } },
    { key = 'Escape', action = 'PopKeyTable' },
  },
}
config.use_fancy_tab_bar = false
config.tab_bar_at_bottom = true
wezterm.on('update-right-status', function(window)
  local parts = {}
  if window:leader_is_active() then parts[#parts + 1] = 'LEADER' end
  if window:active_key_table() then parts[#parts + 1] = 'TABLE: ' .. window:active_key_table() end
  parts[#parts + 1] = window:active_workspace()
  window:set_right_status(table.concat(parts, ' | ') .. ' ')
end)
return config
