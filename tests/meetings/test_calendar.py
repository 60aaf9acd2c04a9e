"""The calendar file against RFC 5545 by a strict reader of our own, and applied to a simple calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.core import mail

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.calling import Announced, cancel_meeting, change_meeting, issue_invitation
from phrom.meetings.calendar import Method, calendar_file
from phrom.meetings.models import Meeting
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, HELD, LETTER_DATE, VENUE, make_called, make_invited

pytestmark = pytest.mark.django_db
ADDRESS = "https://phrom.example/meetings/1/"
LINE = re.compile(
    r'(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(?P<value>[^\x00-\x08\x0a-\x1f]*)'
)


def strictly(content: bytes) -> list[tuple[str, str, str]]:
    """Every property as name, parameters, value. Refuses bare line ends, lines over 75 octets and split characters."""
    assert content.endswith(b"\r\n"), "the last line has no end (3.1)"
    lines = content.split(b"\r\n")[:-1]
    for line in lines:
        assert b"\n" not in line and b"\r" not in line, "a bare line end (3.1)"
        assert len(line) <= 75, f"{len(line)} octets (3.1)"
        line.decode()  # folding may not cut a character in two
    found = []
    for line in content[:-2].replace(b"\r\n ", b"").decode().split("\r\n"):
        matched = LINE.fullmatch(line)
        assert matched, f"no content line: {line}"
        found.append((matched["name"], matched["params"], matched["value"]))
    opened = []
    for name, _, value in found:
        opened += [value] if name == "BEGIN" else []
        assert name != "END" or opened.pop() == value, "components are not nested"
    assert opened == []
    return found


def event_of(content: bytes) -> dict[str, tuple[str, str]]:
    """The one event of a file: parameters and value by property; what must stand once stands once."""
    rows = strictly(content)
    assert [value for name, _, value in rows if name == "BEGIN"] == ["VCALENDAR", "VTIMEZONE", "STANDARD", "VEVENT"]
    head = {name: value for name, _, value in rows[: rows.index(("BEGIN", "", "VTIMEZONE"))]}
    assert (head["VERSION"], head["METHOD"] in set(Method), bool(head["PRODID"])) == ("2.0", True, True)
    inside = rows[rows.index(("BEGIN", "", "VEVENT")) + 1 : rows.index(("END", "", "VEVENT"))]
    names = [name for name, _, _ in inside]
    for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "ORGANIZER", "STATUS", "LOCATION"):
        assert names.count(name) == 1, name
    event = {name: (params, value) for name, params, value in inside}
    assert event["DTSTART"][0] == ";TZID=Asia/Bangkok"
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"][1]), "the stamp is in UTC"
    assert ("TZID", "", "Asia/Bangkok") in rows
    return {**event, "METHOD": ("", head["METHOD"])}


class SimpleCalendar:
    """What a calendar does with files: a newer sequence of the same UID replaces, CANCEL takes away."""

    def __init__(self) -> None:
        self.events: dict[str, dict[str, tuple[str, str]]] = {}

    def take(self, content: bytes) -> None:
        event = event_of(content)
        uid, sequence = event["UID"][1], int(event["SEQUENCE"][1])
        if uid in self.events:
            assert sequence > int(self.events[uid]["SEQUENCE"][1]), "an update must be newer"
        self.events[uid] = event

    @property
    def standing(self) -> list[dict[str, tuple[str, str]]]:
        return [event for event in self.events.values() if event["STATUS"][1] != "CANCELLED"]


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def by(body: Agency) -> Person:
    return make_member(body, "coordinator", 'นางสาว "คำแก้ว", ใจดี')


def file_of(meeting: Meeting, method: Method = Method.REQUEST, to: Person | None = None) -> bytes:
    return calendar_file(meeting, method=method, address=ADDRESS, at=CALLED, to=to)


def test_the_strict_reader_refuses_what_the_standard_forbids(body: Agency, by: Person) -> None:
    good = file_of(make_invited(body, by))
    strictly(good)
    for broken in (
        good.replace(b"\r\n", b"\n"),
        good[:-2],
        good.replace(b"\r\n ", b""),
        good.replace(b"VERSION:2.0", b"VERSION 2.0"),
        good.replace(b"END:VEVENT\r\n", b""),
    ):
        with pytest.raises(AssertionError):
            strictly(broken)


def test_the_event_says_when_where_and_who(body: Agency, by: Person) -> None:
    meeting = make_invited(body, by)
    content = file_of(meeting, to=make_member(body, "member", "นายสมาชิก ผู้มา"))
    event = event_of(content)
    assert event["DTSTART"][1] == "20240611T133000"
    assert "ครั้งที่ 1/2567" in event["SUMMARY"][1]
    assert event["ORGANIZER"][1] == f"mailto:{by.email}"
    parsed = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]
    assert parsed["LOCATION"] == VENUE
    assert parsed.decoded("DTSTART").astimezone(UTC) == HELD
    assert parsed["ATTENDEE"].params["CN"] == "นายสมาชิก ผู้มา"
    assert ADDRESS in parsed["DESCRIPTION"]


def test_commas_semicolons_and_long_thai_come_back_as_they_were(body: Agency, by: Person) -> None:
    meeting = make_called(body, by)
    meeting.venue = "ห้อง 1; ชั้น 2, อาคาร\\เก่า " + "ศาลากลางจังหวัดเชียงใหม่ " * 12
    parsed = icalendar.Calendar.from_ical(file_of(meeting, Method.PUBLISH)) if strictly(file_of(meeting)) else None
    assert parsed is not None
    assert parsed.walk("VEVENT")[0]["LOCATION"] == meeting.venue


def test_three_files_are_one_event_updated_then_cancelled(body: Agency, by: Person) -> None:
    meeting, calendar = make_invited(body, by), SimpleCalendar()
    calendar.take(file_of(meeting))
    moved = Announced(datetime(2024, 6, 18, 2, 0, tzinfo=UTC), "", "https://meet.example/pcio")
    meeting = change_meeting(meeting=meeting, announced=moved, by=by, at=CALLED).meeting
    calendar.take(file_of(meeting))
    (event,) = calendar.standing
    assert (event["DTSTART"][1], event["URL"][1]) == ("20240618T090000", "https://meet.example/pcio")
    meeting = cancel_meeting(meeting=meeting, reason="น้ำท่วม\nศาลากลาง", by=by, at=CALLED).meeting
    calendar.take(file_of(meeting, Method.CANCEL))
    assert calendar.standing == []
    assert len(calendar.events) == 1


def test_the_mails_carry_the_same_event_and_its_method(
    body: Agency, by: Person, django_capture_on_commit_callbacks: object
) -> None:
    meeting, calendar = make_called(body, by), SimpleCalendar()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        given = {"letter_number": "ก 1", "letter_date": LETTER_DATE, "by": by, "at": CALLED}
        meeting = issue_invitation(meeting=meeting, **given).meeting  # type: ignore[arg-type]
        later = Announced(HELD + timedelta(days=1), VENUE)
        meeting = change_meeting(meeting=meeting, announced=later, by=by, at=CALLED).meeting
        cancel_meeting(meeting=meeting, reason="เลื่อนออกไป", by=by, at=CALLED)
    methods = []
    for sent in mail.outbox:
        (attached,) = [part for part in sent.message().walk() if part.get_content_type() == "text/calendar"]
        methods.append(attached.get_param("method"))
        calendar.take(attached.get_payload(decode=True))
    assert methods == ["REQUEST", "REQUEST", "CANCEL"]
    assert len(calendar.events) == 1
