"""The ways from a program to the terminal: none but the pty, and through each multiplexer."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

from .outer import LONG, Outer, serve

COLUMNS, ROWS = 200, 50
PLAIN_CONFIG = "return { enable_tab_bar = false, window_close_confirmation = 'NeverPrompt' }\n"


class Way:
    """One session at a time, in a folder of its own."""
    name = program = "pty"
    splits = False
    greets = 0  # seconds for which it shows something at first

    def __init__(self, binary=None):
        self.binary = binary
        self.outer = self.folder = None

    @classmethod
    def installed(cls):
        return cls.program == "pty" or shutil.which(cls.program)

    def start(self, command, columns=COLUMNS, rows=ROWS, config=None):
        """Runs a shell command in the first pane of a new session; in the folder of the last one, if that was kept."""
        if not self.folder:
            self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lunette-peers-"))
            for name in ("run", "home"):
                (self.folder / name).mkdir(mode=0o700)
        self.environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.folder / "home"), "SHELL": "/bin/sh", "ENV": "",
            "PS1": "$ ", "LANG": "C.UTF-8", "TERM": "xterm-256color", "SCREENDIR": str(self.folder / "run"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"), "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"), "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
        }
        self.prepare(config)
        self.size = columns, rows
        self.outer = Outer(self.arguments(command), self.environment, columns, rows)
        return self.outer

    def prepare(self, config):
        pass

    def arguments(self, command):
        return ["/bin/sh", "-c", command]

    def run(self, *arguments):
        return subprocess.run([str(part) for part in arguments], env=self.environment, capture_output=True, text=True,
                              timeout=LONG, stdin=subprocess.DEVNULL, check=True).stdout

    def server(self):
        """The process that does the work."""
        return self.outer.pid

    def counters(self):
        """What the server counts."""
        return {}

    def stop(self):
        pass

    def close(self, keep_folder=False):
        if self.outer:
            self.stop()
            self.outer.close()
            self.outer = None
        if self.folder and not keep_folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None


class Lunette(Way):
    name = program = "lunette"
    splits = True
    greets = 5.5

    def prepare(self, config):
        self.config = self.folder / "wezterm.lua"
        self.config.write_text(config or PLAIN_CONFIG)

    @classmethod
    def installed(cls):
        return True

    def arguments(self, command):
        return [str(self.binary), "--config-file", str(self.config), "-s", "peers", "--", "/bin/sh", "-c", command]

    def attach(self):
        self.outer = Outer([str(self.binary), "attach", "peers"], self.environment, *self.size)
        return self.outer

    def detach(self):
        self.run(self.binary, "detach", "peers")

    def split(self, command, beside=True):
        """The focus stays where it is."""
        self.run(self.binary, "cli", "split-pane", "--right" if beside else "--bottom", "--", "/bin/sh", "-c", command)
        self.run(self.binary, "cli", "activate-pane", "--pane-id", "0")

    def tab(self, command):
        self.run(self.binary, "cli", "spawn", "--", "/bin/sh", "-c", command)

    def first_tab(self):
        self.run(self.binary, "cli", "activate-pane", "--pane-id", "0")

    def go_to_split(self):
        self.run(self.binary, "cli", "activate-pane", "--pane-id", "1")

    def counters(self):
        return json.loads(self.run(self.binary, "ls", "--json"))[0]

    def server(self):
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
                mine = str(self.folder).encode() in (process / "environ").read_bytes()
            except OSError:
                continue
            if mine and words[:2] == [b"lunette", b"server"]:
                return int(process.name)
        raise SystemExit("lunette's server is not there")

    def stop(self):
        subprocess.run([str(self.binary), "kill", "peers"], env=self.environment, capture_output=True, timeout=LONG)


class Tmux(Way):
    name = program = "tmux"
    splits = True

    def tmux(self, *arguments):
        return ["tmux", "-S", str(self.folder / "run/socket"), "-f", str(self.folder / "tmux.conf"), *arguments]

    def prepare(self, config):
        (self.folder / "tmux.conf").write_text(config or "set -g status off\nset -g escape-time 0\n")

    def arguments(self, command):
        return self.tmux("new-session", command)

    def attach(self):
        self.outer = Outer(self.tmux("attach"), self.environment, *self.size)
        return self.outer

    def detach(self):
        self.run(*self.tmux("detach-client"))

    def split(self, command, beside=True):
        self.run(*self.tmux("split-window", "-d", "-h" if beside else "-v", command))

    def go_to_split(self):
        self.run(*self.tmux("select-pane", "-t", "1"))

    def tab(self, command):
        self.run(*self.tmux("new-window", "-d", command))

    def server(self):
        return int(self.run(*self.tmux("display-message", "-p", "#{pid}")))

    def stop(self):
        subprocess.run(self.tmux("kill-server"), env=self.environment, capture_output=True, timeout=LONG)


class Screen(Way):
    name = program = "screen"

    def prepare(self, config):
        (self.folder / "screenrc").write_text("startup_message off\nvbell off\ndefutf8 on\naltscreen on\n")

    def arguments(self, command):
        return ["screen", "-U", "-S", self.folder.name, "-c", str(self.folder / "screenrc"), "/bin/sh", "-c", command]

    def stop(self):
        subprocess.run(["screen", "-S", self.folder.name, "-X", "quit"], env=self.environment, capture_output=True,
                       timeout=LONG)


class Dvtm(Way):
    name = program = "dvtm"

    def arguments(self, command):
        return ["dvtm", command]


ALL = (Way, Lunette, Tmux, Screen, Dvtm)


def chosen(binary, names=None):
    """Those that are installed, and what to say of the others."""
    here = [way(binary) for way in ALL if way.installed() and (not names or way.name in names)]
    missing = [way.name for way in ALL if not way.installed() and (not names or way.name in names)]
    return here, missing


def settle(ways, seconds=0.3):
    """Lets sessions come to rest: greetings are gone, and nothing is written for a while."""
    now = time.monotonic()
    serve(max([way.outer.started + way.greets - now for way in ways] + [0]))
    end = time.monotonic() + 10
    before = None
    while before != (before := [way.outer.received for way in ways]) and time.monotonic() < end:
        serve(seconds)
