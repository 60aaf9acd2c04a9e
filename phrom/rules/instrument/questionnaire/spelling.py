"""Slips of scanning and typing that can be seen without a dictionary: in the letters, against known words, against the rest.

Each finding is (kind, what stands there, what it may be). Nothing is changed; a person looks at it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_THAI = "\u0e01-\u0e4e"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_TONES = "\u0e48-\u0e4b"
_CLUSTER = re.compile(rf"[^{_MARKS}][{_MARKS}]*")
TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[A-Za-z][^<>]*$")
_DOUBLED = re.compile(rf"([{_THAI}]{{3,14}}?)\1")
_TWIN_WORDS = re.compile("รวบรวม")
_MAY_DOUBLE = frozenset({"การ", "ความ", "ต่าง"})
# After ั a syllable needs an end: these consonants never end one, and a second mark or a vowel cannot stand there.
_IMPOSSIBLE = (
    re.compile(rf"\u0e31[{_TONES}]?[หฮฉผฝฌ](?![์])"),
    re.compile(rf"[{_TONES}]{{2,}}|[\u0e34-\u0e39]{{2,}}|\u0e31[\u0e34-\u0e39]"),
    re.compile("\u0e40\u0e40|\u0e4d[\u0e48-\u0e4b]?\u0e32|[\u0e40-\u0e44](?![ก-ฮ])"),
    re.compile("[\u0e33\u0e30][\u0e48-\u0e4b\u0e31\u0e34-\u0e3a]"),
)
_PAIRS = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘"}
_THAI_NUMBER, _ARABIC_NUMBER = re.compile("[๐-๙]+"), re.compile(r"(?<![A-Za-z0-9.])[0-9]+(?![0-9]*[A-Za-z])")
GRAM = 7  # letters with their marks
_LONGEST_EXTRA = 4


@dataclass(frozen=True)
class Slip:
    """What looks wrong in a text: the kind, the words as they stand, what they may mean (empty: no guess)."""

    kind: str
    found: str
    guess: str = ""


def slips_in(text: str, terms: Sequence[str]) -> list[Slip]:
    """What one text shows by itself and against known words."""
    text = unicodedata.normalize("NFC", text)
    found = [*_tags(text)]
    plain = TAG.sub(" ", text)
    found += [*_impossible(plain), *_doubled(plain), *_brackets(plain), *_digits(plain)]
    return found + [slip for slip in _almost(plain, terms) if not any(slip.found in other.found for other in found)]


def odd_ones(texts: Sequence[str], most: int = 1, least: int = 4) -> list[tuple[int, Slip]]:
    """Stretches that stand once while the same letters stand often with other marks: (which text, the slip)."""
    grams: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, int] = {}
    for at, text in enumerate(texts):
        clusters = _CLUSTER.findall(re.sub(r"\s+", "", TAG.sub("", text)))
        for gram in {"".join(clusters[i : i + GRAM]) for i in range(len(clusters) - GRAM + 1)}:
            if re.fullmatch(f"[{_THAI}]+", gram):
                grams[_skeleton(gram)][gram] += 1
                places[gram] = at
    found: dict[int, Slip] = {}
    for variants in grams.values():
        (common, often), *rare = variants.most_common()
        for gram, count in rare:
            if count <= most and often >= least and places[gram] not in found and _differ_inside(gram, common):
                found[places[gram]] = Slip("odd_one", gram, common)
    return sorted(found.items())


def _differ_inside(one: str, other: str) -> bool:
    """True when just one letter's marks differ, and not at an end, where other words may begin."""
    pairs = list(zip(_CLUSTER.findall(one), _CLUSTER.findall(other), strict=True))
    return (
        [mine == theirs for mine, theirs in pairs].count(False) == 1
        and pairs[0][0] == pairs[0][1]
        and pairs[-1][0] == pairs[-1][1]
    )


def _skeleton(text: str) -> str:
    return re.sub(f"[{_MARKS}]", "", text)


def _tags(text: str) -> Iterator[Slip]:
    tags = list(dict.fromkeys(TAG.findall(text)))
    if tags:
        yield Slip("tag", " ".join(tags))


def _impossible(text: str) -> Iterator[Slip]:
    for shape in _IMPOSSIBLE:
        for match in shape.finditer(text):
            yield Slip("spelling", _word_around(text, *match.span()))


