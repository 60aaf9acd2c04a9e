"""Every way in, tried on rows that left the agency: refused, and not one letter of what was sent is another afterwards.

Each way is tried with what the page read before the sending and with what it reads after it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Agency, Person
from phrom.shared.files.models import StoredFile
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import Entry, confirmable_by, save_answer, save_section
from phrom.survey.actions.bulk import file_away
from phrom.survey.actions.carrying_over import put_away_carried, use_carried
from phrom.survey.actions.confirming import confirm
from phrom.survey.actions.evidence import Posted, Upload, attach, attach_stored, take_away
from phrom.survey.actions.filing import About, Spot
from phrom.survey.actions.library import describe, describe_link, describe_under, replace, use, use_newest
from phrom.survey.actions.listing import Thing, add_items, change_item, remove_item, take_from_list
from phrom.survey.actions.workbook import apply_workbook
from phrom.survey.models import Answer, AnswerVersion, Ask, AskState, CarriedAnswer, Evidence, EvidenceLink, ListItem, Round
from phrom.survey.owners import mark_of
from phrom.survey.sheets import province_of
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import (
    AT,
    listing_edition,
    make_answer,
    make_ask,
    make_asked_once,
    make_item,
    make_piece,
    make_round,
    make_stored_file,
)

pytestmark = pytest.mark.django_db
S = AskState
PAPER = b"%PDF-1.7 another paper\n%%EOF"
NEW = {"value": "ข้อความอื่น"}


@dataclass
class Sent:
    """A text with its evidence and a number with its list, both sent; and a row that is still open."""

    round: Round
    agency: Agency
    by: Person
    text: Ask
    number: Ask
    free: Ask
    link: EvidenceLink
    item: ListItem
    newer: Evidence

    def reread(self) -> Sent:
        """The same as a page reads it now."""
        asks = Ask.objects.select_related("agency", "round__body", "round__survey", "answer")
        told = {name: asks.get(pk=getattr(self, name).pk) for name in ("text", "number")}
        free = Ask.objects.select_related("agency", "round__body", "round__survey").get(pk=self.free.pk)
        link = EvidenceLink.objects.select_related(
            "evidence__agency", "evidence__file", "ask__agency", "ask__round__body", "ask__round__survey"
        ).get(pk=self.link.pk)
        item = ListItem.objects.select_related("round__body", "round__survey", "agency").get(pk=self.item.pk)
        return Sent(self.round, self.agency, self.by, told["text"], told["number"], free, link, item, self.newer)

    def everything(self) -> tuple[object, ...]:
        """What was sent, as it lies in the tables and as the province reads it."""
        asks = (self.text.pk, self.number.pk)
        evidence = Evidence.objects.filter(links__ask__in=asks, links__removed_at=None)
        return (
            list(Ask.objects.filter(pk__in=asks).order_by("pk").values()),
            list(Answer.objects.filter(ask__in=asks).order_by("pk").values()),
            list(AnswerVersion.objects.filter(ask__in=asks).order_by("pk").values()),
            list(EvidenceLink.objects.filter(ask__in=asks).order_by("pk").values()),
            list(evidence.order_by("pk").values()),
            list(ListItem.objects.order_by("pk").values()),
            list(CarriedAnswer.objects.order_by("pk").values()),
            str(province_of(self.round, listing_edition(), reviewed_only=False)),
        )


@pytest.fixture
def sent() -> Sent:
    round = make_round(edition=listing_edition())
    agency = make_agency(round.body)
    by = make_member(agency)
    owner = make_ask(round, make_agency(round.body), "P1.3", S.SUBMITTED, lead=True)
    make_answer(owner, "ตามแผนของจังหวัด")
    make_asked_once(round, "P1.3")
    text, number = make_ask(round, agency, "P1.3"), make_ask(round, agency, "P2.1.1")
    free = make_ask(round, agency, "P1.1")
    make_answer(text, "ข้อความที่ส่ง")
    make_answer(number, 1)
    CarriedAnswer.objects.create(ask=text, content=NEW, from_year=2566, from_code="P1.3", relation="equal", by=by, at=AT)
    piece = make_piece(agency, "แผน.pdf", sha256="c" * 64)
    link = EvidenceLink.objects.create(ask=text, evidence=piece, page="1", added_by=by, added_at=AT)
    newer = replace(evidence=piece, url="https://www.chiangmai.go.th/new.pdf", about=About(), by=by, at=AT)
    return Sent(round, agency, by, text, number, free, link, make_item(round, agency), newer)


def thing(name: str = "ระบบอื่น") -> Thing:
    return Thing(name, "parent", is_digital=True)


def paper(name: str = "อื่น.pdf") -> Upload:
    return Upload(name, [PAPER])


def posted(sent: Sent, posted: Posted) -> None:
    for _, refusal in attach(ask=sent.text, posted=posted, by=sent.by, at=AT).refused:
        raise refusal


def entries(sent: Sent) -> list[Entry]:
    return [Entry(sent.text, NEW, 1), Entry(sent.number, {"value": 8}, 1)]


def page(sent: Sent) -> None:
    outcome = save_section(round=sent.round, agency=sent.agency, entries=entries(sent), by=sent.by, at=AT)
    assert outcome.saved == []
    raise outcome.refused[sent.text.pk]


def bulk(sent: Sent) -> None:
    asks = {"P1.3": sent.text}
    edition = listing_edition()
    [told] = file_away(
        round=sent.round, agency=sent.agency, edition=edition, asks=asks, uploads=[paper("P1.3_แผน.pdf")], by=sent.by, at=AT
    )
    assert told.fate in ("conflict", "duplicate")


def again_with_more(sent: Sent) -> None:
    """The same content under the open row, with what nobody said of it before."""
    more = {"letter": "ชม 0017/99", "issued_on": date(2024, 5, 1)}
    again = Evidence(agency=sent.agency, name="แผน.pdf", file=sent.link.evidence.file, added_by=sent.by, added_at=AT, **more)
    use(ask=sent.free, evidence=again, spot=Spot(), by=sent.by, at=AT)


def same_stored(sent: Sent) -> None:
    stored = StoredFile.objects.filter(sha256="d" * 64).first() or make_stored_file("d" * 64)
    attach_stored(ask=sent.text, stored=stored, name="อื่น.pdf", slot="", issued_on=None, by=sent.by, at=AT)


def put(sent: Sent, way: str, body: Any, **more: str) -> None:
    client = Client()
    client.force_login(sent.by)
    told = getattr(client, way)(f"/api/asks/{sent.text.pk}/{more.pop('to')}", body, **more)
    assert told.status_code == 409, told.content
    raise Refused


class Refused(Refusal):
    """The programs' way says no with a status."""

    def __init__(self) -> None:
        super().__init__("-", "-")


