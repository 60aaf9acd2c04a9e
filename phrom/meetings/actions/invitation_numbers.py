"""The numbers of an invitation's papers, from the registers of the office that writes the body's letters (ADR 11).

The papers carry their numbers and are printed before any row is held: the numbers are foreseen, printed, then taken; should
somebody else take one in between, nothing is kept and all is printed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.numbering import Columns, take_number
from phrom.letters.actions.offices import issuing_office
from phrom.letters.models import LetterKind, Office, Register, Secrecy
from phrom.letters.numbers import book_of, number_text, year_of
from phrom.meetings.models import Meeting
from phrom.meetings.papers.invitation import LETTER, MEMO, invitation_title

KINDS = {LETTER: LetterKind.EXTERNAL, MEMO: LetterKind.MEMO}


class Overtaken(Exception):
    """Another letter took a number that was printed already."""


@dataclass(frozen=True)
class Foreseen:
    """A paper's number as it will be, the book that it is of, and whether it is a circular's."""

    book: str
    circular: bool
    number_text: str
    to: str


def register_of(body: Agency) -> Office | None:
    """The office whose registers number the body's invitations; None where it keeps none here: it has no letter code."""
    office = issuing_office(body)
    return office if office.letter_code else None


def foresee(office: Office, addressed: Mapping[str, str], many: Mapping[str, bool], at: datetime) -> dict[str, Foreseen]:
    """The next numbers, by kind of paper; `addressed` says to whom each goes, `many` which of them are circulars."""
    year = year_of(at)
    last: dict[str, int] = dict(Register.objects.filter(office=office, year=year).values_list("book", "last_number"))
    found = {}
    for kind, to in addressed.items():
        book = str(book_of(KINDS[kind], many[kind], Secrecy.NORMAL, office))
        last[book] = last.get(book, 0) + 1
        found[kind] = Foreseen(book, many[kind], number_text(office, book, last[book], year, many[kind]), to)
    return found


def take(office: Office, foreseen: Mapping[str, Foreseen], meeting: Meeting, *, by: Person, at: datetime) -> None:
    """Take what was foreseen, in the caller's transaction. Raises Overtaken when a number is another by now."""
    for each in foreseen.values():
        columns = Columns(
            subject=invitation_title(meeting),
            from_name=office.agency.name,
            to_name=each.to,
            remark=f"หนังสือเชิญประชุมครั้งที่ {meeting}",
        )
        entry = take_number(office=office, book=each.book, columns=columns, by=by, at=at, circular=each.circular)
        if entry.number_text != each.number_text:
            raise Overtaken
