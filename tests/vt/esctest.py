"""esctest2 (github ThomasDickey/esctest2) in a pty, its output in our terminal."""
import os
import pathlib
import pty
import re
import select
import struct
import sys
import tempfile
import termios
import fcntl

# Tests of what a pane cannot have: another size, place or state of a window, title modes of xterm,
# 8-bit controls (input is UTF-8), and the colour spaces of Xcms.
NOT_APPLICABLE = re.compile(
    r"XtermWinopsTests\.test_XtermWinops_(Iconify|MoveToXY|Resize|Maximize|Fullscreen|DECSLPP)"
    r"|SMTitleTests|S8C1TTests|8bit|C2Controls"
)


def run(folder, terminal, include):
    folder = pathlib.Path(folder)
    folder = folder / "esctest" if (folder / "esctest" / "esctest.py").exists() else folder
    log = pathlib.Path(tempfile.mkdtemp()) / "log"
    command = [sys.executable, "esctest.py", "--expected-terminal=xterm", "--max-vt-level=4",
               "--xterm-checksum=334", "--xterm-reverse-wrap=383", f"--logfile={log}", "--no-print-logs",
               "--timeout=3", f"--include={include or '.*'}"]
    terminal.new(80, 25)
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(sys.executable, command, dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8"))
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 25, 80, 0, 0))
    while True:
        ready, _, _ = select.select([master], [], [], 120)
        if not ready:
            os.kill(pid, 15)
            break
        try:
            data = os.read(master, 65536)
        except OSError:
            break
        if not data:
            break
        replies = terminal.feed(data)
        if replies:
            os.write(master, replies)
    os.close(master)
    os.waitpid(pid, 0)
    return results_of(log.read_text(errors="replace"))


def results_of(log):
    """What xterm is known to fail and what needs a higher level does not count; what xterm fails and we
    do not is a success."""
    results = {}
    name = None
    for line in log.splitlines():
        if match := re.match(r"Run test: (\S+)", line):
            name = match[1]
            results[name] = "no verdict"
        elif name is None:
            continue
        elif line.startswith("Passed.") or "Should have failed" in line:
            results[name] = None
        elif line.startswith(("Fails as expected", "Skipped because")):
            results.pop(name, None)
            name = None
        elif results[name] is not None and re.match(r"(\w+\.)*\w*(Error|Failure|Exception|Response)\b", line):
            results[name] = line.strip()[:160]
    return {name: error for name, error in results.items() if not NOT_APPLICABLE.search(name)}
