"""alacritty's reference recordings: text and colours of the screen."""
import json
import pathlib

NAMES = ["Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White"]
INDEX = {name: i for i, name in enumerate(NAMES)}
INDEX.update({"Bright" + name: i + 8 for i, name in enumerate(NAMES)})


def color(value):
    if "Named" in value:
        return INDEX.get(value["Named"])
    if "Indexed" in value:
        return value["Indexed"]
    spec = value["Spec"]
    return [spec["r"], spec["g"], spec["b"]]


def expected_rows(grid, lines):
    """The storage is a ring from the bottom row up."""
    storage = grid["raw"]
    rows = storage["inner"]
    return [rows[(storage.get("zero", 0) + lines - 1 - line) % len(rows)]["inner"] for line in range(lines)]


def compare(screen, grid, size):
    columns, lines = size["columns"], size["screen_lines"]
    for y, wanted in enumerate(expected_rows(grid, lines)):
        row = screen["rows"][y] + [["", None]] * columns
        for x in range(columns):
            text, number = row[x]
            style = screen["styles"][number] if number is not None else {}
            cell = wanted[x]
            if text is None or "SPACER" in cell["flags"]:
                continue
            extra = cell.get("extra") or {}
            glyph = cell["c"] + "".join(extra.get("zerowidth", []))
            if glyph == "\t":
                glyph = " "
            have = (text or " ", style.get("foreground"), style.get("background"))
            want = (glyph, color(cell["fg"]), color(cell["bg"]))
            if have != want:
                return f"row {y} column {x}: expected {want}, got {have}"
    return None


def run(folder, terminal, only):
    results = {}
    for test in sorted(pathlib.Path(folder).rglob("alacritty.recording")):
        name = test.parent.name
        if only not in name or not (test.parent / "grid.json").exists():
            continue
        size = json.loads((test.parent / "size.json").read_text())
        grid = json.loads((test.parent / "grid.json").read_text())
        terminal.new(size["columns"], size["screen_lines"], 10000)
        terminal.feed(test.read_bytes())
        results[name] = compare(terminal.screen(), grid, size)
    return results
