"""From exec to a complete first frame: the bar as configured, and the program's first words."""
import statistics
import time

from .outer import serve

BAR_MARK, PROMPT_MARK = "\u16b1", "\u16de"
LUNETTE = f"""
local wezterm = require 'wezterm'
wezterm.on('format-tab-title', function(tab) return ' {BAR_MARK}' .. tab.tab_index .. ' ' end)
return {{ window_close_confirmation = 'NeverPrompt' }}
"""
TMUX = f"set -g status-left '{BAR_MARK}'\n"
PROGRAM = f"printf '{PROMPT_MARK}'; exec cat"
CONFIGS = {"lunette": LUNETTE, "tmux": TMUX}


def starts(ways, rounds):
    """Milliseconds, medians: to start a server, and to attach to one."""
    ways = [way for way in ways if way.splits]
    found = {way.name: {"start": [], "attach": []} for way in ways}
    for _ in range(rounds):
        for way in ways:
            way.start(PROGRAM, 80, 24, CONFIGS[way.name])
            found[way.name]["start"].append((way.outer.wait_for(BAR_MARK, PROMPT_MARK) - way.outer.started) * 1e3)
            serve(0.2)
            way.detach()
            way.outer.close()
            way.attach()
            found[way.name]["attach"].append((way.outer.wait_for(BAR_MARK, PROMPT_MARK) - way.outer.started) * 1e3)
            way.close(keep_folder=True)
            time.sleep(0.05)
    for way in ways:
        way.close()
    return {name: {kind: {"p50": statistics.median(values), "max": max(values)} for kind, values in kinds.items()}
            for name, kinds in found.items()}
