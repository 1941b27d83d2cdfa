"""An outer terminal of which everything can go wrong: a pty, read or not, and the terminal of tests/vt."""
import fcntl
import os
import pathlib
import pty
import select
import struct
import subprocess
import sys
import termios
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vt"))
from harness import Terminal, screen_text  # noqa: E402

HARNESS = "tests/vt_harness"


class PtyOuter:
    """`lunette ARGUMENTS` in a pty. Nothing is read but in pump() and what waits."""

    def __init__(self, play, *arguments, columns=80, rows=24, environment=None, latin1=False):
        self.play = play
        self.latin1 = latin1  # a terminal that knows no UTF-8
        self.answers = True   # its replies go back
        self.held = b""       # those that did not
        self.output = b""
        self.terminal = Terminal(play.binary.parent / HARNESS, columns, rows)
        self.master, slave = pty.openpty()
        self.set_size(columns, rows)
        # In a session of its own, whose terminal this is.
        self.process = subprocess.Popen(
            ["setsid", "-c", "-w", str(play.binary), *arguments], stdin=slave, stdout=slave, stderr=slave,
            env={**play.environment, "TERM": "xterm-256color", **(environment or {})})
        os.close(slave)
        os.set_blocking(self.master, False)

    def close(self):
        if self.master >= 0:
            os.close(self.master)
            self.master = -1
        self.process.wait(60)
        self.terminal.close()

    def set_size(self, columns, rows):
        """Without the terminal itself: many at once."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.terminal.resize(columns, rows)
        self.set_size(columns, rows)

    def write(self, data):
        data = data.encode() if isinstance(data, str) else data
        while data:
            try:
                data = data[os.write(self.master, data):]
            except BlockingIOError:
                self.pump()

    def pump(self, seconds=0.05):
        """Reads what is there; False when the other side is gone."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 1 << 16)
        except BlockingIOError:
            return True
        except OSError:
            return False
        if not data:
            return False
        self.output += data
        replies = self.terminal.feed(data.decode("latin-1").encode() if self.latin1 else data)
        if self.answers:
            self.write(replies)
        else:
            self.held += replies
        return True

    def screen(self):
        return "\n".join(screen_text(self.terminal.screen()))

    def wait(self, what, condition):
        def pumped():
            end = time.monotonic() + 0.5
            while time.monotonic() < end and self.pump(0.02) and not condition():
                pass
            return condition()
        return self.play.wait(what, pumped)

    def wait_screen(self, text):
        self.wait(f"`{text}` on the screen, which is\n{self.screen()}\n", lambda: text in self.screen())
