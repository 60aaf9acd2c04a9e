"""What may still be done once minutes exist. After circulation who came stands, a resolution changes only where a taken comment
asks for it, and a text that changes is marked as changed since; after adoption nothing changes."""

from __future__ import annotations

from phrom.meetings.actions.standing import MeetingStands
from phrom.meetings.models import AgendaItem, Meeting, Minutes
from phrom.shared.thai.dates import thai_when


def hold_minutes(minutes: Minutes) -> Minutes:
    """The minutes as they are now, locked until the transaction ends; their meeting first, so that what it resolved and who
    came does not change either."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=minutes.meeting_id)
    rows = Minutes.objects.select_for_update(of=("self",)).select_related(
        "meeting__body", "meeting__order", "editor", "wanted_by"
    )
    return rows.get(pk=minutes.pk)


def refuse_when_adopted(minutes: Minutes) -> None:
    """Refuses once a later meeting adopted them: from then on nothing changes."""
    if minutes.adopted_at is not None:
        raise MeetingStands(
            f"รายงานการประชุมครั้งที่ {minutes.meeting} รับรองแล้วเมื่อ {thai_when(minutes.adopted_at)} จึงแก้ไขไม่ได้อีก ไม่มีอะไรเปลี่ยน "
            "หากพบข้อผิดพลาด ให้เสนอที่ประชุมครั้งถัดไป",
            "These minutes have been adopted. Nothing was changed. Please put any mistake before the next meeting.",
        )


def refuse_when_circulated(meeting: Meeting) -> None:
    """Refuses once the minutes went out: what the members have in their hands is not changed behind their backs."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None and minutes.circulated_at is not None:
        raise _went_out(minutes)


def refuse_unless_asked_for(item: AgendaItem) -> None:
    """After circulation a resolution changes only where a comment on its item, or on the whole, was taken."""
    minutes = Minutes.objects.filter(meeting=item.meeting_id).select_related("meeting").first()
    if minutes is None:
        return
    refuse_when_adopted(minutes)
    if minutes.circulated_at is None:
        return
    taken = minutes.comments.filter(taken=True)
    if not (taken.filter(item=item).exists() or taken.filter(item=None).exists()):
        raise _went_out(minutes)


def _went_out(minutes: Minutes) -> MeetingStands:
    when = thai_when(minutes.circulated_at) if minutes.circulated_at else ""
    return MeetingStands(
        f"แจ้งเวียนรายงานการประชุมแล้วเมื่อ {when} จึงแก้ไขส่วนนี้ไม่ได้ ข้อมูลเดิมยังอยู่ครบ หากต้องแก้ ให้ผู้มาประชุมขอแก้ในรายงานการประชุม",
        "The minutes have been circulated, so this cannot be changed. Everything is kept. Those who attended may ask for it.",
    )