def _doubled(text: str) -> Iterator[Slip]:
    for match in _DOUBLED.finditer(_TWIN_WORDS.sub(" ", text)):
        after = text[match.end() : match.end() + 1]
        if match[1] not in _MAY_DOUBLE and not re.match(f"[{_MARKS}]", match[1]) and not re.match(f"[{_MARKS}]", after or " "):
            yield Slip("doubled", match[0], match[1])


def _brackets(text: str) -> Iterator[Slip]:
    waiting: list[str] = []
    for at, letter in enumerate(text):
        if letter in _PAIRS.values():
            waiting.append(letter)
        elif letter in _PAIRS and (not waiting or waiting.pop() != _PAIRS[letter]):
            yield Slip("bracket", _word_around(text, at, at + 1))
            return
    if waiting:
        yield Slip("bracket", waiting[-1])


def _digits(text: str) -> Iterator[Slip]:
    thai, arabic = _THAI_NUMBER.search(text), _ARABIC_NUMBER.search(text)
    if thai and arabic:
        yield Slip("digits", f"{thai[0]} · {arabic[0]}")


def _almost(text: str, terms: Iterable[str]) -> Iterator[Slip]:
    letters, starts = _bare(text)
    known = sorted(set(terms), key=len, reverse=True)
    sure = [match.span() for term in known for match in re.finditer(re.escape(term), text)]
    told: list[tuple[int, int]] = []
    for term in known:
        for start, end in (*_other_marks(text, letters, starts, term), *_split(text, term)):
            if not any(first < end and start < last for first, last in told) and not _inside(start, end, sure):
                told.append((start, end))
                yield Slip("almost", text[start:end], term)


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _bare(text: str) -> tuple[str, list[int]]:
    """The letters without marks, and where each of them stands; the end of the text last."""
    starts = [match.start() for match in _CLUSTER.finditer(text)]
    return "".join(text[at] for at in starts), [*starts, len(text)]


def _other_marks(text: str, letters: str, starts: Sequence[int], term: str) -> Iterator[tuple[int, int]]:
    """The same letters of which one has other vowels or tones above or below: ทั้งหมดก็ for ทั้งหมดกี่."""
    wanted = _CLUSTER.findall(term)
    bare = "".join(cluster[0] for cluster in wanted)
    at = letters.find(bare) if len(wanted) > 2 else -1
    while at >= 0:
        have = [text[starts[at + i] : starts[at + i + 1]] for i in range(len(wanted))]
        differ = [(mine, want) for mine, want in zip(have, wanted, strict=True) if mine != want]
        if len(differ) == 1 and (all(len(each) > 1 for each in differ[0]) or (len(wanted) > 6 and have[-1] == wanted[-1])):
            yield starts[at], starts[at + len(wanted)]
        at = letters.find(bare, at + 1)


def _split(text: str, term: str) -> Iterator[tuple[int, int]]:
    """A known word with some letters put in, or one or two replaced, while both its ends stand: โครง-การ-สร้างพื้นฐาน."""
    if len(term) < 8:
        return
    at = text.find(term[:2])
    while at >= 0:
        same = next((n for n, letter in enumerate(term) if text[at + n : at + n + 1] != letter), len(term))
        end = 0 if same == len(term) else _end_of(text, term, at, same)
        if end and term not in text[at:end]:
            yield at, end
        at = text.find(term[:2], at + 1)


def _end_of(text: str, term: str, at: int, same: int) -> int:
    """Where the word ends that begins as the term does for `same` letters; 0 when it is another word."""
    for head in range(same, max(1, same - 3), -1):
        for gone in range(1 if len(term) < 11 else 3):
            tail = term[head + gone :]
            for more in range(0 if gone else 1, _LONGEST_EXTRA + 1):
                begin = at + head + more
                put_in = text[at + head : begin]
                if len(tail) > 2 and text.startswith(tail, begin) and re.fullmatch(f"[{_THAI}]*", put_in):
                    return begin + len(tail)
    return 0


def _word_around(text: str, start: int, end: int) -> str:
    """The stretch around a place, up to blanks or eight letters to each side."""
    left = re.search(r"\S{0,8}$", text[:start])
    right = re.match(r"\S{0,8}", text[end:])
    return (left[0] if left else "") + text[start:end] + (right[0] if right else "")
