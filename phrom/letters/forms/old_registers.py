"""A file with an old register: of which office, which book, which year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from phrom.letters.models import Office
from phrom.shared.thai.digits import to_arabic

FIRST_YEARS = 30  # how many years back an old book may be of


class Year(forms.CharField):
    """A Buddhist year, in either digits."""

    def __init__(self, *, first: int, last: int, **more: Any) -> None:
        self.first, self.last = first, last
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        """Return the year as a number; 0 when nothing was typed."""
        text = to_arabic(super().to_python(value)).strip()[:10]
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()) or not self.first <= int(text) <= self.last:
            raise forms.ValidationError(f"ใส่ปี พ.ศ. ตั้งแต่ {self.first} ถึง {self.last}")
        return int(text)


class OldRegisterFile(forms.Form):
    """What is brought. The choices are those of the person."""

    use_required_attribute = False

    office = forms.ChoiceField(label="หน่วยงาน", error_messages={"required": "เลือกหน่วยงาน"})
    book = forms.ChoiceField(label="ทะเบียน", error_messages={"required": "เลือกทะเบียน"})
    file = forms.FileField(
        label="ไฟล์ทะเบียนเดิม (Excel .xlsx)", allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )

    def __init__(
        self, *args: Any, offices: Sequence[Office], books: Sequence[tuple[str, str]], this_year: int, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        own = [(str(office.pk), office.agency.name) for office in offices]
        self.fields["office"].choices = own  # type: ignore[attr-defined]
        self.fields["book"].choices = [("", "เลือกทะเบียน"), *books]  # type: ignore[attr-defined]
        self.fields["office"].initial = own[0][0] if own else ""
        self.fields["year"] = Year(
            label="ปี พ.ศ. ของทะเบียน",
            first=this_year - FIRST_YEARS,
            last=this_year,
            help_text=f"หนึ่งไฟล์คือหนึ่งทะเบียนของหนึ่งปีปฏิทิน เช่น {this_year - 1}",
            error_messages={"required": "ใส่ปี พ.ศ."},
        )
        self.order_fields(("office", "book", "year", "file"))
