"""A questionnaire's table as somebody has it: pasted, or as a Word or Excel file. Checks only."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST = 100_000  # letters; a questionnaire of 51 rows has 15,000


class TableSource(forms.Form):
    """One of the two."""

    use_required_attribute = False

    text = forms.CharField(
        label="วางข้อความจากตาราง",
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="คัดลอกทั้งตารางจาก Word หรือ Excel แล้ววาง คอลัมน์ซ้ายคือข้อคำถาม คอลัมน์ขวาคือหน่วยงานที่ให้ข้อมูล",
    )
    file = forms.FileField(
        label="หรือเลือกไฟล์ (.docx หรือ .xlsx)",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both."""
        given = super().clean() or self.cleaned_data
        said = bool((given.get("text") or "").strip()) + bool(given.get("file"))
        if said != 1 and not self.errors:
            both = "กรุณาใช้อย่างเดียว: วางข้อความ หรือเลือกไฟล์"
            self.add_error("text", both if said else "กรุณาวางข้อความจากตาราง หรือเลือกไฟล์")
        return given
