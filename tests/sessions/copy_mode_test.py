"""Copy mode, search and quick select in a terminal."""


def prefix(play, key):
    play.keys("C-b", key)


def clipboard(play):
    """What was copied last: the outer terminal keeps it as a buffer of its own."""
    return play.tmux("show-buffer").stdout


def start(play, config="return {}"):
    play.open_outer()
    play.tmux("set-option", "-s", "set-clipboard", "on")
    play.start(config=config)
    play.wait_prompt()
    # Toasts would hide what the tests look for.
    play.wait("no toast", lambda: "options (" not in play.screen())


def test_copying_with_the_default_keys(play):
    start(play)
    play.enter("for i in $(seq 1 200); do echo row-$i; done; echo 'alpha beta'")
    play.wait_screen("row-200")
    play.wait_screen("\nalpha beta")
    prefix(play, "[")
    play.wait_screen("Copy mode: ")
    play.type("kk")
    play.keys("PageUp")
    play.type("gg")
    play.wait_screen("row-1\n")
    play.type("Gk0")
    play.wait_screen("row-200")
    play.type("wv$")
    play.type("y")
    play.wait("the copied word", lambda: clipboard(play) == "beta")
    play.wait("the mode's end", lambda: "Copy mode: " not in play.screen())
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")


def test_the_view_stands_still_while_output_arrives(play):
    start(play)
    play.enter(f"seq 1 100; until [ -e {play.folder}/go ]; do sleep 0.1; done; for i in $(seq 1 500); do echo late-$i; done")
    play.wait_screen("\n100\n")
    prefix(play, "[")
    play.wait_screen("Copy mode: ")

    def rows():  # but the one that is being written, and the one with the position
        return play.screen().splitlines()[2:-1]
    before = rows()
    assert before[-1] == "100"
    (play.folder / "go").touch()
    play.wait("the output", lambda: "late-500" in play.cli("get-text"))
    play.wait_screen("copy 500/")  # rows back
    assert rows() == before, play.screen()
    play.type("q")
    play.wait_screen("late-500")


VIM = """
    local wezterm = require 'wezterm'
    local act = wezterm.action
    local tables = wezterm.gui.default_key_tables()
    for _, binding in ipairs {
        { key = '/', mods = 'NONE', action = act.Multiple { act.CopyMode 'ClearPattern', act.CopyMode 'EditPattern' } },
        { key = 'n', mods = 'NONE', action = act.CopyMode 'NextMatch' },
        { key = 'N', mods = 'SHIFT', action = act.CopyMode 'PriorMatch' },
        { key = 'Y', mods = 'SHIFT', action = act.Multiple {
            act.CopyMode 'ClearSelectionMode', act.CopyMode 'MoveToStartOfLine', act.CopyMode { SetSelectionMode = 'Cell' },
            act.CopyMode 'MoveToEndOfLineContent', act.CopyTo 'Clipboard', act.CopyMode 'Close' } },
    } do table.insert(tables.copy_mode, binding) end
    table.insert(tables.search_mode, { key = 'Enter', mods = 'NONE', action = act.Multiple {
        act.CopyMode 'AcceptPattern', act.CopyMode 'ClearSelectionMode' } })
    wezterm.on('update-status', function(window)
        window:set_right_status('table: ' .. (window:active_key_table() or 'none'))
    end)
    return { key_tables = tables, status_update_interval = 100 }
"""


def test_a_configuration_with_keys_of_vim(play):
    start(play, VIM)
    play.wait_screen("table: none")
    play.enter("printf 'first hit\\nmiddle\\nsecond hit\\n'")
    play.wait_screen("\nsecond hit")
    prefix(play, "[")
    play.wait_screen("table: copy_mode")
    play.type("/hit")
    play.wait_screen("table: search_mode")
    play.wait_screen("Search: hit (1/")
    play.keys("Enter")
    play.wait_screen("table: copy_mode")
    play.type("N")
    play.wait_screen("(2/")
    play.type("Y")
    play.wait("the copied line", lambda: clipboard(play) == "first hit")
    play.wait_screen("table: none")


def test_search_over_the_scrollback(play):
    start(play, "return { scrollback_lines = 100000 }")
    play.enter("echo 'the needle'; seq 1 50000; echo end-of-hay")
    play.wait_screen("\nend-of-hay")
    prefix(play, "f")
    play.wait_screen("Search: ")
    play.type("the needle")
    play.wait_screen("1/2 matches. case-sensitive)")
    play.wait_screen("\nthe needle\n1\n2\n")
    play.keys("Up")
    play.wait_screen("(2/2 matches.")
    play.keys("Escape")
    play.wait("no search bar", lambda: "Search: " not in play.screen())
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")


def test_quick_select(play):
    start(play, """
        local act = require('wezterm').action
        return { keys = { { key = 'q', mods = 'ALT', action = act.QuickSelect } } }""")
    play.enter("clear; echo https://example.org/path and 10.0.0.1")
    play.wait("the output", lambda: play.screen().count("example.org") == 1)
    play.keys("M-q")
    play.wait_screen("type highlighted prefix to copy")
    play.wait_screen("and a0.0.0.1")
    play.type("s")
    play.wait("the copied address", lambda: clipboard(play) == "https://example.org/path")
    play.keys("M-q")
    play.wait_screen("and a0.0.0.1")
    play.type("A")
    play.wait("the pasted one", lambda: any(line[1:].strip() == "10.0.0.1" for line in play.screen().splitlines()))
