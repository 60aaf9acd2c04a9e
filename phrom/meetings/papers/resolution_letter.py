"""What the letter says that carries a resolution to the offices: because of what, what is asked, to what end (ข้อ 11.6-11.7)."""

from __future__ import annotations

from datetime import date

from phrom.letters.actions.body_letters import Words
from phrom.meetings.models import Resolution
from phrom.meetings.papers.words import number_words, short_name
from phrom.meetings.sent import word_for
from phrom.shared.thai.dates import thai_date


def resolution_words(resolution: Resolution, *, task: str, due_on: date | None) -> Words:
    """The letter's subject and text; without `due_on` it only makes known. A resolution of several lines is told as one."""
    item, meeting = resolution.item, resolution.item.meeting
    said = " ".join(resolution.text.split())
    held = f"{number_words(meeting)} เมื่อ{thai_date(meeting.day, 'full')}"
    because = (
        f"ตามที่{short_name(meeting)} ได้ประชุม{held} ระเบียบวาระที่ {item.number} เรื่อง {item.title} และที่ประชุมมีมติ"
        f"{resolution.get_kind_display()} ความว่า “{said}” นั้น"
    )
    wanted = " ".join(task.split())
    if due_on is None:
        asked, end = f"{meeting.body.name}ขอแจ้งมติดังกล่าวเพื่อทราบ {wanted}".strip(), "จึงเรียนมาเพื่อโปรดทราบ"
    else:
        day = thai_date(due_on, "long")
        asked = f"{meeting.body.name}ขอให้หน่วยงานของท่านดำเนินการดังนี้ {wanted} และรายงานผลเป็นหนังสือภายในวันที่ {day}"
        end = "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    subject = f"{'แจ้งมติ' if due_on is None else 'ให้ดำเนินการตามมติ'}ที่ประชุม{short_name(meeting)} {number_words(meeting)}"
    text = "\n".join((because, asked, end))
    return Words(subject, text, word_for(resolution.pk), answer_by=due_on)
