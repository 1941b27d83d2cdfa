"""What people run all day shows the same text and colours in Lunette as in tmux."""
from beside_tmux import beside, sample


@beside("less")
def test_less(pair, play):
    path = sample(play)
    pair.enter(f"less {path}")
    pair.same("line 5")
    for keys, marker in ((("Space",), "line 30"), (("Down", "Down", "Down"), "line 33"), (("PageUp",), "line 10"),
                         (("G",), "line 199"), (("g",), "line 0"), (("Right",), "x"), (("Left",), "line 0")):
        pair.keys(*keys)
        pair.same(marker)
    pair.enter("/line 15[0-9]")
    pair.same("line 150")
    pair.keys("n", "n", "n")
    pair.same("line 153")
    pair.enter("-S")
    pair.keys("Enter")
    pair.keys("g")
    pair.same("line 0")
    pair.keys("q")
    pair.same(">")


def edit(pair, path, command, prompt):
    # Both ask the terminal for its colours, which a tmux that nobody looks at does not know.
    pair.enter(f"{command} {path}")
    pair.same("line 5")
    pair.enter(":set number nowrap scrolloff=3 laststatus=2")
    pair.same(" 1   0 plain")
    pair.keys("G")
    pair.same("line 199")
    for keys in ("C-b", "C-u", "C-e", "C-e", "C-y", "C-f"):
        pair.keys(keys)
    pair.keys("g", "g")
    pair.same(" 1   0 plain")
    pair.type("3ddo")
    pair.type("inserted 語 text")
    pair.same("inserted 語 text")
    pair.leave_insert_mode()
    pair.same("inserted 語 text")
    pair.type("ggI>> ")
    pair.same(">> ")
    pair.leave_insert_mode()
    pair.enter(":syntax on | set filetype=c")
    pair.enter(":split")
    pair.enter(":vsplit")
    pair.keys("G")
    pair.same("line 199")
    for _ in range(8):
        pair.keys("C-y")
    pair.keys("C-w", "w")
    pair.enter(":%s/line/LINE/")
    pair.same("LINE")
    pair.keys("C-w", "o")
    pair.enter(":set wrap nonumber list hlsearch")
    pair.enter("/LINE 4")
    pair.same("LINE 4")
    pair.keys("V", "j", "j", "j", "d")
    pair.keys("u")
    pair.keys("C-r")
    pair.enter(":echo 'the ' . 'end'")
    pair.same("the end")
    pair.enter(":qa!")
    pair.same(prompt)


@beside("vim")
def test_vim(pair, play):
    edit(pair, sample(play), "vim -u NONE -i NONE -N -n --cmd 'set background=dark'", ">")


@beside("nvim")
def test_nvim(pair, play):
    edit(pair, sample(play), "nvim --clean -n --cmd 'set background=dark'", ">")


@beside("htop")
def test_htop(pair, play):
    # Its pages that stand still; meters, load and uptime do not.
    pair.mask(r"^ *(\d+|Mem|Swp|Avg) *\[.*$", r"(Tasks|Load average|Uptime): .*$")
    pair.enter("htop -d 100")
    pair.keys("F1")
    pair.same("trace syscalls")
    pair.keys("q", "F2")
    pair.same("Categories")
    for key in ("Down", "Down", "Right", "Down"):
        pair.keys(key)
    pair.same("Display options")
    pair.keys("F10")
    pair.keys("q")
    pair.enter("clear; echo it-$((6*7))")
    pair.same("it-42")


@beside("mc")
def test_mc(pair, play):
    folder = play.folder / "files"
    folder.mkdir()
    for name in ("alpha", "beta", "語.txt", "long-" + "n" * 60):
        (folder / name).write_text(f"text of {name}\n" * 40)
    # The hint and the free space.
    pair.mask(r"^ *Hint:.*$", r"\d+[GMK] ?/ ?\d+[GMK] \(\d+%\)─*")
    pair.enter(f"cd {folder}; mc -u -d")
    pair.same("10Quit")
    pair.keys("Down", "Down", "F3")
    pair.same("text of")
    pair.keys("PageDown")
    pair.same("text of")
    pair.keys("F10")
    pair.same("UP--DIR")
    pair.keys("F9", "Down")
    pair.same("Listing")
    pair.keys("Escape", "Escape")
    pair.gone("Listing")  # else these escapes and the next key would be one
    pair.keys("F7")
    pair.same("Create a new Directory")
    pair.type("made")
    pair.same("made")
    pair.keys("F10")
    pair.keys("Tab", "Down", "F8")
    pair.same("Delete")
    pair.keys("Right", "Enter")
    pair.keys("F10")
    pair.same(">")


@beside("tmux")
def test_tmux(pair, play):
    for side, run in (("inner-l", pair.play.tmux), ("inner-t", pair.tmux)):
        run("send-keys", "-l", f"unset TMUX; tmux -L {play.outer}-{side} -f /dev/null new -s inside", check=True)
        run("send-keys", "Enter", check=True)
    try:
        pair.mask(r"^\[inside\].*$")  # host, clock
        pair.play.wait("tmux in Lunette", lambda: "[inside]" in pair.play.screen())
        pair.same("")
        # Behind another prefix than that of Lunette.
        pair.enter("tmux set -g prefix C-a; tmux set -g status-style bg=blue; clear; echo ready-$((6*7))")
        pair.same("ready-42")
        pair.keys("C-a", "%")
        pair.same("│")
        pair.keys("C-a", '"')
        pair.same("─")
        pair.enter("PS1='> '; clear; seq 100; printf '語%s\\n' wide")
        pair.same("語wide")
        pair.keys("C-a", "[")
        pair.same("[0/")
        pair.keys("PageUp")
        pair.same("84")
        pair.keys("q")
        pair.keys("C-a", "z")
        pair.same("語wide")
        pair.keys("C-a", "z")
        pair.same("│")
        pair.keys("C-a", ":")
        pair.enter("display-message the-message")
        pair.keys("C-a", "C-o")
        pair.same("│")
    finally:
        for side in ("inner-l", "inner-t"):
            pair.end_tmux(f"{play.outer}-{side}")
