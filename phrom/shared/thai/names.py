"""Names of things as people type them: when two spellings are one name, and how alike two names are.

Never NFKC: it takes the Thai letter sara am (ำ) apart and would make words equal that are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from phrom.shared.thai.digits import to_arabic

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_AM = (re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"), re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32"))
_AE = re.compile("\u0e40\u0e40")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLACE = re.compile(r"\s*(?:ของ|ใน|ประจำ)?(?:จังหวัด|จ\.)\s?\S+$")
_OPENINGS = (
    "การให้บริการ",
    "งานบริการ",
    "ชุดข้อมูล",
    "โครงการ",
    "หลักสูตร",
    "แอปพลิเคชัน",
    "ระบบงาน",
    "บริการ",
    "ข้อมูล",
    "ระบบ",
    "งาน",
    "การ",
)
_DIGITS = re.compile(r"\d+")
SHORTEST_CORE = 4
ALIKE = 0.7
"""From here on two names are worth a look."""


def name_key(name: str) -> str:
    """The same for two spellings of one name: spaces, marks, case, Thai digits and letters typed in pieces do not matter."""
    text = unicodedata.normalize("NFC", to_arabic(_ZERO_WIDTH.sub("", name)))
    text = _AE.sub("แ", _AM[1].sub(r"\1ำ", _AM[0].sub(r"\1ำ", text)))
    return "".join(letter for letter in text.casefold() if _speaks(letter))


def name_core(name: str) -> str:
    """The key without what says little: "ระบบ" or "โครงการ" in front, words in brackets, the province at the end.

    A name that would be left with next to nothing keeps it: "ระบบงาน" is no empty name.
    """
    bare = _PLACE.sub("", _BRACKETED.sub(" ", name).strip())
    key = name_key(bare)
    key = key if len(key) >= SHORTEST_CORE else name_key(name)
    for _ in range(2):
        opening = next((word for word in _OPENINGS if key.startswith(word) and len(key) - len(word) >= SHORTEST_CORE), "")
        key = key.removeprefix(opening)
    return key


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1. Names with different numbers in them are different things."""
    return _alike(_Shape.of(one), _Shape.of(other))


def alike_pairs(names: Mapping[int, str], *, at_least: float = ALIKE) -> Iterator[tuple[int, int, float]]:
    """Every pair of these names that is at least so alike, the lower number first.

    Names are found by the pairs of letters that they share, so that a thousand of them take seconds and not minutes.
    """
    shapes = {number: _Shape.of(name) for number, name in names.items()}
    holders: dict[str, list[int]] = defaultdict(list)
    for number, shape in sorted(shapes.items()):
        for pair in shape.pairs:
            holders[pair].append(number)
    for number, shape in sorted(shapes.items()):
        shared: Counter[int] = Counter()
        for pair, times in shape.pairs.items():
            for other in holders[pair]:
                if other > number:
                    shared[other] += min(times, shapes[other].pairs[pair])
        for other in sorted(shared):
            if 2 * shared[other] >= at_least * (shape.size + shapes[other].size):
                found = _alike(shape, shapes[other])
                if found >= at_least:
                    yield number, other, found


class _Shape:
    """A name as it is compared: its core, the pairs of neighbouring letters in it, the numbers in it."""

    def __init__(self, core: str) -> None:
        self.core = core
        self.pairs = Counter(core[place : place + 2] for place in range(max(1, len(core) - 1)))
        self.size = sum(self.pairs.values())
        self.numbers = _DIGITS.findall(core)

    @classmethod
    def of(cls, name: str) -> _Shape:
        return cls(name_core(name))


def _alike(one: _Shape, other: _Shape) -> float:
    if one.core == other.core:
        return 1.0
    if one.numbers != other.numbers:
        return 0.0
    return 2 * sum((one.pairs & other.pairs).values()) / (one.size + other.size)


def _speaks(letter: str) -> bool:
    """Letters, digits and the marks that belong to Thai letters; not spaces and signs, not ๆ and ฯ."""
    return unicodedata.category(letter)[0] in "LNM" and letter not in "ๆฯ"
