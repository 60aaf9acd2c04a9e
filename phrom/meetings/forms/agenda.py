"""What is typed when an agenda is made: items, texts, files."""

from __future__ import annotations

from typing import Any

from django import forms

from phrom.meetings.actions.standing import SHORTEST_REASON
from phrom.shared.ui.typed import OneLine

LONGEST_TEXT = 60_000


class NewItem(forms.Form):
    """An item under a head. `late` asks for the reason."""

    title = OneLine(label="เรื่อง", max_length=500, error_messages={"required": "กรอกชื่อเรื่อง"})
    presenter = OneLine(label="ผู้เสนอ", required=False, max_length=300, help_text="พิมพ์ต่อท้ายชื่อเรื่องว่า “โดย...”")
    reason = OneLine(
        label="เหตุผลที่เพิ่มหลังเชิญประชุม", required=False, max_length=500, error_messages={"required": "เขียนเหตุผลที่เพิ่มหลังเชิญประชุม"}
    )

    def __init__(self, *args: Any, late: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if late:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        """A reason has substance."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร")
        return reason


class EditItem(forms.Form):
    """What an item is called, who presents it, whether a resolution is passed on it."""

    title = OneLine(
        label="เรื่อง", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": "กรอกชื่อเรื่อง"}
    )
    presenter = OneLine(label="ผู้เสนอ", required=False, max_length=300, help_text="พิมพ์ต่อท้ายชื่อเรื่องว่า “โดย...”")
    resolves = forms.BooleanField(label="มีมติในเรื่องนี้ (พิมพ์ “มติที่ประชุม” ท้ายเรื่อง)", required=False)


class NewText(forms.Form):
    """A text under an item."""

    text = forms.CharField(
        label="ข้อความ",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="ขึ้นบรรทัดใหม่เมื่อขึ้นย่อหน้าใหม่ ระบบย่อหน้าและแปลงเลขไทยให้ในเอกสาร",
        error_messages={"required": "พิมพ์ข้อความ", "max_length": f"ข้อความยาวเกิน {LONGEST_TEXT:,} ตัวอักษร กรุณาแบ่งเป็นสองฉบับ"},
    )


class EditText(NewText):
    """A text with the version that stood on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NewFile(forms.Form):
    """A file under an item."""

    file = forms.FileField(label="ไฟล์แนบ", help_text="PDF, Word, Excel หรือรูปภาพ")
    title = OneLine(label="ชื่อเอกสาร", required=False, max_length=300, help_text="ตามที่จะพิมพ์ในระเบียบวาระ ถ้าว่างใช้ชื่อไฟล์")
