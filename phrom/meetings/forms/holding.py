"""What is typed while a meeting is held: marks, times, participants, resolutions."""

from __future__ import annotations

import re

from django import forms
from django.http import QueryDict

from phrom.meetings.actions.attendance import Mark
from phrom.meetings.forms.calling import ClockTime
from phrom.meetings.models import ResolutionKind
from phrom.shared.ui.typed import OneLine, ThaiDate

LONGEST = {"name": 200, "position": 300, "note": 300}


def read_marks(data: QueryDict) -> list[Mark]:
    """The rows of an attendance page; what names no seat is left out, what is longer than its field is cut there."""
    seats = [raw for raw in data.getlist("seat") if re.fullmatch(r"[0-9]{1,18}", raw, re.ASCII)]
    return [_mark(data, raw) for raw in dict.fromkeys(seats)]


def _mark(data: QueryDict, seat: str) -> Mark:
    typed = {name: data.get(f"s{seat}-{name}", "").replace("\0", "")[:longest] for name, longest in LONGEST.items()}
    return Mark(int(seat), data.get(f"s{seat}-kind", ""), **typed, seen=data.get(f"s{seat}-seen", ""))


class BeginTime(forms.Form):
    """When the meeting really began."""

    clock = ClockTime(label="เริ่มประชุมเวลา", help_text="ตามจริง เช่น 13.35")


class EndTime(forms.Form):
    """When the meeting really ended."""

    clock = ClockTime(label="เลิกประชุมเวลา", help_text="ตามจริง เช่น 15.20")


class NewParticipant(forms.Form):
    """Somebody who is there but no member."""

    name = OneLine(label="ชื่อและนามสกุล", max_length=LONGEST["name"])
    position = OneLine(label="ตำแหน่งและหน่วยงาน", max_length=LONGEST["position"], required=False)


class ResolutionForm(forms.Form):
    """What was resolved on an item."""

    kind = forms.ChoiceField(
        label="ประเภทมติ",
        choices=ResolutionKind,
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกประเภทมติ"},
    )
    text = forms.CharField(
        label="ข้อความมติ",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="ตามที่จะพิมพ์ในรายงานการประชุม",
    )
    due_on = ThaiDate(label="ให้แล้วเสร็จภายใน", required=False, help_text="เว้นว่างได้ เช่น 21 มิ.ย. 2567")
