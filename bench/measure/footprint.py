"""Memory, and what happens while nothing happens."""
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from .outer import serve
from .ways import settle


def resident(pid):
    """Bytes."""
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024
    raise ProcessLookupError(pid)


def switches(pid):
    """How often its threads have waited."""
    total = 0
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        for line in status.read_text().splitlines():
            if line.startswith("voluntary"):
                total += int(line.split()[1])
    return total


def woken(pids, seconds):
    """How often each process was woken, all of it asleep before: what its threads say to each other then is
    one waking. By strace; None where that is missing."""
    if not shutil.which("strace"):
        return [None] * len(pids)
    pause = 0.01
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{folder}/{pid}" for pid in pids]
        traces = [subprocess.Popen(["strace", "-f", "-ttt", "-o", file, "-p", str(pid)], stderr=subprocess.DEVNULL)
                  for pid, file in zip(pids, files)]
        serve(1)
        begin = time.time()
        serve(seconds)
        end = time.time()
        for trace in traces:
            trace.send_signal(signal.SIGINT)
            trace.wait()
        counts = []
        for file in files:
            times = [float(line.split()[1]) for line in open(file)]
            starts = [at for before, at in zip([0.0] + times, times) if at - before > pause]
            counts.append(sum(begin <= at <= end for at in starts))
        return counts


def memory(way, tabs, config=None):
    way.start("printf ready; exec cat", config=config)
    way.outer.wait_for("ready")
    settle([way], 0.5)
    server = way.server()
    first = resident(server)
    for _ in range(tabs):
        way.tab("exec cat")
    settle([way], 1)
    last = resident(server)
    way.close()
    return {"server": first, "tab": (last - first) / tabs}


BAR = """
local wezterm = require 'wezterm'
wezterm.on('format-tab-title', function(tab) return ' ' .. tab.tab_index + 1 .. ' ' .. tab.active_pane.title .. ' ' end)
%s
return {}
"""
CLOCK = """
wezterm.on('update-status', function(window) window:set_right_status(wezterm.strftime '%H:%M:%S') end)
"""


def idle(make_lunette, make_tmux, seconds):
    """Waits per second of all threads of a server, bytes to the terminal, frames drawn."""
    kinds = {"lunette, no clock": (make_lunette(), BAR % ""), "lunette, 1 s clock": (make_lunette(), BAR % CLOCK),
             "lunette, 1 s clock, detached": (make_lunette(), BAR % CLOCK)}
    if make_tmux:
        kinds["tmux, no clock"] = (make_tmux(), "set -g status-right ''\n")
        kinds["tmux, 1 s clock"] = (make_tmux(), "set -g status-right '%H:%M:%S'\nset -g status-interval 1\n")
    for way, config in kinds.values():
        way.start("printf ready; exec cat", config=config)
        way.outer.wait_for("ready")
    ways = [way for way, _ in kinds.values()]
    settle(ways, 1)
    detached = kinds["lunette, 1 s clock, detached"][0]
    detached.detach()
    serve(3)  # what is looked at behind the last frame: processes, files
    servers = [way.server() for way in ways]
    bytes_before = [way.outer.received for way in ways]
    frames = [way.counters().get("frames") for way in ways]
    asked = [switches(pid) for pid in servers]  # asking wakes, too
    begin = time.monotonic()
    serve(seconds)
    passed = time.monotonic() - begin
    after = [switches(pid) for pid in servers]
    received = [way.outer.received - before for way, before in zip(ways, bytes_before)]
    counted = [None if before is None else way.counters()["frames"] - before for way, before in zip(ways, frames)]
    wakings = woken(servers, 10)
    found = {}
    for i, name in enumerate(kinds):
        found[name] = {"waits of all threads": after[i] - asked[i], "waits a second": (after[i] - asked[i]) / passed,
                       "woken a second": None if wakings[i] is None else wakings[i] / 10, "bytes": received[i],
                       "frames": counted[i]}
    for way in ways:
        way.close()
    return found
