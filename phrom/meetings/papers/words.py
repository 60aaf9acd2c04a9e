"""How the papers of a meeting name it: the committee, the number, the day, the place."""

from __future__ import annotations

from phrom.meetings.models import Meeting
from phrom.shared.thai.dates import bangkok, thai_date

ABBREVIATION = "(Provincial Chief Information Officer Committee: PCIO)"
UNNUMBERED = "     /     "


def committee_name(meeting: Meeting) -> str:
    """The committee as its order names it: the order's subject without the word แต่งตั้ง."""
    return meeting.order.title.removeprefix("แต่งตั้ง").strip()


def committee_lines(meeting: Meeting) -> tuple[str, ...]:
    """The committee's name as papers head it, the English name on a line of its own where the order has it not."""
    name = committee_name(meeting)
    if "(Provincial Chief" in name or "เทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด" not in name:
        return (name,)
    return (name, ABBREVIATION)


def number_words(meeting: Meeting) -> str:
    """ "ครั้งที่ 1/2567", with room to write the number while there is none."""
    return f"ครั้งที่ {meeting.number}/{meeting.year}" if meeting.number else f"ครั้งที่{UNNUMBERED}"


def when_words(meeting: Meeting) -> str:
    """ "วันอังคารที่ 11 มิถุนายน 2567 เวลา 13.30 น."."""
    local = bangkok(meeting.held_at)
    return f"{thai_date(local.date(), 'full')} เวลา {local:%H.%M} น."


def place_words(meeting: Meeting) -> str:
    """The venue, the online meeting, or both."""
    online = "ผ่านสื่ออิเล็กทรอนิกส์" if meeting.online_link else ""
    return " และ".join(part for part in (meeting.venue, online) if part)
