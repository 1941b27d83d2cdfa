"""The measured numbers beside what is wanted, as a table and as JSON."""


class Report:
    def __init__(self):
        self.parts = {}
        self.goals = []  # (what, measured, wanted, reached)

    def add(self, part, found):
        self.parts[part] = found

    def goal(self, what, measured, wanted, bound, at_least=False):
        """`wanted`: in words; `bound`: the number that `measured` is held against."""
        self.goals.append((what, measured, wanted, measured >= bound if at_least else measured <= bound))

    def json(self):
        return {"parts": self.parts,
                "goals": [{"what": what, "measured": measured, "wanted": wanted, "reached": reached}
                          for what, measured, wanted, reached in self.goals]}

    def tables(self):
        for part, found in self.parts.items():
            yield from table(part, found)
        yield ""
        yield "| goal | wanted | measured | |"
        yield "|---|---|---|---|"
        for what, measured, wanted, reached in self.goals:
            yield f"| {what} | {wanted} | {number(measured)} | {'' if reached else '**missed**'} |"


def number(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if value == int(value):
        return f"{int(value):,}".replace(",", " ")
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def cell(value):
    if isinstance(value, dict):
        return " / ".join(number(v) for v in value.values())
    return number(value)


def table(title, found):
    """Rows are the outer keys, columns the inner ones."""
    columns = list(dict.fromkeys(key for row in found.values() for key in row))
    yield ""
    yield f"| {title} | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, row in found.items():
        yield f"| {name} | " + " | ".join(cell(row.get(column)) for column in columns) + " |"
