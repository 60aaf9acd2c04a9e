"""Calling a meeting: the order of its day, the number with the invitation, changes, and calling it off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions import calling
from phrom.meetings.actions.calling import Announced, CannotBeCalled, cancel_meeting, change_meeting, create_meeting
from phrom.meetings.actions.recording import MeetingRefused, record_meeting
from phrom.meetings.actions.standing import MeetingStands, ReasonMissing
from phrom.meetings.models import Meeting
from phrom.shared.documents.canonical import from_json, sha256_of
from phrom.shared.files.store import read
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.calling import CALLED, HELD, LETTER_DATE, VENUE, invite, make_called, make_committee, make_invited
from tests.factories.committee import make_order

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2025, 1, 14, 3, 0, tzinfo=UTC)


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def secretary(body: Agency) -> Person:
    return make_member(body, "coordinator")


def test_a_new_meeting_stands_under_the_order_of_its_day_and_has_no_number(body: Agency, secretary: Person) -> None:
    old = make_order(body, number=2533, issued_on=date(2020, 6, 11))
    new = make_order(body, number=3046, issued_on=date(2024, 6, 7), replaces=old)
    before = create_meeting(body=body, announced=Announced(HELD - timedelta(days=10), VENUE), by=secretary, at=CALLED)
    after = create_meeting(body=body, announced=Announced(HELD, VENUE), by=secretary, at=CALLED)
    assert (before.order, after.order) == (old, new)
    assert (after.number, after.year) == (None, None)
    assert str(after) == "(ยังไม่ออกเลขครั้งที่)"


def test_a_day_without_an_order_and_a_meeting_that_is_nowhere_are_refused(body: Agency, secretary: Person) -> None:
    with pytest.raises(CannotBeCalled):
        create_meeting(body=body, announced=Announced(HELD, VENUE), by=secretary, at=CALLED)
    make_committee(body)
    with pytest.raises(CannotBeCalled):
        create_meeting(body=body, announced=Announced(HELD, "  "), by=secretary, at=CALLED)
    assert create_meeting(body=body, announced=Announced(HELD, "", "https://meet.example/1"), by=secretary, at=CALLED)
    assert Meeting.objects.count() == 1


def test_the_invitation_gives_the_number_and_is_kept_as_it_went_out(body: Agency, secretary: Person) -> None:
    meeting = make_invited(body, secretary)
    assert str(meeting) == "1/2567"
    assert (meeting.invited_by, meeting.invited_at) == (secretary, CALLED)
    kept = list(meeting.kept_papers.all())
    assert [from_json(paper.content).form for paper in kept] == ["letter", "memo"]
    for paper in kept:
        assert sha256_of(from_json(paper.content)) == paper.sha256
        assert b"".join(read(paper.pdf)).startswith(b"%PDF-")
        assert "ครั้งที่ 1/2567" in str(paper.content)
    assert AuditEvent.objects.filter(event="meeting.invited", chain=body.code).count() == 1


def test_an_invitation_is_issued_once_and_only_with_agenda_and_letter(body: Agency, secretary: Person) -> None:
    bare = make_called(body, secretary, heads="")
    with pytest.raises(CannotBeCalled, match="ระเบียบวาระ"):
        invite(bare, secretary)
    ready = make_called(body, secretary)
    for number, day in (("  ", LETTER_DATE), ("ชม 0017/1", date(2024, 6, 12))):
        with pytest.raises(CannotBeCalled):
            calling.issue_invitation(meeting=ready, letter_number=number, letter_date=day, by=secretary, at=CALLED)
    invite(ready, secretary)
    with pytest.raises(MeetingStands, match="1/2567"):
        invite(ready, secretary)
    assert ready.kept_papers.count() == 2


def test_the_second_gets_the_next_number_and_a_new_year_begins_again(body: Agency, secretary: Person) -> None:
    assert str(make_invited(body, secretary)) == "1/2567"
    assert str(make_invited(body, secretary, HELD + timedelta(days=60))) == "2/2567"
    assert str(make_invited(body, secretary, NEXT_YEAR)) == "1/2568"


def test_the_year_is_that_of_the_day_in_thailand(body: Agency, secretary: Person) -> None:
    new_year_in_thailand = datetime(2024, 12, 31, 18, 0, tzinfo=UTC)
    assert str(make_invited(body, secretary, new_year_in_thailand)) == "1/2568"


def test_the_paper_is_printed_anew_when_another_took_the_number(
    body: Agency, secretary: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = make_called(body, secretary), make_called(body, secretary)
    make = calling.make
    overtaken: list[Meeting] = []

    def make_while_another_is_numbered(document: object, printed_for: object, at: datetime) -> object:
        if not overtaken:
            overtaken.append(quick)
            invite(quick, secretary)
        return make(document, printed_for, at)  # type: ignore[arg-type]

    monkeypatch.setattr(calling, "make", make_while_another_is_numbered)
    issued = invite(slow, secretary)
    quick.refresh_from_db()
    assert (str(quick), str(issued)) == ("1/2567", "2/2567")
    assert {"ครั้งที่ 2/2567" in str(paper.content) for paper in issued.kept_papers.all()} == {True}


def test_a_cancelled_meeting_keeps_its_number_and_nobody_gets_it(body: Agency, secretary: Person) -> None:
    first = make_invited(body, secretary)
    with pytest.raises(ReasonMissing):
        cancel_meeting(meeting=first, reason=" น้ำ ", by=secretary, at=CALLED)
    cancelled = cancel_meeting(meeting=first, reason="น้ำท่วมศาลากลาง", by=secretary, at=CALLED).meeting
    assert (str(cancelled), cancelled.is_cancelled) == ("1/2567", True)
    assert str(make_invited(body, secretary)) == "2/2567"
    with pytest.raises(MeetingStands):
        cancel_meeting(meeting=first, reason="อีกครั้งหนึ่ง", by=secretary, at=CALLED)
    with pytest.raises(MeetingStands):
        change_meeting(meeting=first, announced=Announced(HELD, "ที่อื่น"), by=secretary, at=CALLED)


def test_a_numbered_meeting_moves_within_its_year_only(body: Agency, secretary: Person) -> None:
    meeting = make_invited(body, secretary)
    with pytest.raises(MeetingStands, match="ย้ายไปปีอื่น"):
        change_meeting(meeting=meeting, announced=Announced(NEXT_YEAR, VENUE), by=secretary, at=CALLED)
    later = Announced(HELD + timedelta(days=7), VENUE, "https://meet.example/1")
    changed = change_meeting(meeting=meeting, announced=later, by=secretary, at=CALLED).meeting
    assert (str(changed), changed.held_at, changed.calendar_sequence) == ("1/2567", later.held_at, 1)


def test_a_change_that_changes_nothing_tells_nobody(body: Agency, secretary: Person) -> None:
    meeting = make_invited(body, secretary)
    change_meeting(meeting=meeting, announced=Announced(HELD, f" {VENUE} "), by=secretary, at=CALLED)
    meeting.refresh_from_db()
    assert meeting.calendar_sequence == 0
    assert not AuditEvent.objects.filter(event="meeting.changed").exists()


def test_a_meeting_that_moves_past_a_new_order_stands_under_it(body: Agency, secretary: Person) -> None:
    meeting = make_called(body, secretary)
    new = make_order(body, number=3999, issued_on=date(2024, 7, 1), replaces=meeting.order)
    moved = change_meeting(
        meeting=meeting, announced=Announced(HELD + timedelta(days=30), VENUE), by=secretary, at=CALLED
    ).meeting
    assert moved.order == new


def test_past_meetings_are_recorded_in_their_order_and_year(body: Agency, secretary: Person) -> None:
    order = make_order(body)

    def keep(number: int, year: int) -> Meeting:
        return record_meeting(order=order, number=number, year=year, held_at=HELD, venue="ก", by=secretary, at=CALLED)

    for number, year in ((2, 2567), (1, 2566)):
        with pytest.raises(MeetingRefused, match="1/2567"):
            keep(number, year)
    keep(1, 2567)
    assert str(keep(2, 2567)) == "2/2567"


def test_everybody_who_is_asked_gets_one_mail_with_the_event(
    body: Agency, secretary: Person, django_capture_on_commit_callbacks: object
) -> None:
    order = make_committee(body)
    office = make_agency(body, "สำนักงานสถิติจังหวัดเชียงใหม่")
    order.seats.filter(precedence=2).update(agency=office)
    head, official = make_member(office, "head", "นางจันทร์ ดี"), make_member(office, "official", "นายอาทิตย์ ใส")
    make_member(make_agency(body), "head", "นายไม่มี ที่นั่ง")
    meeting = make_called(body, secretary)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        called = calling.issue_invitation(
            meeting=meeting,
            letter_number="ชม 0017.2/ว 1",
            letter_date=LETTER_DATE,
            by=secretary,
            at=CALLED,
            address="https://phrom.example/meetings/1/",
        )
    to = sorted(message.to[0] for message in mail.outbox)
    holder = order.seats.get(holders__person__isnull=False).holders.get().person
    assert to == sorted([head.email, official.email, holder.email])
    assert (called.mail.addressed, called.mail.failed) == (3, False)
    assert "https://phrom.example/meetings/1/" in mail.outbox[0].body
    assert "ขอเชิญประชุมคณะกรรมการ" in mail.outbox[0].subject


def test_a_mail_server_that_is_away_undoes_nothing(
    body: Agency, secretary: Person, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    def gone(*_: object, **__: object) -> object:
        raise ConnectionRefusedError

    monkeypatch.setattr("phrom.meetings.actions.posting.get_connection", gone)
    meeting = make_called(body, secretary)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        called = calling.issue_invitation(
            meeting=meeting, letter_number="ก 1", letter_date=LETTER_DATE, by=secretary, at=CALLED
        )
    assert called.mail.failed
    meeting.refresh_from_db()
    assert str(meeting) == "1/2567"
