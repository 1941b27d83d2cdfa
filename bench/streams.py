#!/usr/bin/env python3
"""Streams of terminal output through our core and through tmux, one table.

  bench/streams.py generate VTEBENCH/benchmarks FOLDER     runs vtebench's scripts in a pty of 200x50
  bench/streams.py compare FOLDER BENCH_TERMINAL           MB/s, medians of interleaved rounds

A folder holds NAME.stream, and NAME.setup for what is printed once before it.
"core" is parser and screen alone; "tmux" the way of the same bytes from a program in its pane to an
outer terminal that reads everything; "pty" the way through a bare pty, which bounds what tmux can do.
"""
import argparse
import fcntl
import json
import os
import pty
import shlex
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from pathlib import Path

COLUMNS, ROWS = 200, 50
STREAM_BYTES = 1 << 20   # vtebench's own minimum for a sample
COMPARED_BYTES = 8 << 20  # enough for a steady rate


class Drained:
    """A program in a pty whose output is read and dropped."""

    def __init__(self, arguments):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.environ["TERM"] = "xterm-256color"
            os.execvp(arguments[0], arguments)
        self.reader = threading.Thread(target=self.drain, daemon=True)
        self.reader.start()

    def drain(self):
        try:
            while os.read(self.master, 1 << 16):
                pass
        except OSError:
            pass

    def wait(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            time.sleep(0.02)
        else:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            raise SystemExit("a stream took more than a minute or two")
        self.reader.join()
        os.close(self.master)


def generate(scripts, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for script in sorted(scripts.glob("*/benchmark")):
        for kind, suffix in (("benchmark", ".stream"), ("setup", ".setup")):
            source = script.parent / kind
            if not source.exists():
                continue
            target = folder / (script.parent.name + suffix)
            # A shell between, so that the script finds this pty by its own process id.
            Drained(["sh", "-c", f"sh {shlex.quote(str(source))} > {shlex.quote(str(target))}"]).wait(120)
        stream = folder / (script.parent.name + ".stream")
        # As the tty's line discipline sends it on (ONLCR).
        data = stream.read_bytes().replace(b"\n", b"\r\n")
        if data:
            stream.write_bytes(data * -(-STREAM_BYTES // len(data)))
        print(f"{stream.name}: {stream.stat().st_size} bytes")


# Runs in the pane: the answer to a query says that all before it has been dealt with.
PLAYER = r"""
import os, sys, termios, time, tty
def ask():
    os.write(1, b"\x1b[?2026l\x1b[c")
    while not os.read(0, 4096).endswith(b"c"): pass
tty.setraw(0)
data = open(sys.argv[1], "rb").read() * int(sys.argv[2])
if sys.argv[3]: os.write(1, open(sys.argv[3], "rb").read())
ask()
begin = time.monotonic()
view = memoryview(data)
while view: view = view[os.write(1, view[:65536]):]
ask()
open(sys.argv[4], "w").write(repr(len(data) / (time.monotonic() - begin)))
"""

BARE = r"""
import os, sys, termios, time, tty
tty.setraw(0)
data = open(sys.argv[1], "rb").read() * int(sys.argv[2])
begin = time.monotonic()
view = memoryview(data)
while view: view = view[os.write(1, view[:65536]):]
termios.tcdrain(1)
open(sys.argv[4], "w").write(repr(len(data) / (time.monotonic() - begin)))
"""


def through_pty(stream, setup, in_tmux):
    copies = max(1, -(-COMPARED_BYTES // stream.stat().st_size))
    with tempfile.TemporaryDirectory() as directory:
        result = Path(directory, "rate")
        player = [sys.executable, "-c", PLAYER if in_tmux else BARE, str(stream), str(copies), str(setup or ""),
                  str(result)]
        if in_tmux:
            player = ["tmux", "-S", f"{directory}/socket", "-f", "/dev/null", "new-session",
                      shlex.join(player), ";", "set", "-g", "status", "off"]
        Drained(player).wait(180)
        return float(result.read_text()) if result.exists() else None


def through_core(binary, folder, name):
    output = subprocess.run([binary, f"--streams={folder}", f"--benchmark_filter=^stream/{name}$",
                             "--benchmark_min_time=0.3", "--benchmark_format=json"],
                            capture_output=True, text=True, check=True).stdout
    size = Path(folder, name + ".stream").stat().st_size
    result = json.loads(output)["benchmarks"][0]
    # The wall clock, as for the others, and the processor's time, which a busy machine changes less.
    return size / (result["real_time"] / 1e9), size / (result["cpu_time"] / 1e9)


def compare(folder, binary, rounds):
    if not shutil.which("tmux"):
        raise SystemExit("tmux is not installed")
    streams = sorted(folder.glob("*.stream"))
    rates = {stream: {"core": [], "cpu": [], "tmux": [], "pty": []} for stream in streams}
    for _ in range(rounds):
        for stream in streams:
            setup = stream.with_suffix(".setup")
            setup = setup if setup.exists() else None
            for way, rate in zip(("core", "cpu"), through_core(binary, folder, stream.stem)):
                rates[stream][way].append(rate)
            rates[stream]["tmux"].append(through_pty(stream, setup, True))
            rates[stream]["pty"].append(through_pty(stream, setup, False))
    print("| stream | core MB/s of CPU time | core | tmux | bare pty | core ÷ tmux | core, ns a line |\n"
          "|---|---|---|---|---|---|---|")
    for stream, by_way in rates.items():
        middle = {way: statistics.median([v for v in values if v] or [float("nan")])
                  for way, values in by_way.items()}
        data = stream.read_bytes()
        lines = data.count(b"\n")
        # What a stream of short lines costs is their number, not their bytes.
        line = f"{len(data) / lines / middle['cpu'] * 1e9:.0f}" if lines * 8 > len(data) else ""
        print(f"| {stream.stem} | {middle['cpu'] / 1e6:.0f} | {middle['core'] / 1e6:.0f} | {middle['tmux'] / 1e6:.1f} "
              f"| {middle['pty'] / 1e6:.0f} | {middle['core'] / middle['tmux']:.1f} | {line} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    generating = commands.add_parser("generate")
    generating.add_argument("scripts", type=Path)
    generating.add_argument("folder", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("folder", type=Path)
    comparing.add_argument("binary")
    comparing.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.command == "generate":
        generate(arguments.scripts, arguments.folder)
    else:
        compare(arguments.folder, arguments.binary, arguments.rounds)


if __name__ == "__main__":
    main()
