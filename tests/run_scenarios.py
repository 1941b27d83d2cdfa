#!/usr/bin/env python3
"""Plays the folders of tests/scenarios with `lunette replay`.

    run_scenarios.py [--binary PATH] [--jobs N] [FILTER]

A scenario passes when every line of its script holds. The last line is `N passed, N failed`.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

CACHE = tempfile.TemporaryDirectory(prefix="lunette-cache-")
BOUND_S = 300  # only guards against hanging


def play(program: pathlib.Path, folder: pathlib.Path) -> tuple[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("WEZTERM_", "LUNETTE_"))}
    environment["XDG_CACHE_HOME"] = CACHE.name
    try:
        done = subprocess.run(
            [program, "replay", folder], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, errors="replace", timeout=BOUND_S)
    except subprocess.TimeoutExpired:
        return folder.name, f"it did not end within {BOUND_S} s"
    if done.returncode == 0:
        return folder.name, ""
    how = f"exit status {done.returncode}" if done.returncode > 0 else f"ended by signal {-done.returncode}"
    return folder.name, done.stderr.strip() or how


def play_twice(program: pathlib.Path, folder: pathlib.Path) -> tuple[str, str]:
    """On a shared machine a scenario may be starved. What a sanitizer found is never left to a second try."""
    name, problem = play(program, folder)
    if not problem or "Sanitizer" in problem or "runtime error:" in problem:
        return name, problem
    print(f"UNSTABLE  {name}, played again:\n    " + problem.replace("\n", "\n    "))
    return play(program, folder)


def main() -> int:
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description="Plays the scenarios.")
    parser.add_argument("--binary", type=pathlib.Path, default=here.parent / "build" / "release" / "lunette")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("filter", nargs="?", default="")
    options = parser.parse_args()
    program = options.binary.resolve()
    if not program.exists():
        print(f"there is no program {program}; build it, or name it with --binary", file=sys.stderr)
        return 3

    folders = sorted(f.parent for f in (here / "scenarios").glob("*/script") if options.filter in f.parent.name)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max(options.jobs, 1)) as pool:
        for name, problem in pool.map(lambda folder: play_twice(program, folder), folders):
            print(f"{'FAILED' if problem else 'passed'}  {name}")
            if problem:
                failed += 1
                print("    " + problem.replace("\n", "\n    "))
    print(f"{len(folders) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
