"""`cat` of a file until a mark behind it shows at the terminal."""
import itertools
import statistics
import time

from .outer import serve
from .texts import KINDS, MARKS
from .ways import settle

# Ends whatever a stream has begun: a synchronized update, the other screen, a region.
AFTER = r"\033[?2026l\033[?1049l\033[!p\033[r\033[m\033[H\033[2J"
marks = itertools.cycle(MARKS)


def timed(way, files):
    """Seconds."""
    mark = next(marks)
    octal = "".join(f"\\{byte:03o}" for byte in mark.encode())
    names = " ".join(str(file) for file in files)
    begin = time.monotonic()
    way.outer.write(f"cat {names}; printf '{AFTER}{octal}\\n'\r".encode())
    return way.outer.wait_for(mark) - begin


def rates(ways, inputs, rounds):
    """MB/s by input and way. `inputs`: name -> (files, ways or None)."""
    for way in ways:
        way.start("stty -echo; exec /bin/sh")
        way.outer.wait_for("$ ")
    settle(ways)
    seen = {name: {way.name: [] for way in ways} for name in inputs}
    for number in range(rounds):
        for name, files in inputs.items():
            size = sum(file.stat().st_size for file in files)
            for way in ways[number % len(ways):] + ways[:number % len(ways)]:
                seen[name][way.name].append(size / timed(way, files) / 1e6)
                serve(0.05)
    for way in ways:
        way.close()
    return {name: {way: statistics.median(values) for way, values in by_way.items()}
            for name, by_way in seen.items()}


def texts(ways, folder, megabytes, rounds):
    inputs = {}
    for name, make in KINDS.items():
        file = folder / name
        file.write_bytes(make(megabytes << 20))
        inputs[name] = [file]
    return rates(ways, inputs, rounds)


def streams(ways, source, folder, megabytes, rounds):
    """vtebench's, as bench/streams.py writes them."""
    inputs = {}
    for stream in sorted(source.glob("*.stream")):
        data = stream.read_bytes()
        copied = folder / stream.name
        copied.write_bytes(data * max(1, (megabytes << 20) // len(data)))
        setup = stream.with_suffix(".setup")
        inputs[stream.stem] = ([setup] if setup.exists() else []) + [copied]
    return rates(ways, inputs, rounds)
