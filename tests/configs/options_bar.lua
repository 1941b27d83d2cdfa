-- Options merged over defaults, modules that are switched on and off, as bar.wezterm.
--= tab 0 1.
--= tab 1 2.>
--= command update-status set_left_status default
--= command update-status set_right_status checked-host
--= command update-status set_right_status engine
local wezterm = require 'wezterm'

local defaults = {
    position = 'bottom',
    padding = { left = 1, right = 1, tabs = { left = 0, right = 1 } },
    separator = { space = 1, left_icon = wezterm.nerdfonts.fa_long_arrow_right, field_icon = '|' },
    modules = {
        tabs = { active_tab_fg = 4, inactive_tab_fg = 6 },
        workspace = { enabled = true, color = 8 },
        leader = { enabled = true, icon = wezterm.nerdfonts.oct_rocket },
        hostname = { enabled = true, color = 8 },
        cwd = { enabled = true, color = 7 },
        music = { enabled = false },
    },
}

local function merge(into, from)
    for key, value in pairs(from or {}) do
        if type(value) == 'table' and type(into[key]) == 'table' then
            merge(into[key], value)
        else
            into[key] = value
        end
    end
    return into
end
local options = merge(defaults, { modules = { music = { enabled = false } }, position = 'top' })

local function base_name(path) return (string.gsub(path or '', '(.*[/\\])(.*)', '%2')) end
local function spaces(count) return string.rep(' ', count) end

wezterm.on('format-tab-title', function(tab, _, _, config)
    local palette = config.resolved_palette
    local offset = config.tab_and_split_indices_are_zero_based and 0 or 1
    local title = tab.tab_index + offset .. '.' .. (tab.is_active and '>' or '')
    return {
        { Background = { Color = palette.tab_bar and palette.tab_bar.background or palette.background } },
        { Foreground = { Color = palette.ansi[options.modules.tabs.active_tab_fg] } },
        { Text = spaces(options.padding.tabs.left) .. title },
    }
end)

wezterm.on('update-status', function(window, pane)
    local present, conf = pcall(window.effective_config, window)
    if not present then return end
    local palette = conf.resolved_palette
    local left = {}
    table.insert(left, { Text = spaces(options.padding.left) })
    if options.modules.workspace.enabled then
        table.insert(left, { Foreground = { Color = palette.ansi[options.modules.workspace.color] } })
        table.insert(left, { Text = window:active_workspace() .. options.separator.left_icon })
    end
    window:set_left_status(wezterm.format(left))

    local cells = {}
    if options.modules.cwd.enabled then
        local url = wezterm.mux.get_tab(2):active_pane():get_current_working_dir()
        if url then table.insert(cells, base_name(url.file_path)) end
    end
    if options.modules.hostname.enabled then
        local host = wezterm.hostname()
        table.insert(cells, host ~= '' and 'checked-host' or '')
    end
    window:set_right_status(table.concat(cells, spaces(options.separator.space) .. options.separator.field_icon))
end)

return {
    tab_bar_at_bottom = options.position == 'bottom',
    use_fancy_tab_bar = false,
    color_scheme = 'Dracula',
    leader = { key = 'q', mods = 'ALT', timeout_milliseconds = 2000 },
}
