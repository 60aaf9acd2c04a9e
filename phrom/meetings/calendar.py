"""A meeting for people's calendars: iCalendar (RFC 5545), one event by its UID, newer by its SEQUENCE."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.cal import Timezone, TimezoneStandard

from phrom.agencies.models import Person
from phrom.meetings.models import Meeting
from phrom.meetings.papers.words import committee_name, number_words, place_words
from phrom.shared.thai.dates import bangkok

ZONE = "Asia/Bangkok"
# No paper says when a meeting will end; half a day keeps the time free in people's calendars.
LASTS = timedelta(hours=3)


class Method(StrEnum):
    """What the file asks a calendar to do (RFC 5546): enter or change the event, show it, take it away."""

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def calendar_file(meeting: Meeting, *, method: Method, address: str, at: datetime, to: Person | None = None) -> bytes:
    """The meeting as the bytes of an .ics file. `address` is its page; `to` is who is asked (REQUEST and CANCEL by mail)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Phrom//meetings//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_zone())
    calendar.add_component(_event(meeting, address, at, to))
    content: bytes = calendar.to_ical()
    return content


def summary_of(meeting: Meeting) -> str:
    """The event's name: the committee and the number."""
    return f"ประชุม{committee_name(meeting)} {number_words(meeting)}"


def _event(meeting: Meeting, address: str, at: datetime, to: Person | None) -> Event:
    event = Event()
    event.add("uid", f"{meeting.calendar_uid}@phrom")
    event.add("sequence", meeting.calendar_sequence)
    event.add("dtstamp", at)
    event.add("summary", summary_of(meeting))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    # A zone given by name would be looked up on the machine; the moment on Thailand's clock needs none.
    event.add("dtstart", bangkok(meeting.held_at).replace(tzinfo=None), parameters={"TZID": ZONE})
    event.add("duration", LASTS)
    event.add("location", place_words(meeting))
    event.add("description", _description(meeting, address))
    if meeting.online_link or address:
        event.add("url", meeting.online_link or address)
    if meeting.invited_by is not None:
        event.add("organizer", _address_of(meeting.invited_by))
    if to is not None:
        asked = _address_of(to)
        asked.params["ROLE"] = vText("REQ-PARTICIPANT")
        asked.params["PARTSTAT"] = vText("NEEDS-ACTION")
        event.add("attendee", asked)
    return event


def _address_of(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    return address


def _description(meeting: Meeting, address: str) -> str:
    lines = []
    if meeting.cancelled_because:
        lines.append(f"ยกเลิกการประชุม: {meeting.cancelled_because}")
    if meeting.letter_number:
        lines.append(f"ตามหนังสือที่ {meeting.letter_number}")
    if meeting.online_link:
        lines.append(f"เข้าประชุม: {meeting.online_link}")
    if address:
        lines.append(f"ระเบียบวาระ เอกสาร และแบบตอบรับ: {address}")
    return "\n".join(lines)


def _zone() -> Timezone:
    """Thailand: UTC+7 since 1 April 1920, no summer time."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime.combine(date(1970, 1, 1), datetime.min.time()))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone
