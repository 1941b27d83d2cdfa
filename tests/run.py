#!/usr/bin/env python3
"""Runs the tests of a build and counts them: layers, public headers, unit test programs, scenarios.

usage: run.py --build DIR [quick|asan|tsan|FILTER]
The last line is `N passed, N failed, N skipped`; the exit status is 0 when nothing failed.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
MODES = ("quick", "asan", "tsan")


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, ok, name, detail=""):
        if ok:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {name}\n{detail}".rstrip(), flush=True)


def sanitizer_environment():
    return dict(
        os.environ,
        ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=0",
        UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1",
        TSAN_OPTIONS="halt_on_error=0:exitcode=66:second_deadlock_stack=1",
        LC_ALL="C.UTF-8",
    )


def check_layers(count):
    result = subprocess.run([sys.executable, TOP / "tools/check_layers.py"], capture_output=True, text=True)
    count.add(result.returncode == 0, "layers", result.stdout + result.stderr)


def check_headers(count):
    """Each public header compiles alone, where nothing else of the project can be found."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        shutil.copytree(TOP / "include", root / "include")
        for header in sorted((root / "include/lunette").glob("*.h")):
            source = root / f"{header.stem}.cpp"
            source.write_text(f"#include <lunette/{header.name}>\n#include <lunette/{header.name}>\nint main() {{}}\n")
            for compiler in ("g++", "clang++"):
                if not shutil.which(compiler):
                    count.skipped += 1
                    continue
                command = [compiler, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                           "-I", str(root / "include"), str(source)]
                result = subprocess.run(command, capture_output=True, text=True)
                count.add(result.returncode == 0, f"header {header.name} with {compiler}", result.stderr)
            text = header.read_text()
            count.add("lua_State" not in text and "lua.h" not in text, f"header {header.name} names Lua")


def check_no_lua(count, build):
    """The test programs of the UI side are linked without Lua."""
    for name in ("state", "view", "model", "terminal", "mux", "ui", "tty"):
        program = build / "tests" / f"test_{name}"
        if program.exists():
            symbols = subprocess.run(["nm", "-C", str(program)], capture_output=True, text=True).stdout
            found = [line for line in symbols.splitlines() if " lua_" in line or " luaL_" in line]
            count.add(not found, f"test_{name} links Lua", "\n".join(found[:5]))


def run_unit(count, program, only):
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [str(program), f"--gtest_output=json:{report.name}", "--gtest_brief=1"]
        if only:
            command.append(f"--gtest_filter={only}")
        try:
            result = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=900,
                                    env=sanitizer_environment(), stdin=subprocess.DEVNULL)
            code, output = result.returncode, result.stdout + result.stderr
        except subprocess.TimeoutExpired as error:
            code, output = -1, "no end within 900 s\n" + (error.stdout or b"").decode(errors="replace")[-4000:]
        try:
            summary = json.load(open(report.name))
        except ValueError:
            count.add(False, program.name, f"exit {code}\n{output[-6000:]}")
            return
    failed = summary["failures"] + summary.get("errors", 0)
    skipped = sum(1 for suite in summary["testsuites"] for test in suite["testsuite"]
                  if test.get("result") == "SKIPPED")
    count.passed += summary["tests"] - failed - skipped - summary.get("disabled", 0)
    count.skipped += skipped
    count.failed += failed
    if failed or code != 0:
        print(f"FAILED {program.name} (exit {code})\n{output[-8000:]}", flush=True)
        if not failed:
            count.failed += 1
    else:
        print(f"{program.name}: {summary['tests'] - skipped} passed", flush=True)


def run_scenarios(count, build, only):
    runner = TOP / "tests/run_scenarios.py"
    binary = build / "lunette"
    if not runner.exists() or not binary.exists():
        return
    command = [sys.executable, str(runner), "--binary", str(binary)] + ([only] if only else [])
    result = subprocess.run(command, capture_output=True, text=True, errors="replace", env=sanitizer_environment(),
                            stdin=subprocess.DEVNULL)
    lines = result.stdout.strip().splitlines() or [""]
    print("\n".join(lines[:-1]))
    try:
        numbers = [int(part.split()[0]) for part in lines[-1].split(",")]
        count.passed += numbers[0]
        count.failed += numbers[1]
        count.skipped += numbers[2] if len(numbers) > 2 else 0
    except (ValueError, IndexError):
        count.add(False, "scenarios", result.stdout[-4000:] + result.stderr[-4000:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("what", nargs="?", default="")
    arguments = parser.parse_args()
    only = "" if arguments.what in MODES else arguments.what
    count = Count()
    if arguments.what in ("", "quick"):
        check_layers(count)
        check_headers(count)
        check_no_lua(count, arguments.build)
    programs = sorted((arguments.build / "tests").glob("test_*"))
    programs = [p for p in programs if p.is_file() and os.access(p, os.X_OK)]
    for program in programs:
        named = only and only in program.name
        if only and not named:
            listed = subprocess.run([str(program), "--gtest_list_tests", f"--gtest_filter=*{only}*"],
                                    capture_output=True, text=True).stdout.splitlines()
            if not any(line.startswith("  ") for line in listed):
                continue
        run_unit(count, program, "" if not only or named else f"*{only}*")
    run_scenarios(count, arguments.build, only)
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped")
    sys.exit(1 if count.failed or not count.passed else 0)


main()
