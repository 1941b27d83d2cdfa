"""Lua turned off, and left out after crashes."""

CONFIG = """
local wezterm = require 'wezterm'
wezterm.on('format-tab-title', function(tab) return ' by-lua ' end)
return {
  use_fancy_tab_bar = false,
  keys = { { key = 'k', mods = 'ALT', action = wezterm.action_callback(function(_, pane) pane:send_text 'called' end) } },
}
"""

CRASH = "os.execute('kill -9 $PPID')"


def test_off_and_on(play):
    play.open_outer()
    play.start(config=CONFIG)
    play.wait_screen("by-lua")
    assert play.cli("scripting") == "on\n"
    play.cli("scripting", "off")
    play.wait_screen("Lua is off")
    play.wait("the default title", lambda: "by-lua" not in play.screen())
    assert play.cli("scripting") == "off: it was turned off\n"
    play.keys("M-k")
    play.wait_screen("lunette cli scripting on")
    play.cli("scripting", "on")
    play.wait_screen("by-lua")
    play.wait("the mark is gone", lambda: "Lua is off" not in play.screen())
    play.keys("M-k")
    play.wait_screen("called")
    assert play.lunette("cli", "scripting", "maybe", check=False).returncode == 2


def test_crashes_while_it_starts(play):
    play.open_outer()
    play.config.write_text(CRASH)
    for n in range(2):
        # What is typed does not say "start 0", so the screen before is not taken for this one.
        play.enter(f"clear; echo start $(({n}+0)); lunette --config-file {play.config} -s play")
        play.wait("a crash", lambda: f"start {n}\n" in play.screen() and "is gone" in play.screen())
    play.enter(f"clear; lunette --config-file {play.config} -s play")
    play.wait_screen("Safe mode")
    play.wait("a session", lambda: play.sessions() and play.panes())
    assert "crashed twice" in play.screen()
    play.lunette("kill", "play")
    # The next one tries again, and one that does not crash ends the row.
    play.start(config=CONFIG)
    play.wait_screen("by-lua")
    assert "Safe mode" not in play.screen()
