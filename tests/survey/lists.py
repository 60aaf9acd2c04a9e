"""Two offices of a province that answer the real questionnaire's rows with lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Edition
from phrom.survey.actions.listing import Thing, add_items
from phrom.survey.models import Answer, Ask, ListItem, Round
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import AT, make_ask, make_round
from tests.rules.instrument.broken import EDITION

CODES = tuple("P2.2.1.1 P2.2.1.3 P2.2.2 P2.2.3.1 P3.1 P4.1 P4.1.1 P4.2 P4.2.1 P4.2.2 P5.1 P7.1 P1.1".split())


@cache
def real_edition() -> Edition:
    """The edition of 2567."""
    return load_edition(EDITION)


@dataclass(frozen=True)
class Listing:
    """A round, an office with its asks by code and its official, a second office, the coordinator."""

    round: Round
    office: Agency
    other: Agency
    official: Person
    coordinator: Person
    asks: dict[str, Ask] = field(default_factory=dict)
    others: dict[str, Ask] = field(default_factory=dict)

    def add(self, *things: Thing, kind: str = "services", agency: Agency | None = None) -> list[ListItem]:
        """Write things down at the first office, or the other."""
        office = agency or self.office
        return add_items(round=self.round, agency=office, kind=kind, things=things, by=self.official, at=AT)

    def said(self, code: str) -> object:
        """What is stored as the first office's answer to a row; None for nothing."""
        answer = Answer.objects.filter(ask=self.asks[code]).first()
        return answer.content["value"] if answer else None


def make_listing() -> Listing:
    """The cast, with nothing written down."""
    body = make_body()
    round = make_round(body, real_edition())
    office, other = make_agency(body, "สำนักงานเกษตรจังหวัดเชียงใหม่"), make_agency(body, "สำนักงานพาณิชย์จังหวัดเชียงใหม่")
    asks = {code: make_ask(round, office, code) for code in CODES}
    others = {code: make_ask(round, other, code) for code in CODES}
    return Listing(round, office, other, make_member(office), make_member(body, "coordinator"), asks, others)


def service(name: str = "ระบบจองคิว", provider: str = "parent", *, digital: bool = True, url: str = "") -> Thing:
    """A service as the form gives it."""
    return Thing(name, provider, digital, url=url)
