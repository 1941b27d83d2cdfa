"""exec_domain: a function of the configuration says what is started in a pane."""

CONFIG = """
local wezterm = require 'wezterm'
local act = wezterm.action
local c = { DEFAULT
    exec_domains = {
        wezterm.exec_domain('scoped', function(cmd)
            local name = string.gsub(cmd.set_environment_variables.WEZTERM_UNIX_SOCKET, '(.*/)(.*)', '%2')
            local wrapped = { '/bin/sh', '-c', 'echo in-scope $SCOPE $0; exec "$@"', cmd.set_environment_variables.WEZTERM_PANE }
            for _, arg in ipairs(cmd.args or { os.getenv 'SHELL' }) do table.insert(wrapped, arg) end
            cmd.args = wrapped
            cmd.set_environment_variables.SCOPE = name:gsub('%d+', 'N')
            return cmd
        end, 'Scoped shell'),
        wezterm.exec_domain('slow', function(cmd)
            wezterm.sleep_ms(700)
            cmd.args = { '/bin/sh', '-c', 'echo at-last; exec cat' }
            return cmd
        end, function(name) return 'label of ' .. name end),
        wezterm.exec_domain('broken', function(cmd)
            error 'boom'
        end),
        wezterm.exec_domain('nothing', function(cmd) end),
    },
    keys = {
        { key = 'F5', action = act.SpawnTab { DomainName = 'scoped' } },
        { key = 'F6', action = act.SplitPane { direction = 'Right', command = { domain = { DomainName = 'slow' } } } },
        { key = 'F7', action = act.SpawnTab { DomainName = 'broken' } },
        { key = 'F8', action = act.SpawnTab { DomainName = 'nothing' } },
        { key = 'F9', action = act.ShowLauncherArgs { flags = 'DOMAINS' } },
        { key = 'F10', action = wezterm.action_callback(function(window, pane)
            local names = {}
            for _, domain in ipairs(wezterm.mux.all_domains()) do names[#names + 1] = domain:name() .. '=' .. domain:label() end
            local tab, added = window:mux_window():spawn_tab { domain = { DomainName = 'scoped' }, args = { 'cat' } }
            wezterm.sleep_ms(300)
            window:set_right_status(#names .. ':' .. names[3] .. ':' .. added:get_domain_name())
        end) },
    },
}
return c
"""


def start(play, default=""):
    play.open_outer(columns=120)
    play.start(config=CONFIG.replace("DEFAULT", default))


def test_programs_are_started_as_the_function_says(play):
    start(play)
    play.wait_prompt()
    play.keys("F5")
    play.wait_screen("in-scope lunette-N 1")
    play.wait_prompt()
    play.keys("F6")
    play.wait("a pane that waits", lambda: len(play.panes()) == 3)
    play.type("typed early")
    play.wait_screen("at-last")
    play.wait_screen("typed early")
    play.keys("F9")
    play.wait_screen("New Tab (domain `Scoped shell`)")
    play.wait_screen("New Tab (domain `label of slow`)")
    play.keys("Escape")
    play.wait("no launcher", lambda: "Launcher" not in play.screen())
    play.keys("F10")
    play.wait_screen("6:scoped=Scoped shell:scoped")
    out = play.cli("spawn", "--domain-name", "scoped", "--", "cat")
    play.wait("its pane", lambda: int(out) in [pane["pane_id"] for pane in play.panes()])


def test_a_function_that_fails_starts_nothing(play):
    start(play)
    play.wait_prompt()
    play.keys("F7")
    play.wait_screen("wezterm.lua:20: boom")
    play.wait("one pane", lambda: len(play.panes()) == 1)
    play.keys("F8")
    play.wait_screen("wezterm.lua:22: ")
    play.wait("one pane", lambda: len(play.panes()) == 1)
    log = (play.folder / "state/lunette/lunette.log").read_text()
    assert "exec_domain 'nothing': wezterm.lua:22: a SpawnCommand expected from the function, got nil" in log, log


def test_the_default_domain_may_be_one(play):
    start(play, "default_domain = 'scoped',")
    play.wait_screen("in-scope lunette-N 0")


def test_a_broken_default_domain_gives_way_to_the_shell(play):
    start(play, "default_domain = 'broken',")
    play.wait_screen("boom; started /bin/sh")
    play.enter("echo still-$((6*7))")
    play.wait_screen("still-42")
