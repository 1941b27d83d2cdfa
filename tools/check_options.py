#!/usr/bin/env python3
"""Checks that every option that `lunette check` calls applied or adapted is used by the program.

    python3 tools/check_options.py

An option is used where its name stands in quotes, outside of the tables that only describe options. Prints
what is claimed and not used; exit status 1 when there is any.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EFFECTS = ROOT / 'app/wezterm/options_effects.cpp'
TABLES = {'options.cpp', 'options_effects.cpp', 'options_structs.cpp', 'options_check.cpp'}


def words(text):
    return ''.join(re.findall(r'"([^"]*)"', text)).split()


def main():
    text = EFFECTS.read_text(encoding='utf-8')
    claimed = set()
    for effect, names in re.findall(r'\{\{(applied|adapted), "[^"]*"\},\s*((?:"[^"]*"\s*)+)\}', text):
        claimed.update(words(names))
    code = ''.join(f.read_text(encoding='utf-8') for pattern in ('*.h', '*.cpp')
                   for f in sorted((ROOT / 'app').glob('**/' + pattern)) if f.name not in TABLES)
    unused = sorted(name for name in claimed if f'"{name}"' not in code)
    for name in unused:
        print(f'{name}: said to be applied, and used nowhere')
    return 1 if unused else 0


sys.exit(main())
