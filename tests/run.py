#!/usr/bin/env python3
"""Runs the tests of a build and counts them: layers, public headers, unit test programs, scenarios, suites.

usage: run.py --build DIR [quick|asan|tsan|fuzz|FILTER]
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
MODES = ("quick", "asan", "tsan", "fuzz")


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, ok, name, detail=""):
        if ok:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED {name}\n{detail}".rstrip(), flush=True)


CACHE = tempfile.TemporaryDirectory(prefix="lunette-cache-")


def sanitizer_environment():
    return dict(
        os.environ,
        ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=0",
        UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1",
        TSAN_OPTIONS="halt_on_error=0:exitcode=66:second_deadlock_stack=1",
        LC_ALL="C.UTF-8",
        XDG_CACHE_HOME=CACHE.name,  # not the user's
    )


def check_layers(count):
    result = subprocess.run([sys.executable, TOP / "tools/check_layers.py"], capture_output=True, text=True)
    count.add(result.returncode == 0, "layers", result.stdout + result.stderr)


def check_format(count):
    """Everything that was written by hand looks as .clang-format says. Versions differ: only Debian 12's counts."""
    version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True).stdout \
        if shutil.which("clang-format") else ""
    if " 14." not in version:
        count.skipped += 1
        return
    files = [str(path) for folder in ("app", "bench", "examples", "include", "src", "tests")
             for pattern in ("*.cpp", "*.h") for path in sorted((TOP / folder).rglob(pattern))]
    result = subprocess.run(["clang-format", "--dry-run", "-Werror", *files], capture_output=True, text=True)
    count.add(result.returncode == 0, "format", result.stderr[:4000])


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
    for name in ("state", "view", "model", "terminal", "copy", "mux", "ui", "tty", "wire", "client"):
        program = build / "tests" / f"test_{name}"
        if program.exists():
            symbols = subprocess.run(["nm", "-C", str(program)], capture_output=True, text=True).stdout
            found = [line for line in symbols.splitlines() if " lua_" in line or " luaL_" in line]
            count.add(not found, f"test_{name} links Lua", "\n".join(found[:5]))


def is_sanitizers(output):
    """What a sanitizer found is never left to a second try."""
    return any(words in output for words in ("Sanitizer", "runtime error:"))


def run_program(program, only):
    """Its exit status, its output, and its own summary or None."""
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
            summary = None
    return code, output, summary


def names_of_failed(summary):
    return [f"{suite['name']}.{test['name']}" for suite in summary["testsuites"] for test in suite["testsuite"]
            if test.get("failures")]


def run_unit(count, program, only):
    code, output, summary = run_program(program, only)
    if summary is None:
        count.add(False, program.name, f"exit {code}\n{output[-6000:]}")
        return
    failed = summary["failures"] + summary.get("errors", 0)
    if failed and not is_sanitizers(output):
        # On a shared machine a test may be starved. Alone, it has to pass.
        names = names_of_failed(summary)
        code, again, second = run_program(program, ":".join(names))
        if code == 0 and second is not None:
            print(f"UNSTABLE {program.name}: passed when run again: {' '.join(names)}\n{output[-4000:]}", flush=True)
            failed = 0
        else:
            output += again
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


def run_played(count, build, only, name):
    runner = TOP / "tests" / name
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
        count.add(False, name, result.stdout[-4000:] + result.stderr[-4000:])


def run_vt(count, build):
    """The conformance suites whose folders are in $LUNETTE_SUITES or that need none; see tests/vt/run.py."""
    harness = build / "tests/vt_harness"
    suites = os.environ.get("LUNETTE_SUITES")
    for suite, folder in (("esctest", "esctest2"), ("libvterm", "libvterm"), ("alacritty", "alacritty"),
                          ("vttest", None), ("tmux", None)):
        if not harness.exists() or (folder and not (suites and (pathlib.Path(suites) / folder).is_dir())):
            count.skipped += 1
            continue
        command = [sys.executable, str(TOP / "tests/vt/run.py"), "--harness", str(harness), suite]
        command += [str(pathlib.Path(suites) / folder)] if folder else []
        result = subprocess.run(command, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL)
        lines = result.stdout.strip().splitlines() or [""]
        print("\n".join(f"{suite}: {line}" for line in lines), flush=True)
        try:
            passed, failed, skipped = (int(part.split()[0]) for part in lines[-1].split(","))
        except (ValueError, IndexError):
            count.add(False, suite, result.stdout[-2000:] + result.stderr[-4000:])
            continue
        count.passed += passed
        count.failed += failed
        count.skipped += skipped


def run_fuzzers(count, build):
    """Each for a while from nothing; what breaks one is left in its folder, and named."""
    seconds = int(os.environ.get("LUNETTE_FUZZ_SECONDS", "60"))
    for program in sorted((build / "tests").glob("*_fuzz")):
        folder = build / "found" / program.name
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(program), f"-max_total_time={seconds}", "-max_len=4096", "-print_final_stats=1",
                   f"-artifact_prefix={folder}/"]
        result = subprocess.run(command, capture_output=True, text=True, errors="replace",
                                env=sanitizer_environment(), stdin=subprocess.DEVNULL)
        count.add(result.returncode == 0, program.name, result.stderr[-6000:])
        runs = [line.split()[-1] for line in result.stderr.splitlines() if "number_of_executed_units" in line]
        print(f"{program.name}: {runs[0] if runs else 'no'} inputs in {seconds} s", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("what", nargs="?", default="")
    arguments = parser.parse_args()
    only = "" if arguments.what in MODES else arguments.what
    count = Count()
    if arguments.what == "fuzz":
        run_fuzzers(count, arguments.build)
    if arguments.what in ("", "quick"):
        check_layers(count)
        check_format(count)
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
    for name in ("run_scenarios.py", "run_sessions.py"):
        run_played(count, arguments.build, only, name)
    if not arguments.what:
        run_vt(count, arguments.build)
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped")
    sys.exit(1 if count.failed or not count.passed else 0)


main()
