#!/usr/bin/env python3
"""Makes the sessions that bench/peers plays: programs in a pty, typed into, recorded with their timing.

  bench/record.py FOLDER      needs vim, htop, less, bash; htop sees processes of its own only (root)

A recording is an asciicast, version 2. Those of bench/sessions were made of this repository's own files.
"""
import fcntl
import json
import os
import pty
import random
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 120, 36
PROMPT = r"\[\e]2;you@host: \w\a\]\[\e[1;32m\]you@host\[\e[m\]:\[\e[1;34m\]\w\[\e[m\]$ "


def typed(text, seconds=0.08):
    return [(seconds, key) for key in text]


VIM = ([(0.6, "")] + [(0.1, "\x04")] * 6 + [(0.1, "\x15")] * 4 + [(0.03, "j")] * 60 + [(0.05, "\x05")] * 20 + [(0.4, "G")]
       + [(0.4, "gg")] + typed("/span\r") + [(0.3, "n")] * 5 + typed(":q!\r"))
LESS = [(0.5, "")] + [(0.1, " ")] * 8 + [(0.05, "j")] * 40 + [(0.1, "b")] * 5 + typed("/include\r") + [(0.3, "n")] * 5 + [
    (0.3, "G"), (0.3, "g"), (0.3, "q")]
PROMPTS = ([(0.4, "")] + typed("ls --color=always\r") + typed("cd app/server\r") + typed("ls -go --color=always | head -20\r")
           + typed("grep -n --color=always include session.cpp\r") + typed("wc -l *.h | sort -n | tail -5\r")
           + typed("clear\r") + typed("echo a line that is longer than it has to be") + [(0.1, "\x7f")] * 12 + [(0.2, "\r")]
           + typed("exit\r"))
HTOP = [(1.5, ""), (0.5, "\x1b[B"), (0.5, "\x1b[B"), (0.5, "t"), (2.0, "P"), (1.5, "M"), (1.5, "q")]


def record(file, arguments, keys, columns=COLUMNS, directory=TOP):
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(Path(directory).parent),
                   "PS1": PROMPT, "HISTFILE": ""}
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        os.chdir(directory)
        os.execvpe(arguments[0], arguments, environment)
    begin = time.monotonic()
    events = []

    def read(seconds):
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([master], [], [], left)[0]:
                try:
                    data = os.read(master, 1 << 16)
                except OSError:
                    return False
                if not data:
                    return False
                events.append((time.monotonic() - begin, data))
        return True

    for seconds, key in keys:
        if not read(seconds):
            break
        os.write(master, key.encode())
    read(2)
    os.waitpid(pid, 0)
    write(file, events, columns)


def write(file, events, columns, **head):
    with open(file, "w", encoding="utf-8") as out:
        print(json.dumps({"version": 2, "width": columns, "height": ROWS, **head}), file=out)
        held = b""
        for at, data in events:
            held += data
            for cut in range(4):  # a character may be split between reads
                try:
                    text = held[:len(held) - cut].decode()
                    break
                except UnicodeDecodeError:
                    continue
            held = held[len(text.encode()):]
            print(json.dumps([round(at, 4), "o", text], ensure_ascii=False), file=out)


def log_events():
    """A server's log: some lines at once, then a while nothing."""
    rng = random.Random(8)
    at = 0.0
    words = ["request", "served", "from", "cache", "user", "session", "closed", "timeout", "retry", "queue", "worker"]
    for number in range(400):
        level, colour = rng.choice([("INFO", 32)] * 6 + [("WARN", 33), ("ERROR", 31)])
        text = " ".join(rng.choices(words, k=rng.randint(3, 12)))
        yield at, (f"\x1b[2m12:{number // 60 % 60:02d}:{number % 60:02d}\x1b[m \x1b[{colour}m{level:5}\x1b[m {text} "
                   f"id={rng.randrange(10 ** 6)}\r\n").encode()
        at += rng.choice([0, 0, 0.002, 0.01, 0.05])


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "src")
        tree = subprocess.run(["git", "-C", TOP, "archive", "HEAD", "app", "docs", "README.md"], check=True, capture_output=True)
        source.mkdir()
        subprocess.run(["tar", "-x", "-C", source], input=tree.stdout, check=True)
        record(folder / "vim.cast", ["vim", "-u", "NONE", "-i", "NONE", "-N", "+syntax on", "+set ruler", "app/tty/encoder.cpp"],
               VIM, directory=source)
        record(folder / "less.cast", ["less", "-R", "app/server/session.cpp"], LESS, directory=source)
        record(folder / "prompts.cast", ["bash", "--norc", "--noprofile"], PROMPTS, directory=source)
    # Only what it starts itself is to be seen.
    load = "for i in 1 2 3; do sleep 100 & done; (while :; do :; done) & exec htop -d 5"
    record(folder / "htop.cast", ["unshare", "--pid", "--fork", "--mount-proc", "--uts", "sh", "-c", "hostname host; " + load], HTOP)
    write(folder / "log.cast", list(log_events()), COLUMNS // 2, title="in a split")
    print(*(f"{file.name}: {file.stat().st_size} bytes" for file in sorted(folder.glob("*.cast"))), sep="\n")


if __name__ == "__main__":
    main()
