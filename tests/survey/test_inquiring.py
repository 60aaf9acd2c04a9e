"""Inquiries: asked about a row, answered by its agency, closed by the reviewer; nothing of the row changes by it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.models import Person
from phrom.desk.pages import desk_page
from phrom.shared.journal.models import AuditEvent
from phrom.shared.thai.clock import local_date
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.inquiring import InquiryClosed, NothingSaid, ask_further, close_inquiry, inquire, reply
from phrom.survey.models import Ask, AskState, Inquiry, InquiryNote, Round
from phrom.survey.pages.board import board_page
from phrom.survey.pages.row_inquiries import threads_of
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_answered, make_inquiry, make_round

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
TODAY = local_date(AT)
KEY = "a-key-of-at-least-16-letters"


@pytest.fixture
def ask() -> Ask:
    return make_answered()


@pytest.fixture
def reviewer(ask: Ask) -> Person:
    return make_member(ask.round.body, "coordinator")


@pytest.fixture
def official(ask: Ask) -> Person:
    return make_member(ask.agency)


def state(ask: Ask) -> str:
    return threads_of([ask])[ask.pk][0].state


def test_open_answered_open_again_closed(ask: Ask, reviewer: Person, official: Person) -> None:
    inquiry = inquire(ask=ask, text="ลงนามเมื่อใด", by=reviewer, at=AT)
    seen = [state(ask)]
    reply(inquiry=inquiry, text="1 มิ.ย. 2567", by=official, at=AT)
    seen.append(state(ask))
    ask_further(inquiry=inquiry, text="มีสำเนาหรือไม่", by=reviewer, at=AT)
    seen.append(state(ask))
    close_inquiry(inquiry=inquiry, by=reviewer, at=AT)
    close_inquiry(inquiry=inquiry, by=official, at=AT)
    assert [*seen, state(ask)] == ["open", "answered", "open", "closed"]
    assert Inquiry.objects.get().closed_by == reviewer, "closing twice is closing once"
    events = AuditEvent.objects.filter(event__startswith="inquiry.").order_by("id").values_list("event", flat=True)
    assert list(events) == ["inquiry.opened", "inquiry.answered", "inquiry.asked", "inquiry.closed"]


@pytest.mark.parametrize("row_state", [AskState.OPEN, AskState.SUBMITTED, AskState.ACCEPTED, AskState.RETURNED])
def test_talk_changes_no_row_whatever_its_state(ask: Ask, reviewer: Person, official: Person, row_state: str) -> None:
    Ask.objects.update(state=row_state)
    before = Ask.objects.values().get(), ask.answer.version
    reply(inquiry=inquire(ask=ask, text="ถาม", by=reviewer, at=AT), text="ตอบ", by=official, at=AT)
    assert (Ask.objects.values().get(), Ask.objects.get().answer.version) == before


@pytest.mark.parametrize("text", ["", "  \n ", "ก" * 2001, "ก\0ข"])
def test_no_words_and_too_many_are_refused(ask: Ask, reviewer: Person, text: str) -> None:
    with pytest.raises(NothingSaid):
        inquire(ask=ask, text=text, by=reviewer, at=AT)
    assert not Inquiry.objects.exists()


def test_a_closed_inquiry_a_withdrawn_row_and_a_frozen_round_take_no_words(
    ask: Ask, reviewer: Person, official: Person
) -> None:
    inquiry = make_inquiry(ask)
    close_inquiry(inquiry=inquiry, by=reviewer, at=AT)
    with pytest.raises(InquiryClosed):
        reply(inquiry=inquiry, text="ตอบ", by=official, at=AT)
    Ask.objects.update(withdrawn_by=reviewer, withdrawn_at=AT)
    with pytest.raises(InquiryClosed):
        inquire(ask=ask, text="ถาม", by=reviewer, at=AT)
    Round.objects.update(frozen_by=reviewer, frozen_at=AT)
    for act in (
        lambda: inquire(ask=ask, text="ถาม", by=reviewer, at=AT),
        lambda: close_inquiry(inquiry=inquiry, by=reviewer, at=AT),
    ):
        with pytest.raises(RoundClosed):
            act()
    assert InquiryNote.objects.count() == 1


def test_both_sides_find_it_on_their_first_page(ask: Ask, reviewer: Person, official: Person) -> None:
    inquiry = make_inquiry(ask)
    waits = {who: [task.what for task in desk_page(access_of(who, TODAY), AT).tasks] for who in (official, reviewer)}
    assert "ตอบข้อซักถามของผู้ประสานงาน" in waits[official] and "อ่านคำตอบข้อซักถาม" not in waits[reviewer]
    (part,) = desk_page(access_of(official, TODAY), AT).own
    assert [(row.code, row.tag[1]) for row in part.rows] == [("P1.1", "มีข้อซักถาม")]
    reply(inquiry=inquiry, text="ตอบ", by=official, at=AT)
    assert "ตอบข้อซักถามของผู้ประสานงาน" not in [task.what for task in desk_page(access_of(official, TODAY), AT).tasks]
    assert "อ่านคำตอบข้อซักถาม" in [task.what for task in desk_page(access_of(reviewer, TODAY), AT).tasks]
    close_inquiry(inquiry=inquiry, by=reviewer, at=AT)
    assert "อ่านคำตอบข้อซักถาม" not in [task.what for task in desk_page(access_of(reviewer, TODAY), AT).tasks]


def test_the_board_counts_whose_turn_it_is(ask: Ask, reviewer: Person) -> None:
    make_inquiry(ask)
    make_inquiry(make_answered(ask.round, ask.agency, "P1.3", "ก"), answer="ตอบแล้ว")
    (row,) = board_page(ask.round, access_of(reviewer, TODAY), TODAY, show="asked").rows
    assert (row.all.asked, row.all.told) == (1, 1)


def test_it_is_asked_on_the_review_page_and_answered_on_the_answering_page(
    ask: Ask, reviewer: Person, official: Person, client: Client
) -> None:
    client.force_login(reviewer, backend=BACKEND)
    for _ in range(2):
        posted = client.post(reverse("inquiry_begin", args=[ask.pk]), {"once": KEY, "text": "ลงนาม <b>เมื่อใด</b>"})
        assert posted.headers["Location"] == reverse("review_ask", args=[ask.pk]) + "#inquiries"
    inquiry = Inquiry.objects.get()
    client.force_login(official, backend=BACKEND)
    page = client.get(reverse("answering_section", args=[ask.round_id, ask.agency_id, "p1-1"])).content.decode()
    assert "ลงนาม &lt;b&gt;เมื่อใด&lt;/b&gt;" in page and f'form="q{inquiry.pk}"' in page
    client.post(reverse("inquiry_reply", args=[inquiry.pk]), {"once": KEY + "2", "text": "1 มิ.ย."})
    client.force_login(reviewer, backend=BACKEND)
    text = client.get(reverse("review_ask", args=[ask.pk])).content.decode()
    assert "1 มิ.ย." in text and "หน่วยงานตอบแล้ว" in text
    assert "หน่วยงานตอบข้อซักถามแล้ว 1 ข้อ" in client.get(reverse("review", args=[ask.round_id])).content.decode()


def test_others_reach_neither_side(ask: Ask, reviewer: Person, official: Person, client: Client) -> None:
    inquiry = make_inquiry(ask)
    for person, routes in (
        (make_member(make_agency(ask.round.body)), ("inquiry_reply", "inquiry_further", "inquiry_close")),
        (official, ("inquiry_further", "inquiry_close")),
        (reviewer, ("inquiry_reply",)),
        (make_member(make_round().body, "coordinator"), ("inquiry_further", "inquiry_close")),
    ):
        client.force_login(person, backend=BACKEND)
        codes = {client.post(reverse(r, args=[inquiry.pk]), {"once": KEY, "text": "ก"}).status_code for r in routes}
        assert codes == {404}
    assert InquiryNote.objects.count() == 1


def test_a_section_without_inquiries_costs_nothing_and_any_number_two_queries(
    ask: Ask, official: Person, client: Client
) -> None:
    rows = [make_answered(ask.round, ask.agency, "P1.2", ["ai"]), ask]
    client.force_login(official, backend=BACKEND)
    where = reverse("answering_section", args=[ask.round_id, ask.agency_id, "p1-1"])
    client.get(where)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(where)
        return len(captured)

    bare = queries()
    make_inquiry(ask)
    assert queries() == bare + 2
    for number in range(4):
        make_inquiry(rows[number % 2], answer="ตอบ")
    assert queries() == bare + 2
