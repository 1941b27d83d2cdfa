--= press CTRL+SHIFT+D ALT+d SUPER+d CTRL+SHIFT+LeftArrow CTRL+LeftArrow ALT+b F1 CTRL+SHIFT+H CTRL+SHIFT+Z CTRL+b d
local wezterm = require 'wezterm'
local config = wezterm.config_builder()
local is_linux = wezterm.target_triple:find 'linux' ~= nil
local is_mac = wezterm.target_triple:find 'darwin' ~= nil
local is_windows = wezterm.target_triple == 'x86_64-pc-windows-msvc'
local mod = is_mac and 'SUPER' or 'ALT'
if is_windows then
  config.default_prog = { 'pwsh.exe', '-NoLogo' }
  config.wsl_domains = wezterm.default_wsl_domains()
  config.default_domain = 'WSL:Ubuntu'
elseif is_mac then
  config.native_macos_fullscreen_mode = true
else
  config.enable_wayland = true
  config.term = 'xterm-256color'
end
config.launch_menu = { { label = 'Top', args = { 'top' } }, { args = { 'bash', '-l' }, cwd = wezterm.home_dir } }
config.ssh_domains = { { name = 'box', remote_address = '192.0.2.1', username = 'me', multiplexing = 'None' } }
config.set_environment_variables = { EDITOR = 'nvim', PATH = wezterm.home_dir .. '/bin:' .. os.getenv 'PATH' }
config.keys = {
  { key = 'd', mods = mod, action = wezterm.action.SplitHorizontal { domain = 'CurrentPaneDomain' } },
  { key = 'D', mods = 'CTRL|SHIFT', action = wezterm.action.SpawnTab { DomainName = 'box' } },
  { key = 'LeftArrow', mods = 'CTRL', action = wezterm.action.SendString '\x1bb' },
  { key = 'F1', action = wezterm.action.SpawnCommandInNewTab { args = { 'man', 'bash' }, label = 'manual' } },
}
wezterm.log_info(is_linux, wezterm.version:sub(1, 4), wezterm.config_dir ~= nil)
return config
