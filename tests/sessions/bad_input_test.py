"""Terminals that vanish, shrink, stall or lie, and programs that die, flood, stop or will not end."""
import os
import random
import re
import signal
import subprocess

from pty_outer import PtyOuter

CONFIG = "return { enable_tab_bar = false, status_update_interval = 0 }"


def opened(play, *arguments, prompt=True, **options):
    """A session in a pty, with the shell's prompt in it."""
    play.config.write_text(CONFIG)
    outer = PtyOuter(play, "--config-file", str(play.config), "-s", "play", *arguments, **options)
    play.wait("a session", lambda: outer.pump() and play.sessions() and play.panes())
    if prompt:
        play.wait("a prompt", lambda: outer.pump() and text_of(play).strip().endswith(("$", "#")))
    return outer


def text_of(play, pane="0"):
    return play.cli("get-text", "--pane-id", str(pane))


def send(play, text, pane="0"):
    play.cli("send-text", "--pane-id", str(pane), "--no-paste", text)


def process_of(play, text, pane="0"):
    """The process id that a pane's program shows behind `text`."""
    rest = text_of(play, pane).split(text, 1)[1]
    return int(rest.split()[0])


# ---- the outer terminal


def test_an_outer_of_one_cell(play):
    outer = opened(play, columns=1, rows=1, prompt=False)
    assert [pane["size"]["cols"] for pane in play.panes()] == [1]
    send(play, "clear; echo kept-$((6*7))\r")
    outer.resize(80, 24)
    outer.wait_screen("kept-42")
    for columns, rows in ((1, 1), (2, 1), (1, 24), (80, 1), (3, 3), (80, 24)):
        outer.resize(columns, rows)
        size = {"rows": rows, "cols": columns}
        outer.wait("its size", lambda: size.items() <= play.panes()[0]["size"].items())
    outer.wait_screen("kept-42")
    # With more to show than there is room for.
    play.cli("split-pane", "--pane-id", "0")
    play.cli("split-pane", "--pane-id", "0", "--right")
    play.cli("spawn")
    outer.resize(1, 1)
    outer.wait("its size", lambda: outer.pump() and play.panes())
    outer.resize(80, 24)
    outer.write("echo again-$((6*7))\r")
    outer.wait_screen("again-42")
    assert len(play.panes()) == 4
    outer.close()


def test_an_outer_that_vanishes(play):
    outer = opened(play)
    outer.write("x=kept; echo state-$x\r")
    outer.wait_screen("state-kept")
    outer.close()
    play.wait("detached", lambda: "detached" in play.lunette("ls").stdout)
    again = PtyOuter(play, "attach", "play")
    again.wait_screen("state-kept")
    again.write("echo still-$x\r")
    again.wait_screen("still-kept")
    again.close()


def test_an_outer_that_stops_reading(play):
    """Everything goes on, and when it reads again it sees where things are by then."""
    outer = opened(play)
    other = play.cli("spawn").strip()
    play.cli("activate-pane", "--pane-id", "0")
    send(play, "seq 3000000; echo flood-$((6*7))\r")
    play.wait("the end of the flood", lambda: "flood-42" in text_of(play))
    send(play, "echo other-$((6*7))\r", other)
    play.wait("the other pane", lambda: "other-42" in text_of(play, other))
    play.lunette("ls")
    outer.wait_screen("flood-42")
    outer.write("echo typed-$((6*7))\r")
    outer.wait_screen("typed-42")
    # Frames were skipped, not stored: the flood has 22 MB.
    assert len(outer.output) < 4_000_000, len(outer.output)
    outer.close()


def test_late_answers_are_not_typed(play):
    play.config.write_text(CONFIG)
    outer = PtyOuter(play, "--config-file", str(play.config), "-s", "play")
    outer.answers = False
    outer.wait("a session", lambda: play.sessions() and play.panes())
    outer.write("stty -echo -icanon; echo ready-$((6*7)); cat -v\r")
    outer.wait_screen("ready-42")
    outer.wait("questions", lambda: outer.held.count(b"\x1b[?") > 2)
    # One byte now, the rest when nobody thinks of it any more; and then keys as usual.
    outer.write(outer.held[:1])
    outer.write(outer.held[1:])
    outer.answers = True
    outer.write("typed")
    outer.wait_screen("ready-42\ntyped")
    outer.close()


