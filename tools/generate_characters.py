#!/usr/bin/env python3
"""Writes data/characters.inc, what the character selector offers, from Debian's package unicode-data.

usage: generate_characters.py [--unicode /usr/share/unicode] [--output data/characters.inc]
Emoji come by group, without skin tones (emoji/emoji-test.txt); other characters are those of the blocks
below, with their names (UnicodeData.txt). Output: one raw string literal of lines "characters<TAB>name", after
a line "#Group" for each group.
"""
import argparse
import pathlib

GROUPS = {
    "Smileys & Emotion": "SmileysAndEmotion", "People & Body": "PeopleAndBody",
    "Animals & Nature": "AnimalsAndNature", "Food & Drink": "FoodAndDrink",
    "Travel & Places": "TravelAndPlaces", "Activities": "Activities", "Objects": "Objects",
    "Symbols": "Symbols", "Flags": "Flags",
}
# Letters with marks, Greek, punctuation, signs, arrows, mathematics, drawing.
BLOCKS = [
    (0x00A0, 0x024F), (0x0370, 0x03FF), (0x2000, 0x200A), (0x2010, 0x2027), (0x202F, 0x205F),
    (0x2070, 0x209F), (0x20A0, 0x20C0), (0x2100, 0x23FF), (0x2440, 0x244A), (0x2460, 0x27BF), (0x27C0, 0x27FF),
    (0x2900, 0x2BFF), (0x1F100, 0x1F1AD), (0x1FB00, 0x1FBF9),
]


def emoji(path):
    group = None
    for line in path.read_text().splitlines():
        if line.startswith("# group: "):
            group = GROUPS.get(line[len("# group: "):])
        if not group or line.startswith("#") or "; fully-qualified" not in line:
            continue
        codes, rest = line.split(";", 1)
        comment = rest.split("#", 1)[1].strip()  # the emoji, its version, its name
        name = comment.split(" ", 2)[2]
        if "skin tone" not in name:
            yield group, [int(code, 16) for code in codes.split()], name


def named(path):
    for line in path.read_text().splitlines():
        fields = line.split(";")
        code = int(fields[0], 16)
        if fields[1].startswith("<") or fields[2] in ("Mn", "Me", "Mc", "Cf", "Cn"):
            continue
        if any(first <= code <= last for first, last in BLOCKS):
            yield "UnicodeNames", [code], fields[1].lower()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--unicode", type=pathlib.Path, default="/usr/share/unicode")
    parser.add_argument("--output", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent / "data/characters.inc")
    arguments = parser.parse_args()
    lines = ['R"data(']
    last = None
    for group, codes, name in [*emoji(arguments.unicode / "emoji/emoji-test.txt"),
                               *named(arguments.unicode / "UnicodeData.txt")]:
        if group != last:
            lines.append(f"#{group}")
            last = group
        lines.append("".join(map(chr, codes)) + "\t" + name)
    lines.append(')data"')
    arguments.output.write_text("\n".join(lines) + "\n")


main()
