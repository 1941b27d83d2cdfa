"""Bytes that reach the terminal: for one cell, and for recorded sessions."""
import shlex
import statistics
import sys
import time

from .outer import LONG, serve
from .recording import Recording
from .ways import settle

# One cell for each key, anywhere, in any colour; the cursor goes back after it.
DOTS = r"""
import random, sys, tty
rng = random.Random(7)
tty.setraw(0)
sys.stdout.write("\x1b[2J\x1b[Hready")
sys.stdout.flush()
while sys.stdin.read(1) != "q":
    x, y = rng.randrange(1, 200), rng.randrange(2, 50)
    sys.stdout.write(f"\x1b7\x1b[{y};{x}H\x1b[{rng.choice([0, 1, 31, 44, 92])}m{rng.choice('abcdefgh')}\x1b8")
    sys.stdout.flush()
"""

# Plays a recording when asked to.
PLAY = r"""
import json, sys, time
sys.stdin.readline()
begin = time.monotonic()
with open(sys.argv[1]) as lines:
    next(lines)
    for at, kind, text in map(json.loads, lines):
        time.sleep(max(begin + at - time.monotonic(), 0))
        sys.stdout.write(text)
        sys.stdout.flush()
time.sleep(0.2)
sys.stdout.write("\x1b[m\x1b[?1049l\x1b[r\x1b[H\x1b[2J" + sys.argv[2] + "\n")
sys.stdout.flush()
"""


def python(program, *arguments):
    return "stty -echo; exec " + shlex.join([sys.executable, "-c", program, *map(str, arguments)])


def one_cell(ways, changes):
    """The bytes of each change."""
    for way in ways:
        way.start(python(DOTS))
        way.outer.wait_for("ready")
    settle(ways)
    steps = {way.name: [] for way in ways}
    for _ in range(changes):
        for way in ways:
            before = way.outer.received
            way.outer.write(b"x")
            end = time.monotonic() + 0.5  # what is there already may be drawn once more
            while way.outer.received == before and time.monotonic() < end:
                serve(0.02)
            serve(0.02)
            steps[way.name].append(way.outer.received - before)
    for way in ways:
        way.close()
    return {name: {"p50": statistics.median(values), "max": max(values)} for name, values in steps.items()}


MARK = "\u16e9"


def recorded(kinds, folder):
    """Bytes by session and way, each session through each way, all at the same time. `kinds` make ways."""
    playing = []
    for file in sorted(folder.glob("*.cast")):
        recording = Recording(file)
        for kind in kinds:
            way = kind()
            if recording.in_split:
                way.start("stty -echo; printf ready; exec cat", recording.columns * 2 + 1, recording.rows)
                way.outer.wait_for("ready")
                way.split(python(PLAY, file, MARK))
                way.go_to_split()
            else:
                way.start(python(PLAY, file, MARK), recording.columns, recording.rows)
            playing.append((file.stem, way))
    settle([way for _, way in playing], 0.5)
    before = [way.outer.received for _, way in playing]
    for _, way in playing:
        way.outer.awaited = MARK.encode()
        way.outer.write(b"\r")
    end = time.monotonic() + LONG
    while any(way.outer.awaited for _, way in playing) and time.monotonic() < end:
        serve(0.1)
    bytes_of = {}
    for (name, way), received in zip(playing, before):
        bytes_of.setdefault(name, {})[way.name] = way.outer.received_then - received
    for _, way in playing:
        way.close()
    return bytes_of
