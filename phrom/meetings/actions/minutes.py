"""Minutes: drafted from the agenda, written item by item, circulated to those who attended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.actions.minutes_posting import post_minutes
from phrom.meetings.actions.minutes_standing import hold_minutes, refuse_when_adopted
from phrom.meetings.actions.pen import PenElsewhere, pen_is_free
from phrom.meetings.actions.posting import Post
from phrom.meetings.actions.standing import MeetingStands, hold
from phrom.meetings.attendance_sheet import attendance_sheet
from phrom.meetings.attendees import attendees
from phrom.meetings.minutes_texts import newest_texts
from phrom.meetings.models import AgendaItem, Meeting, Minutes, MinutesText, PaperKind
from phrom.meetings.papers.agenda import items_of
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import thai_date, thai_when
from phrom.shared.ui.refusals import Refusal


class TextNotKept(Refusal):
    """A text was not saved: somebody else wrote meanwhile, or has the pen. Both texts are in hand, nothing is lost."""

    status = 409

    def __init__(self, item: AgendaItem, mine: str, theirs: MinutesText | None, because: Refusal | None = None) -> None:
        self.item, self.mine, self.theirs, self.because = item, mine, theirs, because
        who = f"โดย {theirs.saved_by.name} เมื่อ {thai_when(theirs.saved_at)}" if theirs else ""
        th = f"มีผู้บันทึกไว้ก่อนแล้ว {who} กรุณาเลือกว่าจะใช้ข้อความใด" if because is None else because.th
        en = "It was changed meanwhile; please choose which text to keep." if because is None else because.en
        super().__init__(
            f"ยังไม่ได้บันทึกระเบียบวาระที่ {item.number} ข้อความของท่านยังอยู่ครบ {th}",
            f"Item {item.number} was not saved. Your text is still here. {en}",
            where=item.number,
        )


class CannotCirculate(Refusal):
    """The minutes are not ready to go out; `reasons` says all that is missing."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            f"ยังแจ้งเวียนรายงานการประชุมไม่ได้ {' '.join(reasons)} ข้อความที่เขียนไว้ยังอยู่ครบ",
            "The minutes cannot be circulated yet: something is missing. What was written is safe.",
        )


@dataclass(frozen=True)
class Signers:
    """Who took the minutes and who checked them, with their positions."""

    taker: str
    taker_position: str = ""
    checker: str = ""
    checker_position: str = ""


@transaction.atomic
def draft_minutes(*, meeting: Meeting, by: Person, at: datetime) -> Minutes:
    """Begin the minutes from the agenda, once; the drafter has the pen. Refuses a meeting that has not been opened."""
    held = hold(meeting)
    if held.opened_at is None:
        raise MeetingStands(
            "ยังไม่ได้บันทึกเวลาเริ่มประชุม จึงยังร่างรายงานการประชุมไม่ได้ กรุณาบันทึกเวลาเริ่มประชุมก่อน",
            "The meeting has not been opened, so there is nothing to minute yet. Please record when it began.",
        )
    if existing := Minutes.objects.filter(meeting=held).first():
        return existing
    minutes = Minutes.objects.create(meeting=held, taker=by.name, drafted_by=by, drafted_at=at, editor=by, editing_at=at)
    MinutesText.objects.bulk_create(
        MinutesText(minutes=minutes, item=item, version=1, text=text_from_agenda(item), saved_by=by, saved_at=at)
        for item in items_of(held)
    )
    _tell("minutes.drafted", minutes, by, at, {})
    return minutes


def text_from_agenda(item: AgendaItem) -> str:
    """What the agenda says under an item, to begin from: its texts, and the papers by name."""
    said = []
    for paper in item.papers.all():
        if paper.kind == PaperKind.TEXT:
            said.append(paper.text.strip())
        else:
            name = paper.title or paper.file_name
            said.append(f"รายละเอียดตามเอกสารประกอบ: {name}" if name else "รายละเอียดตามระเบียบวาระการประชุม")
    return "\n".join(filter(None, said))


