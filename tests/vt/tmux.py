"""The same streams through our core and through a pane of tmux; the screens must be equal.

Streams are random, from fixed seeds, and the recordings (*.recording) of a folder, if given. Left out is
what tmux is known to do otherwise: see docs/terminal.md.
"""
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import time

COLUMNS, ROWS = 60, 20
SEEDS = 200
WORDS = ["a", "word", "longer words", "  ", "é", "e\u0301", "─│", "x" * 25]
WIDE_WORDS = ["漢字", "日", "👍", "かな"]


def random_stream(seed):
    """Every fourth is text with wide characters, which tmux does not take apart as others do."""
    pick = random.Random(seed)
    if seed % 4 == 3:
        parts = WORDS + WIDE_WORDS * 3 + ["\r\n", "\x1b[4;35m", "\x1b[m", "\x1b[48;5;24m", "\x1bM\r", "\x1b[K", "\t"]
        return "".join(pick.choices(parts, k=200)).encode()
    alternate = False

    def switch():
        nonlocal alternate
        alternate = not alternate
        return "\x1b[?6l\x1b[?1049" + ("h" if alternate else "l") + "\x1b7"

    small = lambda: pick.choice(["", "1", "2", "3", "7", "30"])
    position = lambda: f"{pick.randint(1, ROWS)};{pick.randint(1, COLUMNS)}"

    def sgr():
        codes = pick.sample(["0", "1", "2", "3", "4", "7", "9", "31", "42", "94", "103", "38;5;208", "48;2;10;20;30",
                             "22", "23", "24", "27", "39", "49", "4:3"], pick.randint(1, 3))
        return f"\x1b[{';'.join(codes)}m"

    def margins():
        top = pick.randint(1, ROWS - 2)
        return f"\x1b[{top};{pick.randint(top + 1, ROWS)}r\x1b[H"

    choices = [
        (30, lambda: pick.choice(WORDS)),
        (8, sgr),
        (8, lambda: f"\x1b[{position()}H"),
        (6, lambda: "\r\n"),
        (2, lambda: "\n"), (2, lambda: "\r"), (2, lambda: "\b"), (3, lambda: "\t"),
        (6, lambda: f"\x1b[{small()}{pick.choice('ABCDEFG')}"),
        (3, lambda: f"\x1b[{pick.randint(1, COLUMNS)}G\x1b[{pick.randint(1, ROWS)}d"),
        (3, lambda: f"\x1b[{pick.choice(['', '0', '1', '2'])}K"),
        (2, lambda: f"\x1b[{pick.choice(['', '0', '1', '2'])}J"),
        (3, lambda: f"\x1b[{small()}{pick.choice('@PXS')}"),
        (2, lambda: f"\x1b[r\r\x1b[{small()}{pick.choice('LM')}"),
        (3, margins), (1, lambda: "\x1b[r\x1b[H"),
        (3, lambda: pick.choice(["\x1bM", "\x1bD", "\x1bE"])),
        (2, lambda: pick.choice(["\x1b7", "\x1b8"])),
        (1, lambda: pick.choice(["\x1b[4h", "\x1b[4l", "\x1b[4l"])),
        (1, lambda: pick.choice(["\x1b[?6h", "\x1b[?6l"])),
        (1, switch),
        (1, lambda: "\x1b(0lqqk\x1b(B"),
        (1, lambda: pick.choice(["\x1bH", "\x1b[g", "\x1b[3g"])),
    ]
    weights = [weight for weight, _ in choices]
    return "".join(pick.choices(choices, weights)[0][1]() for _ in range(250)).encode()


class Tmux:
    def __init__(self):
        self.name = f"lunette-vt-{os.getpid()}"
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.count = 0
        self.call("-f", "/dev/null", "new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "sleep 1000")
        self.call("set", "-g", "status", "off")
        self.call("set", "-g", "remain-on-exit", "on")

    def call(self, *arguments):
        return subprocess.run(["tmux", "-u", "-L", self.name, *arguments], capture_output=True).stdout

    def resize(self, columns, rows):
        self.call("resize-window", "-x", str(columns), "-y", str(rows))

    def show(self, stream, size):
        """Rows with escape sequences, and the cursor; nothing when tmux does not get there."""
        self.count += 1
        mark = f"done{self.count}"
        path = self.folder / "stream"
        path.write_bytes(stream + f"\x1b]2;{mark}\x1b\\".encode())
        self.call("respawn-pane", "-k", f"stty raw -echo; cat {path}; exec sleep 1000")
        for _ in range(500):
            if self.call("display", "-p", "#{pane_title}").strip() == mark.encode():
                break
            time.sleep(0.02)
        else:
            return None
        cursor = self.call("display", "-p", "#{cursor_x},#{cursor_y}").decode().strip()
        x, y = (int(part) for part in cursor.split(","))
        rows = self.call("capture-pane", "-peN").split(b"\n")[:size[1]]
        return rows, (x, y)

    def close(self):
        self.call("kill-server")
        shutil.rmtree(self.folder, ignore_errors=True)


def normal(screen):
    """Cells as (text, style) without blanks at the end. capture-pane tells no background of erased cells and no
    overline, so blanks have no style here."""
    rows = []
    for row in screen["rows"]:
        cells = []
        for text, number in row:
            style = screen["styles"][number]
            shown = (style["foreground"], style["background"], style["attributes"], style["underline"])
            if text in ("", " "):
                cells.append((" ", None))
            else:
                cells.append((text, shown if text is not None else None))
        while cells and cells[-1] == (" ", None):
            cells.pop()
        rows.append(cells)
    return rows


def compare(terminal, tmux, stream, size):
    tmux.resize(*size)
    shown = tmux.show(stream, size)
    if shown is None:
        return "tmux did not get to the end"
    rows, (x, y) = shown
    terminal.new(*size)
    terminal.feed(stream)
    ours = terminal.screen()
    terminal.new(*size)
    # SGR goes on over the ends of rows; text drawn with SO is line graphics.
    terminal.feed(b"\x1b)0\x1b[?7l" + b"".join(f"\x1b[{i + 1}H".encode() + row for i, row in enumerate(rows)))
    theirs = normal(terminal.screen())
    for i, (mine, other) in enumerate(zip(normal(ours), theirs)):
        if mine != other:
            at = next((j for j, (a, b) in enumerate(zip(mine, other)) if a != b), min(len(mine), len(other)))
            return (f"row {i} column {at}: tmux {other[at:at + 3]}, ours {mine[at:at + 3]}; "
                    f"{''.join(c[0] or '' for c in other)!r} and {''.join(c[0] or '' for c in mine)!r}")
    cursor = ours["cursor"]
    # Behind the last column tmux counts one further.
    if (cursor["x"], cursor["y"]) != (min(x, size[0] - 1), y):
        return f"cursor: tmux {(x, y)}, ours {(cursor['x'], cursor['y'])}"
    return None


def run(folder, terminal, only):
    if not shutil.which("tmux"):
        return None
    tmux = Tmux()
    results = {}
    try:
        for seed in range(SEEDS):
            if only in (name := f"random-{seed}"):
                results[name] = compare(terminal, tmux, random_stream(seed), (COLUMNS, ROWS))
        for path in sorted(pathlib.Path(folder).rglob("*.recording")) if folder else []:
            size = json.loads((path.parent / "size.json").read_text())
            if only in (name := path.parent.name):
                results[name] = compare(terminal, tmux, path.read_bytes(), (size["columns"], size["screen_lines"]))
    finally:
        tmux.close()
    return results
