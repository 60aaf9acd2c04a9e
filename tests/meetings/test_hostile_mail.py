"""Names, places and reasons that try to become a header of a mail or a line of a calendar file."""

from __future__ import annotations

import pytest
from django.core import mail
from icalendar import Calendar

from phrom.agencies.models import Person
from phrom.committee.models import Order
from phrom.meetings.actions.calling import cancel_meeting
from phrom.meetings.calendar import Method, calendar_file
from phrom.meetings.models import Meeting
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, make_invited

pytestmark = pytest.mark.django_db
EVIL = 'ก"; X=1: "\r\nBcc: x@example.org\r\nATTENDEE:mailto:x@example.org\u2028\x0b\x1fข'


def evil_meeting() -> tuple[Meeting, Person]:
    """Written past every form, as somebody with SQL would."""
    body = make_body()
    keeper = make_member(body, "coordinator")
    meeting = make_invited(body, keeper)
    Person.objects.update(name=EVIL[:150])
    Order.objects.update(title=EVIL)
    Meeting.objects.filter(pk=meeting.pk).update(venue=EVIL, letter_number=EVIL[:90])
    return Meeting.objects.select_related("body", "order", "invited_by").get(pk=meeting.pk), Person.objects.get(pk=keeper.pk)


@pytest.mark.django_db(transaction=True)
def test_no_header_and_no_line_is_smuggled_in() -> None:
    meeting, keeper = evil_meeting()
    mail.outbox.clear()
    cancel_meeting(meeting=meeting, reason=EVIL, by=keeper, at=CALLED)
    assert mail.outbox
    for sent in mail.outbox:
        headers = sent.message().as_bytes().split(b"\n\n")[0].decode()
        assert "\nBcc" not in headers
        assert "\r\nBcc" not in headers


def test_a_calendar_file_has_one_event_and_nobody_is_added() -> None:
    meeting, keeper = evil_meeting()
    content = calendar_file(meeting, method=Method.REQUEST, address="https://x.example/1", at=CALLED, to=keeper)
    read = Calendar.from_ical(content)
    (event,) = read.walk("VEVENT")
    assert "x@example.org" not in str(event.get("attendee"))
    assert not isinstance(event.get("attendee"), list)
