"""What is typed about an office of the drive: a stage, what holds it back, a visit, the words of a case."""

from __future__ import annotations

from django import forms

from phrom.rollout.models import EvidenceKind, HoldbackReason, Stage, VisitKind
from phrom.shared.ui.typed import OneLine, ThaiDate


class StageForm(forms.Form):
    """A stage that the office reached."""

    stage = forms.ChoiceField(label="ถึงขั้น", choices=Stage)
    happened_on = ThaiDate(label="เมื่อวันที่", help_text="เช่น 11 มิ.ย. 2567")
    evidence = forms.ChoiceField(label="หลักฐาน", choices=EvidenceKind)
    note = OneLine(label="บันทึก", required=False, max_length=500, help_text="เช่น เลขที่หนังสือ ถ้าถอนตัว เขียนเหตุผล")


class HoldbackForm(forms.Form):
    """What holds the office back."""

    reason = forms.ChoiceField(label="เหตุ", choices=HoldbackReason)
    words = OneLine(label="รายละเอียด", required=False, max_length=500)
    since = ThaiDate(label="ตั้งแต่วันที่", help_text="เช่น 11 มิ.ย. 2567")


class VisitForm(forms.Form):
    """Help that was brought."""

    kind = forms.ChoiceField(label="วิธี", choices=VisitKind)
    visited_on = ThaiDate(label="วันที่", help_text="เช่น 11 มิ.ย. 2567")
    text = forms.CharField(
        label="ได้ผลอย่างไร", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="ทำอะไร กับใคร เหลืออะไร"
    )


class CaseForm(forms.Form):
    """A question or a trouble."""

    subject = OneLine(label="เรื่อง", max_length=300, help_text="เช่น ลงรับหนังสือแล้วไม่เห็นเลขรับ")
    text = forms.CharField(
        label="รายละเอียด",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="ทำอะไรอยู่ เห็นอะไรบนจอ ต้องการให้ช่วยอะไร",
    )


class NoteForm(forms.Form):
    """Words in a case."""

    text = forms.CharField(label="ข้อความ", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
