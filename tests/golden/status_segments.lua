--= press CTRL+SHIFT+L CTRL+SHIFT+C CTRL+c CTRL+SHIFT+V CTRL+SHIFT+F CTRL+SHIFT+U CTRL+0 SHIFT+PageUp CTRL+SHIFT+Z CTRL+SHIFT+R
local wezterm = require 'wezterm'
local config = wezterm.config_builder()
config:set_strict_mode(true)
config.color_scheme = 'Tokyo Night'
config.status_update_interval = 500
wezterm.on('update-status', function(window, pane)
  local palette = window:effective_config().resolved_palette
  local cells = {}
  local cwd = pane:get_current_working_dir()
  if cwd then
    cells[#cells + 1] = cwd.file_path:gsub('/$', ''):gsub('^.*/', '')
    cells[#cells + 1] = cwd.scheme
  end
  for _, b in ipairs(wezterm.battery_info()) do
    cells[#cells + 1] = string.format('%.0f%%', b.state_of_charge * 100)
  end
  cells[#cells + 1] = (pane:get_foreground_process_name() or ''):match '[^/]*$'
  local elements = {}
  for i, cell in ipairs(cells) do
    local color = wezterm.color.parse(palette.background):lighten(i * 0.1)
    elements[#elements + 1] = { Foreground = { Color = color } }
    elements[#elements + 1] = { Text = wezterm.nerdfonts.pl_right_soft_divider .. ' ' .. cell .. ' ' }
  end
  window:set_right_status(wezterm.format(elements))
  window:set_left_status(wezterm.format { { Attribute = { Italic = true } }, { Text = ' ' .. window:active_workspace() .. ' ' } })
end)
return config
