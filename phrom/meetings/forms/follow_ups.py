"""Naming offices under a resolution, what an office reports, what the coordinator decides. Checks only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from phrom.agencies.models import Agency
from phrom.meetings.actions.follow_ups import SHORTEST
from phrom.shared.ui.typed import ThaiDate

ALL, SEATS, SOME = "all", "seats", "some"
ANSWERED, PROGRESS = "answered", "progress"
RETURN, CLOSE, REOPEN = "return", "close", "reopen"
TOO_SHORT = f"เขียนอย่างน้อย {SHORTEST} ตัวอักษร"


def long_text(label: str, hint: str, rows: int = 3) -> forms.CharField:
    """A text of some sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        min_length=SHORTEST,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": TOO_SHORT,
            "min_length": TOO_SHORT,
            "max_length": "ข้อความยาวเกิน 5,000 ตัวอักษร กรุณาเขียนให้สั้นลง",
        },
    )


class OpenFollowUps(forms.Form):
    """Who does what by when. After `is_valid`, `chosen` are the offices. `seats` are the offices of the committee's seats."""

    use_required_attribute = False

    task = long_text("ให้ดำเนินการอะไร", "หน่วยงานจะเห็นข้อความนี้คู่กับมติ")
    due_on = ThaiDate(label="ภายในวันที่", help_text="เช่น 21 มิ.ย. 2567 หรือ 21/6/2567")
    whom = forms.ChoiceField(label="มอบหน่วยงานใด", widget=forms.RadioSelect, error_messages={"required": "เลือกว่ามอบหน่วยงานใด"})
    agencies = forms.MultipleChoiceField(
        label="หน่วยงานที่เลือก", help_text="ใช้เมื่อมอบเฉพาะบางหน่วยงาน", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, offices: Sequence[Agency], seats: Sequence[Agency], **more: Any) -> None:
        super().__init__(data, **more)
        self._offices = {str(agency.pk): agency for agency in offices}
        self._seats = tuple(agency for agency in seats if str(agency.pk) in self._offices)
        whom = self.fields["whom"]
        assert isinstance(whom, forms.ChoiceField)  # noqa: S101  for the type checker
        whom.choices = [
            (ALL, f"ทุกหน่วยงานของจังหวัด ({len(self._offices)} แห่ง)"),
            (SEATS, f"หน่วยงานที่มีที่นั่งในคณะกรรมการ ({len(self._seats)} แห่ง)"),
            (SOME, "เฉพาะหน่วยงานที่เลือกด้านล่าง"),
        ]
        agencies = self.fields["agencies"]
        assert isinstance(agencies, forms.MultipleChoiceField)  # noqa: S101  for the type checker
        agencies.choices = [(key, agency.name) for key, agency in self._offices.items()]

    def clean(self) -> dict[str, Any]:
        """At least one office, wherever it was chosen."""
        whom = self.cleaned_data.get("whom")
        ticked = [self._offices[key] for key in self.cleaned_data.get("agencies", ())]
        self.chosen = {ALL: list(self._offices.values()), SEATS: list(self._seats), SOME: ticked}.get(str(whom), [])
        if whom and not self.chosen:
            self.add_error("agencies" if whom == SOME else "whom", "ยังไม่มีหน่วยงานที่เลือก")
        return self.cleaned_data


class Report(forms.Form):
    """What an office reports: how far it is, or that it is done, with the evidence."""

    use_required_attribute = False

    text = long_text("รายงาน", "ทำอะไรไปแล้ว เมื่อใด มีเอกสารใดยืนยัน")
    file = forms.FileField(label="หลักฐาน", required=False, help_text="ไฟล์เดียว เช่น PDF หรือภาพถ่าย หลายไฟล์ให้รายงานทีละครั้ง")
    kind = forms.ChoiceField(choices=[(key, key) for key in (ANSWERED, PROGRESS)], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A browser does not send a file twice by itself: whoever has to mend the text is told to choose it again."""
        if self.errors and self.cleaned_data.get("file"):
            self.add_error("file", "กรุณาเลือกไฟล์อีกครั้ง เพราะเครื่องของท่านไม่ส่งไฟล์ซ้ำเอง")
        return self.cleaned_data


class Decide(forms.Form):
    """What the coordinator decides, with the reason."""

    use_required_attribute = False

    reason = long_text("เหตุผล", "หน่วยงานจะเห็นเหตุผลนี้")
    verdict = forms.ChoiceField(choices=[(key, key) for key in (RETURN, CLOSE, REOPEN)], widget=forms.HiddenInput)
