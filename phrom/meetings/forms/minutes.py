"""What is typed into minutes and about them."""

from __future__ import annotations

from django import forms

from phrom.meetings.actions.minutes import Signers
from phrom.shared.ui.typed import OneLine, ThaiDate

LONGEST = 60_000


class ItemText(forms.Form):
    """What the minutes say under an item; `version` is the one it was written upon."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = forms.CharField(
        label="ข้อความในรายงานการประชุม",
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="หนึ่งบรรทัดเป็นหนึ่งย่อหน้า มติที่บันทึกไว้จะพิมพ์ต่อท้ายเอง",
    )


class SignersForm(forms.Form):
    """Who signs at the end."""

    taker = OneLine(label="ผู้จดรายงานการประชุม", max_length=200)
    taker_position = OneLine(label="ตำแหน่งของผู้จด", max_length=300, required=False)
    checker = OneLine(label="ผู้ตรวจรายงานการประชุม", max_length=200, required=False)
    checker_position = OneLine(label="ตำแหน่งของผู้ตรวจ", max_length=300, required=False)

    @property
    def signers(self) -> Signers:
        """What a valid form says."""
        return Signers(**self.cleaned_data)


class Circulate(forms.Form):
    """Until when those who attended may comment."""

    comments_until = ThaiDate(label="ขอแก้ได้ถึงวันที่", help_text="เช่น 19 มิ.ย. 2567 นับทั้งวัน")


class Comment(forms.Form):
    """What is to be corrected; no item means the whole."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="ขอแก้",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="เขียนว่าข้อความใด แก้เป็นอย่างไร",
    )


class CommentAnswer(forms.Form):
    """Taken or not, and why."""

    comment = forms.IntegerField(widget=forms.HiddenInput)
    taken = forms.TypedChoiceField(
        label="ผล",
        choices=[("yes", "แก้ตามที่ขอ"), ("no", "ไม่แก้")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกว่าแก้ตามที่ขอหรือไม่"},
    )
    answer = forms.CharField(
        label="คำตอบ",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="ถ้าไม่แก้ เขียนเหตุผล ผู้ขอจะเห็น",
    )
