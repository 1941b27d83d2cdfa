local wezterm = require 'wezterm'

local shared, count = {}, 0
local iterating, rounds = false, 0

local function insert()
    if iterating then wezterm.log_error 'interleaved' end
    for _ = 1, 100 do
        count = count + 1
        shared['key ' .. count] = count
    end
end
for _ = 1, 200 do insert() end

local function iterate()
    iterating = true
    local before, seen, sum = count, 0, 0
    for _ = 1, 3 do
        for _, value in pairs(shared) do
            seen = seen + 1
            sum = sum + value
        end
    end
    iterating = false
    if count ~= before or seen ~= 3 * count or 2 * sum ~= 3 * count * (count + 1) then wezterm.log_error 'wrong' end
    rounds = rounds + 1
    if rounds == 20 then wezterm.log_info('rounds ' .. rounds .. ' of ' .. count .. ' keys') end
end

-- All of them become ready at once.
local function begin()
    for _ = 1, 20 do
        wezterm.time.call_after(0.01, iterate)
        wezterm.time.call_after(0.01, insert)
    end
end

return { keys = { { key = 'i', mods = 'ALT', action = wezterm.action_callback(begin) } } }
