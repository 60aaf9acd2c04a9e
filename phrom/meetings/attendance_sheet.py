"""The attendance of a meeting seat by seat: the roster of its day with what was recorded.

Once the meeting is closed every seat has its row, and the rows alone say who sat where: what is recorded about the committee
later does not change who came.
"""

from __future__ import annotations

from dataclasses import dataclass

from phrom.committee.models import Holder, Order, Seat, Substitution
from phrom.committee.roster import needed, roster
from phrom.meetings.models import Attendance, Meeting, Reply, ReplyKind
from phrom.meetings.quorum import PRESENT, Presence, presence


@dataclass(frozen=True)
class SeatLine:
    """A seat, who holds it that day, who may come instead, what was answered and what was recorded."""

    seat: Seat
    holder: Holder | None
    substitutes: tuple[Substitution, ...]
    reply: Reply | None
    mark: Attendance | None

    @property
    def holder_name(self) -> str:
        """Who held the seat that day, as kept with the mark; "" for a vacant one."""
        if self.mark:
            return self.mark.holder_name
        return self.holder.name if self.holder else ""

    @property
    def comes_with_the_rest(self) -> bool:
        """True for a holder without a mark who did not answer that somebody else comes, or nobody."""
        return self.mark is None and self.holder is not None and (self.reply is None or self.reply.kind == ReplyKind.COMING)

    @property
    def is_there(self) -> bool:
        """True when the holder or somebody instead came."""
        return self.mark is not None and self.mark.kind in PRESENT


@dataclass(frozen=True)
class AttendanceSheet:
    """All seats in order of precedence, the participants in the order in which they were written down, and the quorum."""

    lines: tuple[SeatLine, ...]
    participants: tuple[Attendance, ...]
    presence: Presence

    @property
    def there(self) -> tuple[SeatLine, ...]:
        """Seats whose holder or substitute came."""
        return tuple(line for line in self.lines if line.is_there)

    @property
    def away(self) -> tuple[SeatLine, ...]:
        """Seats of those who asked for leave or stayed away."""
        return tuple(line for line in self.lines if line.mark is not None and not line.is_there)


def attendance_sheet(meeting: Meeting) -> AttendanceSheet:
    """The sheet of a meeting: two queries once it is closed, six before."""
    rows = list(meeting.attendance.select_related("seat__order__amends", "seat__agency", "person").order_by("pk"))
    marks = {row.seat_id: row for row in rows if row.seat_id is not None}
    lines, rule = _closed(rows) if meeting.closed_at else _open(meeting, marks)
    members = [line.seat.pk for line in lines if line.seat.is_member]
    kinds = {line.seat.pk: str(line.mark.kind) for line in lines if line.mark}
    participants = tuple(row for row in rows if row.seat_id is None)
    return AttendanceSheet(lines, participants, presence(members, kinds, needed(len(members), rule)))


def _open(meeting: Meeting, marks: dict[int, Attendance]) -> tuple[tuple[SeatLine, ...], str]:
    found = roster(meeting.body, meeting.day)
    if found is None:
        return (), meeting.order.quorum
    replies = {reply.seat_id: reply for reply in meeting.replies.all()}
    lines = tuple(
        SeatLine(each.seat, each.holder, each.substitutes, replies.get(each.seat.pk), marks.get(each.seat.pk))
        for each in found.lines
    )
    return lines, found.order.quorum


def _closed(rows: list[Attendance]) -> tuple[tuple[SeatLine, ...], str]:
    seated = sorted(
        (row for row in rows if row.seat is not None),
        key=lambda row: (_seat(row).precedence, _seat(row).order_id, _seat(row).pk),
    )
    lines = tuple(SeatLine(_seat(row), None, (), None, row) for row in seated)
    return lines, _making(_seat(seated[0]).order).quorum if seated else ""


def _seat(row: Attendance) -> Seat:
    assert row.seat is not None  # noqa: S101  only rows with a seat come here
    return row.seat


def _making(order: Order) -> Order:
    """The order that made the committee: an amending order has no quorum rule of its own."""
    return order.amends or order