@transaction.atomic
def save_text(*, minutes: Minutes, item: AgendaItem, text: str, version: int, by: Person, at: datetime) -> MinutesText:
    """Store a text upon the version it was written on (0: none) and return it; the same text makes no version.

    Refuses TextNotKept with both texts when the version is not the newest, the pen is elsewhere, or the minutes are adopted.
    """
    held = hold_minutes(minutes)
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip("\n")
    stored = held.texts.filter(item=item).select_related("saved_by").order_by("-version").first()
    if stored is not None and stored.text == text:
        return stored
    try:
        refuse_when_adopted(held)
    except MeetingStands as adopted:
        raise TextNotKept(item, text, stored, adopted) from adopted
    if held.editor_id != by.pk:
        raise TextNotKept(item, text, stored, PenElsewhere(held))
    if version != (stored.version if stored else 0):
        raise TextNotKept(item, text, stored)
    kept = MinutesText.objects.create(minutes=held, item=item, version=version + 1, text=text, saved_by=by, saved_at=at)
    held.editing_at = at
    held.save(update_fields=["editing_at"])
    _tell("minutes.text_saved", held, by, at, {"item": item.number, "version": kept.version})
    return kept


@transaction.atomic
def name_signers(*, minutes: Minutes, signers: Signers, by: Person, at: datetime) -> Minutes:
    """Keep who took the minutes and who checked them. Refuses adopted minutes."""
    held = hold_minutes(minutes)
    refuse_when_adopted(held)
    held.taker, held.taker_position = signers.taker.strip(), signers.taker_position.strip()
    held.checker, held.checker_position = signers.checker.strip(), signers.checker_position.strip()
    held.save(update_fields=["taker", "taker_position", "checker", "checker_position"])
    _tell("minutes.signers_named", held, by, at, {"taker": held.taker, "checker": held.checker})
    return held


@transaction.atomic
def circulate(*, minutes: Minutes, comments_until: date, by: Person, at: datetime, address: str) -> Post:
    """Send the minutes to those who attended; they may comment until the end of a day. `address` is the reading page.

    Refuses CannotCirculate with all reasons, PenElsewhere while somebody else is writing, and minutes that went out before.
    """
    held = hold_minutes(minutes)
    refuse_when_adopted(held)
    if held.circulated_at is not None:
        raise MeetingStands(
            f"แจ้งเวียนรายงานการประชุมไปแล้วเมื่อ {thai_when(held.circulated_at)} ไม่ได้ส่งซ้ำ",
            "These minutes have been circulated already; they were not sent again.",
        )
    if not pen_is_free(held, by, at):
        raise PenElsewhere(held)
    if reasons := missing_for_circulation(held, comments_until, today=local_date(at)):
        raise CannotCirculate(reasons)
    held.circulated_by, held.circulated_at, held.comments_until = by, at, comments_until
    held.save(update_fields=["circulated_by", "circulated_at", "comments_until"])
    told = [row.name for row in attendees(held.meeting)]
    post = post_minutes(held, address=address)
    _tell("minutes.circulated", held, by, at, {"until": thai_date(comments_until), "attended": told})
    return post


def missing_for_circulation(minutes: Minutes, comments_until: date | None, *, today: date) -> list[str]:
    """All that keeps the minutes from going out, in sentences."""
    meeting, reasons = minutes.meeting, []
    if meeting.closed_at is None:
        reasons.append("ยังไม่ได้บันทึกเวลาเลิกประชุม")
    if not minutes.taker:
        reasons.append("ยังไม่ได้ระบุผู้จดรายงานการประชุม")
    if comments_until is not None and comments_until < today:
        reasons.append("วันสุดท้ายที่ขอแก้ได้ผ่านไปแล้ว")
    if not attendance_sheet(meeting).there:
        reasons.append("ยังไม่ได้บันทึกผู้มาประชุม")
    return reasons


def empty_items(minutes: Minutes) -> list[AgendaItem]:
    """Items under which nothing is written and nothing was resolved: worth a look before the minutes go out."""
    texts = newest_texts(minutes)
    items = minutes.meeting.items.filter(withdrawn_at=None, children=None, resolutions=None)
    return [item for item in items if item.pk not in texts or not texts[item.pk].text.strip()]


def _tell(event: str, minutes: Minutes, by: Person, at: datetime, details: dict[str, object]) -> None:
    meeting = minutes.meeting
    about = f"minutes:{minutes.pk}"
    record(event, by=by, about=about, at=at, chain=meeting.body.code, details={"meeting": str(meeting), **details})
