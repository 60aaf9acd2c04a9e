"""A later deadline as it is typed: whose, until when, why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from phrom.shared.ui.typed import OneLine, ThaiDate
from phrom.survey.actions.extending import LONGEST_REASON
from phrom.survey.actions.reviewing import SHORTEST_REASON


class ExtensionForm(forms.Form):
    """One agency's new last day."""

    use_required_attribute = False

    agency = forms.TypedChoiceField(label="หน่วยงาน", coerce=int, error_messages={"required": "เลือกหน่วยงาน"})
    until = ThaiDate(
        label="ส่งได้ถึงวันที่",
        help_text="เช่น 28 มิ.ย. 2567 หรือ 28/6/2567 นับถึงเที่ยงคืนของวันนั้น",
        error_messages={"required": "พิมพ์วันที่"},
    )
    reason = OneLine(
        label="เหตุผล",
        help_text="เช่น รอผลตรวจสอบจากกรมต้นสังกัด",
        max_length=LONGEST_REASON,
        min_length=SHORTEST_REASON,
        error_messages={
            "required": "เขียนเหตุผลที่ขยายกำหนด",
            "min_length": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร",
            "max_length": f"เหตุผลยาวเกิน {LONGEST_REASON} ตัวอักษร กรุณาเขียนให้สั้นลง",
        },
    )

    def __init__(self, data: Any = None, *, agencies: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(data, **more)
        field: Any = self.fields["agency"]
        field.choices = [("", "เลือกหน่วยงาน"), *agencies]
