"""`lunette cli` as scripts for WezTerm use it."""
import json


def started(play):
    play.open_outer()
    play.start()
    play.wait_prompt()


def test_panes(play):
    started(play)
    right = play.cli("split-pane", "--right", "--percent", "30").strip()
    assert right == "1"
    first, second = play.panes()
    assert first["left_col"] == 0 and second["left_col"] > first["size"]["cols"]
    assert [first["is_active"], second["is_active"]] == [False, True]
    assert play.cli("get-pane-direction", "left").strip() == "0"
    assert play.cli("get-pane-direction", "Right") == ""
    play.cli("activate-pane-direction", "--pane-id", right, "Left")
    assert play.panes()[0]["is_active"]
    columns = play.panes()[0]["size"]["cols"]
    play.cli("adjust-pane-size", "--pane-id", "0", "--amount", "5", "Right")
    assert play.panes()[0]["size"]["cols"] == columns + 5
    play.cli("zoom-pane", "--pane-id", "1")
    assert play.panes()[1]["is_zoomed"]
    play.cli("zoom-pane", "--pane-id", "1", "--toggle")
    assert not play.panes()[1]["is_zoomed"]
    play.cli("move-pane-to-new-tab", "--pane-id", "1")
    first, second = play.panes()
    assert first["tab_id"] != second["tab_id"] and first["window_id"] == second["window_id"]
    play.cli("kill-pane", "--pane-id", "1")
    assert [pane["pane_id"] for pane in play.panes()] == [0]


def test_tabs_and_titles(play):
    started(play)
    assert play.cli("spawn", "--cwd", "/usr", "--", "sh", "-c", "pwd; exec sleep 1000").strip() == "1"
    play.wait("its directory", lambda: "/usr" in play.cli("get-text", "--pane-id", "1"))
    play.cli("set-tab-title", "--pane-id", "0", "first")
    play.cli("set-window-title", "--pane-id", "0", "the window")
    play.cli("rename-workspace", "work")
    pane = play.panes()[0]
    assert (pane["tab_title"], pane["window_title"], pane["workspace"]) == ("first", "the window", "work")
    play.wait_screen("1 first")
    play.cli("activate-tab", "--tab-index", "0")
    assert json.loads(play.cli("list-clients", "--format", "json"))[0]["focused_pane_id"] == 0
    play.cli("activate-tab", "--tab-relative", "-1")
    assert json.loads(play.cli("list-clients", "--format", "json"))[0]["focused_pane_id"] == 1
    assert "WINID TABID PANEID" in play.cli("list")


def test_text(play):
    started(play)
    play.cli("send-text", "--no-paste", "echo $((40+2))-done\r")
    play.wait("output", lambda: "42-done" in play.cli("get-text"))
    play.cli("send-text", "printf '\\033[31mred\\033[0m\\n'\n")
    play.wait("colour", lambda: "\x1b[" in play.cli("get-text", "--escapes"))
    assert "\x1b" not in play.cli("get-text")


def test_errors(play):
    assert play.lunette("cli", "list", check=False).returncode == 3
    started(play)
    assert "no pane 77" in play.lunette("cli", "kill-pane", "--pane-id", "77", check=False).stderr
    assert play.lunette("cli", "no-such", check=False).returncode == 2
    assert play.lunette("attach", "nobody", check=False).returncode == 3
    assert play.lunette("-s", "play", check=False).returncode == 3  # no terminal


def test_options_of_the_command_line(play):
    play.open_outer()
    play.start("--config", "'term=\"screen\"'", "--cwd", "/usr", "--", "sh -c 'echo $TERM $PWD; exec sleep 1000'")
    play.wait_screen("screen /usr")


def test_a_line_about_a_detached_session(play):
    started(play)
    play.lunette("detach")
    play.wait_screen("[detached")
    play.enter("lunette -n")
    play.wait("another session", lambda: len(play.sessions()) == 2)
    play.lunette("kill", "1")
    play.wait_screen("1 detached session (1 tab")


def test_dumb_terminals_are_refused(play):
    play.open_outer()
    play.enter("TERM=dumb lunette -n; echo status-$?")
    play.wait_screen("status-3")


def test_why(play):
    play.open_outer()
    play.start(config="""
local wezterm = require 'wezterm'
wezterm.on('format-tab-title', function(tab) return ' say ' .. tab.tab_title .. ' ' end)
return { use_fancy_tab_bar = false, hide_tab_bar_if_only_one_tab = false }
""")
    play.wait_prompt()
    play.cli("set-tab-title", "named")
    play.wait_screen("say named")
    tell = lambda: play.lunette("why", "format-tab-title(tab 0)").stdout
    play.wait("the cause", lambda: "TabInfo.tab_title of" in tell())
    reads = next(line for line in tell().splitlines() if "runs again when one of these changes: " in line)
    assert reads.endswith("TabInfo.tab_title"), reads
    assert "is up to date" in tell() and "format-tab-title at " in tell(), tell()
    answer = json.loads(play.lunette("why", "format-tab-title", "--json").stdout)
    assert [view["name"] for view in answer["views"]] == ["format-tab-title(tab 0)"], answer
    assert answer["handlers"][0]["runs"] >= 2 and answer["views"][0]["waits_for"] == "", answer
    failed = play.lunette("why", "format-tab-title(tab 7)", check=False)
    assert failed.returncode == 1 and "format-tab-title(tab 0)" in failed.stderr, failed
    assert play.lunette("why", check=False).returncode == 2
