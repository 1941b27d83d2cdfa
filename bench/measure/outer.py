"""A program in a pty of its own, and we are its terminal: one that reads everything and answers one question."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

QUESTION, ANSWER = b"\x1b[c", b"\x1b[?62;22c"  # primary device attributes: a terminal that takes its time for nothing
LONG = 120  # seconds; only guards against hanging


class Outer:
    """Several may be open: whoever waits for one reads the others, too, so that none is held back."""
    open_ones = {}

    def __init__(self, arguments, environment, columns, rows):
        self.started = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.execvpe(arguments[0], arguments, environment)
            finally:
                os._exit(127)
        os.set_blocking(self.fd, False)
        self.received = 0
        self.tail = b""  # what a question or a mark may have begun in
        self.awaited = None  # a mark; when it has come, how much had been received by then
        self.received_then = None
        self.poll = select.poll()
        self.poll.register(self.fd, select.POLLIN)
        self.ended = False
        Outer.open_ones[self.fd] = self

    def read(self):
        """What is there, b"" if nothing."""
        try:
            data = os.read(self.fd, 1 << 16)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self.ended = True
            Outer.open_ones.pop(self.fd, None)
            return b""
        self.received += len(data)
        if QUESTION in self.tail + data:
            os.write(self.fd, ANSWER)
        if self.awaited and self.awaited in self.tail + data:
            self.awaited, self.received_then = None, self.received
        self.tail = (self.tail + data)[-8:] if len(data) < 8 else data[-8:]
        return data

    def write(self, data):
        while data:
            try:
                data = data[os.write(self.fd, data):]
            except BlockingIOError:
                serve(0.01)

    def wait_for(self, *marks, seconds=LONG):
        """Reads until all marks have come, in whatever order; the time of the last."""
        missing = [mark if isinstance(mark, bytes) else mark.encode() for mark in marks]
        longest = max(map(len, missing))
        end = time.monotonic() + seconds
        kept = b""
        while missing:
            if not self.poll.poll(200):
                if time.monotonic() > end:
                    raise SystemExit(f"{missing} did not come within {seconds} s; the last was {kept[-200:]}")
                serve(0, but=self)
                continue
            data = self.read()
            if self.ended:
                raise SystemExit(f"the program ended; {missing} did not come; the last was {kept[-400:]}")
            found = kept + data
            missing = [mark for mark in missing if mark not in found]
            kept = found[-(longest + 400):]
        return time.monotonic()

    def close(self):
        Outer.open_ones.pop(self.fd, None)
        try:
            os.killpg(self.pid, signal.SIGHUP)
        except ProcessLookupError:
            pass
        os.close(self.fd)
        end = time.monotonic() + 5
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                return
            time.sleep(0.01)


def serve(seconds, but=None):
    """Reads what comes to all terminals for a while."""
    end = time.monotonic() + seconds
    while True:
        fds = [fd for fd, outer in Outer.open_ones.items() if outer is not but]
        left = max(end - time.monotonic(), 0)
        if not fds:
            time.sleep(left)
            return
        for fd in select.select(fds, [], [], left)[0]:
            if fd in Outer.open_ones:
                Outer.open_ones[fd].read()
        if time.monotonic() >= end:
            return
