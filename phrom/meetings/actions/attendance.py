"""Ticking who came, seat by seat or many at once, and writing down participants who are no members."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Membership, Person
from phrom.meetings.actions.holding import hold_while_it_is_held
from phrom.meetings.attendance_sheet import SeatLine, attendance_sheet
from phrom.meetings.models import Attendance, AttendanceKind, Meeting
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal

SEAT_KINDS = (AttendanceKind.CAME, AttendanceKind.SUBSTITUTE, AttendanceKind.LEAVE, AttendanceKind.ABSENT)
Accounts = Mapping[str, Person | None]


@dataclass(frozen=True)
class Mark:
    """What was ticked for a seat. `seen` is the fingerprint of what the page showed; name and position are a substitute's."""

    seat_id: int
    kind: str
    name: str = ""
    position: str = ""
    note: str = ""
    seen: str = ""


@dataclass
class MarkOutcome:
    """Seats that were stored, and refusals by seat id; every other row was unchanged. `left` seats have no mark yet."""

    saved: list[Attendance] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)
    left: int = 0


class NobodyNamed(Refusal):
    """A substitute or participant without name and position, or a vacant seat whose holder came."""


class MarkedMeanwhile(Refusal):
    """Somebody else ticked the seat otherwise since the page was opened."""

    status = 409


def fingerprint(row: Attendance | None) -> str:
    """What stands for a seat, in short; "" while nothing does."""
    if row is None:
        return ""
    said = "\x1f".join((row.kind, row.name, row.position, row.note))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def mark_attendance(
    *, meeting: Meeting, marks: Sequence[Mark], by: Person, at: datetime, rest_came: bool = False
) -> MarkOutcome:
    """Store the marks that were changed on the page; rows that cannot be stored are reported, the others are kept.

    With `rest_came` every seat that has no mark yet came too, except the vacant ones and those that answered otherwise.
    Refuses as a whole what `hold_while_it_is_held` refuses; row by row NobodyNamed, and MarkedMeanwhile where two people ticked
    the same seat differently. Name and position are kept as they are that day.
    """
    held = hold_while_it_is_held(meeting, at=at)
    lines = {line.seat.pk: line for line in attendance_sheet(held).lines}
    people = accounts(held)
    outcome = MarkOutcome()
    for mark in [*marks, *(_rest(lines, marks) if rest_came else ())]:
        line = lines.get(mark.seat_id)
        if line is None or mark.kind not in SEAT_KINDS:
            continue
        try:
            row = _row(held, line, mark, people, by, at)
        except Refusal as refusal:
            outcome.refused[mark.seat_id] = refusal
            continue
        if row is not None:
            row.save()
            outcome.saved.append(row)
    outcome.left = len({seat for seat, line in lines.items() if line.mark is None} - {row.seat_id for row in outcome.saved})
    if outcome.saved:
        told = [f"{lines[row.seat_id or 0].seat.title}: {AttendanceKind(row.kind).label} {row.name}" for row in outcome.saved]
        _tell("meeting.attendance_marked", held, told, by, at)
    return outcome


@transaction.atomic
def add_participant(*, meeting: Meeting, name: str, position: str, by: Person, at: datetime) -> Attendance:
    """Write down somebody who is there but no member. Refuses one without a name, and what a mark refuses."""
    held = hold_while_it_is_held(meeting, at=at)
    name = _tidy(name)
    if not name:
        raise _nobody("name")
    row = Attendance.objects.create(
        meeting=held,
        kind=AttendanceKind.PARTICIPANT,
        name=name,
        position=_tidy(position),
        person=accounts(held).get(name),
        recorded_by=by,
        recorded_at=at,
    )
    _tell("meeting.participant_added", held, [f"{name} {row.position}".strip()], by, at)
    return row


@transaction.atomic
def remove_participant(*, participant: Attendance, by: Person, at: datetime) -> None:
    """Take out a participant who was written down by mistake; the journal keeps the name."""
    held = hold_while_it_is_held(participant.meeting, at=at)
    gone, _ = Attendance.objects.filter(pk=participant.pk, seat=None).delete()
    if gone:
        _tell("meeting.participant_removed", held, [f"{participant.name} {participant.position}".strip()], by, at)


