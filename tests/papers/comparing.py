"""How much of an official text a made paper holds: its words, one after another, as they were printed.

Thai writes no spaces between words, so the words of the source are kept beside it (agenda-1-2567.words.txt, one line a
paragraph); the browser lane holds that file to what Chromium's word breaker says. What is compared is letters, vowels, marks
and digits: line breaks and spaces differ between a PDF, a Word file and a scan, and punctuation is no word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HERE = Path(__file__).parent
SOURCE, WORDS, NOTES = (HERE / f"agenda-1-2567.{kind}" for kind in ("txt", "words.txt", "yaml"))
SAID = re.compile(r"[0-9A-Za-z\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59]+")
WORD_BREAK = "|"
REPEATED = 5  # heads of the table of questions


@dataclass(frozen=True)
class Likeness:
    """How many words were found in their order, and those that were not, each with its neighbours."""

    words: int
    missing: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def share(self) -> float:
        """Found words in percent."""
        return 100 * (self.words - len(self.missing)) / self.words

    def __str__(self) -> str:
        told = "".join(f"\n  {word}   ({around})" for word, around in zip(self.missing, self.near, strict=True))
        return f"{self.share:.2f} % of {self.words} words{told}"


def notes() -> dict[str, Any]:
    """Origin and slips of the source."""
    return dict(YAML(typ="safe").load(NOTES.read_text(encoding="utf-8")))


def normal_source() -> str:
    """The source without its listed slips and repeated heads. Fails where a slip is not there as often as listed."""
    text, listed = SOURCE.read_text(encoding="utf-8"), notes()
    for slip in listed["slips"]:
        assert text.count(slip["printed"]) == slip.get("times", 1), slip["printed"]
        text = text.replace(slip["printed"], slip["corrected"])
    first, *later = str(text).split(listed["repeated_head"])
    assert len(later) == REPEATED
    return first + str(listed["repeated_head"]) + "".join(later)


def letters(text: str) -> str:
    """What is compared. ำ and its two halves, and marks in another order, look alike; PDFs and scans differ in them."""
    return "".join(SAID.findall(text.replace("\u0e4d\u0e32", "\u0e33")))


def source_words() -> tuple[str, ...]:
    """The words of the source in their order."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines for word in line.split(WORD_BREAK))


def likeness(made: str) -> Likeness:
    """Which words of the source the made text holds, in their order. A word counts only when it stands there unbroken."""
    words = source_words()
    wanted = "".join(words)
    blocks = SequenceMatcher(None, wanted, letters(made), autojunk=False).get_matching_blocks()
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    held = [any(block.a <= start and end <= block.a + block.size for block in blocks) for start, end in pairwise(ends)]
    gone = [place for place, found in enumerate(held) if not found]
    near = tuple("".join(words[max(place - 3, 0) : place + 4]) for place in gone)
    return Likeness(len(words), tuple(words[place] for place in gone), near)
