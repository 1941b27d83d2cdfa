"""The same program with the same keys in Lunette and in tmux; both must show the same."""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vt"))
from harness import Terminal  # noqa: E402

COLUMNS, ROWS = 80, 24
# No bar, so that the pane has the size of the terminal, and the TERM that tmux gets here.
CONFIG = "return { enable_tab_bar = false, term = 'xterm-256color', status_update_interval = 0 }"

PLAIN = {"foreground": None, "background": None, "underline_color": None, "attributes": 0, "underline": 0, "link": ""}


def seen(text, style):
    """Nobody sees the colour or the weight of a blank, unless there is a line in it or it is inverse."""
    bare = text == " " and not style["attributes"] & (32 | 128 | 256) and style["underline"] == 0
    return text, {**style, "foreground": None, "attributes": 0} if bare else style


class Beside:
    """Lunette in its outer terminal and a pane of a tmux of its own, each with a shell."""

    def __init__(self, play):
        self.play = play
        self.reference = f"{play.outer}-reference"
        play.open_outer(columns=COLUMNS, rows=ROWS)
        play.start(config=CONFIG)
        play.wait_prompt()
        self.tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "/bin/sh", ";", "set-option", "-g",
                  "status", "off", ";", "set-option", "-s", "escape-time", "0", ";", "set-option", "-g",
                  "default-terminal", "xterm-256color", check=True)
        # The first shell still has the default TERM.
        self.tmux("respawn-pane", "-k", "/bin/sh", check=True)
        self.tmux("resize-window", "-x", str(COLUMNS), "-y", str(ROWS), check=True)
        self.masks = []
        self.terminal = Terminal(play.binary.parent / "tests/vt_harness", COLUMNS, ROWS)

    def tmux(self, *arguments, **options):
        return subprocess.run(["tmux", "-L", self.reference, "-f", "/dev/null", *arguments], capture_output=True,
                              text=True, env=self.play.environment, **options)

    def end_tmux(self, name):
        subprocess.run(["tmux", "-L", name, "kill-server"], capture_output=True, env=self.play.environment)

    def close(self):
        self.end_tmux(self.reference)
        self.terminal.close()

    def mask(self, *patterns):
        """What is different whenever somebody looks: clocks, loads, hints."""
        self.masks += [re.compile(pattern, re.M) for pattern in patterns]

    def masked(self, text):
        for pattern in self.masks:
            text = pattern.sub("", text)
        return [line.rstrip() for line in text.rstrip("\n").split("\n")]

    def wanted(self):
        return self.masked(self.tmux("capture-pane", "-p").stdout)

    def shown(self):
        return self.masked(self.play.screen())

    def keys(self, *names):
        self.play.tmux("send-keys", *names, check=True)
        self.tmux("send-keys", *names, check=True)

    def type(self, text):
        self.play.tmux("send-keys", "-l", "--", text, check=True)
        self.tmux("send-keys", "-l", "--", text, check=True)

    def leave_insert_mode(self):
        """Vim's cursor goes back by one. A key that followed at once would be ALT and that key."""
        before = self.cursors()
        self.keys("Escape")
        self.play.wait("normal mode", lambda: all(a != b for a, b in zip(self.cursors(), before)))

    def cursors(self):
        where = ("display-message", "-p", "#{cursor_x} #{cursor_y}")
        return self.tmux(*where).stdout, self.play.tmux(*where).stdout

    def enter(self, text):
        self.type(text)
        self.keys("Enter")

    def gone(self, text):
        for screen in (self.wanted, self.shown):
            self.play.wait(f"`{text}` gone", lambda: text not in "\n".join(screen()))

    def looks(self, captured):
        """Rows of cells with all that can be seen of them, without the rows that masks change."""
        self.terminal.new(COLUMNS, ROWS)
        self.terminal.feed(captured.rstrip("\n").replace("\n", "\r\n").encode())
        screen = self.terminal.screen()
        rows = []
        for row in screen["rows"]:
            text = "".join(cell or "" for cell, _ in row)
            if self.masked(text) == [text.rstrip()]:
                rows.append([seen(cell or " ", screen["styles"][style]) for cell, style in row])
                while rows[-1] and rows[-1][-1] == (" ", PLAIN):
                    rows[-1].pop()
        return rows

    def difference(self):
        """In the text, to whoever looks at the terminal or asks Lunette for it, or else in the colours."""
        wanted = self.wanted()
        for shown in (self.shown(), self.masked(self.play.cli("get-text"))):
            if shown != wanted:
                return [f"row {y}\n tmux    |{a}|\n lunette |{b}|" for y, (a, b) in enumerate(zip(wanted, shown)) if a != b]
        sides = [self.looks(run("capture-pane", "-p", "-e").stdout) for run in (self.tmux, self.play.tmux)]
        return [f"row {y} column {x}: tmux {a}, lunette {b}" for y, row in enumerate(zip(*sides))
                for x, (a, b) in enumerate(zip(*row)) if a != b][:5]

    def same(self, marker):
        """Waits until tmux shows `marker` and Lunette shows what tmux does."""
        self.play.wait(f"`{marker}` in tmux", lambda: marker in "\n".join(self.wanted()))
        found = []

        def is_same():
            found[:] = self.difference()
            return not found
        try:
            self.play.wait("the same screen", is_same)
        except AssertionError as error:
            raise AssertionError(f"{error}, after `{marker}`\n" + "\n".join(found)) from None


def beside(program):
    """A test that needs a program: what it is given is a Beside with shells in the same folder."""
    def decorate(test):
        def run(play):
            pair = Beside(play)
            try:
                pair.enter("PS1='> '; clear")
                pair.same(">")
                test(pair, play)
            finally:
                pair.close()
        run.needs = program
        return run
    return decorate


def sample(play, lines=200):
    """A file with tabs, long lines and more than ASCII."""
    words = ["plain", "naïve", "色は匂へど", "tab\tstop", "wide語end", "e\u0301clair", "─┼─", "x" * 90, "end"]
    path = play.folder / "sample.txt"
    path.write_text("".join(f"{number:3} {words[number % len(words)]} line {number}\n" for number in range(lines)))
    return path
