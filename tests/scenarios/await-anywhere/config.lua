local wezterm = require 'wezterm'

local function say(word)
    local ok, out = wezterm.run_child_process { '/bin/echo', '-n', word }
    assert(ok)
    return out
end

local at_top = say 'top'
package.path = wezterm.config_dir .. '/?.lua;' .. package.path
local module = require 'awaiting_module'

wezterm.on('format-tab-title', function(tab)
    local under_pcall = select(2, pcall(say, 'pcall'))
    local sorted = { 'c', 'a', 'b' }
    table.sort(sorted, function(a, b) return say(a) < say(b) end)
    return table.concat { ' ', at_top, ' ', module, ' ', say 'title', ' ', under_pcall, ' ', table.concat(sorted), ' ' }
end)

return { use_fancy_tab_bar = false, tab_max_width = 60 }
