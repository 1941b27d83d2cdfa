-- A bar of sections with separators, components and a theme, as tabline.wez.
--= tab 0 zsh user
--= tab 1 *nvim project+1
--= tab 2 cargo engine
--= command update-status set_left_status NORMAL
--= command update-status set_right_status 80%
--= command update-status set_right_status default
local wezterm = require 'wezterm'
local nf = wezterm.nerdfonts

local scheme = wezterm.color.get_builtin_schemes()['Catppuccin Mocha']
local theme = {
    normal_mode = { a = { fg = scheme.background, bg = scheme.ansi[5] }, b = { fg = scheme.ansi[5], bg = '#313244' } },
    copy_mode = { a = { fg = scheme.background, bg = scheme.ansi[4] }, b = { fg = scheme.ansi[4], bg = '#313244' } },
}
local surface = wezterm.color.parse(scheme.background):lighten(0.1)

local components = {}
function components.mode(window)
    local name = window:active_key_table() or 'normal_mode'
    if window:leader_is_active() then name = 'leader_mode' end
    return (name:gsub('_mode', ''):upper())
end
function components.workspace(window) return nf.cod_terminal_tmux .. ' ' .. window:active_workspace() end
function components.battery()
    local parts = {}
    for _, battery in ipairs(wezterm.battery_info()) do
        local percent = battery.state_of_charge * 100
        table.insert(parts, string.format('%.0f%%', percent))
    end
    return table.concat(parts, ' ')
end
function components.datetime() return wezterm.time.now():format '%H:%M' end
function components.domain(window)
    local pane = window:active_pane()
    return pane and pane:get_domain_name() or ''
end

local function section(names, window, colors)
    local items = { { Foreground = { Color = colors.fg } }, { Background = { Color = colors.bg } } }
    for i, name in ipairs(names) do
        if i > 1 then table.insert(items, { Text = ' ' .. nf.pl_left_soft_divider }) end
        table.insert(items, { Text = ' ' .. components[name](window) .. ' ' })
    end
    table.insert(items, 'ResetAttributes')
    return items
end

local function extend(to, from)
    for _, item in ipairs(from) do to[#to + 1] = item end
    return to
end

wezterm.on('update-status', function(window)
    local colors = theme[(window:active_key_table() or 'normal') .. '_mode'] or theme.normal_mode
    local left = section({ 'mode' }, window, colors.a)
    extend(left, { { Foreground = { Color = colors.a.bg } }, { Background = { Color = tostring(surface) } } })
    table.insert(left, { Text = nf.pl_left_hard_divider })
    window:set_left_status(wezterm.format(left))
    local right = section({ 'domain', 'workspace' }, window, colors.b)
    window:set_right_status(wezterm.format(extend(right, section({ 'datetime', 'battery' }, window, colors.a))))
end)

local icons = { zsh = 'zsh', nvim = 'nvim', cargo = 'cargo' }
local function process_name(tab)
    local path = tab.active_pane.foreground_process_name
    local name = path and path:gsub('\\', '/'):match '([^/]+)$' or ''
    return icons[name] or name
end
local function folder(tab)
    local url = tab.active_pane.current_working_dir
    if not url then return '' end
    local path = type(url) == 'userdata' and url.file_path or tostring(url)
    return path:gsub('/$', ''):match '([^/]+)$' or '/'
end

wezterm.on('format-tab-title', function(tab, tabs, panes, config, hover, max_width)
    local title = process_name(tab) .. ' ' .. folder(tab)
    if #tab.panes > 1 then title = title .. '+' .. (#tab.panes - 1) end
    if tab.is_active then title = '*' .. title end
    return wezterm.format { { Attribute = { Intensity = tab.is_active and 'Bold' or 'Normal' } }, { Text = title } }
end)

local config = wezterm.config_builder()
config.use_fancy_tab_bar = false
config.show_new_tab_button_in_tab_bar = false
config.tab_max_width = 32
config.status_update_interval = 500
config.color_scheme = 'Catppuccin Mocha'
config.colors = config.colors or {}
config.colors.tab_bar = { background = tostring(surface) }
config.window_decorations = 'RESIZE'
config.window_padding = { left = 0, right = 0, top = 0, bottom = 0 }
return config
