--= press F12 CTRL+SHIFT+F12 ALT+f CTRL+ALT+Enter ALT+[ ALT+] CTRL+ALT+\ ALT+Space F3 F4
-- Modules as of a configuration in several files; here they are all in one.
package.preload['config'] = function()
  local Config = {}
  Config.__index = Config
  function Config:init() return setmetatable({ options = {} }, self) end
  function Config:append(new)
    for k, v in pairs(new) do
      if self.options[k] ~= nil then require('wezterm').log_warn('duplicate: ', { old = self.options[k], new = v }) else self.options[k] = v end
    end
    return self
  end
  return Config
end
package.preload['config.appearance'] = function()
  return {
    animation_fps = 60, max_fps = 60, front_end = 'WebGpu', webgpu_power_preference = 'HighPerformance',
    color_scheme = 'Gruvbox dark, medium (base16)', enable_scroll_bar = true,
    inactive_pane_hsb = { saturation = 0.9, brightness = 0.65 },
    visual_bell = { fade_in_function = 'EaseIn', fade_in_duration_ms = 250, fade_out_function = 'EaseOut', fade_out_duration_ms = 250, target = 'CursorColor' },
    background = { { source = { Color = '#1f1f28' }, height = '100%', width = '100%', opacity = 0.9 } },
  }
end
package.preload['config.bindings'] = function()
  local act = require('wezterm').action
  return {
    disable_default_key_bindings = true,
    leader = { key = 'Space', mods = 'SUPER|CTRL' },
    keys = {
      { key = 'F12', mods = 'NONE', action = act.ShowDebugOverlay },
      { key = 'f', mods = 'ALT', action = act.Search { CaseInSensitiveString = '' } },
      { key = 'Enter', mods = 'CTRL|ALT', action = act.TogglePaneZoomState },
      { key = '[', mods = 'ALT', action = act.ActivateTabRelative(-1) },
      { key = ']', mods = 'ALT', action = act.ActivateTabRelative(1) },
      { key = [[\]], mods = 'CTRL|ALT', action = act.SplitVertical { domain = 'CurrentPaneDomain' } },
      { key = 'F3', action = act.ShowLauncher },
      { key = 'F4', action = act.ShowLauncherArgs { flags = 'FUZZY|TABS' } },
    },
  }
end
package.preload['events.right-status'] = function()
  local wezterm = require 'wezterm'
  local M = {}
  function M.setup(opts)
    local attr = { separator = '│' }
    wezterm.on('update-right-status', function(window)
      local icon = opts.icon:upper()
      window:set_right_status(wezterm.format { { Foreground = { AnsiColor = 'Fuchsia' } }, { Text = icon }, 'ResetAttributes', { Text = attr.separator } })
    end)
  end
  return M
end
require('events.right-status').setup { icon = 'abc' }
return require('config'):init():append(require 'config.appearance'):append(require 'config.bindings').options
