-- A configuration for `lunette check` and `lunette profile`: titles that say what runs where, a status with
-- the branch and the time, a key table to resize panes.
local wezterm = require 'wezterm'
local act = wezterm.action
local config = wezterm.config_builder()

config.color_scheme = 'Catppuccin Mocha'
config.use_fancy_tab_bar = false
config.tab_max_width = 28
config.status_update_interval = 1000
config.leader = { key = 'a', mods = 'CTRL', timeout_milliseconds = 1500 }

local icons = {
    nvim = wezterm.nerdfonts.custom_vim,
    cargo = wezterm.nerdfonts.dev_rust,
    git = wezterm.nerdfonts.dev_git,
    ssh = wezterm.nerdfonts.md_ssh,
}

local function basename(path) return path:match '[^/]+$' or path end

local function title_of(tab)
    if tab.tab_title ~= '' then return tab.tab_title end
    local pane = tab.active_pane
    local program = basename(pane.foreground_process_name)
    local icon = icons[program]
    return (icon and icon .. ' ' or '') .. pane.title
end

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
    local background = tab.is_active and '#89b4fa' or hover and '#45475a' or '#313244'
    local foreground = tab.is_active and '#1e1e2e' or '#cdd6f4'
    local unseen = tab.active_pane.has_unseen_output and not tab.is_active
    local title = (' %d %s%s '):format(tab.tab_index + 1, title_of(tab), unseen and ' ●' or '')
    return {
        { Background = { Color = background } },
        { Foreground = { Color = foreground } },
        { Text = wezterm.truncate_right(title, max_width) },
    }
end)

wezterm.on('format-window-title', function(tab, pane, tabs)
    local number = #tabs > 1 and ('[%d/%d] '):format(tab.tab_index + 1, #tabs) or ''
    return number .. pane.title
end)

-- Never slower than the frame: the command runs beside it, the last answer stays until the next one is there.
local function branch_of(pane)
    local url = pane:get_current_working_dir()
    if not url then return '' end
    local ok, out = wezterm.run_child_process { 'git', '-C', url.file_path, 'branch', '--show-current' }
    return ok and out:gsub('%s+$', '') or ''
end

wezterm.on('update-status', function(window, pane)
    local keys = window:active_key_table() or (window:leader_is_active() and 'leader') or ''
    window:set_left_status(wezterm.format {
        { Attribute = { Intensity = 'Bold' } },
        { Text = ' ' .. window:active_workspace() .. (keys ~= '' and ' · ' .. keys or '') .. ' ' },
    })
    local branch = branch_of(pane)
    window:set_right_status((branch ~= '' and branch .. ' · ' or '') .. wezterm.strftime '%H:%M:%S ')
end)

config.keys = {
    { key = '-', mods = 'LEADER', action = act.SplitVertical { domain = 'CurrentPaneDomain' } },
    { key = '\\', mods = 'LEADER', action = act.SplitHorizontal { domain = 'CurrentPaneDomain' } },
    { key = 'z', mods = 'LEADER', action = act.TogglePaneZoomState },
    { key = 'r', mods = 'LEADER', action = act.ActivateKeyTable { name = 'resize', one_shot = false } },
    {
        key = 'n',
        mods = 'LEADER',
        action = wezterm.action_callback(function(window, pane)
            window:active_tab():set_title(basename(pane:get_foreground_process_name() or 'tab'))
        end),
    },
}

config.key_tables = {
    resize = {
        { key = 'h', action = act.AdjustPaneSize { 'Left', 1 } },
        { key = 'j', action = act.AdjustPaneSize { 'Down', 1 } },
        { key = 'k', action = act.AdjustPaneSize { 'Up', 1 } },
        { key = 'l', action = act.AdjustPaneSize { 'Right', 1 } },
        { key = 'Escape', action = 'PopKeyTable' },
    },
}

return config
