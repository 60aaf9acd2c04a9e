"""Answers as values: what every other scoring rule eats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Value = bool | int | Decimal | date | str | tuple[str, ...] | None


class Provider(StrEnum):
    """Who provides the thing that is claimed; matters for rows "beyond the parent department"."""

    OWN = "own"
    BOTH = "both"
    PARENT = "parent"
    UNKNOWN = ""


class Stance(StrEnum):
    """What an agency says to the owner's answer where a row is asked once: the same, something more, something else."""

    NONE = ""
    CONFIRMS = "confirms"
    ADDS = "adds"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Proof:
    """One piece of evidence of an answer: its name, the slot it fills (may be empty), the day it was issued, a reference.

    `starts_on` and `ends_on` are the period that it is about, both days included; `page`, `quotation` and `letter` say where
    in it and under which letter number.
    """

    name: str
    slot: str = ""
    issued_on: date | None = None
    ref: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    page: str = ""
    quotation: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Item:
    """One named thing behind a count. Things that were found to be the same carry the same `ref`, whoever named them.

    `proof` is where it can be seen: a web address or a file's SHA-256; empty where nothing shows it.
    """

    ref: str
    name: str
    proof: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer. `value` None and no `cannot` means not answered; `cannot` is the reason why it cannot be answered.

    `items` are the named things that a count stands for; `stance` is what is said to the owner's answer of a row asked once.
    """

    value: Value = None
    detail: str | Decimal | bool | None = None
    provider: Provider = Provider.UNKNOWN
    proofs: tuple[Proof, ...] = ()
    cannot: str = ""
    items: tuple[Item, ...] = ()
    stance: Stance = Stance.NONE

    @property
    def given(self) -> bool:
        """True when somebody said something, be it no, nothing of the list, cannot, or "as the owner says"."""
        return self.value is not None or bool(self.cannot) or self.stance is Stance.CONFIRMS


NOTHING = Answer()


@dataclass(frozen=True)
class AnswerSheet:
    """Answers by row code, of one agency or of the province."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def get(self, code: str) -> Answer:
        """The answer to a row; an empty one when there is none."""
        return self.answers.get(code, NOTHING)


@dataclass(frozen=True)
class AgencySheet:
    """One agency's sheet as the merge sees it. `lead` holds the row codes for which this agency is the owner or in the lead.

    `asked` holds the rows that were put to the agency, so that the merge can name those who have not answered.
    """

    agency: str
    name: str
    sheet: AnswerSheet
    lead: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    @property
    def rows(self) -> frozenset[str]:
        """Codes of every row this agency was asked, leads, or said something about."""
        return self.asked | self.lead | self.sheet.answers.keys()
