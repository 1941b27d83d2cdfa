"""What a session does while nobody does anything."""
import pathlib
import time

SILENCE = 3  # seconds in which nothing may happen

BAR = """
    local wezterm = require 'wezterm'
    wezterm.on('format-tab-title', function(tab) return '<' .. tab.tab_index .. '>' end)
    %s
    return { use_fancy_tab_bar = false, check_for_updates = false }"""
CLOCK = """
    wezterm.on('update-status', function(window) window:set_right_status('at ' .. os.time()) end)"""


def waits(play):
    """How often the threads of the server have waited: each time something woke one."""
    total = 0
    for task in pathlib.Path(f"/proc/{play.server()}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary"):
                total += int(line.split()[1])
    return total


def has_threads_of_a_sanitizer(play):
    """The thread sanitizer's own thread wakes ten times a second."""
    return "libtsan" in pathlib.Path(f"/proc/{play.server()}/maps").read_text()


def silent(play):
    if has_threads_of_a_sanitizer(play):
        return True
    before = waits(play)
    time.sleep(SILENCE)
    return waits(play) == before


def test_idle_is_idle(play):
    """zellij#5291: bars without a clock. No thread wakes."""
    play.open_outer()
    play.start(config=BAR % "")
    play.wait_screen("<0>")
    # What follows the last change: processes are looked at, garbage is collected, greetings go.
    play.wait("silence", lambda: silent(play))


def test_nothing_is_drawn_while_detached(play):
    """Panes go on, and nobody is shown anything; not even the clock runs."""
    play.open_outer()
    play.start(config=BAR % CLOCK)
    play.wait_screen("at ")
    play.lunette("detach", "play")
    play.wait("no terminal", lambda: not play.reports()[0]["attached"])
    frames = play.reports()[0]["frames"]
    play.cli("send-text", "--pane-id", "0", "--no-paste", "seq 100000; echo flood-$((6*7))\r")
    play.wait("the end of the flood", lambda: "flood-42" in play.cli("get-text", "--pane-id", "0"))
    play.wait("silence", lambda: silent(play))
    assert play.reports()[0]["frames"] == frames
