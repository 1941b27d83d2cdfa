local wezterm = require 'wezterm'

package.path = wezterm.config_dir .. '/?.lua;' .. package.path

wezterm.on('format-tab-title', function(tab)
    local module = require 'waiting_module'
    return '[' .. tab.tab_index .. ' ' .. module.text .. ' ' .. module.loads .. ']'
end)

return { use_fancy_tab_bar = false, tab_max_width = 60 }
