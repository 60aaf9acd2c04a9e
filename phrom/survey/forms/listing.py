"""One named thing as a form: columns that every thing has, and the fields of its list. Checks only.

The same form reads the quick lines, the page of one thing, and each row that was pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from phrom.rules.instrument.model import ListKind
from phrom.rules.scoring.claims import URL
from phrom.rules.scoring.exchange import UNPRINTABLE
from phrom.rules.scoring.listing_fields import PUBLIC, FieldKind, ListField
from phrom.rules.scoring.sheet import Provider
from phrom.shared.thai.digits import to_arabic
from phrom.shared.thai.names import name_key
from phrom.shared.ui.typed import OneLine, ThaiDate, posted_id
from phrom.survey.actions.listing import Thing
from phrom.survey.models import Evidence, ListItem

LINES = 5
YES_NO = (("", "ไม่ระบุ"), ("yes", "มี"), ("no", "ไม่มี"))
PROVIDED = ((Provider.OWN.value, "หน่วยงานเอง"), (Provider.BOTH.value, "ทำร่วมกับกรม"), (Provider.PARENT.value, "กรมจัดให้"))
UNIT = {ListKind.DATASETS: "องค์กรเจ้าของข้อมูล"}
DIGITAL = frozenset({ListKind.SERVICES})
LONGEST_TEXT = 4000


class ThingForm(forms.Form):
    """One thing. `short` leaves only what stands in a quick line. After `is_valid`, `thing` is what was written."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        kind: ListKind,
        fields: Sequence[ListField],
        short: bool = False,
        evidence: Sequence[Evidence] = (),
        item: ListItem | None = None,
        **more: Any,
    ) -> None:
        super().__init__(data, initial=_shown(item) if item else None, **more)
        self.kind, self.listed = kind, [field for field in fields if field.short or not short]
        self.fields["name"] = OneLine(label="ชื่อ", max_length=300, error_messages={"required": "ใส่ชื่อ"})
        self.fields["provider"] = forms.ChoiceField(
            label="ผู้จัดให้", choices=[("", "เลือก"), *PROVIDED], error_messages={"required": "เลือกผู้จัดให้"}
        )
        if kind in DIGITAL:
            self.fields["is_digital"] = forms.BooleanField(label="เป็นบริการดิจิทัล", required=False)
        for field in self.listed:
            self.fields[field.code] = _field(field)
        self.fields["url"] = OneLine(
            label="ที่อยู่เว็บ", max_length=2000, required=False, widget=forms.TextInput(attrs={"inputmode": "url"})
        )
        if not short:
            self.fields["unit"] = OneLine(label=UNIT.get(kind, "ผู้รับผิดชอบ"), max_length=200, required=False)
            self.evidence = {str(piece.pk): piece for piece in evidence}
            names = [("", "ยังไม่มี"), *((pk, piece.name) for pk, piece in self.evidence.items())]
            self.fields["evidence"] = forms.ChoiceField(label="หลักฐานจากคลัง", choices=names, required=False)
            self.order_fields(("name", "provider", "is_digital", "uses", "method", "technology", "unit", "url", "evidence"))

    def clean_name(self) -> str:
        """A name that would be nothing once spaces and signs are left out is none."""
        name = str(self.cleaned_data["name"])
        if not name_key(name):
            raise forms.ValidationError("ชื่อต้องมีตัวอักษรหรือตัวเลข")
        return name

    def clean_url(self) -> str:
        """A web address, or nothing."""
        url = str(self.cleaned_data["url"])
        if url and (not URL.fullmatch(url) or UNPRINTABLE.search(url)):
            raise forms.ValidationError("ที่อยู่เว็บต้องขึ้นต้นด้วย http:// หรือ https://")
        return url

    def clean(self) -> dict[str, Any]:
        """Open data is public data; an outcome without a measurement is a measurement; a course ends after it begins."""
        told = self.cleaned_data
        if told.get("data_category") not in (None, "", PUBLIC) and "open" in (told.get("uses") or ()):
            self.add_error("data_category", f"ข้อมูลเปิดต้องเป็น{PUBLIC} ข้อมูลหมวดอื่นเปิดไม่ได้")
        if told.get("measured") == "yes" and not told.get("outcome"):
            self.add_error("outcome", "ตอบว่ามีการวัดผล กรุณาบอกผลที่ได้")
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "วันที่สิ้นสุดมาก่อนวันที่เริ่ม")
        return told

    @property
    def thing(self) -> Thing:
        """What was written down."""
        told = self.cleaned_data
        content = {field.code: _kept(field, told[field.code]) for field in self.listed if field.code in told}
        return Thing(
            name=told["name"],
            provider=told["provider"],
            is_digital=bool(told.get("is_digital")),
            unit=told.get("unit", ""),
            url=told["url"],
            content={code: value for code, value in content.items() if value not in (None, "", [])},
            evidence=self.evidence.get(told["evidence"]) if "evidence" in told else None,
        )


