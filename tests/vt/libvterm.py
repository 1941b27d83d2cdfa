"""The parser and state tests of libvterm (github neovim/libvterm, t/*.test), read by a runner of our own.

libvterm tells its caller each change; ours is asked for the result. So what a test expects to be told is
applied to a copy of the screen as it was, and the outcome compared. One test is what stands between two
lines that begin with `!`.
"""
import pathlib
import re

# Not 29 and 40: interfaces of the library itself (fallbacks, fragments of selections); not 62 to 64, 66, 67
# and 69: its merging of damage, its reflow, its cells.
FILES = re.compile(r"^(02|03|1\d|2[0-8]|3\d|60|61|65|68|90|92)")
# What libvterm is and we are not: its name and level, 8-bit controls and the right half of the code table
# (input is UTF-8), its CSI u for keys that xterm sends plainly, bright colours for bold text in the pen; one
# replacement character for a whole overlong sequence (browsers and we show one for each byte), C1 controls as
# characters; controls inside strings, which Williams' machine gives to the string, and BEL after DCS.
NOT_APPLICABLE = re.compile(
    r"26state_query:(DA$|XTVERSION|DECCPR|S8C1T)|14state_encoding:LS\dR|30state_pen:Bold\+ANSI"
    r"|03encoding_utf8:(2_byte|4_byte|Early_restart|Overlong|UTF-16)|02parser:(C0_in_OSC|DCS_BEL)"
    r"|25state_input:(Ctrl|Special_handling|Shift-Tab)")
MODIFIERS = {"S": 1, "A": 2, "C": 4}
KEYS = {"Up": "up", "Tab": "tab", "Enter": "enter", "KP0": "keypad_0", "F1": "f1"}
ESCAPES = {"e": "\x1b", "n": "\n", "r": "\r", "t": "\t", "a": "\x07", "b": "\x08", "0": "\0"}


def perl_string(text):
    """Perl's "…", 'x' for repetition and '.' for joining; characters are bytes."""
    result = ""
    rest = text.strip()
    while rest:
        match = re.match(r'"((?:[^"\\]|\\.)*)"\s*(?:x\s*(\d+))?\s*\.?\s*', rest)
        if not match:
            raise ValueError(text)
        part = re.sub(r"\\(x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|.)",
                      lambda m: chr(int(m[2] or m[3], 16)) if m[2] or m[3] else ESCAPES.get(m[1], m[1]), match[1])
        result += part * int(match[2] or 1)
        rest = rest[match.end():]
    return result


def rectangle(text):
    match = re.match(r"(\d+)\.\.(\d+),(\d+)\.\.(\d+)", text)
    return tuple(int(value) for value in match.groups())


