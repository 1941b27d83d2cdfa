"""What survives whose death."""
import os
import signal


def shows_counter(play, text):
    """A program with a state of its own, and something on the screen that only it can have written."""
    play.enter(f"x={text}; printf '\\033[31m%s\\033[0m\\n' state-$x")
    play.wait_screen(f"state-{text}")


def test_outer_dies(play):
    play.open_outer()
    play.start()
    shows_counter(play, "kept")
    before = play.screen()
    play.kill_outer()
    play.wait("detached", lambda: "detached" in play.lunette("ls").stdout)
    assert len(play.panes()) == 1
    play.cli("send-text", "--no-paste", "echo still-$x\r")
    play.wait("output", lambda: "still-kept" in play.cli("get-text"))
    play.open_outer()
    play.enter("lunette attach")
    play.wait_screen("still-kept")
    assert "state-kept" in play.screen()
    # The rows above what was written meanwhile are the same.
    kept = before.rstrip().splitlines()[1:-1]
    assert play.screen().splitlines()[1:1 + len(kept)] == kept


def test_client_is_killed(play):
    play.open_outer()
    modes = play.outer_modes()
    play.start()
    shows_counter(play, "kept")
    play.kill(play.client())
    play.wait("detached", lambda: "detached" in play.lunette("ls").stdout)
    play.wait("the terminal as it was", lambda: "alternate_on=0" in play.outer_state())
    play.wait("the modes as they were", lambda: play.outer_modes() and "mouse_any_flag=0" in play.outer_state())
    play.enter("stty sane; stty -g")
    assert modes
    play.enter("lunette attach play")
    play.wait_screen("state-kept")


def test_server_dies(play):
    play.open_outer()
    state = play.outer_state()
    # The shell's line editor has modes of its own: those of a program are compared.
    play.enter("modes=$(stty -g); stty -g")
    play.wait_screen(":")
    play.start()
    play.wait_screen("default")
    play.kill(play.server())
    play.wait_screen("is gone")
    assert play.outer_state() == state, play.outer_state()
    play.enter("test \"$(stty -g)\" = \"$modes\" && echo same-'modes'")
    play.wait_screen("same-modes")
    # The next one takes the name and the socket of the dead one.
    play.start()
    play.wait_screen("default")


def test_detach_and_attach(play):
    play.open_outer()
    play.start()
    shows_counter(play, "kept")
    play.lunette("detach")
    play.wait_screen("[detached from session play]")
    assert "alternate_on=0" in play.outer_state()
    play.enter("lunette attach")
    play.wait_screen("state-kept")


def test_a_new_terminal_takes_over(play):
    play.open_outer()
    play.start()
    shows_counter(play, "kept")
    first = play.tmux("display-message", "-p", "#{pane_id}").stdout.strip()
    play.tmux("new-window", "/bin/sh", check=True)
    play.wait_prompt()
    play.enter("lunette attach play")
    play.wait_screen("state-kept")
    play.wait("the first one let go", lambda: "another terminal" in play.tmux("capture-pane", "-p", "-t", first).stdout)


def test_a_deleted_socket_is_made_anew(play):
    play.open_outer()
    play.start()
    socket = play.folder / "run/lunette/play.sock"
    socket.unlink()
    os.kill(play.server(), signal.SIGUSR1)
    play.wait("a socket", socket.exists)
    assert len(play.panes()) == 1
    socket.unlink()
    assert "play: 1 window" in play.lunette("ls").stdout  # clients ask for it themselves


def test_the_end_of_the_last_program_ends_the_session(play):
    play.open_outer()
    play.start()
    server = play.server()
    play.wait_prompt()
    play.enter("exit")
    play.wait_screen("[session play has ended]")
    play.wait_gone(server)
    assert not list((play.folder / "run/lunette").iterdir())


def test_a_server_that_is_asked_to_end(play):
    play.open_outer()
    play.start()
    os.kill(play.server(), signal.SIGTERM)
    play.wait_screen("was ended by signal 15")
    assert "alternate_on=0" in play.outer_state()


def test_suspend_and_continue(play):
    play.open_outer()
    play.start()
    shows_counter(play, "kept")
    os.kill(play.client(), signal.SIGTSTP)
    play.wait("the terminal is the shell's", lambda: "alternate_on=0" in play.outer_state())
    assert len(play.panes()) == 1
    play.enter("fg")
    play.wait_screen("state-kept")
    play.wait("it draws again", lambda: "alternate_on=1" in play.outer_state())


def test_what_is_killed_is_gone(play):
    """When the command returns: its name is free."""
    play.open_outer()
    for _ in range(3):
        play.start()
        play.lunette("kill", "play")
        assert play.sessions() == []
        play.wait_prompt()
