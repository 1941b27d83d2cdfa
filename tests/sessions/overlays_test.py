"""Overlays and notices of a running session."""
import re


def prefix(play, key):
    play.keys("C-b", key)


def wait_gone(play, text):
    play.wait(f"`{text}` gone", lambda: text not in play.screen())


def wait_wrapped(play, text):
    """Toasts are wrapped."""
    play.wait(f"`{text}` on the screen", lambda: text in " ".join(play.screen().split()))


def test_a_newcomer_is_told_the_keys(play):
    play.open_outer()
    play.start()
    play.wait_screen("CTRL+b ? help")
    prefix(play, "?")
    play.wait_screen("Behind CTRL+b")
    play.type("/rename the tab")
    play.wait_screen("Find: rename the tab")
    play.keys("Escape")
    play.wait_screen("q close")
    play.keys("q")
    wait_gone(play, "rename the tab")
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")


def test_a_configuration_is_summed_up_and_mended(play):
    play.open_outer(columns=100)
    play.start(config="return { scrollback_lines = 100, font_size = 12 }")
    wait_wrapped(play, "2 options (0 applied, 1 adapted, 1 not for a multiplexer), 0 keys")
    play.config.write_text("return {\n  scrollback_lines = = 100\n}\n")
    wait_wrapped(play, "wezterm.lua:2: unexpected symbol")
    prefix(play, "i")
    play.wait_screen("This terminal")
    play.keys("End")
    play.wait_screen("unexpected symbol")
    play.keys("q")
    play.config.write_text("return { scrollback_lines = 200 }\n")
    wait_wrapped(play, "1 options (0 applied, 1 adapted")
    wait_gone(play, "unexpected symbol")


def test_a_broken_configuration_leaves_the_bundled_one(play):
    play.open_outer(columns=100)
    play.start(config="return {\n  font_size =\n}")
    wait_wrapped(play, "wezterm.lua:3: unexpected symbol")
    wait_wrapped(play, "the bundled configuration is in force")
    play.wait_screen("default · ")  # its status
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")
    prefix(play, "c")
    play.wait("a second tab", lambda: len(play.panes()) == 2)


def test_a_handler_that_hangs_is_named(play):
    play.open_outer(columns=100)
    play.start(config="""local wezterm = require 'wezterm'
wezterm.on('update-status', function()
    while true do end
end)
return {}""")
    wait_wrapped(play, "update-status took too long and was stopped")
    assert re.search(r"wezterm\.lua:\d+", play.screen()), play.screen()
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")


def test_closing_asks_when_something_runs(play):
    play.open_outer()
    play.start()
    play.wait_prompt()
    prefix(play, "c")
    play.wait("a second tab", lambda: len(play.panes()) == 2)
    play.wait_prompt()
    play.enter("sleep 1000")
    play.wait("sleep", lambda: "sleep" in [pane["title"] for pane in play.panes()])
    prefix(play, "&")
    play.wait_screen("Close this tab all the same?")
    play.type("n")
    wait_gone(play, "Close this tab")
    prefix(play, "&")
    play.wait_screen("Close this tab all the same?")
    play.type("y")
    play.wait("one tab", lambda: len(play.panes()) == 1)


def test_names_panes_and_characters(play):
    play.open_outer()
    play.start(config="""
        local act = require('wezterm').action
        return { keys = { { key = 'u', mods = 'ALT', action = act.CharSelect {} } } }""")
    play.wait_prompt()
    prefix(play, ",")
    play.wait_screen("A name for this tab")
    play.enter("mine")
    play.wait_screen("1: mine")
    prefix(play, "%")
    play.wait("two panes", lambda: len(play.panes()) == 2)
    prefix(play, "q")
    play.wait("letters", lambda: re.search(r" a  .* s *$", play.screen(), re.M))
    play.type("a")
    play.wait("the first pane", lambda: play.panes()[0]["is_active"])
    play.keys("M-u")
    play.wait_screen("SmileysAndEmotion")
    play.type("rightwards arrow")
    play.wait_screen("rightwards arrow")
    play.keys("Enter")
    wait_gone(play, "All characters")
    play.wait_screen("→")


def test_debug_overlay(play):
    play.open_outer(columns=100)
    play.start(config="""
        greeting = 'hello'
        return { keys = { { key = 'd', mods = 'ALT', action = 'ShowDebugOverlay' } } }""")
    play.wait_prompt()
    play.keys("M-d")
    play.wait_screen("Log and Lua")
    play.enter("greeting:upper()")
    play.wait_screen('= "HELLO"')
    play.keys("Tab")
    play.wait_screen("Script thread")
    play.keys("Tab", "M-Left")
    play.wait_screen("ESC [ 1 ; 3 D")
    play.keys("Escape", "Escape")
    wait_gone(play, "Log and Lua")


def test_notifications_of_programs(play):
    play.open_outer()
    play.start()
    play.wait_prompt()
    play.enter(r"printf '\033]777;notify;build;has ended\007'")
    play.wait_screen("build: has ended")
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")
