"""vttest's menus 1, 2, 3, 6, 8 and 11 in a pty, each screen against one that was reviewed once.

vttest.screens has a line for each: its name and a hash of its rows. `--only show` prints the screens, to be
looked at, and writes the file anew.
"""
import fcntl
import hashlib
import os
import pty
import re
import select
import shutil
import signal
import struct
import termios

from harness import HERE, screen_text

SCREENS = HERE / "vttest.screens"
COLUMNS, ROWS = 80, 24
# Menus, and for those with menus of their own the items that need nobody at the keyboard.
SCRIPT = {
    "1": [], "2": [], "8": [], "3": ["8", "9", "10", "11"], "6": ["3", "4", "5", "6", "7"],
    "11/1/2": ["3", "4"], "11/3/2": ["7", "8", "9", "10"], "11/3/3": ["9", "10", "11", "12", "13"],
    "11/3/6": ["7", "8", "9", "10", "11", "12"], "11/5": ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    "11/7": ["2", "3", "4", "5", "6"],
}
PROMPT = re.compile(rb"Push <RETURN>|Enter choice number \(0 - \d+\): ")


class Session:
    def __init__(self, terminal):
        self.terminal = terminal
        self.terminal.new(COLUMNS, ROWS)
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            program = shutil.which("vttest")
            os.execve(program, [program, "-q", "24x80.80"], dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8"))
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def until_prompt(self):
        """Feeds the terminal until vttest asks for something. False when it ended or stopped asking."""
        tail = b""
        while True:
            if not select.select([self.master], [], [], 20)[0]:
                return False
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return False
            if not data:
                return False
            tail = (tail + data)[-200:]
            replies = self.terminal.feed(data)
            if replies:
                os.write(self.master, replies)
            if PROMPT.search(tail) and not select.select([self.master], [], [], 0.05)[0]:
                return True

    def rows(self):
        rows = screen_text(self.terminal.screen())
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def in_menu(self):
        return any("Enter choice number" in row for row in self.rows())

    def send(self, text):
        os.write(self.master, text.encode() + b"\r")

    def close(self):
        os.close(self.master)
        os.kill(self.pid, signal.SIGKILL)  # it may have inherited that hangups are ignored
        os.waitpid(self.pid, 0)


def walk(session, name, choice, screens):
    """Sends a choice and goes through its screens until a menu is back. True when all went well."""
    session.send(choice)
    for number in range(1, 100):
        if not session.until_prompt():
            return False
        if session.in_menu():
            return True
        screens[f"{name}.{number:02}"] = session.rows()
        session.send("")
    return False


def play(terminal):
    screens = {}
    for path, items in SCRIPT.items():
        *menus, last = path.split("/")
        session = Session(terminal)
        going = session.until_prompt()
        for choice in menus:
            session.send(choice)
            going = going and session.until_prompt()
        name = "menu-" + path.replace("/", "-")
        going = going and walk(session, name, last, screens)
        for item in items:
            going = going and walk(session, f"{name}-{item}", item, screens)
        if not going:
            screens.setdefault(name, ["vttest did not come back to its menu"])
        session.close()
    return screens


def digest(rows):
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def show(screens):
    for name, rows in sorted(screens.items()):
        print("\n".join([f"==== {name}"] + rows))
    SCREENS.write_text("".join(f"{name} {digest(rows)}\n" for name, rows in sorted(screens.items())))


def run(folder, terminal, only):
    if not shutil.which("vttest"):
        return None
    screens = play(terminal)
    if only == "show":
        show(screens)
    reviewed = dict(line.split() for line in SCREENS.read_text().splitlines()) if SCREENS.exists() else {}
    results = {}
    for name in sorted(reviewed.keys() | screens.keys()):
        if only not in ("", "show") and only not in name:
            continue
        if name not in screens:
            results[name] = "vttest did not come to it"
        elif name not in reviewed:
            results[name] = "nobody reviewed it"
        else:
            same = digest(screens[name]) == reviewed[name]
            results[name] = None if same else "differs:\n" + "\n".join(screens[name])
    return results
