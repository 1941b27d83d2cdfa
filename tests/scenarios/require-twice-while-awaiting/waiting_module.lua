local wezterm = require 'wezterm'

wezterm.log_info 'loading'
loads = (loads or 0) + 1
wezterm.sleep_ms(300)
local _, out = wezterm.run_child_process { '/bin/echo', '-n', 'waited' }

return { text = out, loads = loads }
