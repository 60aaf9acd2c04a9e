"""What is chosen when a round opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from phrom.agencies.models import Agency
from phrom.meetings.models import Resolution
from phrom.rules.instrument.model import Edition
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.typed import ThaiDate
from phrom.survey.catalogue import Offer


class OpenRound(forms.Form):
    """The edition, the province's own deadline and the resolution that carries the round."""

    edition = forms.ChoiceField(
        label="แบบสำรวจ",
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกแบบสำรวจ", "invalid_choice": "แบบสำรวจนี้ไม่มีหรือยังมีข้อบกพร่อง เลือกใหม่"},
    )
    mandate = forms.ChoiceField(
        label="มติที่ให้ดำเนินการ",
        required=False,
        help_text="หน่วยงานจะเห็นมตินี้เป็นที่มาของการขอข้อมูล",
        error_messages={"invalid_choice": "ไม่พบมตินี้ในการประชุมของจังหวัด เลือกใหม่"},
    )
    deadline = ThaiDate(label="กำหนดส่งภายในจังหวัด", help_text="เช่น 21 มิ.ย. 2567 หรือ 21/6/2567 หลังวันนี้ยังส่งได้ แต่จะแสดงว่าเกินกำหนด")

    follow_up = forms.BooleanField(
        label="ติดตามทุกหน่วยงานตามมตินี้",
        required=False,
        help_text="เปิดเรื่องติดตามให้ทุกหน่วยงานที่ถูกถาม ครบกำหนดวันเดียวกัน เมื่อหน่วยงานส่งครบทุกข้อ เรื่องจะถูกรายงานให้เอง และปิดเมื่อปิดรอบ",
    )

    def __init__(self, data: Any, *, offers: Sequence[Offer], mandates: Sequence[Resolution], bodies: Sequence[Agency]) -> None:
        self._editions = {offer.key: offer.edition for offer in offers if offer.edition}
        self._mandates = {str(resolution.pk): resolution for resolution in mandates}
        super().__init__(data, initial=self._first())
        self._choices("edition").choices = [(key, edition.title) for key, edition in self._editions.items()]
        self._choices("mandate").choices = [("", "ยังไม่มีมติ"), *((key, _named(each)) for key, each in self._mandates.items())]
        if len(bodies) > 1:
            self.fields["body"] = forms.ChoiceField(label="ของจังหวัดหรือหน่วยงาน", choices=[(b.pk, b.name) for b in bodies])

    @property
    def chosen_edition(self) -> Edition | None:
        """The edition chosen so far, also while other fields are still wrong."""
        return self._editions.get(str(self["edition"].value() or ""))

    @property
    def chosen_mandate(self) -> Resolution | None:
        """The resolution chosen so far."""
        return self._mandates.get(str(self["mandate"].value() or ""))

    @property
    def chosen_deadline(self) -> date | None:
        """The deadline as understood so far; before anything is typed, the day by which the resolution is due."""
        if self.is_bound:
            return None if "deadline" in self.errors else self.cleaned_data.get("deadline")
        return self.chosen_mandate.due_on if self.chosen_mandate else None

    def _first(self) -> dict[str, object]:
        """Before anything is typed: the newest edition, the newest resolution with a due date, that date, and to follow it up
        unless that is done already."""
        mandate = next(iter(self._mandates.values()), None)
        return {
            "edition": next(iter(self._editions), ""),
            "mandate": str(mandate.pk) if mandate else "",
            "deadline": thai_date(mandate.due_on) if mandate and mandate.due_on else "",
            "follow_up": mandate is not None and not mandate.follow_ups.all(),
        }

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        return field


def _named(resolution: Resolution) -> str:
    due = f" (ภายใน {thai_date(resolution.due_on)})" if resolution.due_on else ""
    text = resolution.text if len(resolution.text) <= 80 else f"{resolution.text[:80]}…"
    return f"{resolution}: {text}{due}"
