"""The invitation's numbers come from the registers of the office that writes the province's letters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.numbering import Columns, take_number
from phrom.letters.models import Book, Office, RegisterEntry
from phrom.meetings.actions import calling, invitation_numbers
from phrom.meetings.actions.calling import CannotBeCalled, issue_invitation
from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.models import Meeting
from phrom.shared.documents.canonical import from_json
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, HELD, LETTER_DATE, make_called
from tests.factories.letters import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def office(body: Agency) -> Office:
    return make_office(body)


@pytest.fixture
def by(body: Agency) -> Person:
    return make_member(body, "coordinator")


@pytest.fixture
def meeting(body: Agency, by: Person, office: Office) -> Meeting:
    return make_called(body, by)


def entries() -> list[tuple[str, str]]:
    return list(RegisterEntry.objects.order_by("register__book", "number").values_list("register__book", "number_text"))


def take_one(office: Office, by: Person, book: str = Book.CIRCULAR) -> None:
    """Another letter of the office gets its number."""
    with transaction.atomic():
        take_number(office=office, book=book, columns=Columns(subject="เรื่องอื่น"), by=by, at=CALLED, circular=True)


def test_two_papers_take_two_numbers_of_their_books(meeting: Meeting, by: Person) -> None:
    """One seat outside gets a letter, six inside a memo that goes round."""
    issued = issue_invitation(meeting=meeting, by=by, at=CALLED).meeting
    assert entries() == [("circular", "ชม 0017.2/ว 1"), ("send", "ชม 0017.2/1")]
    assert (issued.letter_number, issued.memo_number, issued.letter_date) == ("ชม 0017.2/1", "ชม 0017.2/ว 1", LETTER_DATE)
    heads = {paper.head.number for paper in (from_json(kept.content) for kept in issued.kept_papers.all()) if paper.head}
    assert heads == {"ชม 0017.2/1", "ชม 0017.2/ว 1"}
    row = RegisterEntry.objects.get(number_text="ชม 0017.2/1")
    assert row.subject.startswith("ขอเชิญประชุม") and "1/2567" in row.subject
    assert (row.to_name, row.remark) == ("นายกองค์การบริหารส่วนจังหวัดเชียงใหม่", "หนังสือเชิญประชุมครั้งที่ 1/2567")


def test_where_every_seat_is_inside_one_memo_takes_one_number(meeting: Meeting, by: Person) -> None:
    meeting.order.seats.filter(category="local_government").update(category="regional")
    issue_invitation(meeting=meeting, by=by, at=CALLED)
    assert entries() == [("circular", "ชม 0017.2/ว 1")]


def test_the_papers_are_printed_anew_when_a_letter_took_the_number(
    meeting: Meeting, by: Person, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, overtaken = calling.make, []

    def slow(*given: object) -> object:
        if not overtaken:
            overtaken.append(take_one(office, by))
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(calling, "make", slow)
    issued = issue_invitation(meeting=meeting, by=by, at=CALLED).meeting
    assert issued.memo_number == "ชม 0017.2/ว 2"
    assert "ชม 0017.2/ว 2" in str([kept.content for kept in issued.kept_papers.all()])
    assert entries() == [("circular", "ชม 0017.2/ว 1"), ("circular", "ชม 0017.2/ว 2"), ("send", "ชม 0017.2/1")]


def test_an_office_that_is_never_quiet_is_told_and_no_number_is_lost(
    meeting: Meeting, by: Person, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = calling.make

    def overtaken(*given: object) -> object:
        take_one(office, by)
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(calling, "make", overtaken)
    with pytest.raises(MeetingStands):
        issue_invitation(meeting=meeting, by=by, at=CALLED)
    meeting.refresh_from_db()
    assert meeting.number is None and not meeting.kept_papers.exists()
    numbers = list(RegisterEntry.objects.values_list("register__book", "number"))
    assert sorted(numbers) == [("circular", number) for number in range(1, len(numbers) + 1)]


def test_what_fails_after_the_number_takes_the_number_back(
    meeting: Meeting, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object, **more: object) -> None:
        raise Refusal("ไม่ได้", "No.")

    monkeypatch.setattr(calling, "_tell", refuse)
    with pytest.raises(Refusal):
        issue_invitation(meeting=meeting, by=by, at=CALLED)
    assert entries() == []
    meeting.refresh_from_db()
    assert meeting.number is None


def test_an_office_without_a_letter_code_keeps_its_register_elsewhere(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    assert invitation_numbers.register_of(body) is None
    with pytest.raises(CannotBeCalled, match="เลขที่หนังสือ"):
        issue_invitation(meeting=meeting, by=by, at=CALLED)
    typed = issue_invitation(meeting=meeting, letter_number="ชม 1/ว 9", letter_date=LETTER_DATE, by=by, at=CALLED).meeting
    assert (typed.letter_number, typed.memo_number) == ("ชม 1/ว 9", "") and entries() == []


def test_a_number_that_was_given_before_is_kept_as_it_was(meeting: Meeting, by: Person) -> None:
    """What was called before the system was there has its number already."""
    given = {"letter_number": "ชม 0017.2/ว 9999", "letter_date": LETTER_DATE}
    assert issue_invitation(meeting=meeting, **given, by=by, at=CALLED).meeting.letter_number == "ชม 0017.2/ว 9999"  # type: ignore[arg-type]
    assert entries() == []


def test_nothing_is_dated_after_the_meeting(meeting: Meeting, by: Person) -> None:
    with pytest.raises(CannotBeCalled):
        issue_invitation(meeting=meeting, by=by, at=HELD + timedelta(days=1))
    assert entries() == []


def test_the_page_asks_for_no_number_and_tells_where_it_comes_from(meeting: Meeting, by: Person, client: Client) -> None:
    client.force_login(by, backend="phrom.agencies.signin.backend.PersonBackend")
    Meeting.objects.filter(pk=meeting.pk).update(held_at=HELD.replace(year=2090))
    address = f"/meetings/{meeting.pk}/invite/"
    shown = client.get(address).content.decode()
    assert 'name="letter_number"' not in shown and "ออกจากทะเบียนของ" in shown
    assert client.post(address).status_code == 302
    meeting.refresh_from_db()
    assert meeting.letter_number.startswith("ชม 0017.2/")


def test_who_issues_no_letters_there_types_the_number(body: Agency, meeting: Meeting, by: Person, client: Client) -> None:
    away = make_member(Agency.objects.filter(body=body)[0], "coordinator")
    client.force_login(away, backend="phrom.agencies.signin.backend.PersonBackend")
    assert 'name="letter_number"' in client.get(f"/meetings/{meeting.pk}/invite/").content.decode()
