"""A message of eCMS that a clerk brings as a file."""

from __future__ import annotations

from django import forms


class EcmsFile(forms.Form):
    """One file."""

    use_required_attribute = False

    file = forms.FileField(
        label="ไฟล์ข้อความ eCMS (.xml)",
        help_text="ไฟล์ที่ได้จากเครื่อง eCMS หรือจากระบบสารบรรณอื่น หนึ่งไฟล์คือหนึ่งข้อความ",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xml"}),
        error_messages={"required": "เลือกไฟล์"},
    )
