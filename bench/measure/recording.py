"""Sessions in asciicast format, version 2: what programs wrote, and when."""
import json


class Recording:
    def __init__(self, file):
        with open(file, encoding="utf-8") as lines:
            head = json.loads(next(lines))
            last = 0.0
            for line in lines:
                last = json.loads(line)[0]
        self.columns, self.rows = head["width"], head["height"]
        self.in_split = head.get("title") == "in a split"  # beside another pane
        self.seconds = last
