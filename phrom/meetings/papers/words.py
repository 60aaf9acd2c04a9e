"""How the papers of a meeting name it: the committee, the number, the day, the place."""

from __future__ import annotations

import re

from phrom.meetings.models import Meeting
from phrom.shared.thai.dates import bangkok, thai_date

ABBREVIATION = "(Provincial Chief Information Officer Committee: PCIO)"
UNNUMBERED = "     /     "
_ENGLISH = re.compile(r"\s*\([A-Za-z][^()ก-๛]*\)$")


def committee_name(meeting: Meeting) -> str:
    """The committee as its order names it: the order's subject without the word แต่งตั้ง."""
    return meeting.order.title.removeprefix("แต่งตั้ง").strip()


def short_name(meeting: Meeting) -> str:
    """The same without its English name in brackets, for where it is said again."""
    return _ENGLISH.sub("", committee_name(meeting))


def committee_lines(meeting: Meeting) -> tuple[str, ...]:
    """The committee's name as papers head it, the English name on a line of its own, also where the order has it not."""
    name, short = committee_name(meeting), short_name(meeting)
    if name != short:
        return (short, name.removeprefix(short).strip())
    return (name, ABBREVIATION) if "เทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด" in name else (name,)


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
