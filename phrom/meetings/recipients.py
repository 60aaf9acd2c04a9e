"""Who is told of a meeting: holders of seats that have an account, and the people of the offices that have a seat."""

from __future__ import annotations

from dataclasses import dataclass

from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.roles import ROLES
from phrom.committee.models import Seat, SeatCategory
from phrom.committee.roster import Line, Roster, roster
from phrom.meetings.models import Meeting

# ข้อ 12 of the regulation: a memo goes to offices of the same ministry, department or province; all others get a letter.
INSIDE = (SeatCategory.REGIONAL,)
REPLYING = tuple(key for key, role in ROLES.items() if "meeting.reply" in role.permissions and not role.whole_body)


@dataclass(frozen=True)
class Recipient:
    """Somebody who gets the mail, and for which seat."""

    person: Person
    seat: Seat


def roster_of(meeting: Meeting) -> Roster | None:
    """The committee on the day of the meeting."""
    return roster(meeting.body, meeting.day)


def recipients(meeting: Meeting, sitting: Roster | None) -> tuple[Recipient, ...]:
    """Everybody active once, holders first; in order of precedence. One query."""
    if sitting is None:
        return ()
    found = [Recipient(line.holder.person, line.seat) for line in sitting.lines if line.holder and line.holder.person]
    offices = _people_of([line.seat.agency for line in sitting.lines if line.seat.agency], meeting)
    for line in sitting.lines:
        found += [Recipient(person, line.seat) for person in offices.get(line.seat.agency_id or 0, ())]
    once: dict[int, Recipient] = {}
    for each in found:
        if each.person.is_active:
            once.setdefault(each.person.pk, each)
    return tuple(once.values())


def is_inside(line: Line) -> bool:
    """True where a memo goes to this seat, because its office belongs to the province."""
    return line.seat.category in INSIDE


def _people_of(agencies: list[Agency], meeting: Meeting) -> dict[int, list[Person]]:
    """The people who may answer for these offices on the day of the meeting, by office."""
    within = [agency.pk for agency in agencies if not agency.is_body]
    held = Membership.objects.in_force(meeting.day).filter(agency__in=within, role__in=REPLYING)
    people: dict[int, list[Person]] = {}
    for membership in held.select_related("person").order_by("person__name", "pk"):
        people.setdefault(membership.agency_id, []).append(membership.person)
    return people
