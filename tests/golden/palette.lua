--= run key:keys:CTRL+SHIFT+I
--= press CTRL+SHIFT+P CTRL+SHIFT+I F2 CTRL+SHIFT+Q CTRL+1 ALT+UpArrow CTRL+ALT+r CTRL+. CTRL+, SHIFT+Insert
local wezterm = require 'wezterm'
local act = wezterm.action
local rename = act.PromptInputLine {
  description = 'Enter new name for tab',
  initial_value = 'name',
  action = wezterm.action_callback(function(window, pane, line)
    if line then window:active_tab():set_title(line) end
  end),
}
wezterm.on('augment-command-palette', function(window, pane)
  return {
    { brief = 'Rename tab', icon = 'md_rename_box', action = rename },
    { brief = 'Tab: ' .. pane:get_title(), doc = 'shows the title', action = act.Nop },
  }
end)
wezterm.on('format-window-title', function(tab, pane, tabs, panes, config)
  local zoomed = tab.active_pane.is_zoomed and '[Z] ' or ''
  local index = #tabs > 1 and string.format('[%d/%d] ', tab.tab_index + 1, #tabs) or ''
  return zoomed .. index .. pane.title .. ' (' .. config.tab_max_width .. ')'
end)
wezterm.on('new-tab-button-click', function(window, pane, button, default_action)
  wezterm.log_info(button, default_action)
  if default_action and button == 'Left' then window:perform_action(default_action, pane) end
  if button == 'Right' then window:perform_action(act.ShowLauncherArgs { flags = 'LAUNCH_MENU_ITEMS|TABS' }, pane) end
  return false
end)
return {
  tab_max_width = 30,
  keys = {
    { key = 'F2', action = rename },
    { key = 'I', mods = 'CTRL|SHIFT', action = wezterm.action_callback(function(window, pane)
      local dims = pane:get_dimensions()
      local tab = window:active_tab()
      window:set_right_status(string.format('%dx%d %d %s', dims.cols, dims.viewport_rows, #tab:panes(), tab:get_title()))
      for _, item in ipairs(tab:panes_with_info()) do wezterm.log_info(item.index, item.is_active, item.left) end
    end) },
    { key = 'mapped:.', mods = 'CTRL', action = act.MoveTabRelative(1) },
    { key = 'phys:Comma', mods = 'CTRL', action = act.MoveTabRelative(-1) },
    { key = 'UpArrow', mods = 'ALT', action = act.ScrollToPrompt(-1) },
    { key = 'r', mods = 'CTRL|ALT', action = act.RotatePanes 'Clockwise' },
  },
}
