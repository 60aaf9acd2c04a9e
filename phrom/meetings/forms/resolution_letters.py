"""To whom a resolution is sent, what is asked and by when. Checks only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from phrom.agencies.models import Agency
from phrom.letters.models import DirectoryEntry
from phrom.meetings.actions.resolution_letters import Asked
from phrom.meetings.forms.follow_ups import long_text
from phrom.shared.ui.typed import ThaiDate


class Offices(forms.MultipleChoiceField):
    """Offices to tick, by id; the page gives the list."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.CheckboxSelectMultiple, **more)


class WriteLetter(forms.Form):
    """After `is_valid`, `asked` is what was asked for."""

    use_required_attribute = False

    task = long_text("ให้ดำเนินการอะไร", "พิมพ์ในหนังสือ และหน่วยงานเห็นคู่กับมติ")
    due_on = ThaiDate(label="ภายในวันที่", help_text="เช่น 21 มิ.ย. 2567 หรือ 21/6/2567")
    to_know = forms.BooleanField(
        label="รับทราบเท่านั้น ไม่ต้องรายงานผล", required=False, help_text="เมื่อหน่วยงานลงรับหนังสือ เรื่องของหน่วยงานนั้นจะปิดเอง"
    )
    agencies = Offices("หน่วยงานของจังหวัด")
    locals = Offices("องค์กรปกครองส่วนท้องถิ่น")
    entries = Offices("หน่วยงานในระบบอื่นที่เชื่อมกัน")

    def __init__(
        self, data: Any, *, agencies: Sequence[Agency], locals: Sequence[Agency], entries: Sequence[DirectoryEntry], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self._rows: dict[str, dict[str, Any]] = {
            "agencies": {str(each.pk): each for each in agencies},
            "locals": {str(each.pk): each for each in locals},
            "entries": {str(each.pk): each for each in entries},
        }
        for name, rows in self._rows.items():
            field = self.fields[name]
            assert isinstance(field, Offices)  # noqa: S101  declared above
            field.choices = [(key, each.name) for key, each in rows.items()]
            if not rows:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """At least one office, whatever its sort."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in self._rows) and not any(name in self.errors for name in self._rows):
            self.add_error("agencies" if "agencies" in self.fields else None, "เลือกหน่วยงานอย่างน้อยหนึ่งแห่ง")
        return cleaned

    @property
    def asked(self) -> Asked:
        """What a valid form says."""
        chosen = {name: tuple(rows[key] for key in self.cleaned_data.get(name, ())) for name, rows in self._rows.items()}
        agencies = (*chosen["agencies"], *chosen["locals"])
        given = {name: self.cleaned_data[name] for name in ("task", "due_on", "to_know")}
        return Asked(agencies=agencies, entries=chosen["entries"], **given)
