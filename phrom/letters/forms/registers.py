"""What is typed about registers: what is looked for, numbers to set aside, a reason, what an office says of itself."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from phrom.letters.actions.numbering import MOST_AT_ONCE
from phrom.letters.actions.registers import OfficeSettings
from phrom.letters.looking import Wanted
from phrom.letters.models import EntryState, Office
from phrom.shared.ui.typed import OneLine, ThaiDate


class Look(forms.Form):
    """What a clerk looks for in a book."""

    q = OneLine(label="ค้นหา", required=False, max_length=200, help_text="เลขที่ เรื่อง จาก ถึง หรือเหตุผล")
    state = forms.ChoiceField(label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *EntryState.choices])
    since = ThaiDate(label="ตั้งแต่วันที่", required=False)
    until = ThaiDate(label="ถึงวันที่", required=False)

    @property
    def wanted(self) -> Wanted:
        """What a valid form looks for; everything where it is not valid."""
        if not self.is_valid():
            return Wanted()
        said = self.cleaned_data
        return Wanted(said["q"], said["state"], said["since"], said["until"])


class Reserve(forms.Form):
    """Numbers to set aside."""

    book = forms.ChoiceField(label="ทะเบียน", error_messages={"required": "เลือกทะเบียนที่จะจองเลข"})
    count = forms.IntegerField(
        label="จำนวนเลข",
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        help_text=f"1 ถึง {MOST_AT_ONCE} เลข เลขที่จองแล้วคืนไม่ได้ หากไม่ใช้ให้ยกเลิกพร้อมเหตุผล",
        error_messages={
            "min_value": "จองอย่างน้อย 1 เลข",
            "max_value": f"จองได้ครั้งละไม่เกิน {MOST_AT_ONCE} เลข",
            "invalid": "กรอกเป็นตัวเลข",
        },
    )
    reserved_for = OneLine(label="จองไว้เพื่อ", max_length=300, help_text="เช่น หนังสือเชิญประชุมที่รอลงนาม จะปรากฏในทะเบียน")

    def __init__(self, *args: Any, books: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["book"]
        if isinstance(field, forms.ChoiceField):
            field.choices = books

    @property
    def chosen(self) -> tuple[int, str]:
        """Agency and book of a valid form."""
        agency, _, book = self.cleaned_data["book"].partition(":")
        return int(agency), book


class VoidReason(forms.Form):
    """Why a number is cancelled."""

    because = OneLine(label="เหตุผลที่ยกเลิก", max_length=500, help_text="ทุกคนที่อ่านทะเบียนเล่มนี้จะเห็นเหตุผล ชื่อผู้ยกเลิก และเวลา")


class SettingsForm(forms.Form):
    """What an office says of itself as a correspondent."""

    letter_code = OneLine(
        label="รหัสหนังสือ",
        required=False,
        max_length=40,
        help_text="อักษรย่อและเลขประจำของเจ้าของเรื่อง ไม่มีเครื่องหมายทับท้าย เช่น ชม 0017.2 เลขที่ออกไปแล้วไม่เปลี่ยน",
    )
    ministry_code = OneLine(label="รหัสกระทรวง", required=False, max_length=20, help_text="ใช้แลกเปลี่ยนหนังสือกับ eCMS")
    department_code = OneLine(label="รหัสกรมหรือหน่วยงาน", required=False, max_length=20, help_text="ใช้แลกเปลี่ยนหนังสือกับ eCMS")
    saraban_email = forms.EmailField(
        label="อีเมลสารบรรณ", required=False, max_length=254, help_text="เช่น saraban@chiangmai.go.th"
    )
    head_approves = forms.BooleanField(label="หัวหน้าหน่วยงานต้องเห็นชอบร่างก่อนออกเลข", required=False)
    circulars_apart = forms.BooleanField(
        label="แยกทะเบียนหนังสือเวียน (ว)",
        required=False,
        help_text="หากไม่แยก หนังสือเวียนใช้เลขในทะเบียนหนังสือส่งและมี ว นำหน้าเลข",
    )

    def clean_letter_code(self) -> str:
        """The code without the stroke that stands between it and the number."""
        code: str = self.cleaned_data["letter_code"].strip()
        if re.search(r"[/\\]", code):
            raise forms.ValidationError("กรอกเฉพาะรหัสหน้าเครื่องหมายทับ เช่น ชม 0017.2")
        return code

    @property
    def said(self) -> OfficeSettings:
        """What a valid form says."""
        return OfficeSettings(**self.cleaned_data)


def as_said(office: Office | None) -> dict[str, object]:
    """What an office says now; a new one keeps its circulars apart."""
    source = office or Office()
    return {name: getattr(source, name) for name in SettingsForm.base_fields}
