-- Domains in a fuzzy list with formatters, as quick_domains.wezterm.
--= run key:keys:CTRL+d
--= command key:keys:CTRL+d perform_action "local"
--= command key:keys:CTRL+d perform_action "box"
--= command key:keys:CTRL+d perform_action InputSelector
local wezterm = require 'wezterm'
local act, mux = wezterm.action, wezterm.mux
local quick = { formatter = function(icon, name) return icon .. ' ' .. string.lower(name) end }

local function listed(config)
    local choices = {}
    for _, domain in ipairs(mux.all_domains()) do
        if domain:is_spawnable() then
            choices[#choices + 1] = { label = quick.formatter(wezterm.nerdfonts.md_ssh, domain:name()), id = domain:name() }
        end
    end
    for _, domain in ipairs(config.ssh_domains or {}) do
        choices[#choices + 1] = { label = quick.formatter('ssh', domain.name), id = domain.name }
    end
    return choices
end

function quick.apply_to_config(config, options)
    for key, value in pairs(options or {}) do quick[key] = value end
    local domains = wezterm.default_ssh_domains()
    domains[#domains + 1] = { name = 'box', remote_address = 'box.example.org', multiplexing = 'None', assume_shell = 'Posix' }
    config.ssh_domains = domains
    config.exec_domains = {
        wezterm.exec_domain('scoped', function(cmd)
            cmd.args = cmd.args or { '/bin/sh' }
            return cmd
        end, 'Scoped shell'),
    }
    config.keys = config.keys or {}
    table.insert(config.keys, {
        key = 'd', mods = 'CTRL',
        action = wezterm.action_callback(function(window, pane)
            window:perform_action(act.InputSelector {
                title = 'Switch Domain', fuzzy = true, choices = listed(config),
                action = wezterm.action_callback(function(inner, inner_pane, id)
                    if id then inner:perform_action(act.SpawnCommandInNewTab { domain = { DomainName = id } }, inner_pane) end
                end),
            }, pane)
        end),
    })
end

local config = wezterm.config_builder()
quick.apply_to_config(config)
return config
