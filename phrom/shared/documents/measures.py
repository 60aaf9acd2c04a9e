"""What the PDF and the Word file of a paper must agree on: the columns of a list of people, and what stays on one page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from phrom.shared.documents.content import Block, DateLine, OfficeLines, People, Signature, Stamp

LINE, LONG_LINE = 16.0, 24.7  # cm: A4 between the margins of official papers, upright and on its side
CHARACTER = 0.23  # cm: the mean width of a Thai letter that is not a mark, at 16 points of TH Sarabun New
NUMBER = 1.0  # cm: the column of the numbers
NOTE = (2.0, 3.4)  # cm: the least and the most that the notes are given
LEAST = 3.5  # cm: of the names, and of the positions
GAP = 0.4  # cm: between two columns

# What closes a paper; it never stands on a page without the text before it.
_CLOSING = (DateLine, Signature, Stamp, OfficeLines)


def width_of(text: str) -> float:
    """About how wide the longest line of a text is, in centimetres."""
    lines = text.split("\n")
    return CHARACTER * max(sum(unicodedata.category(letter) not in ("Mn", "Cc", "Cf") for letter in line) for line in lines)


def people_columns(people: People, line: float) -> tuple[float, ...]:
    """Widths in centimetres of number, name, position and note, without the last ones where nobody has any."""
    shown = people.people
    notes = _widest(one.note for one in shown)
    note = min(max(notes, NOTE[0]), NOTE[1]) if notes else 0
    names, positions = _widest(one.name for one in shown if one.position), _widest(one.position for one in shown)
    room = line - NUMBER - note
    if not positions and not notes:
        return (NUMBER, room)
    name, position = _shared(room, names, positions)
    return (NUMBER, name, position, note) if note else (NUMBER, name, position)


def kept_with_next(blocks: Sequence[Block]) -> tuple[bool, ...]:
    """For every block, whether it must end on the page on which the next one begins, because that closes the paper."""
    return tuple(isinstance(after, _CLOSING) for after in blocks[1:]) + ((False,) if blocks else ())


def _widest(texts: Iterable[str]) -> float:
    return max((width_of(text) + GAP for text in texts if text), default=0)


def _shared(room: float, one: float, other: float) -> tuple[float, float]:
    """The shorter column gets what it needs and the longer one the rest; none less than it can be read in."""
    if one <= other:
        short = min(max(one, LEAST), room / 2)
        return short, room - short
    short = min(max(other, LEAST), room / 2)
    return room - short, short
