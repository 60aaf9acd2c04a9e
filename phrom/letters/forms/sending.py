"""What a clerk records of a letter that went by hand: that it went, and what came back."""

from __future__ import annotations

from typing import Any

from django import forms

from phrom.shared.ui.typed import OneLine, ThaiDate

OUTCOMES = (
    ("accepted", "ปลายทางลงรับแล้ว แจ้งเลขรับ"),
    ("answered", "ปลายทางตอบหนังสือแล้ว"),
    ("rejected", "ปลายทางส่งคืนหรือปฏิเสธ"),
)


class DispatchForm(forms.Form):
    """That it went, when and how."""

    on = ThaiDate(label="ส่งเมื่อวันที่", help_text="เช่น 11 มิ.ย. 2567")
    how = OneLine(label="ส่งโดย", max_length=200, help_text="เช่น ไปรษณีย์ลงทะเบียน RB123456789TH หรือ อีเมลสารบรรณกลาง")


class OutcomeForm(forms.Form):
    """What the other side said, as paper, mail or telephone brought it."""

    outcome = forms.ChoiceField(
        label="ปลายทางทำอะไรแล้ว", choices=OUTCOMES, widget=forms.RadioSelect, error_messages={"required": "เลือกหนึ่งข้อ"}
    )
    number = OneLine(label="เลขรับ หรือเลขที่หนังสือตอบ", required=False, max_length=80)
    on = ThaiDate(label="ลงวันที่", required=False)
    who = OneLine(label="ผู้แจ้ง", required=False, max_length=200)
    reason = OneLine(label="เหตุผลหรือบันทึก", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """A number with what was accepted or answered; a reason with what came back."""
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome in ("accepted", "answered") and not cleaned.get("number"):
            self.add_error("number", "กรอกเลขที่ปลายทางแจ้ง")
        if outcome == "rejected" and not cleaned.get("reason"):
            self.add_error("reason", "กรอกเหตุผลที่ส่งคืน")
        return cleaned
