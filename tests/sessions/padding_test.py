"""window_padding: free cells around the panes, which configurations and plugins change while a session runs."""
from mouse_test import place_of


def config(padding):
    return f"""
local wezterm = require 'wezterm'
wezterm.on('user-var-changed', function(window, pane, name, value)
    local overrides = window:get_config_overrides() or {{}}
    if name ~= 'ZEN_MODE' then return end
    overrides.window_padding = value == 'on' and {{ left = '4cell', right = '4cell', top = '2cell', bottom = 0 }} or nil
    window:set_config_overrides(overrides)
end)
return {{ window_padding = {padding}, keys = {{
    {{ key = 'F5', action = wezterm.action.SplitHorizontal {{ args = {{ '/bin/cat' }} }} }},
    {{ key = 'F6', action = wezterm.action_callback(function(window)
        local size = window:get_dimensions()
        local tab = window:active_tab():get_size()
        window:set_right_status(size.pixel_width / 80 .. '=' .. tab.pixel_width / tab.cols .. ':' .. tab.cols .. 'x' .. tab.rows)
    end) }},
}} }}"""


def begins(play, row, columns):
    """The prompt stands there."""
    return play.screen().splitlines()[row].rstrip() in (" " * columns + "$", " " * columns + "#")


def size_of(play):
    size = play.panes()[0]["size"]
    return size["cols"], size["rows"]


def test_padding_is_kept_free_and_changes_while_it_runs(play):
    play.open_outer(columns=80)
    play.start(config=config("{ left = '2cell', right = '1cell', top = '1cell', bottom = '20px' }"))
    play.wait("the first row", lambda: begins(play, 2, 2))
    assert size_of(play) == (77, 22)
    assert play.screen().splitlines()[1].strip() == ""
    play.enter("stty size")
    play.wait_screen("  22 77")
    play.keys("F5")
    assert play.wait("a line", lambda: place_of(play, "│"))[1] == 2
    play.keys("C-d")
    play.wait("one pane", lambda: len(play.panes()) == 1)

    play.config.write_text(config("{ left = '1cell', right = 0, top = 0, bottom = 0 }"))
    play.wait("the other padding", lambda: size_of(play) == (79, 23))
    play.wait("the first row there", lambda: play.screen().splitlines()[1][:7] in (" $ stty", " # stty"))

    # As zen modes of editors do it.
    play.enter("printf '\\033]1337;SetUserVar=ZEN_MODE=%s\\007' $(printf on | base64)")
    play.wait("more padding", lambda: size_of(play) == (72, 21))
    play.wait("it on the screen", lambda: play.screen().splitlines()[3][:10] in ("    $ stty", "    # stty"))
    play.keys("F6")
    play.wait_screen(":72x21")
    play.enter("printf '\\033]1337;SetUserVar=ZEN_MODE=%s\\007' $(printf off | base64)")
    play.wait("less padding", lambda: size_of(play) == (79, 23))

    play.tmux("resize-window", "-x", "1", "-y", "1")
    play.wait("a tiny pane", lambda: size_of(play) == (1, 1))
    play.tmux("resize-window", "-x", "80", "-y", "24")
    play.wait("the padding again", lambda: size_of(play) == (79, 23))
