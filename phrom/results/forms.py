"""What is typed on the pages of the room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from phrom.results.papers.sources import SOURCES
from phrom.shared.ui.typed import OneLine, plain_hash
from phrom.survey.actions.justifying import SHORTEST_REASON

LARGEST_SET = 20_000_000


class FreezeForm(forms.Form):
    """Closing a round: the person confirms what stays open."""

    confirmed = forms.BooleanField(required=False, label="ข้าพเจ้าทราบว่ายังมีข้อที่ไม่ได้ตรวจ และข้อเหล่านั้นจะไม่นับ")


class CheckForm(forms.Form):
    """A hash copied from paper, or the file of the set itself."""

    use_required_attribute = False

    sha256 = forms.RegexField(
        r"^[0-9a-f]{64}$",
        required=False,
        max_length=200,
        label="รหัสตรวจสอบ (SHA-256) / Hash",
        help_text="64 ตัว พิมพ์ไว้ท้ายทุกหน้าของรายงาน เว้นวรรคหรือใช้ตัวพิมพ์ใหญ่ได้",
        error_messages={"invalid": "รหัสต้องมี 64 ตัว เป็นเลข 0-9 และอักษร a-f กรุณาเทียบกับกระดาษอีกครั้ง / 64 characters, 0-9 and a-f"},
    )
    file = forms.FileField(
        required=False,
        label="หรือเลือกไฟล์ ชุดคำตอบ.json / Or the file of the set",
        help_text="ไม่เกิน 20 MB ระบบคำนวณรหัสจากไฟล์แล้วไม่เก็บไฟล์ไว้ / The file is not kept.",
        widget=forms.FileInput(attrs={"accept": ".json"}),
        allow_empty_file=True,
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        if data is not None:
            data = data.copy()
            data["sha256"] = plain_hash(data.get("sha256", ""))
        super().__init__(data, files)

    def clean_file(self) -> UploadedFile | None:
        """Nothing larger than any set could be."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is not None and (upload.size or 0) > LARGEST_SET:
            raise forms.ValidationError("ไฟล์ใหญ่เกิน 20 MB จึงไม่ใช่ชุดคำตอบ กรุณาเลือกไฟล์ ชุดคำตอบ.json / Larger than any set.")
        return upload

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        found = super().clean() or {}
        if not self.errors and not found.get("sha256") and found.get("file") is None:
            self.add_error("sha256", "กรุณาพิมพ์รหัส หรือเลือกไฟล์ / Type the hash or choose the file.")
        return found


class JustifyForm(forms.Form):
    """Why one warning may stand; `key` names the warning as the page showed it."""

    use_required_attribute = False

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(
        label="เหตุผล",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={
            "required": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร",
            "max_length": "เหตุผลยาวเกิน 1,000 ตัวอักษร กรุณาเขียนให้สั้นลง",
        },
    )


class InsertForm(forms.Form):
    """Which figures to put under an item, and what is printed above them."""

    use_required_attribute = False

    source = forms.ChoiceField(choices=[(key, source.title) for key, source in SOURCES.items()], widget=forms.HiddenInput)
    title = OneLine(
        required=False,
        max_length=300,
        label="หัวเรื่องที่พิมพ์เหนือข้อมูลนี้",
        help_text="เว้นว่างได้ หากข้อความในวาระนำเรื่องไว้แล้ว",
        error_messages={"max_length": "หัวเรื่องยาวเกิน 300 ตัวอักษร กรุณาเขียนให้สั้นลง"},
    )
