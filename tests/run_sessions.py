#!/usr/bin/env python3
"""Plays the session tests: the real binary in a real terminal (a pane of tmux), read from its screen.

usage: run_sessions.py --binary FILE [FILTER]
Each test is a function test_*(play) in tests/sessions/*.py; one whose program (`needs`) is missing is skipped. The last line is `N passed, N failed, N skipped`.
"""
import argparse
import importlib.util
import pathlib
import shutil
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent / "sessions"
sys.path.insert(0, str(HERE))

from play import Play  # noqa: E402

AT_ONCE = 3


def tests(only):
    for path in sorted(HERE.glob("*_test.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, test in vars(module).items():
            if name.startswith("test_") and only in f"{path.stem}.{name}":
                yield f"{path.stem}.{name[5:]}", test


def play_one(binary, name, test, otherwise):
    play = Play(binary)
    try:
        test(play)
        return True
    except Exception as error:
        detail = "" if isinstance(error, AssertionError) and str(error) else traceback.format_exc()
        print(f"{otherwise} session {name}: {error}\n{detail}{play.describe()}", flush=True)
        return False
    finally:
        play.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=pathlib.Path, required=True)
    parser.add_argument("filter", nargs="?", default="")
    arguments = parser.parse_args()
    binary = arguments.binary.resolve()
    chosen = list(tests(arguments.filter))
    played = [(name, test) for name, test in chosen
              if all(shutil.which(program) for program in ("tmux", getattr(test, "needs", "tmux")))]
    # Sessions mostly wait, so several are played at once. One that was starved has a second try, alone.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        good = list(pool.map(lambda entry: play_one(binary, *entry, "UNSTABLE"), played))
    failed = sum(not play_one(binary, *entry, "FAILED") for entry, ok in zip(played, good) if not ok)
    passed = len(played) - failed
    skipped = len(chosen) - len(played)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


main()
