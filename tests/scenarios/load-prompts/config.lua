local wezterm = require 'wezterm'
io.write 'Password: '
local answer = io.read 'l'
local _, out = wezterm.run_child_process { 'sh', '-c', 'read x; echo "child:$x."' }
local ended = os.execute 'read x'
wezterm.on('update-status', function(window)
    window:set_right_status(tostring(answer) .. ' ' .. out:gsub('%s', '') .. ' ' .. tostring(ended))
end)
return {}
