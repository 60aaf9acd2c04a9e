"""What becomes of a resolution, office by office: opened, reported on, answered, checked, closed and opened again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.standing import still_there
from phrom.meetings.models import FollowUp, FollowUpNote, NoteKind, Resolution
from phrom.meetings.models.follow_ups import FollowUpQuerySet
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import clean_name
from phrom.shared.files.store import keep
from phrom.shared.journal.record import hold_chain, record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal

SHORTEST = 5


class FollowUpRefused(Refusal):
    """What was asked of a follow-up lacks something."""


class FollowUpMovedOn(Refusal):
    """The follow-up is not in the state that this act is about."""

    status = 409

    def __init__(self, follow_up: FollowUp) -> None:
        state = "ปิดเรื่องแล้ว" if not follow_up.is_open else "ยังไม่ได้ปิด"
        state = "รายงานว่าเสร็จแล้ว รอผู้ประสานงานตรวจ" if follow_up.waits_for_check else state
        super().__init__(
            f"เรื่องของ{follow_up.agency.name} ขณะนี้{state} จึงทำรายการนี้ไม่ได้ สิ่งที่บันทึกไว้ยังอยู่ครบ กรุณาเปิดเรื่องนี้ใหม่เพื่อดูสถานะล่าสุด",
            "This follow-up has moved on, so this cannot be done. What was saved is safe. Please open it again.",
        )


@dataclass(frozen=True)
class Kept:
    """A file that is in the store already, under the name it came with."""

    file: StoredFile
    name: str


def keep_evidence(*, upload: UploadedFile | None, at: datetime) -> Kept | None:
    """Keep the file of a report before the transaction that tells of it; None for none. Refuses what the store refuses."""
    if upload is None:
        return None
    name = clean_name(upload.name or "")
    return Kept(keep(upload.chunks(), name=name, at=at), name)


@transaction.atomic
def open_follow_ups(
    *, resolution: Resolution, agencies: Sequence[Agency], due_on: date, task: str, by: Person, at: datetime
) -> list[FollowUp]:
    """Name offices that are to do something by a day; those that have a line under this resolution already are left alone.

    Refuses no office, no task, a day before the meeting, offices of another body, and when every office is named already.
    """
    resolution = still_there(
        Resolution.objects.select_for_update(of=("self",)).select_related("item__meeting__body"), resolution.pk
    )
    meeting = resolution.item.meeting
    _refuse_wrong(agencies, due_on, task, body=meeting.body, held_on=local_date(meeting.held_at))
    named = set(FollowUp.objects.filter(resolution=resolution).values_list("agency", flat=True))
    fresh = {agency.pk: agency for agency in agencies if agency.pk not in named}
    if not fresh:
        raise FollowUpRefused(
            "หน่วยงานที่เลือกมีชื่อในการติดตามมตินี้ครบแล้ว ไม่มีอะไรเปลี่ยน",
            "Every chosen office is named under this resolution already. Nothing was changed.",
            where="agencies",
        )
    given = {"resolution": resolution, "task": task.strip(), "due_on": due_on, "opened_by": by, "opened_at": at}
    made = FollowUp.objects.bulk_create(FollowUp(agency=agency, **given) for agency in fresh.values())
    details: dict[str, object] = {
        "meeting": str(meeting),
        "item": resolution.item.number,
        "agencies": [agency.code for agency in fresh.values()],
        "due_on": due_on.isoformat(),
    }
    about = f"resolution:{resolution.pk}"
    record("follow_ups.opened", by=by, about=about, at=at, chain=meeting.body.code, details=details)
    return made


@transaction.atomic
def note(*, follow_up: FollowUp, text: str, by: Person, at: datetime, kept: Kept | None = None) -> FollowUpNote:
    """The office tells how far it is. Refuses no text and a closed follow-up."""
    held = _held(follow_up)
    if not held.is_open:
        raise FollowUpMovedOn(held)
    written = _written(held, NoteKind.PROGRESS, _said(text), by, at, kept)
    _tell("follow_up.noted", held, by, at)
    return written


@transaction.atomic
def answer(*, follow_up: FollowUp, text: str, by: Person, at: datetime, kept: Kept | None = None) -> FollowUpNote:
    """The office says that it is done; the coordinator checks. Refuses no text, and what is answered or closed already."""
    held = _held(follow_up)
    if not held.is_open or held.waits_for_check:
        raise FollowUpMovedOn(held)
    return _answered(held, _said(text), by, at, kept)


@transaction.atomic
def return_(*, follow_up: FollowUp, reason: str, by: Person, at: datetime) -> FollowUpNote:
    """The coordinator asks the office to do more. Refuses no reason, and what is not waiting to be checked."""
    held = _held(follow_up)
    if not held.waits_for_check:
        raise FollowUpMovedOn(held)
    return _returned(held, _said(reason, "reason"), by, at)


@transaction.atomic
def close(*, follow_up: FollowUp, because: str, by: Person, at: datetime) -> FollowUpNote:
    """The coordinator closes it, answered or not, with the reason. Refuses no reason, and what is closed already."""
    held = _held(follow_up)
    if not held.is_open:
        raise FollowUpMovedOn(held)
    return _closed(held, _said(because, "reason"), by, at)


@transaction.atomic
def reopen(*, follow_up: FollowUp, reason: str, by: Person, at: datetime) -> FollowUpNote:
    """The coordinator opens a closed one again; the office has it once more. Refuses no reason, and what is not closed."""
    held = _held(follow_up)
    if held.is_open:
        raise FollowUpMovedOn(held)
    reason = _said(reason, "reason")
    FollowUp.objects.filter(pk=held.pk).update(
        closed_by=None, closed_at=None, closed_because="", answered_by=None, answered_at=None
    )
    written = _written(held, NoteKind.REOPENED, reason, by, at)
    _tell("follow_up.reopened", held, by, at)
    return written


@transaction.atomic
def close_of_resolution(*, resolution: Resolution, because: str, by: Person, at: datetime) -> int:
    """Close whatever is open under a resolution, and return how many that were; nothing is told when nothing was."""
    hold_chain(resolution.item.meeting.body.code)
    held = list(FollowUp.objects.select_for_update(of=("self",)).open().filter(resolution=resolution).order_by("pk"))
    if not held:
        return 0
    FollowUp.objects.filter(pk__in=[each.pk for each in held]).update(closed_by=by, closed_at=at, closed_because=because[:500])
    FollowUpNote.objects.bulk_create(
        FollowUpNote(follow_up=each, kind=NoteKind.CLOSED, text=because, made_by=by, made_at=at) for each in held
    )
    meeting = resolution.item.meeting
    details: dict[str, object] = {"meeting": str(meeting), "item": resolution.item.number, "closed": len(held)}
    about = f"resolution:{resolution.pk}"
    record("follow_ups.closed", by=by, about=about, at=at, chain=meeting.body.code, details=details)
    return len(held)


@transaction.atomic
def answer_for_agency(*, resolution: Resolution, agency: Agency, text: str, by: Person, at: datetime) -> bool:
    """What an office did elsewhere in the system answers its follow-up. False when it has none that waits for it."""
    held = _of_agency(FollowUp.objects.to_do(), resolution, agency)
    if held is not None:
        _answered(held, text, by, at)
    return held is not None


@transaction.atomic
def return_for_agency(*, resolution: Resolution, agency: Agency, reason: str, by: Person, at: datetime) -> bool:
    """What came back to an office elsewhere in the system opens its answer again. False when there is none to be checked."""
    held = _of_agency(FollowUp.objects.to_check(), resolution, agency)
    if held is not None:
        _returned(held, reason, by, at)
    return held is not None


@transaction.atomic
def note_for_agency(*, resolution: Resolution, agency: Agency, kind: NoteKind, text: str, by: Person, at: datetime) -> bool:
    """What became of a letter, as a step of the office's follow-up, open or closed. False when it has none."""
    found = FollowUp.objects.filter(resolution=resolution, agency=agency).first()
    if found is not None:
        _written(found, kind, text, by, at)
    return found is not None


