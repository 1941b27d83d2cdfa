"""What is sent through: made here, so that it is the same everywhere."""
import random

# Signs that nothing else prints, of one cell. Each run takes another, so that it is seen when it is shown.
MARKS = [chr(code) for code in range(0x16A0, 0x16EA)]  # runes


def plain(size):
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 11))) for _ in range(500)]
    return repeat(lambda: " ".join(rng.choices(words, k=rng.randint(4, 20))), size)


def colour(size):
    """As listings and highlighted text are: a theme of 48 direct colours, and the 256 indexed ones."""
    rng = random.Random(2)
    theme = [f"38;2;{rng.randrange(256)};{rng.randrange(256)};{rng.randrange(256)}" for _ in range(48)]

    def line():
        parts = []
        for _ in range(rng.randint(4, 14)):
            kind = rng.randrange(4)
            sgr = (f"38;5;{rng.randrange(256)}" if kind == 0 else rng.choice(theme) if kind == 1
                   else f"{rng.choice([1, 3, 4])};3{rng.randrange(8)}" if kind == 2 else "0")
            parts.append(f"\x1b[{sgr}m" + "".join(rng.choices("abcdefghijklmnop_-./", k=rng.randint(3, 12))))
        return " ".join(parts) + "\x1b[m"
    return repeat(line, size)


def unicode(size):
    rng = random.Random(3)
    words = ["naïve", "größer", "日本語", "中文字符", "кириллица", "ελληνικά", "e\u0301te\u0301", "👍", "👍🏽", "👩‍👩‍👧", "🇩🇪", "→",
             "한국어", "עברית", "½", "ﬁ"]
    return repeat(lambda: " ".join(rng.choices(words, k=rng.randint(5, 18))), size)


def repeat(line, size):
    """A megabyte of lines over and over: making more takes longer than sending it."""
    piece = bytearray()
    while len(piece) < min(size, 1 << 20):
        piece += line().encode() + b"\n"
    return bytes(piece) * -(-size // len(piece))


KINDS = {"plain": plain, "colour": colour, "unicode": unicode}
