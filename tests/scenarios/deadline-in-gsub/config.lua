local wezterm = require 'wezterm'

local function spin() while true do end end

local endless = {
    g = function() return (('abc'):gsub('.', spin)) end,
    s = function() table.sort({ 3, 1, 2 }, spin) end,
    c = function() local _ <close> = setmetatable({}, { __close = spin }) end,
    t = function() return tostring(setmetatable({}, { __tostring = spin })) end,
}

local keys = {}
for key, body in pairs(endless) do
    keys[#keys + 1] = {
        key = key,
        mods = 'ALT',
        action = wezterm.action_callback(function()
            body()
            wezterm.log_info('not stopped: ' .. key)
        end),
    }
end

local collected = 'never'

-- The same functions, and garbage that would like to hear of it.
wezterm.on('format-tab-title', function(tab)
    for _ = 1, 1000 do setmetatable({}, { __gc = function() collected = 'finalized' end }) end
    collectgarbage()
    local upper = tab.tab_title:gsub('%a', function(c) return c:upper() end)
    local list = { 3, 1, 2 }
    table.sort(list, function(a, b) return a < b end)
    local closed = 'open'
    do
        local _ <close> = setmetatable({}, { __close = function() closed = 'closed' end })
    end
    local text = tostring(setmetatable({}, { __tostring = function() return 'text' end }))
    return table.concat({ '', upper, table.concat(list), closed, text, collected, '' }, ' ')
end)

return { use_fancy_tab_bar = false, tab_max_width = 60, keys = keys }