@transaction.atomic
def close_for_agency(*, resolution: Resolution, agency: Agency, because: str, by: Person, at: datetime) -> bool:
    """What an office did elsewhere in the system was all that was asked of it. False when nothing of it is open."""
    held = _of_agency(FollowUp.objects.open(), resolution, agency)
    if held is not None:
        _closed(held, because, by, at)
    return held is not None


def _held(follow_up: FollowUp) -> FollowUp:
    """The follow-up read anew and held until the transaction ends; before it the journal, as letters that tell of it do."""
    hold_chain(follow_up.resolution.item.meeting.body.code)
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("agency", "resolution__item__meeting__body")
    return rows.get(pk=follow_up.pk)


def _of_agency(rows: FollowUpQuerySet, resolution: Resolution, agency: Agency) -> FollowUp | None:
    """An office's line among these, held; None when it has none."""
    hold_chain(resolution.item.meeting.body.code)
    own = rows.filter(resolution=resolution, agency=agency).select_for_update(of=("self",))
    return own.select_related("agency", "resolution__item__meeting__body").first()


def _closed(held: FollowUp, because: str, by: Person, at: datetime) -> FollowUpNote:
    FollowUp.objects.filter(pk=held.pk).update(closed_by=by, closed_at=at, closed_because=because[:500])
    written = _written(held, NoteKind.CLOSED, because, by, at)
    _tell("follow_up.closed", held, by, at)
    return written


