--= press ALT+n h l Escape ALT+u v y Escape ALT+c CTRL+SHIFT+X
local wezterm = require 'wezterm'
local act = wezterm.action
local modes = { Normal = { 'N', '#7dcfff' }, copy_mode = { 'C', '#e0af68' }, UI = { 'U', '#f7768e' } }
wezterm.on('update-right-status', function(window)
  local mode = modes[window:active_key_table() or 'Normal'] or { '?', '#ffffff' }
  window:set_left_status(wezterm.format {
    { Attribute = { Intensity = 'Bold' } }, { Foreground = { Color = mode[2] } }, { Text = ' ' .. mode[1] .. ' ' },
  })
end)
local copy_mode = wezterm.gui and wezterm.gui.default_key_tables().copy_mode or {}
table.insert(copy_mode, { key = 'Y', mods = 'SHIFT', action = act.Multiple { { CopyTo = 'Clipboard' }, { CopyMode = 'Close' } } })
return {
  keys = {
    { key = 'n', mods = 'ALT', action = act.ActivateKeyTable { name = 'Normal', one_shot = false, prevent_fallback = true } },
    { key = 'u', mods = 'ALT', action = act.ActivateKeyTable { name = 'UI', one_shot = false, until_unknown = true, timeout_milliseconds = 5000 } },
    { key = 'c', mods = 'ALT', action = 'ActivateCopyMode' },
  },
  key_tables = {
    Normal = {
      { key = 'h', action = act.ActivatePaneDirection 'Left' },
      { key = 'Escape', action = 'PopKeyTable' },
    },
    UI = {
      { key = 'v', action = act.SplitHorizontal {} },
      { key = 'x', action = act.CloseCurrentPane { confirm = false } },
    },
    copy_mode = copy_mode,
  },
}
