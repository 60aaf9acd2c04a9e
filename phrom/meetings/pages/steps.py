"""Where a meeting stands, in words, and what comes next for whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.meetings.models import Meeting, Minutes
from phrom.shared.thai.dates import thai_when


@dataclass(frozen=True)
class Step:
    """One step of a meeting's life. `done` once it happened, `current` for the last that did."""

    word: str
    done: bool
    when: str
    current: bool = False


@dataclass(frozen=True)
class Next:
    """The one next act: its words and its route (with the meeting's id)."""

    act: str
    route: str
    why: str


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The meeting's minutes, where they have been begun."""
    return meeting.minutes if hasattr(meeting, "minutes") else None


def recorded_later(meeting: Meeting) -> bool:
    """True for a meeting of the past that was only recorded: it has its number, but was never called here."""
    return meeting.number is not None and meeting.invited_at is None


def steps_of(meeting: Meeting) -> tuple[Step, ...]:
    """The six steps, each with when it happened."""
    minutes = minutes_of(meeting)
    moments: list[tuple[str, bool, datetime | None]] = [
        ("เตรียมการ", True, None),
        ("เชิญแล้ว", meeting.number is not None, meeting.invited_at),
        ("ตรึงระเบียบวาระ", meeting.agenda_frozen_at is not None, meeting.agenda_frozen_at),
        ("ประชุมแล้ว", meeting.closed_at is not None or recorded_later(meeting), meeting.closed_at),
        ("เวียนรายงาน", bool(minutes and minutes.circulated_at), minutes.circulated_at if minutes else None),
        ("รับรองรายงาน", bool(minutes and minutes.adopted_at), minutes.adopted_at if minutes else None),
    ]
    if recorded_later(meeting):
        moments = [moment for moment in moments if moment[0] != "ตรึงระเบียบวาระ"]
    last = max(place for place, (_, done, _) in enumerate(moments) if done)
    return tuple(
        Step(word, done, thai_when(when) if when else "", current=place == last)
        for place, (word, done, when) in enumerate(moments)
    )


def state_of(meeting: Meeting) -> tuple[str, str]:
    """The shape and the word of the meeting's state."""
    if meeting.is_cancelled:
        return "stop", "ยกเลิก"
    if meeting.opened_at is not None and meeting.closed_at is None:
        return "wait", "กำลังประชุม"
    last = next(step for step in steps_of(meeting) if step.current)
    shapes = {"เตรียมการ": "open", "เชิญแล้ว": "submitted", "ตรึงระเบียบวาระ": "frozen"}
    words = {"เตรียมการ": "กำลังเตรียม", "ตรึงระเบียบวาระ": "ตรึงระเบียบวาระแล้ว"}
    return shapes.get(last.word, "done"), words.get(last.word, last.word)


def next_of(meeting: Meeting, *, has_agenda: bool, late: int = 0) -> Next | None:
    """What whoever keeps the meeting does next; None when it is over. `late` counts items outside the frozen agenda."""
    if meeting.is_cancelled or recorded_later(meeting):
        return None
    if not has_agenda:
        return Next("จัดระเบียบวาระ", "agenda", "เลือกแบบระเบียบวาระ แล้วเพิ่มเรื่องและเอกสาร")
    if meeting.invited_at is None:
        return Next("ออกหนังสือเชิญ", "meeting_invite", "การประชุมจะได้เลขครั้งที่ และผู้ที่มีบัญชีจะได้อีเมลพร้อมปฏิทิน")
    if meeting.agenda_frozen_at is None:
        return Next("ตรึงระเบียบวาระ", "agenda_freeze", "เอกสารทุกฉบับจะถูกเก็บพร้อมค่าตรวจสอบ และไม่เปลี่ยนอีก")
    if late and meeting.opened_at is None:
        return Next("ตรึงระเบียบวาระเพิ่มเติม", "agenda_freeze", f"มีเรื่องที่เพิ่มหลังตรึง {late} เรื่อง")
    return _next_while_held(meeting)


def _next_while_held(meeting: Meeting) -> Next | None:
    minutes = minutes_of(meeting)
    if meeting.opened_at is None:
        return Next("บันทึกผู้มาประชุม", "attendance", "พิมพ์บัญชีลงชื่อ ทำเครื่องหมายผู้มาประชุม และบันทึกเวลาเริ่มประชุม")
    if meeting.closed_at is None:
        return Next("บันทึกมติ", "resolutions", "บันทึกมติทีละวาระระหว่างประชุม")
    if minutes is None or minutes.circulated_at is None:
        return Next("เขียนรายงานการประชุม", "minutes_edit", "ร่างจากระเบียบวาระ เขียนทีละเรื่อง แล้วแจ้งเวียน")
    if minutes.adopted_at is None:
        return Next("อ่านรายงานและตอบข้อขอแก้", "minutes", "ที่ประชุมครั้งถัดไปรับรองได้เมื่อตอบครบทุกข้อ")
    return None
