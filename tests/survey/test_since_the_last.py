"""What changed since the last sending: on the reviewer's page and the head's, in words; also when nothing did."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.actions.head_step import set_head_approves
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.answering import save_answer
from phrom.survey.actions.approving import take_back
from phrom.survey.actions.evidence import Posted, attach, take_away
from phrom.survey.actions.reviewing import return_to_agency, seen_marks, seen_of
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Ask, EvidenceLink
from phrom.survey.pages.answering import sheet_for
from phrom.survey.pages.approving import approval_page
from phrom.survey.pages.changes import Since
from phrom.survey.pages.review_ask import review_page
from tests.factories.agencies import make_member
from tests.factories.survey import AT, make_answer, make_ask

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Row:
    """A row that was answered with one piece of evidence and sent once."""

    def __init__(self) -> None:
        self.id = make_ask(code="P1.3").pk
        ask = Ask.objects.get(pk=self.id)
        make_answer(ask, "แผนปี 2566")
        self.official, self.reviewer = make_member(ask.agency), make_member(ask.round.body, "coordinator")
        self.paper("เก่า", AT - HOUR)
        self.send(AT)

    @property
    def ask(self) -> Ask:
        return Ask.objects.select_related("agency", "round__body", "round__survey", "answer").get(pk=self.id)

    def paper(self, name: str, at: datetime) -> None:
        attach(ask=self.ask, posted=Posted(url=f"https://example.org/{name}"), by=self.official, at=at)

    def send(self, at: datetime) -> None:
        submit_answers(round=self.ask.round, agency=self.ask.agency, by=self.official, at=at, as_it_is={self.id})

    def give_back(self, at: datetime) -> None:
        return_to_agency(ask=self.ask, reason="ขอแผนปี 2567", seen=seen_of(self.ask), by=self.reviewer, at=at)

    def mend(self, at: datetime) -> None:
        content = {"value": "แผนปี 2567", "detail": None, "provider": "", "cannot": ""}
        save_answer(ask=self.ask, content=content, version=self.ask.answer.version, by=self.official, at=at)
        take_away(
            link=EvidenceLink.objects.select_related("ask__round__body", "ask__agency", "evidence").get(),
            by=self.official,
            at=at,
        )
        self.paper("ใหม่", at)

    def since(self) -> Since | None:
        return review_page(access_of(self.reviewer, local_date(AT)), self.id, local_date(AT)).since


@pytest.fixture
def row() -> Row:
    return Row()


def test_the_first_sending_has_nothing_before_it(row: Row) -> None:
    assert row.since() is None


def test_answer_and_evidence_are_told_old_and_new(row: Row) -> None:
    row.give_back(AT + HOUR)
    row.mend(AT + 2 * HOUR)
    assert row.since() is None, "a draft is not a sending"
    row.send(AT + 3 * HOUR)
    since = row.since()
    assert since is not None
    assert [(part.part, part.before, part.after) for part in since.parts] == [("คำตอบ", "แผนปี 2566", "แผนปี 2567")]
    assert (since.number, since.added, since.removed) == (2, ("https://example.org/ใหม่",), ("https://example.org/เก่า",))


def test_what_came_again_as_it_was_is_said_so(row: Row, client: Client) -> None:
    row.give_back(AT + HOUR)
    row.send(AT + 2 * HOUR)
    since = row.since()
    assert since is not None and since.same
    client.force_login(row.reviewer)
    text = client.get(reverse("review_ask", args=[row.id])).content.decode()
    assert "ส่งครั้งที่ 2: เปลี่ยนอะไร" in text and "ส่งตามเดิม" in text


def test_what_stood_before_and_stands_still_is_not_told(row: Row) -> None:
    row.give_back(AT + HOUR)
    row.paper("ชั่วคราว", AT + HOUR)
    take_away(
        link=EvidenceLink.objects.select_related("ask__round__body", "ask__agency", "evidence").latest("pk"),
        by=row.official,
        at=AT + 2 * HOUR,
    )
    row.send(AT + 3 * HOUR)
    since = row.since()
    assert since is not None and since.same


def test_the_head_sees_what_changed_since_she_saw_it(row: Row) -> None:
    head = make_member(row.ask.agency, "head")
    set_head_approves(agency=row.ask.agency, approves=True, by=head, at=AT)
    row.give_back(AT + HOUR)
    row.mend(AT + 2 * HOUR)
    row.send(AT + 3 * HOUR)
    assert row.since() is None, "the coordinator has it not yet"

    def shown() -> Since | None:
        access = access_of(head, local_date(AT))
        sheet = sheet_for(access, "answer.approve", row.ask.round_id, row.ask.agency_id)
        (waiting,) = approval_page(sheet, AT).rows
        return waiting.since

    first = shown()
    assert first is not None and [part.after for part in first.parts] == ["แผนปี 2567"]
    marks = seen_marks(Ask.objects.filter(pk=row.id))
    take_back(round=row.ask.round, agency=row.ask.agency, seen=marks, reason="ตรวจอีกครั้ง", by=head, at=AT + 4 * HOUR)
    row.send(AT + 5 * HOUR)
    again = shown()
    assert again is not None and again.same and again.number == 3
