#!/usr/bin/env python3
"""Checks that includes run only downwards, and that the UI side cannot see Lua. Prints each offence."""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)

# Folder -> folders it may include, besides its own and the public headers.
LIBRARY = {
    "state": set(),
    "view": {"state"},
    "lua": {"state"},
    "script": {"view", "state", "lua"},
}
APPLICATION = {
    "model": set(),
    "terminal": {"model"},
    "mux": {"terminal", "model"},
    "copy": {"terminal", "model"},
    "ui": {"model"},
    "tty": {"ui", "model"},
    "wezterm": {"model"},
    "wire": set(),
    "client": {"wire", "tty", "ui", "model"},
    "server": {"wire", "copy", "mux", "ui", "tty", "terminal", "wezterm", "model"},
    "cli": {"client", "wire", "server", "copy", "mux", "ui", "tty", "terminal", "wezterm", "model"},
}
# Of the public headers the UI side has no use for the engine: it is driven by server/.
PUBLIC_FOR_UI = {"record.h", "view.h", "command.h", "report.h"}
UI_SIDE = {"model", "terminal", "copy", "mux", "ui", "tty", "wire", "client"}
LUA_HEADERS = {"lua.h", "lauxlib.h", "lualib.h", "lua.hpp"}
MAY_SEE_LUA = {"lua", "script"}

offences = []


def offend(path, line, text):
    offences.append(f"{path.relative_to(TOP)}:{line}: {text}")


def check(root, rules):
    for path in sorted((TOP / root).rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        folder = path.relative_to(TOP / root).parts[0]
        if folder not in rules:
            continue
        source = path.read_text(errors="replace")
        for found in INCLUDE.finditer(source):
            line = source.count("\n", 0, found.start()) + 1
            kind, name = found.groups()
            first = name.split("/")[0]
            if name in LUA_HEADERS and not (root == "src" and folder in MAY_SEE_LUA):
                offend(path, line, f"{folder}/ must not see Lua")
            if kind == '"' and "/" in name and first != folder and first not in rules[folder]:
                if not (TOP / "data" / name.split("/")[-1]).exists():
                    offend(path, line, f"{folder}/ must not include {name}")
            if name.startswith("lunette/") and folder in UI_SIDE and name[8:] not in PUBLIC_FOR_UI:
                offend(path, line, f"{folder}/ must not include {name}")


def check_cycles(root):
    for path in sorted((TOP / "include/lunette").glob("*.h")):
        source = path.read_text()
        for found in INCLUDE.finditer(source):
            kind, name = found.groups()
            if kind == '"' or name in LUA_HEADERS:
                offend(path, source.count("\n", 0, found.start()) + 1, f"public header includes {name}")


check("src", LIBRARY)
check("app", APPLICATION)
check_cycles("include")
print("\n".join(offences))
sys.exit(1 if offences else 0)
