"""The terminal of the harness program, and lists of known failures."""
import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


class Terminal:
    def __init__(self, program, columns=80, rows=24, scrollback=0):
        self.process = subprocess.Popen([str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.new(columns, rows, scrollback)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the harness ended at: {line[:200]}")
        return answer.rstrip("\n")

    def new(self, columns, rows, scrollback=0):
        self.ask(f"new {columns} {rows} {scrollback}")

    def feed(self, data):
        """Returns the replies."""
        return bytes.fromhex(self.ask("feed " + data.hex()))

    def resize(self, columns, rows):
        self.ask(f"resize {columns} {rows}")

    def screen(self):
        return json.loads(self.ask("dump"))

    def history(self):
        return json.loads(self.ask("history"))

    def parse(self, data):
        return json.loads(self.ask("parse " + data.hex()))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def row_text(row):
    return "".join(text or " " for text, _ in row if text is not None).rstrip(" ")


def screen_text(screen):
    return [row_text(row) for row in screen["rows"]]


class Known:
    """Names of tests that are known to fail, one a line, with the reason after a `#`."""

    def __init__(self, suite):
        self.path = HERE / f"{suite}.known"
        self.reasons = {}
        if self.path.exists():
            for line in self.path.read_text().splitlines():
                name, _, reason = line.partition("#")
                if name.strip():
                    self.reasons[name.strip()] = reason.strip()

    def judge(self, results):
        """Prints what differs from the list. Returns (passed, failed, skipped): known failures count as
        skipped; a known failure that passes is a failure until it is taken off the list."""
        passed = failed = skipped = 0
        for name, error in sorted(results.items()):
            if error is None and name not in self.reasons:
                passed += 1
            elif error is None:
                print(f"FAILED {name}: it passes; take it off {self.path.name}")
                failed += 1
            elif name in self.reasons:
                skipped += 1
            else:
                print(f"FAILED {name}: {error}")
                failed += 1
        total = len(results)
        good = sum(1 for error in results.values() if error is None)
        if total:
            print(f"{good} of {total} ({100 * good / total:.1f} %)")
        return passed, failed, skipped
