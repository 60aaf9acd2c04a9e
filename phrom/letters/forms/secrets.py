"""Naming a reader of a secret letter, and breaking the glass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from phrom.agencies.models import Agency, Membership, Person
from phrom.letters.actions.standing import SHORTEST_REASON
from phrom.letters.models import Book
from phrom.shared.thai.dates import BANGKOK
from phrom.shared.thai.digits import to_arabic
from phrom.shared.ui.typed import ThaiDate


def _reason(hint: str) -> forms.CharField:
    return forms.CharField(
        label="เหตุผล",
        help_text=hint,
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"min_length": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร"},
    )


class Whole(forms.CharField):
    """A whole number, with Thai or Arabic digits."""

    def to_python(self, value: Any) -> Any:
        """Return the number, or None when nothing was typed."""
        text = to_arabic(super().to_python(value)).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 6):
            raise forms.ValidationError("กรอกเป็นตัวเลขล้วน เช่น 12 หรือ ๑๒")
        return int(text)


class NameReader(forms.Form):
    """Who may read it, until when, why."""

    person = forms.ChoiceField(label="ให้ใครอ่าน", help_text="บุคคลในจังหวัดเดียวกัน ผู้นี้อ่านได้เฉพาะหนังสือฉบับนี้")
    last_day = ThaiDate(label="อ่านได้ถึงวันที่", required=False, help_text="เช่น 30 มิ.ย. 2567 เว้นว่างถ้าไม่กำหนด")
    because = _reason("เช่น มอบให้พิจารณาดำเนินการ")

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.person_id): one.person for one in members}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so
        field.choices = [
            ("", "เลือกบุคคล"),
            *((str(one.person_id), f"{one.person.name} ({one.agency.label})") for one in members),
        ]

    def clean_person(self) -> Person:
        """The person that was chosen."""
        return self._people[self.cleaned_data["person"]]

    @property
    def until(self) -> datetime | None:
        """The end of the last day in Thailand; None without one."""
        day = self.cleaned_data["last_day"]
        return datetime.combine(day, time.max, tzinfo=BANGKOK) if day else None


class BreakGlass(forms.Form):
    """Which secret letter, by its line in the register, and why."""

    agency = forms.ChoiceField(label="หน่วยงานเจ้าของทะเบียน")
    book = forms.ChoiceField(
        label="ทะเบียน",
        choices=[(one.value, one.label) for one in (Book.SECRET_RECEIVE, Book.SECRET_SEND)],
        widget=forms.RadioSelect,
    )
    year = Whole(label="ปี พ.ศ.", widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}))
    number = Whole(label="เลขทะเบียน", widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}))
    because = _reason("เหตุฉุกเฉินที่ต้องอ่าน ข้อความนี้อยู่ในบันทึกการกระทำและในหน้าหนังสือตลอดไป")

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so
        field.choices = [("", "เลือกหน่วยงาน"), *((key, agency.name) for key, agency in self._agencies.items())]

    def clean_agency(self) -> Agency:
        """The agency that was chosen."""
        return self._agencies[self.cleaned_data["agency"]]
