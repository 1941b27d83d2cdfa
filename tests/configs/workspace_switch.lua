-- A fuzzy list of workspaces and of what an outside program finds, as smart_workspace_switcher.wezterm.
--= run key:keys:LEADER+s
--= run key:keys:LEADER+S
--= command key:keys:LEADER+s perform_action InputSelector
--= command key:keys:LEADER+s perform_action "/srv/project"
--= command key:keys:LEADER+s perform_action "default"
--= command key:keys:LEADER+s set_right_status started
--= command key:keys:LEADER+S perform_action SwitchToWorkspace
local wezterm = require 'wezterm'
local act, mux = wezterm.action, wezterm.mux

local switcher = { zoxide_path = 'printf', choices = {} }

local function run(command)
    local ok, stdout, stderr = wezterm.run_child_process { os.getenv 'SHELL' or '/bin/sh', '-c', command }
    if not ok then wezterm.log_error('failed: ' .. command .. ': ' .. stderr) end
    return ok and stdout or ''
end

function switcher.choices.workspaces(choices)
    local ids = {}
    for _, name in ipairs(mux.get_workspace_names()) do
        table.insert(choices, { id = name, label = wezterm.format {
            { Attribute = { Intensity = 'Bold' } }, { Text = name },
        } })
        ids[name] = true
    end
    return choices, ids
end

function switcher.choices.folders(choices, ids)
    for _, path in ipairs(wezterm.split_by_newlines(run "printf '/srv/project\n/srv/other\n'")) do
        local label = path:gsub(wezterm.home_dir, '~')
        if not ids[label] then table.insert(choices, { id = path, label = label }) end
    end
    return choices
end

local function chosen(window, pane, id, label)
    if not id then return wezterm.emit('switcher.canceled', window, pane) end
    wezterm.GLOBAL.previous = window:active_workspace()
    window:perform_action(act.SwitchToWorkspace { name = label, spawn = { label = 'Workspace: ' .. label, cwd = id } },
        pane)
    wezterm.emit('switcher.chosen', window, id, label)
end

wezterm.on('switcher.start', function(window) window:set_right_status 'started' end)

function switcher.show()
    return wezterm.action_callback(function(window, pane)
        wezterm.emit('switcher.start', window, pane)
        local choices = switcher.choices.folders(switcher.choices.workspaces {})
        window:perform_action(act.InputSelector {
            action = wezterm.action_callback(chosen),
            title = 'Choose Workspace', description = 'Select a workspace', fuzzy = true,
            fuzzy_description = 'Workspace: ', choices = choices,
        }, pane)
    end)
end

function switcher.back()
    return wezterm.action_callback(function(window, pane)
        local previous = wezterm.GLOBAL.previous or 'default'
        if previous == window:active_workspace() and #mux.get_workspace_names() < 1 then return end
        window:perform_action(act.SwitchToWorkspace { name = previous }, pane)
    end)
end

local config = wezterm.config_builder()
config.leader = { key = 'a', mods = 'CTRL' }
config.default_workspace = '~'
config.keys = {
    { key = 's', mods = 'LEADER', action = switcher.show() },
    { key = 'S', mods = 'LEADER|SHIFT', action = switcher.back() },
}
return config
