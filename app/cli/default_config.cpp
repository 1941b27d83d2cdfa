#include "cli/default_config.h"

namespace lunette::cli {

const std::string_view default_config = R"lua(
local wezterm = require 'wezterm'
local config = wezterm.config_builder()

config.use_fancy_tab_bar = false
config.tab_max_width = 24
config.status_update_interval = 1000

local function name_of(tab)
    if tab.tab_title ~= '' then return tab.tab_title end
    local program = tab.active_pane.foreground_process_name:match '[^/]+$'
    return program or tab.active_pane.title
end

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
    local mark = tab.active_pane.has_unseen_output and '●' or ' '
    return wezterm.truncate_right(' ' .. tab.tab_index + 1 .. ' ' .. name_of(tab) .. mark, max_width)
end)

wezterm.on('update-status', function(window, pane)
    local table_name = window:active_key_table()
    window:set_left_status(table_name and ' ' .. table_name .. ' ' or '')
    window:set_right_status(' ' .. window:active_workspace() .. ' · ' .. wezterm.strftime '%H:%M' .. ' ')
end)

return config
)lua";

} // namespace lunette::cli
