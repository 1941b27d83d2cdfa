--= press CTRL+PageUp CTRL+PageDown CTRL+SHIFT+PageDown ALT+1 ALT+2 SUPER+t CTRL+t CTRL+w CTRL+SHIFT+1 F11
local wezterm = require 'wezterm'
local LEFT, RIGHT = wezterm.nerdfonts.pl_right_hard_divider, wezterm.nerdfonts.pl_left_hard_divider
local icons = { nvim = wezterm.nerdfonts.custom_vim, zsh = wezterm.nerdfonts.dev_terminal, cargo = '🦀' }
local function basename(path) return (path:gsub('(.*[/\\])(.*)', '%2')) end
local function title_of(tab)
  if #tab.tab_title > 0 then return tab.tab_title end
  local name = basename(tab.active_pane.foreground_process_name)
  return (icons[name] or '?') .. ' ' .. (name ~= '' and name or tab.active_pane.title)
end
wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
  local bg, fg = '#1b1032', '#808080'
  if tab.is_active then bg, fg = '#2b2042', '#c0c0c0' elseif hover then bg, fg = '#3b3052', '#909090' end
  local zoomed = tab.active_pane.is_zoomed and '[Z] ' or ''
  local title = wezterm.truncate_right(tab.tab_index + 1 .. ': ' .. zoomed .. title_of(tab), max_width - 2)
  local unseen = false
  for _, pane in ipairs(tab.panes) do unseen = unseen or pane.has_unseen_output end
  return {
    { Background = { Color = '#0b0022' } }, { Foreground = { Color = bg } }, { Text = LEFT },
    { Background = { Color = bg } }, { Foreground = { Color = fg } },
    { Attribute = { Intensity = tab.is_active and 'Bold' or 'Normal' } },
    { Text = title .. (unseen and '*' or '') }, 'ResetAttributes',
    { Background = { Color = '#0b0022' } }, { Foreground = { Color = bg } }, { Text = RIGHT },
  }
end)
local keys = {
  { key = 't', mods = 'CTRL', action = wezterm.action { SpawnTab = 'DefaultDomain' } },
  { key = 'w', mods = 'CTRL', action = wezterm.action { CloseCurrentTab = { confirm = true } } },
}
for i = 1, 8 do keys[#keys + 1] = { key = tostring(i), mods = 'ALT', action = wezterm.action.ActivateTab(i - 1) } end
return {
  keys = keys, use_fancy_tab_bar = false, tab_max_width = 24, show_new_tab_button_in_tab_bar = false,
  colors = { tab_bar = { background = '#0b0022' } },
}
