"""One agency's later deadline: who is late, where and in whose eyes; on the last second of the day in Thailand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency
from phrom.desk.pages import desk_page
from phrom.shared.journal.models import AuditEvent
from phrom.survey.actions.closed import RoundClosed
from phrom.survey.actions.extending import AgencyNotAsked, BadExtension, extend
from phrom.survey.actions.letters import owed_by
from phrom.survey.actions.reviewing import ReasonMissing
from phrom.survey.actions.submitting import submit_answers
from phrom.survey.models import Ask, AskState, Extension, Round
from phrom.survey.models.deadlines import deadline_of
from phrom.survey.pages.board import BoardRow, board_page
from phrom.survey.pages.my_asks import my_asks_page
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import AT, DEADLINE, make_answer, make_answered, make_ask, make_extension, make_round

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
WEEK = DEADLINE + timedelta(days=7)
WHY = "รอผลตรวจสอบจากกรม"
KEY = "a-key-of-at-least-16-letters"


@pytest.fixture
def round() -> Round:
    return make_round()


@pytest.fixture
def agency(round: Round) -> Agency:
    agency = make_agency(round.body)
    make_ask(round, agency)
    return agency


def midnight(day: date, seconds: int = 0) -> datetime:
    """That many seconds after the day ends in Thailand."""
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC) + timedelta(seconds=seconds)


def give(round: Round, agency: Agency, until: date, at: datetime = AT, reason: str = WHY) -> Extension:
    return extend(round=round, agency=agency, until=until, reason=reason, by=round.opened_by, at=at)


def line(round: Round, agency: Agency, today: date) -> BoardRow:
    page = board_page(round, access_of(make_member(round.body, "coordinator"), today), today)
    return next(row for row in page.rows if row.agency_id == agency.pk)


def test_the_newest_counts_for_its_agency_alone(round: Round, agency: Agency) -> None:
    other = make_agency(round.body)
    give(round, agency, WEEK)
    assert (deadline_of(round, agency), deadline_of(round, other)) == (WEEK, DEADLINE)
    give(round, agency, DEADLINE)
    assert deadline_of(round, agency) == DEADLINE, "taken back by a newer one"
    event = AuditEvent.objects.filter(event="agency.extended").latest("id")
    assert (event.details["until"], event.details["reason"]) == ("2024-06-21", WHY)


@pytest.mark.parametrize(
    ("until", "at"),
    [
        (DEADLINE - timedelta(days=1), AT),
        (DEADLINE, AT),
        (DEADLINE + timedelta(days=1), midnight(DEADLINE + timedelta(days=1))),
        (date(2657, 6, 28), AT),
    ],
    ids=["before the round's own day", "the day that holds already", "yesterday", "a year mistyped"],
)
def test_days_that_cannot_be_are_refused(round: Round, agency: Agency, until: date, at: datetime) -> None:
    with pytest.raises(BadExtension):
        give(round, agency, until, at)
    assert not Extension.objects.exists()


def test_nobody_asked_no_reason_and_a_frozen_round_are_refused(round: Round, agency: Agency) -> None:
    with pytest.raises(AgencyNotAsked):
        give(round, make_agency(round.body), WEEK)
    with pytest.raises(ReasonMissing):
        give(round, agency, WEEK, reason=" ก ")
    Ask.objects.update(withdrawn_by=round.opened_by, withdrawn_at=AT)
    with pytest.raises(AgencyNotAsked):
        give(round, agency, WEEK)
    Round.objects.update(frozen_by=round.opened_by, frozen_at=AT)
    with pytest.raises(RoundClosed):
        give(round, agency, WEEK)


@pytest.mark.parametrize(
    ("extended", "at", "late"),
    [
        (False, midnight(DEADLINE, -1), False),
        (False, midnight(DEADLINE), True),
        (True, midnight(DEADLINE), False),
        (True, midnight(WEEK, -1), False),
        (True, midnight(WEEK), True),
    ],
)
def test_sent_on_time_is_until_the_last_second_of_the_agencys_own_day(
    round: Round, agency: Agency, extended: bool, at: datetime, late: bool
) -> None:
    if extended:
        make_extension(round, agency, WEEK)
    make_answer(Ask.objects.get(), False)
    submit_answers(round=round, agency=agency, by=make_member(agency), at=at)
    assert AuditEvent.objects.get(event="answers.submitted").details["late"] is late
    row = line(round, agency, WEEK)
    assert (row.all.late, row.all.on_time) == ((1, 0) if late else (0, 1))


def test_what_was_first_sent_on_time_is_not_late_when_it_was_mended(round: Round) -> None:
    ask = make_answered(round)
    ask.reviews.create(kind="returned", reason="ขอฉบับลงนาม", version=1, by=round.opened_by, at=AT)
    ask.reviews.create(kind="submitted", version=2, by=round.opened_by, at=midnight(WEEK))
    assert line(round, ask.agency, WEEK).all.late == 0


def test_an_agency_with_time_left_is_late_nowhere(round: Round, agency: Agency) -> None:
    today, official = DEADLINE + timedelta(days=2), make_member(agency)
    assert line(round, agency, today).late
    make_extension(round, agency, WEEK)
    row = line(round, agency, today)
    assert (row.late, row.deadline, row.extended) == (False, WEEK, True)
    access, at = access_of(official, today), midnight(today, -60)
    assert my_asks_page(access, at).parts[0].days == 5
    assert {task.days for task in desk_page(access, at).tasks} == {5}
    assert owed_by(round, agency).until == WEEK


def test_the_page_gives_an_extension_once_and_lists_them(round: Round, agency: Agency, client: Client) -> None:
    client.force_login(make_member(round.body, "coordinator"), backend=BACKEND)
    where = reverse("extensions", args=[round.pk])
    Round.objects.update(internal_deadline=date(2099, 1, 1))
    typed = {"once": KEY, "agency": agency.pk, "until": "28 มิ.ย. 2570", "reason": WHY}
    refused = client.post(where, typed)
    assert refused.status_code == 422 and "28 มิ.ย. 2570" in refused.content.decode()
    for _ in range(2):
        assert client.post(where, typed | {"until": "1/2/2642"}).status_code == 302
    assert Extension.objects.count() == 1
    text = client.get(where).content.decode()
    assert agency.name in text and WHY in text and "1 ก.พ. 2642" in text


@pytest.mark.parametrize("field", ["agency", "until", "reason"])
def test_what_is_missing_is_said_beside_its_field(round: Round, agency: Agency, client: Client, field: str) -> None:
    client.force_login(make_member(round.body, "coordinator"), backend=BACKEND)
    typed = {"once": KEY, "agency": agency.pk, "until": "28/6/2567", "reason": WHY} | {field: ""}
    assert client.post(reverse("extensions", args=[round.pk]), typed).status_code == 422


def test_an_agency_of_elsewhere_is_no_choice_and_the_page_is_the_reviewers(
    round: Round, agency: Agency, client: Client
) -> None:
    where = reverse("extensions", args=[round.pk])
    client.force_login(make_member(round.body, "coordinator"), backend=BACKEND)
    abroad = make_agency(make_body())
    assert client.post(where, {"once": KEY, "agency": abroad.pk, "until": "1/7/2570", "reason": WHY}).status_code == 422
    for person in (make_member(agency), make_member(round.body, "chair"), make_member(make_body(), "coordinator")):
        client.force_login(person, backend=BACKEND)
        assert client.get(where).status_code in (403, 404)
    assert not Ask.objects.exclude(state=AskState.OPEN).exists()
