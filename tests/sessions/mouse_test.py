"""The mouse: what a terminal sends for it (SGR reports, mode 1006), from the outer's input to the screen."""
import os
import re
import stat

LEFT, MIDDLE, RIGHT, MOVE, WHEEL_UP, WHEEL_DOWN = 0, 1, 2, 35, 64, 65
SHIFT, ALT, CTRL, DRAG = 4, 8, 16, 32


def report(play, code, x, y, final="M"):
    """At the cell x, y, from 0."""
    play.type(f"\x1b[<{code};{x + 1};{y + 1}{final}")


def click(play, x, y, code=LEFT):
    report(play, code, x, y)
    report(play, code, x, y, "m")


def drag(play, start, end, code=LEFT):
    report(play, code, *start)
    report(play, code | DRAG, *end)
    report(play, code, *end, "m")


def place_of(play, text):
    """The cell where it begins on the screen."""
    def find():
        for y, line in enumerate(play.screen().splitlines()):
            if text in line:
                return line.index(text), y
        return None
    return play.wait(f"`{text}` on the screen", find)


def start(play, config="", columns=80):
    play.open_outer(columns=columns)
    play.tmux("set-option", "-s", "set-clipboard", "on")
    play.start(config=f"local wezterm = require 'wezterm'\nlocal c = {{}}\n{config}\nreturn c")
    play.wait_prompt()


def say(play, text):
    """Lines of output, not of typing: where they begin."""
    lines = text.split("\n")
    play.enter("clear; printf '%s\\n' " + " ".join(f"'{line}'" for line in lines))

    def find():
        shown = play.screen().splitlines()
        return next((y for y, line in enumerate(shown) if line.startswith(lines[0])), None)
    y = play.wait(f"`{lines[0]}` at the beginning of a row", find)
    return 0, y


def count(play):
    """More rows than the screen has, and the prompt below them."""
    play.enter("seq 1000 1200")

    def done():
        lines = play.screen().split()
        return lines[-2:-1] == ["1200"] and lines[-1] in ("$", "#")
    play.wait("the last number", done)


def copied(play):
    """What the outer was told by OSC 52."""
    return play.tmux("show-buffer").stdout


def shown_with(play, attribute):
    """The pieces of the screen that have it: 4 underlined, 7 inverse."""
    pieces = re.findall(rf"\x1b\[{attribute}m(?:\x1b\[[\d;]*m)*([^\x1b]+)", play.tmux("capture-pane", "-pe").stdout)
    return [piece.strip() for piece in pieces]


def test_a_drag_copies(play):
    start(play)
    x, y = say(play, "take these-two words\nand more")
    drag(play, (x + 5, y), (x + 13, y))
    play.wait("a copy", lambda: copied(play) == "these-two")
    for _ in range(2):
        click(play, x, y)
    play.wait("a word", lambda: copied(play) == "take")
    for _ in range(3):
        click(play, x + 6, y + 1)
    play.wait("a line", lambda: copied(play) == "and more")
    drag(play, (x, y), (x + 2, y + 1), LEFT | ALT)
    play.wait("a block", lambda: copied(play) == "tak\nand")
    play.wait("the block inverse", lambda: shown_with(play, 7) == ["tak", "and"])
    click(play, x + 9, y + 1)
    click(play, x + 4, y, LEFT | SHIFT)
    play.wait("an extended selection", lambda: copied(play) == " these-two words\nand more")


def test_a_selection_goes_with_its_text(play):
    start(play)
    x, y = say(play, "some words")
    drag(play, (x, y), (x + 3, y))
    play.wait("a copy", lambda: copied(play) == "some")
    play.enter("echo typed-$((6*7))")
    play.wait_screen("typed-42")
    play.wait("the selection", lambda: shown_with(play, 7) == ["some"])
    play.enter(f"printf '\\033[{y};1Hother\\033[9;1H'")
    play.wait("no selection", lambda: not shown_with(play, 7))


def test_the_wheel_scrolls(play):
    start(play)
    count(play)
    x, y = place_of(play, "1195")
    report(play, WHEEL_UP, x, y)
    play.wait("older rows", lambda: "1200" not in play.screen())
    for _ in range(80):
        report(play, WHEEL_UP, x, y)
    play.wait_screen("1000")
    place = place_of(play, "1001")
    drag(play, place, (place[0] + 3, place[1]))
    play.wait("a copy", lambda: copied(play) == "1001")
    for _ in range(90):
        report(play, WHEEL_DOWN, x, y)
    play.wait_screen("1200")


