"""Calling a meeting: creating it, inviting, changing what was announced, calling it off."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.committee.models import Order
from phrom.committee.roster import order_in_force
from phrom.letters.models import Office
from phrom.meetings.actions.invitation_numbers import Foreseen, Overtaken, foresee, register_of, take
from phrom.meetings.actions.keeping import Made, in_journal, keep_paper, make
from phrom.meetings.actions.numbering import next_number, year_of
from phrom.meetings.actions.posting import Post, post
from phrom.meetings.actions.standing import MeetingStands, hold, hold_body, refuse_when_over, with_substance
from phrom.meetings.models import Meeting, PaperForm
from phrom.meetings.papers.invitation import MEMO, addressed, invitation_documents, whom_words
from phrom.meetings.recipients import roster_of
from phrom.shared.journal import record as journal
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

TRIES = 5


class CannotBeCalled(Refusal):
    """Something that the meeting or its invitation needs is missing."""


@dataclass(frozen=True)
class Called:
    """The meeting after the act, and what became of the mail."""

    meeting: Meeting
    mail: Post


@dataclass(frozen=True)
class Announced:
    """When and where a meeting is to be."""

    held_at: datetime
    venue: str
    online_link: str = ""


@transaction.atomic
def create_meeting(*, body: Agency, announced: Announced, by: Person, at: datetime) -> Meeting:
    """A meeting of the committee whose order is in force on its day; it has no number yet.

    Refuses a day without an order, and a meeting that is nowhere.
    """
    meeting = Meeting(body=body, order=_order_on(body, announced.held_at), **_placed(announced))
    meeting.save(force_insert=True)
    _tell("meeting.created", meeting, by=by, at=at, details=_where_and_when(meeting))
    return meeting


def issue_invitation(
    *, meeting: Meeting, by: Person, at: datetime, letter_number: str = "", letter_date: date | None = None, address: str = ""
) -> Called:
    """Give the meeting its number, keep the invitation as it goes out, and mail it. `address` is the meeting's page.

    Without `letter_number` the papers are numbered from the registers of the body's office, in the same transaction. Refuses a
    meeting invited already or over, an agenda without heads, a letter without number where no register is kept, and a letter
    dated after the meeting. The papers are printed before any row is held; should somebody take a number, they are anew.
    """
    for _ in range(TRIES):
        draft, foreseen, office = _numbered(meeting, letter_number.strip(), letter_date, at)
        documents = invitation_documents(draft, roster_of(draft))
        papers = {kind: make(document, draft.body, at) for kind, document in documents.items()}
        with contextlib.suppress(Overtaken), transaction.atomic():
            if issued := _issue(draft, papers, office, foreseen, by=by, at=at):
                return Called(issued, post(issued, "invitation", address=address, at=at))
    raise MeetingStands(
        "มีการออกเลขครั้งที่หลายรายการพร้อมกัน ยังไม่มีอะไรถูกบันทึก กรุณาลองใหม่",
        "Several meetings are being numbered at once. Nothing was saved. Please try again.",
    )


@transaction.atomic
def change_meeting(*, meeting: Meeting, announced: Announced, by: Person, at: datetime, address: str = "") -> Called:
    """Move a meeting to another time or place; who was invited gets an update of the same calendar event.

    Refuses a meeting that is over, a day without an order, and another year for a meeting that has its number.
    """
    hold_body(meeting.body_id)
    held = hold(meeting)
    refuse_when_over(held)
    if held.year and held.year != year_of(local_date(announced.held_at)):
        raise MeetingStands(
            f"การประชุมนี้ได้เลขครั้งที่ {held} แล้ว จึงย้ายไปปีอื่นไม่ได้ ไม่มีอะไรเปลี่ยน กรุณายกเลิกครั้งนี้แล้วสร้างใหม่",
            f"Meeting {held} has its number and cannot move to another year. Nothing was changed. Please cancel it.",
            where="day",
        )
    before = _where_and_when(held)
    held.order = _order_on(held.body, announced.held_at)
    for name, value in _placed(announced).items():
        setattr(held, name, value)
    if _where_and_when(held) == before:
        return Called(held, Post())
    if held.invited_at:
        held.calendar_sequence += 1
    held.save(update_fields=["order", "held_at", "venue", "online_link", "calendar_sequence"])
    _tell("meeting.changed", held, by=by, at=at, details=_where_and_when(held))
    return Called(held, post(held, "changed", address=address, at=at) if held.invited_at else Post())


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Person, at: datetime, address: str = "") -> Called:
    """Call a meeting off, with a reason that everybody reads. Its number stays used. Refuses a meeting that is over."""
    reason = with_substance(reason)
    held = hold(meeting)
    refuse_when_over(held)
    held.cancelled_by, held.cancelled_at, held.cancelled_because = by, at, reason
    held.calendar_sequence += 1
    held.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_because", "calendar_sequence"])
    _tell("meeting.cancelled", held, by=by, at=at, details={"reason": reason})
    return Called(held, post(held, "cancelled", address=address, at=at) if held.invited_at else Post())


def _numbered(
    meeting: Meeting, letter_number: str, letter_date: date | None, at: datetime
) -> tuple[Meeting, dict[str, Foreseen], Office | None]:
    """A copy of the meeting as the invitation will name it, not yet saved, and the numbers that its office will give."""
    draft = copy.copy(Meeting.objects.select_related("body", "order").get(pk=meeting.pk))
    office = None if letter_number else register_of(draft.body)
    foreseen = _foreseen(draft, office, at) if office else {}
    number = foreseen[min(foreseen)].number_text if foreseen else letter_number
    dated = local_date(at) if foreseen else letter_date or draft.day
    _refuse_to_invite(draft, number, dated)
    draft.year = year_of(draft.day)
    draft.number = next_number(draft.body, draft.year)
    draft.letter_number, draft.letter_date = number, dated
    draft.memo_number = foreseen[MEMO].number_text if len(foreseen) > 1 else ""
    return draft, foreseen, office


def _foreseen(draft: Meeting, office: Office, at: datetime) -> dict[str, Foreseen]:
    lines = addressed(roster_of(draft))
    to = {kind: whom_words(draft, each) for kind, each in lines.items()}
    return foresee(office, to, {kind: len(each) != 1 for kind, each in lines.items()}, at)


def _refuse_to_invite(meeting: Meeting, letter_number: str, letter_date: date) -> None:
    refuse_when_over(meeting)
    if meeting.number is not None:
        raise MeetingStands(
            f"ออกหนังสือเชิญประชุมครั้งที่ {meeting} แล้ว เลขครั้งที่จึงไม่เปลี่ยน",
            f"The invitation to meeting {meeting} was issued already; its number does not change.",
        )
    if not meeting.items.exists():
        raise CannotBeCalled(
            "ยังไม่มีระเบียบวาระ จึงยังออกหนังสือเชิญไม่ได้ ยังไม่มีอะไรถูกบันทึก กรุณาจัดระเบียบวาระก่อน",
            "There is no agenda yet, so no invitation can be issued. Nothing was saved. Please make the agenda first.",
        )
    if not letter_number:
        raise CannotBeCalled(
            "หนังสือเชิญต้องมีเลขที่หนังสือ ยังไม่มีอะไรถูกบันทึก กรุณากรอกเลขที่จากทะเบียนหนังสือส่ง",
            "The invitation needs the number of its letter. Nothing was saved. Please enter it from the register.",
            where="letter_number",
        )
    if letter_date > meeting.day:
        raise CannotBeCalled(
            "หนังสือเชิญลงวันที่หลังวันประชุมไม่ได้ ยังไม่มีอะไรถูกบันทึก กรุณาตรวจวันที่ของหนังสือ",
            "The invitation cannot be dated after the meeting. Nothing was saved. Please check the date of the letter.",
            where="letter_date",
        )


def _issue(
    draft: Meeting,
    papers: Mapping[str, Made],
    office: Office | None,
    foreseen: Mapping[str, Foreseen],
    *,
    by: Person,
    at: datetime,
) -> Meeting | None:
    """Save the number and the papers; None when another meeting took the number, or the meeting moved, in between."""
    body = hold_body(draft.body_id)
    held = hold(draft)
    if held.number is not None or held.cancelled_at is not None:
        _refuse_to_invite(held, draft.letter_number, draft.letter_date or draft.day)
    moved = _where_and_when(held) != _where_and_when(draft)
    if moved or draft.year is None or draft.number != next_number(body, draft.year):
        return None
    held.number, held.year = draft.number, draft.year
    held.letter_number, held.letter_date, held.memo_number = draft.letter_number, draft.letter_date, draft.memo_number
    held.invited_by, held.invited_at = by, at
    held.save(update_fields=["number", "year", "letter_number", "letter_date", "memo_number", "invited_by", "invited_at"])
    for made in papers.values():
        keep_paper(made, meeting=held, form=PaperForm.INVITATION, by=by, at=at)
    if office is not None:
        take(office, foreseen, held, by=by, at=at)
    details: dict[str, object] = {"letter": held.letter_number, "kept": in_journal(*papers.values())}
    _tell("meeting.invited", held, by=by, at=at, details=details)
    return held


def _order_on(body: Agency, held_at: datetime) -> Order:
    order = order_in_force(list(body.orders.all()), local_date(held_at))
    if order is None:
        raise CannotBeCalled(
            "วันประชุมนี้ยังไม่มีคำสั่งแต่งตั้งคณะกรรมการที่ใช้อยู่ ยังไม่มีอะไรถูกบันทึก กรุณาบันทึกคำสั่งก่อนหรือเลือกวันอื่น",
            "No order makes a committee on this day. Nothing was saved. Please record the order first or choose another day.",
            where="day",
        )
    return order


def _placed(announced: Announced) -> dict[str, object]:
    venue, link = announced.venue.strip(), announced.online_link.strip()
    if not venue and not link:
        raise CannotBeCalled(
            "การประชุมต้องมีสถานที่หรือลิงก์ประชุม ยังไม่มีอะไรถูกบันทึก กรุณากรอกอย่างน้อยหนึ่งอย่าง",
            "A meeting needs a venue or a link. Nothing was saved. Please give at least one of them.",
            where="venue",
        )
    return {"held_at": announced.held_at, "venue": venue, "online_link": link}


def _where_and_when(meeting: Meeting) -> dict[str, object]:
    order = {"order": str(meeting.order), "held_at": meeting.held_at.isoformat()}
    return {**order, "venue": meeting.venue, "link": meeting.online_link}


def _tell(event: str, meeting: Meeting, *, by: Person, at: datetime, details: Mapping[str, object]) -> None:
    told = {"meeting": str(meeting), **details}
    journal.record(event, by=by, about=f"meeting:{meeting.pk}", at=at, chain=meeting.body.code, details=told)
