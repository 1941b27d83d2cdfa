local wezterm = require 'wezterm'

local function write(path, text)
    local file = assert(io.open(path .. '.new', 'w'))
    file:write(text)
    file:close()
    os.rename(path .. '.new', path) -- as editors do
end

local folder = wezterm.GLOBAL.folder
if not folder then
    folder = os.tmpname()
    os.remove(folder)
    os.execute('mkdir -p ' .. folder .. '/colors')
    wezterm.GLOBAL.folder = folder
    write(folder .. '/note.txt', 'one')
    write(folder .. '/colors/First.toml', '[colors]\nforeground = "#111111"\n')
end
wezterm.add_to_config_reload_watch_list(folder .. '/note.txt')

local file = assert(io.open(folder .. '/note.txt'))
local note = file:read 'a'
file:close()
wezterm.GLOBAL.loads = (wezterm.GLOBAL.loads or 0) + 1
local number = wezterm.GLOBAL.loads

wezterm.on('window-config-reloaded', function(window)
    local first = window:effective_config().resolved_palette.foreground
    wezterm.log_warn('load ' .. number .. ': note ' .. note .. ', first ' .. tostring(first))
end)
wezterm.on('update-status', function(window) window:set_right_status('load ' .. number .. ' note ' .. note) end)
wezterm.on('note', function() write(folder .. '/note.txt', 'two') end)
wezterm.on('scheme', function() write(folder .. '/colors/First.toml', '[colors]\nforeground = "#222222"\n') end)
wezterm.on('another', function() write(folder .. '/colors/Second.toml', '[colors]\nforeground = "#333333"\n') end)
wezterm.on('again', function() wezterm.reload_configuration() end)
wezterm.on('remove', function() os.execute('rm -r ' .. folder) end)
wezterm.time.call_after(1, function() wezterm.log_warn('timer of load ' .. number) end)

return {
    color_scheme = 'First',
    color_scheme_dirs = { folder .. '/colors' },
    keys = { { key = 'F5', action = wezterm.action.ReloadConfiguration } },
}
