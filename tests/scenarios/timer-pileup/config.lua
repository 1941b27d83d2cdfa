local wezterm = require 'wezterm'
local runs = 0

wezterm.on('update-status', function(window)
    runs = runs + 1
    window:set_right_status('run ' .. runs)
end)

-- Lua cannot yield under __tostring: the whole script thread waits.
local sleeper = setmetatable({}, {
    __tostring = function()
        wezterm.sleep_ms(500)
        return ''
    end,
})
local function block()
    wezterm.log_info 'blocked'
    for _ = 1, 10 do tostring(sleeper) end
    wezterm.log_info 'unblocked'
end

return {
    status_update_interval = 10,
    keys = { { key = 'b', mods = 'ALT', action = wezterm.action_callback(block) } },
}
