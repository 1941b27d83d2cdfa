#!/usr/bin/env python3
"""A page that looks like a terminal, from what `tmux capture-pane -e -p` prints.

usage: tmux -L outer capture-pane -e -p | tools/terminal_picture.py [--columns N] > picture.html
Then: chromium --headless --screenshot=picture.png --window-size=WIDTH,HEIGHT picture.html
The size for that is in the page's title. Characters are placed by cell, whatever the font says of their width.
"""
import argparse
import html
import re
import sys
import unicodedata

FOREGROUND, BACKGROUND = "#cdd6f4", "#1e1e2e"
BASIC = ["#45475a", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#f5c2e7", "#94e2d5", "#bac2de",
         "#585b70", "#f38ba8", "#a6e3a1", "#f9e2af", "#89b4fa", "#f5c2e7", "#94e2d5", "#a6adc8"]
FONT_SIZE, LINE, ADVANCE = 15, 19, 9.03  # pixels; the advance is DejaVu Sans Mono's


def indexed(number):
    if number < 16:
        return BASIC[number]
    if number >= 232:
        grey = 8 + 10 * (number - 232)
        return f"rgb({grey},{grey},{grey})"
    levels = [0, 95, 135, 175, 215, 255]
    number -= 16
    return f"rgb({levels[number // 36]},{levels[number // 6 % 6]},{levels[number % 6]})"


class Look:
    def __init__(self):
        self.reset()

    def reset(self):
        self.foreground = self.background = None
        self.on = set()

    def apply(self, parameters):
        codes = [[int(part) if part else 0 for part in code.split(":")] for code in parameters.split(";")]
        while codes:
            code = codes.pop(0)
            number = code[0]
            if number == 0:
                self.reset()
            elif number in (38, 48):
                rest = code[1:] or [codes.pop(0)[0] for _ in range(2 if codes[0][0] == 5 else 4)]
                color = indexed(rest[1]) if rest[0] == 5 else "rgb({},{},{})".format(*rest[-3:])
                setattr(self, "foreground" if number == 38 else "background", color)
            elif 30 <= number <= 37 or 90 <= number <= 97:
                self.foreground = BASIC[number - 30 if number < 40 else number - 82]
            elif 40 <= number <= 47 or 100 <= number <= 107:
                self.background = BASIC[number - 40 if number < 50 else number - 92]
            elif number in (39, 49):
                setattr(self, "foreground" if number == 39 else "background", None)
            elif number in (1, 2, 3, 4, 7):
                self.on.add(number)
            elif 22 <= number <= 27:
                self.on -= {1, 2} if number == 22 else {number - 20}

    def style(self):
        foreground, background = self.foreground or FOREGROUND, self.background
        if 7 in self.on:
            foreground, background = background or BACKGROUND, foreground
        css = [f"color:{foreground}"] + ([f"background:{background}"] if background else [])
        css += [text for number, text in ((1, "font-weight:bold"), (2, "opacity:.6"), (3, "font-style:italic"),
                                          (4, "text-decoration:underline")) if number in self.on]
        return ";".join(css)


def cells(text):
    """Pairs of a character with its marks and its width."""
    found = []
    for character in text:
        if found and unicodedata.combining(character) or character in "\ufe0f\u200d":
            found[-1] = (found[-1][0] + character, found[-1][1])
        else:
            found.append((character, 2 if unicodedata.east_asian_width(character) in "WF" else 1))
    return found


def row_of(line, look):
    """Spans of a row, and its width."""
    spans = []
    column = 0
    for part in re.split(r"(\x1b\[[0-9;:]*m)", line):
        if part.startswith("\x1b["):
            look.apply(part[2:-1])
            continue
        part = re.sub(r"\x1b\][^\x1b\x07]*(\x1b\\|\x07)|\x1b[()][0AB]|[\x0e\x0f]", "", part)
        run, begin = "", column
        for character, width in cells(part):
            if character.isascii():
                run += character
            else:  # placed on its own
                spans += [(begin, run, len(run), look.style())] if run else []
                spans.append((column, character, width, look.style()))
                run, begin = "", column + width
            column += width
        spans += [(begin, run, len(run), look.style())] if run else []
    return spans, column


def box(text):
    """Lines reach from row to row."""
    return ' class="box"' if "\u2500" <= text <= "\u257f" else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--columns", type=int, default=0)
    columns = parser.parse_args().columns
    look = Look()
    body = []
    lines = sys.stdin.read().removesuffix("\n").split("\n")
    for y, line in enumerate(lines):
        spans, width = row_of(line, look)
        columns = max(columns, width)
        body += [f'<span{box(text)} style="left:{x * ADVANCE:.2f}px;top:{y * LINE}px;width:{n * ADVANCE + 0.3:.2f}px;{style}">'
                 f"{html.escape(text)}</span>" for x, text, n, style in spans]
    width, height = round(columns * ADVANCE) + 24, len(lines) * LINE + 24
    print(f"""<!DOCTYPE html><meta charset="utf-8"><title>{width},{height}</title><style>
body {{ margin: 0; background: {BACKGROUND}; width: {width}px; height: {height}px; overflow: hidden }}
div {{ position: absolute; left: 12px; top: 12px }}
span {{ position: absolute; white-space: pre; height: {LINE}px; overflow: hidden;
  font: {FONT_SIZE}px/{LINE}px "DejaVu Sans Mono", PowerlineSymbols, monospace }}
.box {{ transform: scaleY(1.35) }}
</style><div>""")
    print("\n".join(body) + "</div>")


main()
