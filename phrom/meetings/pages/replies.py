"""Who will come: every seat with its reply, counted against the quorum."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.committee.models import Seat
from phrom.committee.roster import Line, Roster
from phrom.meetings.models import Meeting, Reply, ReplyKind
from phrom.meetings.recipients import roster_of
from phrom.meetings.scopes import REPLY, may_manage, meetings_within, seats_within

SHAPES = {ReplyKind.COMING: "done", ReplyKind.SUBSTITUTE: "done", ReplyKind.NOT_COMING: "stop"}


@dataclass(frozen=True)
class SeatLine:
    """A seat, who holds it, what it replied, and whether the reader may answer for it."""

    line: Line
    reply: Reply | None
    mine: bool

    @property
    def shape(self) -> str:
        """The shape of the reply's state."""
        return SHAPES[ReplyKind(self.reply.kind)] if self.reply else "wait"

    @property
    def word(self) -> str:
        """The reply in words."""
        return str(ReplyKind(self.reply.kind).label) if self.reply else "ยังไม่ตอบ"


@dataclass(frozen=True)
class Tally:
    """How many members will come, themselves or by a substitute, against how many are needed."""

    members: int
    needed: int
    coming: int
    substitutes: int
    not_coming: int
    silent: int

    @property
    def present(self) -> int:
        """Members who will be there."""
        return self.coming + self.substitutes

    @property
    def enough(self) -> bool:
        """True when so many would make a quorum."""
        return self.members > 0 and self.present >= self.needed


@dataclass(frozen=True)
class RepliesPage:
    """The replies to one invitation."""

    meeting: Meeting
    seats: tuple[SeatLine, ...]
    tally: Tally
    can_manage: bool


@dataclass(frozen=True)
class ReplyPage:
    """One seat about to answer."""

    meeting: Meeting
    seat: Seat
    line: Line | None
    reply: Reply | None
    for_another: bool


def replies_page(access: Access, meeting_id: int) -> RepliesPage:
    """The meeting with its seats; 404 outside the reader's bodies. The number of queries does not depend on the seats."""
    meeting = get_object_or_404(meetings_within(access), pk=meeting_id)
    sitting = roster_of(meeting)
    replies = _by_seat(meeting)
    lines = sitting.lines if sitting else ()
    seats = tuple(SeatLine(line, replies.get(line.seat.pk), answers_for(access, meeting, line)) for line in lines)
    return RepliesPage(meeting, seats, tally_of(sitting, replies), may_manage(access, meeting))


def reply_page(access: Access, meeting_id: int, seat_id: int) -> tuple[ReplyPage, bool]:
    """The seat's answer form, and whether this person may fill it in. 404 for a seat outside the committee of the meeting."""
    meeting = get_object_or_404(meetings_within(access), pk=meeting_id)
    seat = get_object_or_404(seats_within(access), pk=seat_id, order__body=meeting.body_id)
    sitting = roster_of(meeting)
    line = next((line for line in sitting.lines if line.seat.pk == seat.pk), None) if sitting else None
    own = bool(line and _own(access, line))
    page = ReplyPage(meeting, seat, line, meeting.replies.filter(seat=seat).first(), for_another=not own)
    return page, bool(line and answers_for(access, meeting, line))


def answers_for(access: Access, meeting: Meeting, line: Line) -> bool:
    """True for the holder of the seat, the people of its office, and whoever keeps the meeting."""
    return may_manage(access, meeting) or _own(access, line)


def tally_of(sitting: Roster | None, replies: dict[int, Reply]) -> Tally:
    """Only seats of members count; an assistant secretary does not."""
    members = sitting.members if sitting else ()
    kinds = [replies[line.seat.pk].kind for line in members if line.seat.pk in replies]
    return Tally(
        members=len(members),
        needed=sitting.needed_for_quorum if sitting else 0,
        coming=kinds.count(ReplyKind.COMING),
        substitutes=kinds.count(ReplyKind.SUBSTITUTE),
        not_coming=kinds.count(ReplyKind.NOT_COMING),
        silent=len(members) - len(kinds),
    )


def tally_for(meeting: Meeting) -> Tally:
    """The tally alone, for the meeting's page."""
    return tally_of(roster_of(meeting), _by_seat(meeting))


def _own(access: Access, line: Line) -> bool:
    if line.holder and access.person and line.holder.person_id == access.person.pk:
        return True
    own = {agency.pk for agency in access.agencies(REPLY) if not agency.is_body}
    return line.seat.agency_id in own


def _by_seat(meeting: Meeting) -> dict[int, Reply]:
    return {reply.seat_id: reply for reply in meeting.replies.select_related("replied_by")}
