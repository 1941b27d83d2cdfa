-- Saves workspaces as JSON and restores them, as resurrect.wezterm.
--= run key:keys:ALT+w
--= run key:keys:ALT+r
--= command key:keys:ALT+w toast_notification "3 tabs"
--= command key:keys:ALT+r spawn_tab nvim
--= command key:keys:ALT+r split "Right"
--= command key:keys:ALT+r set_title restored
--= command session.saved set_right_status saved default
--= run session.saved
local wezterm = require 'wezterm'
local store = {}
local file = os.tmpname()

function store.pane_tree(panes)
    table.sort(panes, function(a, b) return a.left < b.left end)
    local root
    for _, info in ipairs(panes) do
        local url = info.pane:get_current_working_dir()
        local node = {
            cwd = url and url.file_path or '', left = info.left, top = info.top,
            width = info.width, height = info.height, is_active = info.is_active, is_zoomed = info.is_zoomed,
            domain = info.pane:get_domain_name(),
            process = info.pane:get_foreground_process_info(),
            text = not info.pane:is_alt_screen_active() and info.pane:get_lines_as_escapes(10) or nil,
        }
        node.process.children = nil
        if root then root.right = node else root = node end
    end
    return root
end

function store.workspace()
    local state = { workspace = wezterm.mux.get_active_workspace(), windows = {} }
    for _, mux_window in ipairs(wezterm.mux.all_windows()) do
        if mux_window:get_workspace() == state.workspace then
            local window = { title = mux_window:get_title(), tabs = {} }
            for _, info in ipairs(mux_window:tabs_with_info()) do
                table.insert(window.tabs, {
                    title = info.tab:get_title(), is_active = info.is_active,
                    panes = store.pane_tree(info.tab:panes_with_info()),
                })
            end
            window.size = mux_window:active_tab():get_size()
            table.insert(state.windows, window)
        end
    end
    return state
end

function store.save(state)
    local handle = assert(io.open(file, 'w+'))
    handle:write(wezterm.json_encode(state))
    handle:flush()
    handle:close()
    wezterm.emit('session.saved', nil, state.workspace)
end

function store.load()
    local lines = {}
    for line in io.lines(file) do table.insert(lines, line) end
    return wezterm.json_parse(table.concat(lines))
end

wezterm.on('session.saved', function(window, workspace)
    if window then window:set_right_status('saved ' .. window:active_workspace()) end
end)

return {
    keys = {
        { key = 'w', mods = 'ALT', action = wezterm.action_callback(function(window)
            local state = store.workspace()
            store.save(state)
            window:toast_notification('session', #state.windows[1].tabs .. ' tabs', nil, 2000)
        end) },
        { key = 'r', mods = 'ALT', action = wezterm.action_callback(function(window, pane)
            local state = store.load()
            for _, saved in ipairs(state.windows[1].tabs) do
                local root = saved.panes
                local tab, first = window:mux_window():spawn_tab {
                    cwd = root.cwd, args = { root.process.name }, domain = { DomainName = root.domain },
                }
                tab:set_title(saved.title ~= '' and saved.title or 'restored')
                if root.right then
                    local bottom = first:split { direction = 'Right', cwd = root.right.cwd, size = 0.5 }
                    bottom:send_text(root.right.process.name .. '\r')
                end
                if saved.is_active then tab:activate() end
            end
            os.remove(file)
        end) },
    },
}