class Test:
    def __init__(self, terminal):
        self.terminal = terminal
        self.size = (80, 25)
        self.flags = set()
        self.utf8 = False
        self.parser = False
        self.pointer = (0, 0)
        self.button = 0
        self.terminal.new(*self.size)
        self.errors = []
        self.told = []
        self.wanted = []
        self.pending = None

    # The screen as a dictionary of (row, column) to text.
    def cells(self):
        screen = self.terminal.screen()
        return {(y, x): text for y, row in enumerate(screen["rows"])
                for x, (text, _) in enumerate(row) if text is not None and text.strip(" ")}

    def pen(self):
        reply = self.terminal.feed(b"\x1bP$qm\x1b\\").decode()
        return reply[len("\x1bP1$r"):-len("m\x1b\\")].split(";")

    def data(self, text):
        characters = perl_string(text)
        return characters.encode("latin-1") if self.utf8 else characters.encode("utf-8")

    def begin(self, line):
        """A command; what is expected of it follows."""
        self.finish()
        word, _, rest = line.partition(" ")
        before = self.cells()
        output = b""
        ask = self.terminal.ask
        if word == "PUSH" and self.parser:
            self.told += self.terminal.parse(self.data(rest))
        elif word == "PUSH":
            output = self.terminal.feed(self.data(rest))
        elif word == "ENCIN":
            told = self.terminal.parse(self.data(rest))
            self.codes = "".join(chr(code) for event in told if event[0] == "text" for code in event[1])
        elif word == "RESET":
            self.terminal.new(*self.size)
        elif word == "RESIZE":
            rows, columns = (int(part) for part in rest.split(","))
            self.size = (columns, rows)
            self.terminal.resize(columns, rows)
        elif word == "WANTENCODING":
            self.utf8 = True
        elif word == "UTF8":
            self.utf8 = rest == "1"
        elif word == "WANTPARSER":
            self.parser = True
        elif word == "WANTSTATE":
            adding = True
            for flag in rest:
                adding = True if flag == "+" else False if flag == "-" else adding
                (self.flags.add if adding else self.flags.discard)(flag)
        elif word in ("INCHAR", "INKEY"):
            modifiers, name = rest.split()
            key = KEYS[name] if word == "INKEY" else str(int(name, 16))
            output = bytes.fromhex(ask(f"key {key} {self.modifiers(modifiers)}"))
        elif word == "MOUSEMOVE":
            position, modifiers = (rest.split() + ["0"])[:2]
            row, column = (int(part) for part in position.split(","))
            if (row, column) != self.pointer:
                output = bytes.fromhex(ask(f"mouse {self.button} motion {self.modifiers(modifiers)} {column} {row}"))
            self.pointer = (row, column)
        elif word == "MOUSEBTN":
            action, button, modifiers = rest.split()
            press = action == "d"
            row, column = self.pointer
            output = bytes.fromhex(ask(f"mouse {button} {'press' if press else 'release'} "
                                       f"{self.modifiers(modifiers)} {column} {row}"))
            self.button = int(button) if press and int(button) < 4 else 0
        elif word == "PASTE":
            marks = bytes.fromhex(ask("paste "))
            output = marks[:len(marks) // 2] if rest == "START" else marks[len(marks) // 2:]
        elif word == "FOCUS":
            output = bytes.fromhex(ask(f"focus {int(rest == 'IN')}"))
        self.pending = {"before": before, "output": output, "lines": [], "command": line}

    @staticmethod
    def modifiers(text):
        return sum(MODIFIERS.get(letter, 0) for letter in text)

    def expect(self, line):
        if self.pending is not None:
            self.pending["lines"].append(line)

    def finish(self):
        pending, self.pending = self.pending, None
        if pending is None:
            return
        model = dict(pending["before"])
        touched = set()
        output = ""
        properties = {}
        for line in pending["lines"]:
            word, _, rest = line.partition(" ")
            if self.parser:
                self.wanted.append((word, rest))
            elif word == "encout":
                wanted = "".join(chr(int(code, 0)) for code in rest.split(","))
                if wanted != self.codes:
                    self.errors.append(f"{pending['command']}: expected {wanted!r}, got {self.codes!r}")
            elif word == "output":
                output += perl_string(rest)
            elif word == "settermprop":
                number, _, value = rest.partition(" ")
                joined = re.match(r'(\[?)"(.*)"(\]?)$', value)
                if joined:
                    self.title = value = (joined[2] if joined[1] else self.title + joined[2])
                if not joined or joined[3]:
                    properties[int(number)] = value
            elif word in ("putglyph", "erase", "moverect", "scrollrect"):
                self.change(model, touched, word, rest)
            elif word == "movecursor":
                self.check_cursor(rest)
            elif word not in ("sb_clear", "sb_pushline", "sb_popline", "damage"):
                self.errors.append(f"unknown expectation: {line}")
        if output.encode("latin-1") != plain_setting(pending["output"]) and not self.parser:
            self.errors.append(f"{pending['command']}: expected {output!r}, got {pending['output'].decode('latin-1')!r}")
        self.check_properties(properties)
        complete = {"g", "e"} <= self.flags and self.flags & {"s", "m"} and pending["command"].startswith("PUSH")
        now = self.cells()
        for place in (set(model) | set(now)) if complete else touched:
            if model.get(place) != now.get(place):
                self.errors.append(f"{pending['command']}: at {place} expected {model.get(place)!r}, got {now.get(place)!r}")
                break

    def change(self, model, touched, word, rest):
        if word == "putglyph":
            codes, _, place = rest.split()[:3]
            if "dwl" in rest:
                self.errors.append("lines of double width")
            place = tuple(int(part) for part in place.split(","))
            model[place] = "".join(chr(int(code, 16)) for code in codes.split(","))
            if model[place] == " ":
                del model[place]
            touched.add(place)
            return
        if word == "erase":
            if "selective" in rest:
                return
            top, bottom, left, right = rectangle(rest)
            for y in range(top, bottom):
                for x in range(left, right):
                    model.pop((y, x), None)
                    touched.add((y, x))
            return
        if word == "moverect":
            source, target = (rectangle(part) for part in rest.split(" -> "))
            dy, dx = target[0] - source[0], target[2] - source[2]
            vacated = []
        else:
            area, shift = rest.split(" => ")
            top, bottom, left, right = rectangle(area)
            down, across = (int(part) for part in shift.split(","))
            dy, dx = -down, -across
            source = (max(top, top - dy), min(bottom, bottom - dy), max(left, left - dx), min(right, right - dx))
            vacated = [(y, x) for y in range(top, bottom) for x in range(left, right)]
        moved = {(y + dy, x + dx): model.get((y, x))
                 for y in range(source[0], source[1]) for x in range(source[2], source[3])}
        for place in vacated:
            model.pop(place, None)
            touched.add(place)
        for place, text in moved.items():
            model.pop(place, None)
            if text is not None:
                model[place] = text
            touched.add(place)

    def check_properties(self, properties):
        if not properties:
            return
        screen = self.terminal.screen()
        cursor = screen["cursor"]
        boolean = {True: "true", False: "false"}
        have = {1: boolean[cursor["visible"]], 2: boolean[cursor["blinking"]], 3: boolean[screen["alternate"]],
                4: screen["title"], 5: screen["icon_title"], 6: boolean[screen["reverse"]],
                7: str(max(cursor["shape"], 1)), 8: str(max(screen["mouse"] - 1, 0)), 9: boolean[screen["focus"]]}
        for number, value in properties.items():
            # Neither is fixed here: a fresh cursor has no style of its own until the user's is known.
            unset = cursor["shape"] == 0 and number in (2, 7)
            if have[number] != value and not unset:
                self.errors.append(f"property {number}: expected {value}, got {have[number]}")

    def check_cursor(self, text):
        cursor = self.terminal.screen()["cursor"]
        if f"{cursor['y']},{cursor['x']}" != text:
            self.errors.append(f"cursor: expected {text}, got {cursor['y']},{cursor['x']}")

    def ask(self, line):
        self.finish()
        question, _, answer = (part.strip() for part in line[1:].partition("="))
        word, _, rest = question.partition(" ")
        if word == "cursor":
            self.check_cursor(answer)
        elif word == "pen":
            self.check_pen(rest, answer)
        elif word == "screen_row":
            row = self.terminal.screen()["rows"][int(rest)]
            text = "".join(cell or " " for cell, _ in row if cell is not None).rstrip(" ")
            wanted = perl_string(answer) if answer.startswith('"') else "".join(
                chr(int(part, 16)) for part in answer.split(","))
            if text != wanted.rstrip(" "):
                self.errors.append(f"row {rest}: expected {wanted!r}, got {text!r}")
        elif word == "lineinfo":
            row = int(rest)
            wrapped = row > 0 and self.terminal.screen()["wrapped"][row - 1]
            if ("cont" if wrapped else "") != answer:
                self.errors.append(f"line {row}: expected {answer!r}")
        else:
            self.skip = True

    def check_pen(self, attribute, wanted):
        codes = self.pen()
        switches = {"bold": "1", "italic": "3", "blink": "5", "reverse": "7"}
        if attribute in switches:
            have = "on" if switches[attribute] in codes else "off"
        elif attribute == "underline":
            have = next((code[2:] if ":" in code else "1" for code in codes if code[0] == "4" and code[1:2] in ("", ":")), "0")
            have = have or "1"
        elif attribute in ("foreground", "background"):
            have = self.pen_color(codes, attribute == "foreground")
            wanted = re.sub(r"rgb\(\d+,\d+,\d+,is_default_[fb]g\)", "default", wanted)
        else:
            have = {"font": "0", "small": "off", "baseline": "normal"}[attribute]
        if have != wanted:
            self.errors.append(f"pen {attribute}: expected {wanted}, got {have}")

    @staticmethod
    def pen_color(codes, foreground):
        base = 30 if foreground else 40
        for code in codes:
            parts = code.split(":")
            number = int(parts[0])
            if number == base + 8 and parts[1] == "5":
                return f"idx({parts[2]})"
            if number == base + 8:
                return f"rgb({','.join(parts[-3:])})"
            if base <= number < base + 8:
                return f"idx({number - base})"
            if base + 60 <= number < base + 68:
                return f"idx({number - base - 60 + 8})"
        return "default"

    def check_parser(self):
        wanted = normal_expectations(self.wanted)
        told = normal_report(self.told)
        if wanted != told:
            self.errors.append(f"parser: expected {wanted}, got {told}")
        self.wanted, self.told = [], []


def plain_setting(output):
    """DECRQSS of SGR: ours begins with 0 and names an (empty) colour space."""
    return re.sub(rb"(?<=:2):(?=:)", b"", re.sub(rb"(?<=1\$r)0;(?=[^\"]*m)", b"", output))


def append(events, kind, value):
    if kind in ("text", "osc", "dcs") and events and events[-1][0] == kind:
        events[-1] = (kind, events[-1][1] + value)
    else:
        events.append((kind, value))


def normal_expectations(lines):
    events = []
    for word, rest in lines:
        if word == "text":
            append(events, "text", "".join(chr(int(code, 0)) for code in rest.split(",")))
        elif word == "control":
            events.append(("control", int(rest, 0)))
        elif word == "escape":
            events.append(("escape", perl_string(rest)))
        elif word == "csi":
            final, *parts = rest.split()
            leader = "".join(chr(int(part[2:], 16)) for part in parts if part.startswith("L="))
            between = "".join(chr(int(part[2:], 16)) for part in parts if part.startswith("I="))
            arguments = next((part for part in parts if "=" not in part), "*")
            events.append(("csi", chr(int(final, 16)), leader, arguments, between))
        elif word in ("osc", "dcs"):
            match = re.match(r"(\[)?(\d+)?\s*(\"(?:[^\"\\]|\\.)*\")?\s*(\])?$", rest)
            text = (match[2] + ";" if match[2] else "") + (perl_string(match[3]) if match[3] else "")
            if match[1]:
                events.append((word, text))
            else:
                append(events, word, text)
    return [(event[0], event[1].rstrip(";")) if event[0] == "osc" else event for event in events]


def normal_report(events):
    result = []
    for event in events:
        kind = event[0]
        if kind == "text":
            append(result, "text", "".join(chr(code) for code in event[1]))
        elif kind == "escape" and len(event[1]) == 1 and "@" <= event[1] <= "_":
            result.append(("control", ord(event[1]) + 0x40))
        elif kind == "csi":
            arguments = ",".join(("*" if value < 0 else str(value)) + ("+" if more else "") for value, more in event[3])
            result.append(("csi", event[1], event[2], arguments or "*", event[4]))
        elif kind == "osc":
            result.append(("osc", bytes.fromhex(event[1]).decode("utf-8").rstrip(";")))
        elif kind == "dcs":
            result.append(("dcs", event[1] + bytes.fromhex(event[2]).decode("utf-8")))
        else:
            result.append((kind, event[1]))
    return result


def run(folder, terminal, only):
    folder = pathlib.Path(folder)
    folder = folder / "t" if (folder / "t").exists() else folder
    results = {}
    for path in sorted(folder.glob("*.test")):
        if FILES.match(path.name) and only in path.name:
            run_file(path, terminal, results)
    return results


def run_file(path, terminal, results):
    test = Test(terminal)
    test.title = ""
    name = None

    def finish():
        test.finish()
        if test.parser:
            test.check_parser()
        if name is not None or path.name.startswith("9"):
            key = f"{path.stem}:{(name or 'all').replace('#', '')}".replace(" ", "_")
            key = key if key not in results else key + "_2"
            if not NOT_APPLICABLE.search(key):
                results[key] = test.errors[0][:200] if test.errors else None
        test.errors = []

    def step(line):
        nonlocal name
        if line.startswith("!"):
            finish()
            name = line[1:]
        elif line.startswith("$SEQ"):
            low, high, inner = re.match(r"\$SEQ\s+(\d+)\s+(\d+):\s*(.*)", line).groups()
            for value in range(int(low), int(high) + 1):
                step(inner.replace("\\#", str(value)))
        elif line.startswith("$REP"):
            count, inner = re.match(r"\$REP\s+(\d+):\s*(.*)", line).groups()
            for _ in range(int(count)):
                step(inner)
        elif line.startswith("?"):
            test.ask(line)
        elif re.match("[A-Z]", line):
            test.begin(line)
        else:
            test.expect(line)

    for line in path.read_text().splitlines():
        line = line.strip()
        if line == "__END__":
            break
        if line and not line.startswith("#"):
            try:
                step(line)
            except (ValueError, KeyError) as error:
                test.errors.append(f"not understood: {line} ({error})")
    finish()
