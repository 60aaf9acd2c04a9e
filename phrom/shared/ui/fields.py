"""How a form field becomes our design: which template fits it, and which classes its input wears."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString, mark_safe

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)
_MISSING_TEXT = "ยังว่างอยู่ กรุณากรอก"
_MISSING_FILE = "ยังไม่มีไฟล์ กรุณาเลือกไฟล์"
_MISSING = {"choices": "ยังไม่ได้เลือก กรุณาเลือก", "tick": "ยังไม่ได้ทำเครื่องหมาย กรุณาทำเครื่องหมายเพื่อยืนยัน"}
_WORDS = {
    "invalid_choice": "ตัวเลือกนี้ไม่มีในรายการ กรุณาเลือกใหม่",
    "invalid_list": "ตัวเลือกนี้ไม่มีในรายการ กรุณาเลือกใหม่",
    "empty": "ไฟล์นี้ว่าง กรุณาเลือกไฟล์ใหม่",
    "missing": "ยังไม่มีไฟล์ กรุณาเลือกไฟล์",
}


@dataclass(frozen=True)
class FieldProblem:
    """One thing that is wrong, and the id of the input where it can be mended ("" for the whole form)."""

    text: str
    target: str


def shape_of(bound: BoundField) -> str:
    """`hidden`, `choices` (radios or ticks), `tick` (one checkbox) or `plain`."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, _CHOICES):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "plain"


def control(bound: BoundField) -> SafeString:
    """The input with our classes beside those that the form asked for."""
    shape = shape_of(bound)
    if shape == "hidden":
        return bound.as_widget()
    ours = "govuk-checkboxes__input" if shape == "tick" else _class_of(bound)
    asked = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{ours} {asked}".strip()})


def choice_kind(bound: BoundField) -> str:
    """`radios` or `checkboxes`: the family of classes a group of choices wears."""
    return "radios" if type(bound.field.widget).input_type == "radio" else "checkboxes"


def choice_input(choice: BoundWidget, kind: str) -> SafeString:
    """One choice's input without its label, with our class beside those that the form asked for."""
    data = choice.data
    attrs = {**data["attrs"], "class": f"govuk-{kind}__input {data['attrs'].get('class', '')}".strip()}
    attrs.pop("aria-describedby", None)
    context = {"widget": {**data, "attrs": attrs, "wrap_label": False}}
    return mark_safe(choice.renderer.render(data["template_name"], context))  # Django's own widget template


def problems(form: BaseForm) -> list[FieldProblem]:
    """All problems of a form in the order of its fields, those of the whole form first."""
    found = [FieldProblem(str(text), "") for text in form.non_field_errors()]
    for bound in form.hidden_fields():
        found += [FieldProblem(text, "") for text in sentences(bound)]
    for bound in form.visible_fields():
        found += [FieldProblem(f"{bound.label}: {text}", _first_input(bound)) for text in sentences(bound)]
    return found


def sentences(bound: BoundField) -> list[str]:
    """What is wrong with a field: the form's own words where it has some, ours where Django would speak."""
    return [_sentence(bound, error) for error in bound.errors.as_data()]


def _sentence(bound: BoundField, error: ValidationError) -> str:
    spoken = next(iter(error.messages))
    code = error.code or ""
    if error.message not in _djangos(bound.field, code):
        return spoken
    if code == "required":
        return _MISSING.get(shape_of(bound), _MISSING_FILE if bound.field.widget.needs_multipart_form else _MISSING_TEXT)
    return _WORDS.get(code, spoken)


def _djangos(field: forms.Field, code: str) -> list[object]:
    families = [family for family in type(field).__mro__ if family.__module__.startswith("django.")]
    return [family.__dict__.get("default_error_messages", {}).get(code) for family in families]


def _class_of(bound: BoundField) -> str:
    ours = next(name for kind, name in _CLASSES if isinstance(bound.field.widget, kind))
    return f"{ours} {ours}--error" if bound.errors and ours != "govuk-file-upload" else ours


def _first_input(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if shape_of(bound) == "choices" else bound.auto_id