def accounts(meeting: Meeting) -> Accounts:
    """People of the body by name on the day of the meeting; a name that two of them bear points to nobody. One query."""
    rows = Membership.objects.in_force(meeting.day).of_body(meeting.body).select_related("person")
    found: dict[str, Person | None] = {}
    for row in rows:
        name = _tidy(row.person.name)
        found[name] = row.person if found.get(name, row.person) == row.person else None
    return found


def _rest(lines: Mapping[int, SeatLine], marks: Sequence[Mark]) -> list[Mark]:
    """A mark for each seat that nobody ticked and that comes with the rest."""
    ticked = {mark.seat_id for mark in marks if mark.kind in SEAT_KINDS}
    return [Mark(seat, AttendanceKind.CAME) for seat, line in lines.items() if line.comes_with_the_rest and seat not in ticked]


def _row(meeting: Meeting, line: SeatLine, mark: Mark, people: Accounts, by: Person, at: datetime) -> Attendance | None:
    """The row that a mark becomes; None where the page's row was not touched or says what is stored."""
    row = Attendance(meeting=meeting, seat=line.seat, kind=mark.kind, recorded_by=by, recorded_at=at)
    row.name, row.position, row.note = _said(line, mark)
    row.holder_name = line.holder_name
    row.person = _account(line, row, people)
    stored = fingerprint(line.mark)
    if fingerprint(row) in (mark.seen, stored):
        return None
    if mark.kind == AttendanceKind.SUBSTITUTE and not (row.name and row.position):
        raise _nobody(str(mark.seat_id))
    if mark.kind == AttendanceKind.CAME and not row.name:
        raise _vacant(line)
    if mark.seen != stored:
        raise _meanwhile(line)
    row.pk = line.mark.pk if line.mark else None
    return row


def _said(line: SeatLine, mark: Mark) -> tuple[str, str, str]:
    """Name, position and note as they are kept: a substitute's as typed, else those of the seat and its holder that day."""
    if mark.kind == AttendanceKind.SUBSTITUTE:
        return _tidy(mark.name), _tidy(mark.position), ""
    note = "" if mark.kind == AttendanceKind.CAME else _tidy(mark.note)
    return line.holder_name, line.seat.title, note


def _account(line: SeatLine, row: Attendance, people: Accounts) -> Person | None:
    if row.kind == AttendanceKind.SUBSTITUTE:
        chosen = (each.person for each in line.substitutes if _tidy(each.name) == row.name and each.person)
        return next(chosen, None) or people.get(row.name)
    if line.holder and line.holder.person:
        return line.holder.person
    return people.get(row.name)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _nobody(where: str) -> NobodyNamed:
    return NobodyNamed(
        "กรุณากรอกชื่อและตำแหน่งของผู้มาประชุมแทน แถวนี้ยังไม่ได้บันทึก แถวอื่นบันทึกแล้ว"
        if where != "name"
        else "กรุณากรอกชื่อผู้เข้าร่วมประชุม ยังไม่ได้บันทึก",
        "Please give the name and position of whoever came. This row was not saved.",
        where=where,
    )


def _vacant(line: SeatLine) -> NobodyNamed:
    return NobodyNamed(
        f"ตำแหน่ง{line.seat.title}ไม่มีผู้ดำรงตำแหน่งในวันประชุม หากมีผู้มา ให้เลือก “มาประชุมแทน” และกรอกชื่อ แถวนี้ยังไม่ได้บันทึก",
        "Nobody held this seat on the day. If somebody came, choose substitute and give the name. This row was not saved.",
        where=str(line.seat.pk),
    )


def _meanwhile(line: SeatLine) -> MarkedMeanwhile:
    mark = line.mark
    said = f"{AttendanceKind(mark.kind).label} {mark.name}".strip() if mark else "ยังไม่ได้บันทึก"
    return MarkedMeanwhile(
        f"{line.seat.title}: มีผู้บันทึกไว้แล้วว่า “{said}” หลังจากที่เปิดหน้านี้ แถวนี้จึงยังไม่ได้บันทึก กรุณาตรวจแล้วเลือกอีกครั้ง",
        "Somebody else recorded this seat since the page was opened. This row was not saved; please look and choose again.",
        where=str(line.seat.pk),
    )


def _tell(event: str, meeting: Meeting, rows: list[str], by: Person, at: datetime) -> None:
    details: dict[str, object] = {"meeting": str(meeting), "rows": rows}
    record(event, by=by, about=f"meeting:{meeting.pk}", at=at, chain=meeting.body.code, details=details)
