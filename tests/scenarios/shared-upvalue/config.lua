local wezterm = require 'wezterm'
package.preload.state = function() return { mode = { name = 'calm' }, unseen = 0 } end
local state = require 'state'
local presses = 0

wezterm.on('format-tab-title', function(tab) return ' ' .. tab.tab_index .. state.mode.name .. ' ' end)
wezterm.on('format-window-title', function() return 'pressed ' .. presses end)

local unseen = 0
local function key(name, callback) return { key = name, action = wezterm.action_callback(callback) } end

return {
    use_fancy_tab_bar = false,
    keys = {
        key('F5', function() state.mode = { name = 'calm' } end), -- another table, the same content
        key('F6', function() state.mode.name = 'alert' end),
        key('F7', function() unseen = unseen + 1 end),
        key('F8', function()
            wezterm.sleep_ms(100)
            presses = presses + 1
        end),
    },
}
