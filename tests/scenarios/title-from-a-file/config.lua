local wezterm = require 'wezterm'

local path = wezterm.GLOBAL.path
if not path then
    path = os.tmpname()
    wezterm.GLOBAL.path = path
    local file = assert(io.open(path, 'w'))
    file:write 'first\n'
    file:close()
end

local log
wezterm.on('append', function()
    log = log or assert(io.open(path, 'a'))
    log:write 'second\n'
    log:flush()
end)
wezterm.on('touch', function() os.execute('touch ' .. path) end)
wezterm.on('replace', function()
    os.execute('echo third > ' .. path .. '.new && mv ' .. path .. '.new ' .. path)
end)
wezterm.on('remove', function() os.remove(path) end)

wezterm.on('format-tab-title', function()
    local last = 'nothing'
    local file = io.open(path)
    if file then
        for line in file:lines() do last = line end
        file:close()
    end
    return '<' .. last .. '>'
end)

return { use_fancy_tab_bar = false }
