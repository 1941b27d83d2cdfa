local wezterm = require 'wezterm'
local _, out = wezterm.run_child_process { '/bin/echo', '-n', 'module' }
return out
