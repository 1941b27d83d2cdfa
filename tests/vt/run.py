#!/usr/bin/env python3
"""Runs a conformance suite against the terminal core.

usage: run.py --harness PROGRAM SUITE [DIR] [--only REGEX] [--list]
  esctest DIR     github ThomasDickey/esctest2
  libvterm DIR    github neovim/libvterm: t/*.test
  alacritty DIR   github alacritty/alacritty: alacritty_terminal/tests/ref
  vttest          the program vttest, against the grids in vttest.grids
  tmux            the program tmux, with random streams and the recordings of DIR, if given
The last line is `N passed, N failed, N skipped`; known failures (SUITE.known) count as skipped.
"""
import argparse
import importlib
import pathlib
import sys

from harness import Known, Terminal

SUITES = ("esctest", "libvterm", "alacritty", "vttest", "tmux")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--harness", type=pathlib.Path, required=True)
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true", help="print each failure as a line for SUITE.known")
    arguments = parser.parse_args()
    suite = importlib.import_module(arguments.suite)
    terminal = Terminal(arguments.harness)
    results = suite.run(arguments.folder, terminal, arguments.only)
    terminal.close()
    if results is None:
        print("0 passed, 0 failed, 1 skipped")
        return
    if arguments.list:
        for name, error in sorted(results.items()):
            if error is not None:
                print(f"{name}  # {error}")
        return
    passed, failed, skipped = Known(arguments.suite).judge(results)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


main()
