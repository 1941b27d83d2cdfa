"""From a key to its character at the terminal."""
import random
import signal
import statistics
import os

from .outer import serve
from .ways import settle

KEYS = "jkvyz"  # that end no control sequence
ECHO = "stty -icanon; printf 'ready\\n'; exec cat > /dev/null"
GAP = 0.025  # seconds between keys, at least


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def summary(values):
    return {"p50": statistics.median(values), "p99": percentile(values, 0.99), "max": max(values), "n": len(values)}


class Typist:
    def __init__(self, way):
        self.way = way
        self.number = 0
        self.waits = []  # microseconds
        self.bytes = []
        self.before = None

    def key(self):
        import time
        outer = self.way.outer
        if self.before is not None:
            self.bytes.append(outer.received - self.before)
        key = KEYS[self.number % len(KEYS)]
        self.number += 1
        self.before = outer.received
        begin = time.monotonic()
        outer.write(key.encode())
        self.waits.append((outer.wait_for(key) - begin) * 1e6)


def gap(rng, ways=1):
    serve(rng.uniform(GAP, 1.5 * GAP) / ways)


def quiet(ways, keys):
    """All at once, a key for each in turn."""
    for way in ways:
        way.start(ECHO)
        way.outer.wait_for("ready")
    settle(ways)
    typists = [Typist(way) for way in ways]
    rng = random.Random(4)
    for _ in range(keys):
        for typist in typists:
            typist.key()
            gap(rng, len(ways))
    for way in ways:
        way.close()
    return {typist.way.name: {**summary(typist.waits), "bytes_p50": statistics.median(typist.bytes),
                              "bytes_max": max(typist.bytes)} for typist in typists}


def beside_flood(ways, keys, blocks):
    """The pane beside prints numbers as fast as it can; one session at a time."""
    ways = [way for way in ways if way.splits]
    floods = {}
    for way in ways:
        way.start(ECHO)
        way.outer.wait_for("ready")
        number = way.folder / "flood"
        way.split(f"echo $$ > {number}.new; mv {number}.new {number}; exec seq 1 999999999999")
        while not number.exists():
            serve(0.05)
        floods[way.name] = int(number.read_text())
        os.kill(floods[way.name], signal.SIGSTOP)
    settle(ways)
    typists = [Typist(way) for way in ways]
    rng = random.Random(5)
    for block in range(blocks):
        for typist in typists[block % len(typists):] + typists[:block % len(typists)]:
            flood = floods[typist.way.name]
            os.kill(flood, signal.SIGCONT)
            serve(0.3)
            for _ in range(keys // blocks):
                typist.key()
                gap(rng)
            os.kill(flood, signal.SIGSTOP)
            serve(0.1)
    for way in ways:
        os.kill(floods[way.name], signal.SIGCONT)
        way.close()
    return {typist.way.name: summary(typist.waits) for typist in typists}


HOSTILE = """
local wezterm = require 'wezterm'
wezterm.on('format-window-title', function() while true do end end)
wezterm.on('update-status', function() os.execute 'sleep 60' end)
wezterm.on('update-right-status', function() local kept = {} while true do kept[#kept + 1] = ('x'):rep(1000) .. #kept end end)
wezterm.on('format-tab-title', function(tab)
    if tab.tab_index % 3 == 0 then while true do end end
    if tab.tab_index % 3 == 1 then error 'no title today' end
    return ' ' .. tab.tab_index .. ' '
end)
wezterm.on('user-var-changed', function() while true do end end)
return { status_update_interval = 200 }
"""


def with_handlers(make, pairs, keys, tabs=20):
    """20 tabs without handlers, and the same with those that loop, block, allocate, and raise errors."""
    ways = {"without": make(), "hostile": make()}
    configs = {"without": "return {}", "hostile": HOSTILE}
    for name, way in ways.items():
        way.start(ECHO, config=configs[name])
        way.outer.wait_for("ready")
        for _ in range(tabs - 1):
            way.tab("exec cat")
        way.first_tab()
    settle(list(ways.values()))
    servers = {name: way.server() for name, way in ways.items()}
    for server in servers.values():
        os.kill(server, signal.SIGSTOP)
    found = {name: [] for name in ways}
    rng = random.Random(6)
    for pair in range(pairs):
        for name in ("without", "hostile") if pair % 2 else ("hostile", "without"):
            typist = Typist(ways[name])
            os.kill(servers[name], signal.SIGCONT)
            serve(0.3)
            for _ in range(keys):
                typist.key()
                gap(rng)
            os.kill(servers[name], signal.SIGSTOP)
            found[name].append(summary(typist.waits))
    for server in servers.values():
        os.kill(server, signal.SIGCONT)
    stalls = ways["hostile"].counters()["stalls"]
    for way in ways.values():
        way.close()
    ratio = {part: statistics.median(b[part] / a[part] for a, b in zip(found["without"], found["hostile"]))
             for part in ("p50", "p99")}
    return {"without": {part: statistics.median(run[part] for run in found["without"]) for part in ("p50", "p99")},
            "hostile": {part: statistics.median(run[part] for run in found["hostile"]) for part in ("p50", "p99")},
            "ratio": ratio, "stalls": stalls}
