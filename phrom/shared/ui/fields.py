"""How a form field becomes our design: which template fits it, and which classes its input wears."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
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
    for bound in form:
        found += [FieldProblem(str(text), _first_input(bound)) for text in bound.errors]
    return found


def _class_of(bound: BoundField) -> str:
    ours = next(name for kind, name in _CLASSES if isinstance(bound.field.widget, kind))
    return f"{ours} {ours}--error" if bound.errors and ours != "govuk-file-upload" else ours


def _first_input(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if shape_of(bound) == "choices" else bound.auto_id
