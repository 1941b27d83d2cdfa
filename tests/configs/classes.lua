-- Classes with metatables, cells that are formatted by name, and a palette of pictures, as in many large
-- configurations.
--= tab 0 [1] zsh ~
--= tab 1 [2] nvim src/main.cpp
--= hovered 0 [1] zsh ~ !
--= window zsh
--= shows augment-command-palette Backdrop: next
--= command update-right-status set_right_status 80%
--= command gui-startup spawn_window
local wezterm = require 'wezterm'

local Config = {}
Config.__index = Config
function Config:init() return setmetatable({ options = {} }, self) end
function Config:append(more)
    for key, value in pairs(more) do
        if self.options[key] ~= nil then
            wezterm.log_warn('duplicate option', { old = self.options[key], new = value })
        else
            self.options[key] = value
        end
    end
    return self
end

local Cells = {}
Cells.__index = Cells
Cells.attr = setmetatable({
    intensity = function(kind) return { Attribute = { Intensity = kind } } end,
}, { __call = function(_, ...) return { ... } end })
function Cells:new() return setmetatable({ segments = {} }, self) end
function Cells:add(id, text, color, attributes)
    self.segments[id] = { items = { 'ResetAttributes', { Foreground = { Color = color } } } }
    for _, attribute in ipairs(attributes or {}) do table.insert(self.segments[id].items, attribute) end
    table.insert(self.segments[id].items, { Text = text })
    return self
end
function Cells:text(id, text)
    self.segments[id].items[#self.segments[id].items] = { Text = text }
    return self
end
function Cells:render(ids)
    local items = {}
    for _, id in ipairs(ids) do
        for _, item in pairs(self.segments[id].items) do table.insert(items, item) end
    end
    return items
end

local Backdrops = { index = 1, images = {} }
function Backdrops:find()
    self.images = wezterm.glob(wezterm.config_dir .. '/*.{jpg,jpeg,png}')
    wezterm.GLOBAL.background = self.images[1]
    return self
end
function Backdrops:choices()
    local choices = {}
    for i, file in ipairs(self.images) do choices[i] = { id = tostring(i), label = file:match '([^/]+)$' } end
    return choices
end

local adapters = {}
for _, adapter in ipairs(wezterm.gui.enumerate_gpus()) do
    adapters[adapter.backend] = adapters[adapter.backend] or {}
    adapters[adapter.backend][adapter.device_type] = adapter
end

local battery = Cells:new():add('charge', '', '#74c7ec', Cells.attr(Cells.attr.intensity 'Bold'))
wezterm.on('update-right-status', function(window)
    local info = wezterm.battery_info()[1]
    battery:text('charge', string.format(' %.0f%% ', info.state_of_charge * 100))
    window:set_right_status(wezterm.format(battery:render { 'charge' }))
end)

wezterm.on('format-tab-title', function(tab, _, _, _, hover, max_width)
    local title = tab.tab_title ~= '' and tab.tab_title or tab.active_pane.title
    title = '[' .. tab.tab_index + 1 .. '] ' .. wezterm.truncate_right(title, max_width - 4)
    if not tab.is_active and #tab.panes == 1 and title:find 'zsh' then title = title .. ' ~' end
    if hover then title = title .. ' !' end
    return Cells:new():add('title', title, hover and 'white' or '#cdd6f4'):render { 'title' }
end)

wezterm.on('format-window-title', function(tab, pane, tabs)
    return tabs[1].active_pane.title
end)

wezterm.on('gui-startup', function(cmd)
    local _, _, window = wezterm.mux.spawn_window(cmd or {})
    window:gui_window():set_right_status 'ready'
end)

wezterm.on('augment-command-palette', function()
    return { { brief = 'Backdrop: next', icon = 'md_image', action = wezterm.action_callback(function(window)
        window:set_config_overrides { window_background_image = Backdrops.images[1] }
    end) } }
end)

return Config:init()
    :append({ max_fps = 120, front_end = 'WebGpu', webgpu_power_preference = 'HighPerformance',
        webgpu_preferred_adapter = (adapters.Vulkan or {}).DiscreteGpu })
    :append({ color_scheme = 'Catppuccin Mocha', background = Backdrops:find().images[1] and {
        { source = { File = wezterm.GLOBAL.background } } } or nil })
    :append({ use_fancy_tab_bar = false, tab_max_width = 25, show_tab_index_in_tab_bar = false })
    :append({ hyperlink_rules = wezterm.default_hyperlink_rules(), launch_menu = { { label = 'sh', args = { 'sh' } } } })
    .options
