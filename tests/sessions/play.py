"""A stage for one test: folders of its own, an outer terminal (tmux, without its user's configuration), and
the binary. Nothing here sleeps for luck: everything waits for a condition, for a long time if need be."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

LONG = int(os.environ.get("PLAY_LONG", "60"))  # seconds; only guards against hanging


class Play:
    def __init__(self, binary):
        self.binary = binary
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lunette-play-", dir="/tmp"))
        (self.folder / "home").mkdir()
        (self.folder / "run").mkdir(mode=0o700)
        self.config = self.folder / "wezterm.lua"
        self.environment = {
            "PATH": f"{binary.parent}:/usr/local/bin:/usr/bin:/bin", "HOME": str(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"), "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"), "XDG_CONFIG_HOME": str(self.folder / "config"),
            "SHELL": "/bin/sh", "PS1": "$ ", "LANG": "C.UTF-8", "TERM": "tmux-256color", "ENV": "",
        }
        self.outer = f"lunette-{self.folder.name}"

    def close(self):
        for session in self.sessions():
            self.lunette("kill", session, check=False)
        subprocess.run(["tmux", "-L", self.outer, "kill-server"], capture_output=True, env=self.environment)
        shutil.rmtree(self.folder, ignore_errors=True)

    def describe(self):
        log = self.folder / "state/lunette/lunette.log"
        text = log.read_text() if log.exists() else ""
        return f"--- screen\n{self.screen()}\n--- log\n{text}"

    # ---- the outer terminal

    def tmux(self, *arguments, **options):
        return subprocess.run(["tmux", "-L", self.outer, "-f", "/dev/null", *arguments], capture_output=True,
                              text=True, env=self.environment, **options)

    def open_outer(self, columns=80, rows=24):
        """A terminal with a shell that shows its prompt."""
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "/bin/sh", check=True)
        self.tmux("set-option", "-g", "status", "off")
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))
        self.wait_prompt()

    def kill_outer(self):
        self.tmux("kill-server")

    def type(self, text):
        self.tmux("send-keys", "-l", text, check=True)

    def enter(self, text):
        self.type(text)
        self.keys("Enter")

    def keys(self, *names):
        self.tmux("send-keys", *names, check=True)

    def screen(self):
        return self.tmux("capture-pane", "-p").stdout

    def outer_modes(self):
        tty = self.tmux("display-message", "-p", "#{pane_tty}").stdout.strip()
        return subprocess.run(["stty", "-g", "-F", tty], capture_output=True, text=True).stdout

    def outer_state(self):
        """What the terminal itself is left with."""
        names = ("alternate_on", "cursor_flag", "mouse_any_flag", "keypad_cursor_flag", "wrap_flag")
        return self.tmux("display-message", "-p", " ".join(f"{name}=#{{{name}}}" for name in names)).stdout.strip()

    # ---- waiting

    def wait(self, what, condition):
        end = time.monotonic() + LONG
        while True:
            result = condition()
            if result:
                return result
            assert time.monotonic() < end, f"{what}: not within {LONG} s"
            time.sleep(0.05)

    def wait_screen(self, text):
        return self.wait(f"`{text}` on the screen", lambda: text in self.screen())

    def wait_prompt(self):
        """A shell that waits; blanks at the end of a line cannot be read."""
        self.wait("a prompt", lambda: any(line.strip() in ("$", "#") for line in self.screen().splitlines()))

    def wait_gone(self, pid):
        def gone():
            try:
                return open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] == "Z"
            except FileNotFoundError:
                return True
        self.wait(f"end of process {pid}", gone)

    # ---- Lunette

    def lunette(self, *arguments, check=True, **options):
        result = subprocess.run([str(self.binary), *arguments], capture_output=True, text=True, timeout=LONG,
                                env=self.environment, stdin=subprocess.DEVNULL, **options)
        assert not check or result.returncode == 0, f"lunette {arguments}: {result.returncode} {result.stderr}"
        return result

    def cli(self, *arguments, **options):
        return self.lunette("cli", *arguments, **options).stdout

    def panes(self):
        return json.loads(self.cli("list", "--format", "json"))

    def sessions(self):
        lines = self.lunette("ls", check=False).stdout.splitlines()
        return [line.split(":")[0] for line in lines]

    def reports(self):
        """What the sessions say of themselves."""
        return json.loads(self.lunette("ls", "--json").stdout)

    def server(self, name="play"):
        """Its process: the one that holds the lock."""
        inode = (self.folder / f"run/lunette/{name}.lock").stat().st_ino
        for line in open("/proc/locks"):
            fields = line.split()
            if fields[1] == "POSIX" and fields[5].endswith(f":{inode}"):
                return int(fields[4])
        raise AssertionError(f"no server of {name}")

    def client(self):
        return int(json.loads(self.cli("list-clients", "--format", "json"))[0]["pid"])

    def start(self, *arguments, config=None, name="play"):
        """A session in the outer terminal, with the shell's prompt on the screen."""
        if config is None:
            self.enter(f"lunette -n -s {name} {' '.join(arguments)}")
        else:
            self.config.write_text(config)
            self.enter(f"lunette --config-file {self.config} -s {name} {' '.join(arguments)}")
        self.wait("a session", lambda: self.sessions() and self.panes())

    def kill(self, pid):
        os.kill(pid, signal.SIGKILL)
        self.wait_gone(pid)