def _answered(held: FollowUp, text: str, by: Person, at: datetime, kept: Kept | None = None) -> FollowUpNote:
    FollowUp.objects.filter(pk=held.pk).update(answered_by=by, answered_at=at)
    written = _written(held, NoteKind.ANSWERED, text, by, at, kept)
    _tell("follow_up.answered", held, by, at)
    return written


def _returned(held: FollowUp, reason: str, by: Person, at: datetime) -> FollowUpNote:
    FollowUp.objects.filter(pk=held.pk).update(answered_by=None, answered_at=None)
    written = _written(held, NoteKind.RETURNED, reason, by, at)
    _tell("follow_up.returned", held, by, at)
    return written


def _written(held: FollowUp, kind: NoteKind, text: str, by: Person, at: datetime, kept: Kept | None = None) -> FollowUpNote:
    file, name = (kept.file, kept.name) if kept else (None, "")
    return FollowUpNote.objects.create(follow_up=held, kind=kind, text=text, file=file, file_name=name, made_by=by, made_at=at)


def _tell(event: str, held: FollowUp, by: Person, at: datetime) -> None:
    meeting = held.resolution.item.meeting
    details: dict[str, object] = {
        "meeting": str(meeting),
        "item": held.resolution.item.number,
        "agency": held.agency.code,
        "days_late": held.days_late(local_date(at)),
    }
    record(event, by=by, about=f"follow_up:{held.pk}", at=at, chain=meeting.body.code, details=details)


def _said(text: str, where: str = "text") -> str:
    text = text.strip()
    if len(text) < SHORTEST:
        raise FollowUpRefused(
            f"กรุณาเขียนอย่างน้อย {SHORTEST} ตัวอักษร ให้ผู้อ่านรู้ว่าทำอะไรหรือต้องทำอะไร ยังไม่มีอะไรถูกบันทึก",
            f"Please write at least {SHORTEST} characters that say what was done or is to be done. Nothing was saved.",
            where=where,
        )
    return text


def _refuse_wrong(agencies: Sequence[Agency], due_on: date, task: str, *, body: Agency, held_on: date) -> None:
    if not agencies or any(agency.own_body_id != body.pk for agency in agencies):
        raise FollowUpRefused(
            "กรุณาเลือกหน่วยงานของจังหวัดอย่างน้อยหนึ่งแห่ง ยังไม่มีอะไรถูกบันทึก",
            "Please choose at least one office of this body. Nothing was saved.",
            where="agencies",
        )
    if due_on < held_on:
        raise FollowUpRefused(
            "วันครบกำหนดอยู่ก่อนวันประชุม ยังไม่มีอะไรถูกบันทึก กรุณาเลือกวันใหม่",
            "The due day is before the meeting. Nothing was saved. Please choose another day.",
            where="due_on",
        )
    _said(task, "task")