def test_dragging_beyond_the_edge_scrolls(play):
    start(play)
    count(play)
    x, y = place_of(play, "1200")
    report(play, LEFT, x + 3, y)
    report(play, LEFT | DRAG, x, 0)  # the tab bar; held there
    play.wait_screen("seq 1000")  # the beginning: no more scrolls
    place = place_of(play, "1001")
    report(play, LEFT | DRAG, *place)
    report(play, LEFT, *place, "m")
    play.wait("a long copy", lambda: copied(play) == "\n".join(str(i) for i in range(1001, 1201)))


def test_programs_get_the_mouse_they_ask_for(play):
    start(play)
    play.enter("printf '\\033[?1002h\\033[?1006h'; cat -v")
    play.wait("cat", lambda: any(p["title"].startswith("cat") for p in play.panes()))
    click(play, 4, 9)
    play.wait_screen("^[[<0;5;9M^[[<0;5;9m")  # the bar is above
    report(play, WHEEL_UP, 4, 9)
    play.wait_screen("^[[<64;5;9M")
    x, y = place_of(play, "^[[<64")
    drag(play, (x, y), (x + 3, y), LEFT | ALT)
    play.wait("a copy all the same", lambda: copied(play) == "^[[<")


def test_tabs_are_clicked(play):
    start(play, "c.use_fancy_tab_bar = false\nwezterm.on('format-tab-title', function(tab, tabs, panes, config, hover)"
                " return (hover and '!' or '<') .. tab.tab_index .. '>' end)")
    place_of(play, "<0>")
    x, y = place_of(play, "+")
    click(play, x, y)
    play.wait("a second tab", lambda: len(play.panes()) == 2)
    x, y = place_of(play, "<0>")
    report(play, MOVE, x + 1, y)
    play.wait_screen("!0><1>")
    click(play, x + 1, y)
    play.wait("the first tab", lambda: play.panes()[0]["is_active"] and "<0>" in play.screen())
    report(play, WHEEL_DOWN, x, y)
    play.wait_screen("!0><1>")
    click(play, x + 1, y, MIDDLE)
    play.wait("one tab", lambda: len(play.panes()) == 1)


def test_a_line_is_dragged(play):
    start(play)
    play.keys("C-b", "%")
    play.wait("two panes", lambda: len(play.panes()) == 2)
    x, y = place_of(play, "│")
    drag(play, (x, y + 3), (x - 12, y + 3))
    play.wait("another size", lambda: play.panes()[0]["size"]["cols"] == x - 12)
    play.wait("the line there", lambda: place_of(play, "│")[0] == x - 12)


def test_a_link_is_underlined_and_opened(play):
    start(play, """wezterm.on('open-uri', function(window, pane, uri)
    window:toast_notification('opened', uri, nil, 4000)
    return false
end)""")
    x, y = say(play, "see https://example.com/page for more")
    report(play, MOVE, x + 8, y)
    play.wait("an underlined link",
              lambda: shown_with(play, 4) == ["https://example.com/page"])
    report(play, MOVE, x, y + 3)
    play.wait("no underline", lambda: not shown_with(play, 4))
    click(play, x + 8, y)
    play.wait("the event", lambda: "opened" in play.screen())


def test_the_desktops_clipboard_is_used(play):
    tools = play.folder / "tools"
    tools.mkdir()
    clipboard = play.folder / "clipboard"
    for name, script in {
        "wl-copy": f'case "$*" in *primary*) exec cat > {clipboard}.primary;; *) exec cat > {clipboard};; esac',
        # One that takes its time: what is typed meanwhile comes after it.
        "wl-paste": f'sleep 0.3; case "$*" in *primary*) exec cat {clipboard}.primary;; *) exec cat {clipboard};; esac',
    }.items():
        path = tools / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        os.chmod(path, path.stat().st_mode | stat.S_IXUSR)
    play.environment["PATH"] = f"{tools}:{play.environment['PATH']}"
    play.environment["WAYLAND_DISPLAY"] = "wayland-test"
    start(play)
    x, y = say(play, "copied text")
    drag(play, (x, y), (x + 5, y))
    for name in (clipboard, clipboard.with_name("clipboard.primary")):
        play.wait(f"{name.name}", lambda name=name: name.exists() and name.read_text() == "copied")
    clipboard.with_name("clipboard.primary").write_text("from-outside")
    click(play, x, y + 2, MIDDLE)
    play.type("_and_typed")
    play.wait_screen("from-outside_and_typed")
