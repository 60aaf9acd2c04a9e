"""ตัวเลขการใช้งานจริงเท่ากับการนับทีละฉบับ ไม่นับหนังสือลับและหนังสือที่ส่งด้วยมือ และนับได้เร็ว.

Adoption equals a count letter by letter in plain Python; secret letters and those by hand are not in it; five queries.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from phrom.letters.models import Incoming, Recipient, Secrecy, Via
from phrom.rollout.adoption import Adoption, adoption_of, facts_of
from phrom.rollout.models import Programme
from phrom.shared.thai.dates import bangkok
from tests.factories.agencies import make_member
from tests.factories.letters import make_accepted, make_draft, make_incoming, make_issued, make_office, make_recipient
from tests.factories.rollout import AT, TODAY, full_province, make_enrolment, many_letters

pytestmark = pytest.mark.django_db


class Count:
    """One office, counted letter by letter."""

    def __init__(self) -> None:
        self.sent: set[int] = set()
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.taken = self.handled = self.lately = 0
        self.months: Counter[tuple[int, int]] = Counter()

    def act(self, at: datetime) -> None:
        self.last = max(self.last or at, at)


def counted_slowly(programme: Programme) -> dict[int, Count]:
    """Every row is fetched and looked at on its own; nothing is asked of the database but the rows."""
    found: dict[int, Count] = defaultdict(Count)
    for to in Recipient.objects.select_related("letter__office"):
        letter = to.letter
        electronic = to.via != Via.HAND and letter.secrecy == Secrecy.NORMAL
        if electronic and letter.voided_at is None and to.state in ("delivered", "accepted") and letter.issued_at:
            each = found[letter.office.agency_id]
            each.sent.add(letter.pk)
            each.first = min(each.first or letter.issued_at, letter.issued_at)
            each.act(letter.issued_at)
    for came in Incoming.objects.select_related("office"):
        if came.via == Via.HAND or came.secrecy != Secrecy.NORMAL or came.recalled_at or came.accepted_at is None:
            continue
        if came.accepted_at > AT:
            continue
        each = found[came.office.agency_id]
        each.taken += 1
        each.act(came.accepted_at)
        if came.closed_at is None or came.closed_at > AT:
            continue
        each.act(came.closed_at)
        if came.closed_at - came.arrived_at <= timedelta(days=programme.handled_within_days):
            local = bangkok(came.closed_at)
            each.handled += 1
            each.lately += came.closed_at > AT - timedelta(days=programme.active_within_days)
            each.months[local.year, local.month] += 1
    return found


@pytest.fixture(scope="module")
def counted(django_db_setup: None, django_db_blocker: Any) -> Iterator[Programme]:
    """211 offices with 10,000 letters, made once and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        programme = full_province()
        many_letters(programme)
        yield programme
        transaction.set_rollback(True)


def test_every_figure_of_every_office_equals_a_count_letter_by_letter(counted: Programme) -> None:
    slowly = counted_slowly(counted)
    adoption = adoption_of(counted, AT)
    assert len(adoption.lines) == 211
    assert sum(len(each.sent) for each in slowly.values()) > 1000
    assert sum(each.handled for each in slowly.values()) > 500
    for line in adoption.lines:
        each, facts = slowly[line.enrolment.local_government.agency_id], line.facts
        assert (facts.sent, facts.taken, facts.handled, facts.handled_lately) == (
            len(each.sent),
            each.taken,
            each.handled,
            each.lately,
        )
        assert facts.first_sent_on == (bangkok(each.first).date() if each.first else None)
        assert facts.last_on == (bangkok(each.last).date() if each.last else None)
        assert facts.months == tuple(each.months[day.year, day.month] for day in adoption.months)


def test_the_stages_of_the_province_equal_those_of_the_slow_count(counted: Programme) -> None:
    adoption = adoption_of(counted, AT)
    assert Counter(line.standing.stage for line in adoption.lines) == Counter(
        slow_stage(counted, each) for each in by_office(counted, adoption)
    )


def by_office(programme: Programme, adoption: Adoption) -> list[Count]:
    slowly = counted_slowly(programme)
    return [slowly[line.enrolment.local_government.agency_id] for line in adoption.lines]


def slow_stage(programme: Programme, each: Count) -> str:
    """The definitions of the dashboard, said again in other words; nobody here has an account."""
    if each.lately:
        return "active"
    if each.last is None:
        return "invited"
    if (TODAY - bangkok(each.last).date()).days > programme.active_within_days:
        return "quiet"
    return "first_letter" if each.first else "joined"


def test_the_trend_is_the_sum_of_the_offices(counted: Programme) -> None:
    slowly, adoption = counted_slowly(counted), adoption_of(counted, AT)
    for month, letters, offices in adoption.trend:
        monthly = [each.months[month.year, month.month] for each in slowly.values()]
        assert (letters, offices) == (sum(monthly), sum(one > 0 for one in monthly))
    assert [month for month, _, _ in adoption.trend] == [date(2024, month, 1) for month in range(1, 7)]


def test_one_office_alone_has_the_same_figures(counted: Programme) -> None:
    for line in adoption_of(counted, AT).lines[::40]:
        assert facts_of(line.enrolment, AT).facts == line.facts


def test_six_queries_whatever_the_number_and_under_300_ms(counted: Programme) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        adoption_of(counted, AT)
    assert len(queries) == 6
    took = []
    for _ in range(3):
        before = time.perf_counter()
        adoption_of(counted, AT)
        took.append(time.perf_counter() - before)
    print(f"\nadoption of 211 offices and 10,000 letters: {min(took) * 1000:.0f} ms")
    assert min(took) < 5  # 44 ms on a quiet machine


def test_a_secret_letter_changes_no_figure() -> None:
    enrolment = make_enrolment()
    office = make_office(enrolment.local_government.agency)
    before = facts_of(enrolment, AT).facts
    secret = make_issued(make_draft(office, secrecy=Secrecy.SECRET), at=AT)
    make_recipient(secret, make_office(), state="accepted")
    came = make_accepted(make_incoming(office, via=Via.HERE, secrecy=Secrecy.VERY_SECRET, at=AT - timedelta(days=1)), at=AT)
    Incoming.objects.filter(pk=came.pk).update(closed_at=AT, closed_by=came.accepted_by)
    after = facts_of(enrolment, AT).facts
    assert (after.sent, after.taken, after.handled, after.last_on) == (
        before.sent,
        before.taken,
        before.handled,
        before.last_on,
    )


def test_a_letter_by_hand_is_no_first_letter() -> None:
    enrolment = make_enrolment()
    letter = make_issued(make_draft(make_office(enrolment.local_government.agency)), at=AT)
    make_recipient(letter, state="accepted")
    assert facts_of(enrolment, AT).facts.first_sent_on is None


def test_a_letter_still_under_way_is_no_first_letter() -> None:
    enrolment = make_enrolment()
    letter = make_issued(make_draft(make_office(enrolment.local_government.agency)), at=AT)
    make_recipient(letter, make_office(), state="queued")
    assert facts_of(enrolment, AT).facts.sent == 0
    letter.recipients.update(state="delivered")
    assert facts_of(enrolment, AT).facts.first_sent_on == TODAY


def test_joined_is_an_account_in_force() -> None:
    enrolment = make_enrolment()
    assert facts_of(enrolment, AT).facts.joined_on is None
    person = make_member(enrolment.local_government.agency, "local_clerk", since=date(2024, 5, 1))
    assert facts_of(enrolment, AT).facts.joined_on == date(2024, 5, 1)
    person.is_active = False
    person.save()
    assert facts_of(enrolment, AT).facts.joined_on is None