RUBBISH = [b"\x1b[?1;2;3;99999999999999999999c", b"\x1b[999;65535R", b"\x1bP1$r\xff\xfe\x00m\x1b\\",
           b"\x1b]11;rgb:zz/zz/zz\x07", b"\x1b]4;999;rgb:1/2\x1b\\", b"\x1b[?2026;9999$y", b"\x1b[?99999u",
           b"\x1bP>|" + b"x" * 5000 + b"\x1b\\", b"\x1bP1+r5463=zz;;\x1b\\", b"\x1b_Gi=1;BAD\x1b\\",
           b"\x1b[8;0;0t", b"\x1b[6;-1;0t", b"\x1b[<9999;0;0M", b"\x1b[<0;99999;99999m", b"\x1b[>4;9;9m",
           b"\x1b[?997;7n", b"\x1b[48;0;0;0;0t"]


def test_rubbish_for_answers_is_not_typed(play):
    outer = opened(play)
    outer.write("stty -echo -icanon; echo ready-$((6*7)); cat -v\r")
    outer.wait_screen("ready-42")
    shuffled = random.Random(7)
    for _ in range(20):
        outer.write(b"".join(shuffled.sample(RUBBISH, len(RUBBISH))))
    outer.write("typed")
    outer.wait_screen("ready-42\ntyped")
    outer.close()


def test_an_unknown_terminal(play):
    """No terminfo is opened: the name does not matter."""
    outer = opened(play, environment={"TERM": "xyzzy-1977"})
    outer.write("printf '\\033[31mred\\033[m-%s\\n' $((6*7))\r")
    outer.wait_screen("red-42")
    outer.close()


def test_a_terminal_without_utf8(play):
    """Found out by a measurement, and then nothing but ASCII is written."""
    outer = opened(play, environment={"LANG": "C", "LC_ALL": "C"}, latin1=True)
    send(play, "clear; printf 'caf\\303\\251 \\350\\252\\236 \\342\\224\\200 done-%s\\n' $((6*7))\r")
    outer.wait_screen("done-42")
    row = next(line for line in outer.screen().splitlines() if "done-42" in line and "printf" not in line)
    assert row.startswith("caf") and row.isascii(), row
    outer.output = b""
    play.cli("split-pane", "--pane-id", "0", "--right")
    outer.wait("a line between", lambda: "|" in outer.screen())
    assert outer.output.isascii(), outer.output
    outer.close()


def test_a_thousand_resizes(play):
    outer = opened(play)
    outer.write("clear; echo kept-$((6*7))\r")
    outer.wait_screen("kept-42")
    sizes = random.Random(11)
    for _ in range(1000):
        outer.set_size(sizes.randint(1, 300), sizes.randint(1, 100))
        outer.pump(0)
    outer.resize(90, 30)
    outer.wait("the last size", lambda: play.panes()[0]["size"]["cols"] == 90)
    outer.wait_screen("kept-42")
    outer.write("stty size\r")
    outer.wait_screen("30 90")
    outer.close()


# ---- programs


def test_a_program_that_is_killed(play):
    """Its pane goes, as `exit_behavior` says; with it the session goes on, without the last one it ends."""
    outer = opened(play)
    other = play.cli("spawn", "--", "sh", "-c", "echo pid $$; exec sleep 1000").strip()
    play.wait("its id", lambda: outer.pump() and "pid " in text_of(play, other))
    os.kill(process_of(play, "pid ", other), signal.SIGKILL)
    play.wait("its end", lambda: outer.pump() and len(play.panes()) == 1)
    outer.write("echo pid $$\r")
    outer.wait("its id", lambda: re.search(r"pid \d", outer.screen()))
    server = play.server()
    os.kill(process_of(play, "pid $$\npid "), signal.SIGKILL)
    outer.wait("the end of the session", lambda: "has ended" in outer.screen())
    play.wait_gone(server)
    outer.close()


def test_programs_that_flood(play):
    outer = opened(play)
    for _ in range(3):
        play.cli("spawn", "--", "yes", "a flood of text \x1b[31mwith colours\x1b[m")
    play.cli("activate-pane", "--pane-id", "0")
    outer.write("echo typed-$((6*7))\r")
    outer.wait_screen("typed-42")
    for pane in play.panes()[1:]:
        play.cli("kill-pane", "--pane-id", str(pane["pane_id"]))
    play.wait("one pane", lambda: outer.pump() and len(play.panes()) == 1)
    outer.close()


