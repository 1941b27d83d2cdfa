-- Key tables with names and hints in the status, as modal.wezterm.
--= run key:keys:ALT+u
--= command key:keys:ALT+u set_right_status UI
--= command update-right-status set_right_status
--= run key:ui:c
--= command key:ui:c set_right_status left
local wezterm = require 'wezterm'
local act = wezterm.action
local modal = { modes = {}, key_tables = {} }

function modal.add(name, key_table, text)
    modal.modes[name], modal.key_tables[name] = { name = name, text = text }, key_table
end

function modal.enter(name, parameters)
    parameters = parameters or { one_shot = false }
    parameters.name = name
    return act.Multiple {
        act.ActivateKeyTable(parameters),
        wezterm.action_callback(function(window, pane) wezterm.emit('modal.enter', name, window, pane) end),
    }
end

function modal.exit(name)
    return act.Multiple {
        'PopKeyTable',
        wezterm.action_callback(function(window, pane) wezterm.emit('modal.exit', name, window, pane) end),
    }
end

local function hints(key_table)
    local parts = {}
    for _, binding in ipairs(key_table) do
        parts[#parts + 1] = (binding.mods and binding.mods .. '-' or '') .. binding.key
    end
    return table.concat(parts, ' ')
end

local ui = {
    { key = 'Escape', action = modal.exit 'ui' },
    { key = 'c', action = modal.exit 'ui' },
    { key = 'h', action = act.ActivatePaneDirection 'Left' },
    { key = 'r', mods = 'SHIFT', action = act.RotatePanes 'Clockwise' },
    { key = 'z', action = act.TogglePaneZoomState },
    { key = 'LeftArrow', action = act.AdjustPaneSize { 'Left', 5 } },
    { key = '1', action = act.ActivateTab(0) },
}
modal.add('ui', ui, wezterm.format {
    { Foreground = { Color = wezterm.color.get_default_colors().foreground } },
    { Text = hints(ui) .. '  ' }, { Attribute = { Italic = true } }, { Text = 'UI' },
})
local copy = wezterm.gui.default_key_tables().copy_mode
table.insert(copy, { key = 'i', mods = 'NONE', action = act.CopyMode { SetSelectionMode = 'Line' } })
table.insert(copy, { key = 'Y', mods = 'SHIFT', action = act.Multiple {
    { CopyTo = 'ClipboardAndPrimarySelection' }, { CopyMode = 'Close' },
} })
modal.add('copy_mode', copy, 'copy')

wezterm.on('modal.enter', function(name, window)
    window:set_right_status(modal.modes[name].text)
end)
wezterm.on('modal.exit', function(_, window) window:set_right_status 'left' end)
wezterm.on('update-right-status', function(window)
    local mode = modal.modes[window:active_key_table() or '']
    window:set_right_status(mode and mode.text or '')
end)

return {
    key_tables = modal.key_tables,
    keys = { { key = 'u', mods = 'ALT', action = modal.enter 'ui' } },
}
