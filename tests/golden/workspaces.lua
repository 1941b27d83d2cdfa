--= run key:keys:CTRL+SHIFT+S
--= press CTRL+SHIFT+S CTRL+SHIFT+N CTRL+SHIFT+B CTRL+n CTRL+p ALT+9 CTRL+SHIFT+K CTRL+SHIFT+M SHIFT+Tab Enter
local wezterm = require 'wezterm'
local act, mux = wezterm.action, wezterm.mux
local config = wezterm.config_builder()
local function choices()
  local list = {}
  for _, name in ipairs(mux.get_workspace_names()) do list[#list + 1] = { id = name, label = 'Workspace: ' .. name } end
  for _, path in ipairs { '/home/me/src', '/home/me/notes' } do list[#list + 1] = { id = path, label = path } end
  return list
end
config.keys = {
  { key = 'S', mods = 'CTRL|SHIFT', action = wezterm.action_callback(function(window, pane)
    window:perform_action(act.InputSelector {
      title = 'Workspaces', choices = choices(), fuzzy = true,
      action = wezterm.action_callback(function(inner, inner_pane, id, label)
        if not id then return end
        inner:perform_action(act.SwitchToWorkspace { name = label, spawn = { cwd = id } }, inner_pane)
      end),
    }, pane)
  end) },
  { key = 'N', mods = 'CTRL|SHIFT', action = act.PromptInputLine {
    description = wezterm.format { { Attribute = { Intensity = 'Bold' } }, { Text = 'New name' } },
    action = wezterm.action_callback(function(window, pane, line)
      if line then window:perform_action(act.SwitchToWorkspace { name = line }, pane) end
    end),
  } },
  { key = 'B', mods = 'CTRL|SHIFT', action = act.ShowLauncherArgs { flags = 'FUZZY|WORKSPACES' } },
  { key = 'n', mods = 'CTRL', action = act.SwitchWorkspaceRelative(1) },
  { key = 'p', mods = 'CTRL', action = act.SwitchWorkspaceRelative(-1) },
}
wezterm.on('gui-startup', function(cmd)
  local tab, pane, window = mux.spawn_window { workspace = 'main', cwd = '/home/me', args = cmd and cmd.args }
  tab:set_title 'home'
  pane:split { direction = 'Right', size = 0.4 }
  window:spawn_tab {}
  mux.set_active_workspace 'main'
end)
config.default_workspace = 'main'
return config
