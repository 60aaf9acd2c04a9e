"""Whatever is created, invited, moved, cancelled and recorded: the numbers of each year are 1 to n, each once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions import calling
from phrom.meetings.actions.calling import Announced, cancel_meeting, change_meeting, issue_invitation
from phrom.meetings.actions.recording import record_meeting
from phrom.meetings.models import Meeting
from phrom.shared.documents.canonical import sha256_of
from phrom.shared.files.store import keep_made
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, LETTER_DATE, make_called, make_committee

pytestmark = pytest.mark.django_db

FIRST, LAST = datetime(2024, 6, 4), datetime(2026, 12, 31)  # noqa: DTZ001  hypothesis wants bounds without a zone
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
numbers = st.integers(1, 4)
acts = st.tuples(st.sampled_from("create create invite invite invite change cancel record".split()), numbers, moments)


def perform(act: str, which: int, moment: datetime, *, body: Agency, by: Person) -> None:
    """One act upon one of the meetings; what is refused is refused."""
    meetings = list(Meeting.objects.filter(body=body).order_by("pk"))
    meeting = meetings[which % len(meetings)] if meetings else make_called(body, by, moment)
    try:
        if act == "create":
            make_called(body, by, moment)
        elif act == "invite":
            issue_invitation(meeting=meeting, letter_number="ก 1", letter_date=LETTER_DATE, by=by, at=CALLED)
        elif act == "change":
            change_meeting(meeting=meeting, announced=Announced(moment, "ห้องอื่น"), by=by, at=CALLED)
        elif act == "cancel":
            cancel_meeting(meeting=meeting, reason="เหตุจำเป็น", by=by, at=CALLED)
        else:
            record_meeting(
                order=meeting.order, number=which, year=moment.year + 543, held_at=moment, venue="ก", by=by, at=CALLED
            )
    except Refusal:
        return


@given(st.lists(acts, min_size=1, max_size=20))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_numbers_of_each_year_are_one_to_n(monkeypatch: Any, sequence: list[tuple[str, int, datetime]]) -> None:
    monkeypatch.setattr(calling, "make", _unprinted)
    body = make_body()
    by = make_member(body, "coordinator")
    make_committee(body)
    given_before: dict[int, str] = {}
    for act, which, moment in sequence:
        perform(act, which, moment, body=body, by=by)
        numbered = {meeting.pk: str(meeting) for meeting in Meeting.objects.filter(body=body, number__isnull=False)}
        assert given_before.items() <= numbered.items(), "a number was taken back or changed"
        given_before = numbered
    _one_to_n(body)


def _one_to_n(body: Agency) -> None:
    by_year: dict[int, list[int]] = {}
    for meeting in Meeting.objects.filter(body=body, number__isnull=False):
        assert meeting.year == local_date(meeting.held_at).year + 543
        by_year.setdefault(meeting.year or 0, []).append(meeting.number or 0)
    for year, given_numbers in by_year.items():
        assert sorted(given_numbers) == list(range(1, len(given_numbers) + 1)), year


def _unprinted(document: Any, body: Any, at: datetime) -> calling.Made:
    """Printing is slow and another test's; the numbers are the point here."""
    return calling.Made(document, sha256_of(document), keep_made([b"%PDF-1.7"], content_type="application/pdf", at=at))