SAID = About(letter="ชม 0017/1", issued_on=date(2024, 1, 1))
WAYS: dict[str, Callable[[Sent], object]] = {
    "a row is saved": lambda s: save_answer(ask=s.text, content=NEW, version=1, by=s.by, at=AT),
    "a page is saved": page,
    "a workbook": lambda s: apply_workbook(round=s.round, agency=s.agency, entries=entries(s), sha256="a" * 64, by=s.by, at=AT),
    "a program saves": lambda s: put(s, "put", {"content": NEW, "version": 1}, to="answer", content_type="application/json"),
    "a program attaches": lambda s: put(s, "post", {"url": "https://example.org/a"}, to="evidence"),
    "last year's text is used": lambda s: use_carried(ask=s.text, version=1, by=s.by, at=AT),
    "last year's text is put away": lambda s: put_away_carried(ask=s.text, by=s.by, at=AT),
    "the owner is confirmed": lambda s: confirm(ask=s.text, seen=mark_of(confirmable_by(s.text)), version=1, by=s.by, at=AT),
    "an address": lambda s: posted(s, Posted(url="https://example.org/b")),
    "a file": lambda s: posted(s, Posted(uploads=(paper(),))),
    "a paper of the system": same_stored,
    "many files": bulk,
    "evidence is taken away": lambda s: take_away(link=s.link, by=s.by, at=AT),
    "a piece of the library": lambda s: use(ask=s.text, evidence=s.newer, spot=Spot(), by=s.by, at=AT),
    "the newest version": lambda s: use_newest(link=s.link, newest=s.newer, by=s.by, at=AT),
    "a piece is said anew": lambda s: describe(evidence=s.link.evidence, about=SAID, by=s.by, at=AT),
    "its place is said anew": lambda s: describe_link(link=s.link, spot=Spot(page="9"), by=s.by, at=AT),
    "both are said anew": lambda s: describe_under(link=s.link, spot=Spot(page="9"), about=SAID, name="", by=s.by, at=AT),
    "the same content elsewhere": again_with_more,
    "a new version": lambda s: replace(evidence=s.newer, upload=paper("ใหม่.pdf"), about=SAID, by=s.by, at=AT),
    "a thing is added": lambda s: add_items(round=s.round, agency=s.agency, kind="services", things=[thing()], by=s.by, at=AT),
    "a thing is changed": lambda s: change_item(item=s.item, thing=thing(), version=1, by=s.by, at=AT),
    "a thing is removed": lambda s: remove_item(item=s.item, by=s.by, at=AT),
    "the list's number": lambda s: take_from_list(ask=s.number, version=1, by=s.by, at=AT),
}
SERVED = {"many files", "the same content elsewhere", "a new version"}
"""These do something else than change what was sent, and are not refused for it."""


@pytest.mark.parametrize("state", [S.WITH_HEAD, S.SUBMITTED, S.ACCEPTED])
@pytest.mark.parametrize("way", sorted(WAYS))
def test_no_way_in_changes_what_was_sent(sent: Sent, way: str, state: S) -> None:
    if way == "the list's number":
        Answer.objects.filter(ask=sent.number).update(content={"value": 5, "detail": None, "provider": "", "cannot": ""})
    stale = sent.reread()
    Ask.objects.filter(pk__in=[sent.text.pk, sent.number.pk]).update(state=state)
    before = sent.everything()
    for each in (stale, sent.reread()):
        served = False
        with suppress(Refusal):
            WAYS[way](each)
            served = True
        assert sent.everything() == before
        assert way in SERVED or not served


@pytest.mark.parametrize("way", sorted(WAYS.keys() - SERVED))
def test_while_it_is_open_every_way_is_a_way(sent: Sent, way: str) -> None:
    """Else the refusals above would prove nothing."""
    if way == "the list's number":
        Answer.objects.filter(ask=sent.number).update(content={"value": 5, "detail": None, "provider": "", "cannot": ""})
    before = sent.everything()
    with suppress(AssertionError, KeyError):  # the ways that look at their refusals find none
        WAYS[way](sent.reread())
    assert sent.everything() != before
