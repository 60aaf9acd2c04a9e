"""What is typed when a meeting is called: day, time, place, letter, reasons, replies."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from django import forms

from phrom.meetings.actions.calling import Announced
from phrom.meetings.actions.replies import Answer
from phrom.meetings.actions.standing import SHORTEST_REASON
from phrom.meetings.heads import head_templates
from phrom.meetings.models import Meeting, Reply, ReplyKind
from phrom.shared.thai.dates import BANGKOK, bangkok, thai_date
from phrom.shared.thai.digits import to_arabic
from phrom.shared.ui.typed import OneLine, ThaiDate


class ClockTime(forms.CharField):
    """A time of day as offices write it: 13.30, 13:30 น., ๑๓.๓๐."""

    def to_python(self, value: Any) -> Any:
        """Return the time, or None when nothing was typed."""
        text = to_arabic(super().to_python(value)).removesuffix("น.").strip()
        if not text:
            return None
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])", text, re.ASCII)
        if not found:
            raise forms.ValidationError("อ่านเวลาไม่ได้ ตัวอย่างที่ใช้ได้: 13.30, 9:00")
        return time(int(found[1]), int(found[2]))


class Announcement(forms.Form):
    """When and where."""

    day = ThaiDate(label="วันประชุม", help_text="เช่น 11 มิ.ย. 2567 หรือ 11/6/2567 เลขครั้งที่นับตามปีปฏิทินของวันนี้")
    clock = ClockTime(label="เวลา", help_text="เช่น 13.30")
    venue = OneLine(
        label="สถานที่",
        required=False,
        max_length=500,
        help_text="ห้อง ชั้น อาคาร ตามที่จะพิมพ์ในหนังสือเชิญ เว้นว่างได้เมื่อประชุมออนไลน์อย่างเดียว",
    )
    online_link = forms.URLField(
        label="ลิงก์ประชุมออนไลน์",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="ขึ้นต้นด้วย https://",
        error_messages={"invalid": "ลิงก์ต้องเป็นที่อยู่เว็บ เช่น https://meet.example/pcio"},
    )

    @property
    def announced(self) -> Announced:
        """What a valid form says."""
        held_at = datetime.combine(self.cleaned_data["day"], self.cleaned_data["clock"], tzinfo=BANGKOK)
        return Announced(held_at, self.cleaned_data["venue"], self.cleaned_data["online_link"])

    def clean(self) -> dict[str, Any]:
        """A meeting is somewhere: in a room, online, or both."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("venue") and not cleaned.get("online_link"):
            self.add_error("venue", "กรอกสถานที่หรือลิงก์ประชุมออนไลน์อย่างน้อยหนึ่งอย่าง")
        return cleaned


class NewMeeting(Announcement):
    """A meeting with the heads that its agenda begins with."""

    template = forms.ChoiceField(
        label="แบบระเบียบวาระ",
        widget=forms.RadioSelect,
        help_text="แก้ชื่อ เพิ่ม หรือนำวาระออกได้ภายหลัง",
        error_messages={"required": "เลือกแบบระเบียบวาระ"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [(template.key, template.title) for template in head_templates().values()]


def as_announced(meeting: Meeting) -> dict[str, str]:
    """What the form shows before it is changed."""
    local = bangkok(meeting.held_at)
    day, clock = thai_date(local.date()), f"{local:%H.%M}"
    return {"day": day, "clock": clock, "venue": meeting.venue, "online_link": meeting.online_link}


class IssueInvitation(forms.Form):
    """The letter's own number and date, where the office keeps its register elsewhere; where it keeps it here, nothing."""

    letter_number = OneLine(label="เลขที่หนังสือ", max_length=100, help_text="จากทะเบียนหนังสือส่ง เช่น ชม 0017.2/ว 1234")
    letter_date = ThaiDate(label="ลงวันที่", help_text="เช่น 4 มิ.ย. 2567")

    def __init__(self, *args: Any, registered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if registered:
            self.fields.clear()


class Reason(forms.Form):
    """Why, in words that the members read."""

    reason = forms.CharField(
        label="เหตุผล",
        max_length=500,
        min_length=SHORTEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="กรรมการจะเห็นเหตุผลนี้",
        error_messages={"required": "เขียนเหตุผล กรรมการจะเห็นเหตุผลนี้", "min_length": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร"},
    )


class ReplyForm(forms.Form):
    """The answer form (แบบตอบรับ)."""

    kind = forms.ChoiceField(label="จะมาประชุมหรือไม่", choices=ReplyKind, widget=forms.RadioSelect)
    name = OneLine(label="ชื่อผู้แทน", required=False, max_length=200, help_text="กรอกเมื่อมอบผู้แทน")
    position = OneLine(label="ตำแหน่งผู้แทน", required=False, max_length=300)
    phone = OneLine(label="โทรศัพท์", required=False, max_length=60)
    note = forms.CharField(label="หมายเหตุ", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        """A substitute has a name and a position."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ReplyKind.SUBSTITUTE:
            for name, words in (("name", "กรอกชื่อผู้แทน"), ("position", "กรอกตำแหน่งผู้แทน")):
                if not cleaned.get(name):
                    self.add_error(name, words)
        return cleaned

    @property
    def answer(self) -> Answer:
        """What a valid form says."""
        return Answer(**{name: self.cleaned_data[name] for name in ("kind", "name", "position", "phone", "note")})


def as_answered(reply: Reply | None) -> dict[str, str]:
    """What the form shows before it is changed."""
    if reply is None:
        return {}
    return {name: getattr(reply, name) for name in ("kind", "name", "position", "phone", "note")}