def test_programs_that_resize(play):
    """What they ask for is theirs alone: the pane keeps its size, and so does the terminal."""
    outer = opened(play)
    send(play, "clear; printf '\\033[8;5;20t\\033[?40h\\033[?3h\\033[4;100;100t'; stty rows 7 cols 9; stty size\r")
    play.wait("the program's own idea", lambda: outer.pump() and "7 9" in text_of(play))
    assert (play.panes()[0]["size"]["rows"], play.panes()[0]["size"]["cols"]) == (24, 80)
    assert not re.search(rb"\x1b\[[48];\d+;\d+t", outer.output)
    outer.resize(81, 24)
    outer.wait("the new size", lambda: play.panes()[0]["size"]["cols"] == 81)
    outer.write("clear; stty size\r")
    outer.wait_screen("24 81")
    outer.close()


def test_a_stopped_program(play):
    """It takes no input; what is typed waits for it, within bounds, and nobody else."""
    outer = opened(play)
    target = play.folder / "target"
    # Without a shell that would read when its child is stopped.
    stopped = play.cli("spawn", "--", "sh", "-c", f"stty -echo -icanon; echo pid $$; exec cat > {target}").strip()
    play.wait("cat", lambda: outer.pump() and target.exists() and "pid " in text_of(play, stopped))
    cat = process_of(play, "pid ", stopped)
    os.kill(cat, signal.SIGSTOP)
    text = "0123456789" * 20_000
    outer.write(text)
    send(play, "echo other-$((6*7))\r")
    play.wait("the other pane", lambda: outer.pump() and "other-42" in text_of(play))
    os.kill(cat, signal.SIGCONT)
    play.wait("all that was typed", lambda: outer.pump() and target.stat().st_size >= len(text))
    assert target.read_text() == text
    os.kill(cat, signal.SIGSTOP)
    play.cli("kill-pane", "--pane-id", stopped)
    play.wait("its end", lambda: outer.pump() and [pane["pane_id"] for pane in play.panes()] == [0])
    play.wait_gone(cat)
    outer.close()


def test_a_program_that_ignores_hangups(play):
    """Its pane goes, and the session ends without it."""
    outer = opened(play)
    stubborn = play.cli("spawn", "--", "sh", "-c", "trap '' HUP TERM; echo pid $$; while :; do sleep 1; done").strip()
    play.wait("its id", lambda: outer.pump() and "pid " in text_of(play, stubborn))
    process = process_of(play, "pid ", stubborn)
    try:
        play.cli("kill-pane", "--pane-id", stubborn)
        play.wait("its pane gone", lambda: outer.pump() and len(play.panes()) == 1)
        outer.write("echo alive-$((6*7))\r")
        outer.wait_screen("alive-42")
        second = play.cli("spawn", "--", "sh", "-c", "trap '' HUP TERM; echo pid $$; while :; do sleep 1; done").strip()
        play.wait("its id", lambda: outer.pump() and "pid " in text_of(play, second))
        processes = [process, process_of(play, "pid ", second)]
        server = play.server()
        play.lunette("kill", "play")
        outer.wait("the end of the session", lambda: not play.sessions())
        play.wait_gone(server)
    finally:
        for process in processes:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
    outer.close()


# ---- other users


def test_a_socket_of_another_user(play):
    """Neither side trusts the other one."""
    if os.getuid() != 0:
        return
    outer = opened(play)
    run = play.folder / "run"
    for path in (play.folder, run, run / "lunette"):
        path.chmod(0o755)
    (run / "lunette/play.sock").chmod(0o666)
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    # The client passes over folders that are not the user's.
    listed = subprocess.run([*nobody, str(play.binary), "ls"], capture_output=True, text=True, env=play.environment)
    assert "play" not in listed.stdout, listed
    # The server does not talk to somebody else.
    code = """import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(60)
s.connect(sys.argv[1])
try:
    s.sendall(b'{"type":"list"}\\n')
    print(len(s.recv(100)))
except (BrokenPipeError, ConnectionResetError):
    print(0)
"""
    asked = subprocess.run([*nobody, "/usr/bin/python3", "-c", code, str(run / "lunette/play.sock")], capture_output=True,
                           text=True)
    assert asked.stdout.strip() == "0", asked
    (run / "lunette").chmod(0o700)
    outer.write("echo alive-$((6*7))\r")
    outer.wait_screen("alive-42")
    outer.close()