def quick_lines(data: QueryDict | None, kind: ListKind, fields: Sequence[ListField]) -> list[ThingForm]:
    """Empty lines to type into, or those that were posted."""
    return [
        ThingForm(data, kind=kind, fields=fields, short=True, prefix=f"n{n}", empty_permitted=True, auto_id="id_%s")
        for n in range(LINES)
    ]


def typed_lines(lines: Sequence[ThingForm]) -> list[Thing]:
    """The things of the lines in which something was typed; a line that is wrong, or names one twice, carries why."""
    typed = [line for line in lines if line.is_valid() and line.has_changed()]
    seen: set[str] = set()
    for line in typed:
        key = name_key(line.cleaned_data["name"])
        if key in seen:
            line.add_error("name", "พิมพ์ชื่อนี้สองบรรทัด")
        seen.add(key)
    return [line.thing for line in typed if not line.errors]


def mark_known(lines: Sequence[ThingForm], keys: Collection[str]) -> None:
    """Say at each line whose name the list has already that it has."""
    for line in lines:
        if line.has_changed() and name_key(line.cleaned_data.get("name", "")) in keys:
            line.add_error("name", "มีชื่อนี้ในบัญชีแล้ว")


def typed_version(data: QueryDict) -> int:
    """The version that a form of one thing was opened upon; 0, which no thing has, for what is none."""
    return posted_id(data.get("version", ""))


def _field(field: ListField) -> forms.Field:
    hint = field.hint or ("บัญชีข้อมูลภาครัฐกำหนดให้มี" if field.catalogue else "")
    return FIELDS[field.kind](field, {"label": field.label, "help_text": hint, "required": field.required})


def _percent(field: ListField, told: dict[str, Any]) -> forms.Field:
    return _Number(min_value=Decimal(0), max_value=Decimal(100), decimal_places=2, widget=_numeric("decimal"), **told)


def _count(field: ListField, told: dict[str, Any]) -> forms.Field:
    return _Number(min_value=0, max_value=1_000_000, decimal_places=0, widget=_numeric("numeric"), **told)


class _Number(forms.DecimalField):
    """A figure in Thai or Arabic digits, thousands separated or not."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(to_arabic(value).replace(",", "").replace("%", "") if isinstance(value, str) else value)


def _numeric(mode: str) -> forms.Widget:
    return forms.TextInput(attrs={"inputmode": mode, "class": "govuk-input--short"})


def _words(field: ListField) -> list[tuple[str, str]]:
    return [(choice.code, choice.text) for choice in field.choices]


FIELDS: dict[FieldKind, Callable[[ListField, dict[str, Any]], forms.Field]] = {
    FieldKind.LINE: lambda field, told: OneLine(max_length=300, **told),
    FieldKind.EMAIL: lambda field, told: forms.EmailField(max_length=254, **told),
    FieldKind.TEXT: lambda field, told: forms.CharField(
        max_length=LONGEST_TEXT, validators=[_refuse_unprintable], widget=forms.Textarea(attrs={"rows": 2}), **told
    ),
    FieldKind.CHOICE: lambda field, told: forms.ChoiceField(choices=[("", "เลือก"), *_words(field)], **told),
    FieldKind.CHOICES: lambda field, told: forms.MultipleChoiceField(
        choices=_words(field), widget=forms.CheckboxSelectMultiple, **told
    ),
    FieldKind.PERCENT: _percent,
    FieldKind.COUNT: _count,
    FieldKind.DATE: lambda field, told: ThaiDate(**told),
    FieldKind.YES_NO: lambda field, told: forms.ChoiceField(choices=YES_NO, **told),
}


def _refuse_unprintable(text: str) -> None:
    if UNPRINTABLE.search(text):
        raise forms.ValidationError("มีอักขระที่เก็บไม่ได้ กรุณาลบข้อความในช่องนี้แล้วพิมพ์ใหม่")


def _kept(field: ListField, value: Any) -> Any:
    """A field's value as it is kept."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if field.kind is FieldKind.COUNT else f"{value:f}"
    return {"yes": True, "no": False}.get(value) if field.kind is FieldKind.YES_NO else value


def _shown(item: ListItem) -> dict[str, Any]:
    """A thing as it stands in the fields."""
    told = {code: _typed(value) for code, value in item.content.items()}
    return told | {
        "name": item.name,
        "provider": item.provider,
        "is_digital": item.is_digital,
        "unit": item.unit,
        "url": item.url,
        "evidence": str(item.evidence_id or ""),
    }


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit():
        return f"{int(value[8:])}/{int(value[5:7])}/{int(value[:4]) + 543}"
    return value
