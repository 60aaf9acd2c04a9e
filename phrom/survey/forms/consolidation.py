"""The province's own answer to one row: fields by the row's kind, and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from phrom.rules.instrument.model import Detail, Kind, Question
from phrom.rules.scoring.exchange import BadAnswer, answer_from_json
from phrom.rules.scoring.sheet import Answer, Value
from phrom.rules.scoring.words import PROVIDERS
from phrom.survey.actions.answering import AnswerNotUnderstood
from phrom.survey.actions.consolidation import SHORTEST_REASON
from phrom.survey.forms.answers import content_of

YES_NO = (("yes", "มี"), ("no", "ไม่มี"))
TAKEN = re.compile(r"([A-Za-z0-9.]{1,20}):([0-9a-f]{64})", re.ASCII)
MOST_ROWS = 1000


def read_taken(data: QueryDict) -> dict[str, str]:
    """The rows that are taken with the mark of what each said on the page; what is no row and mark is left out."""
    found = (TAKEN.fullmatch(raw) for raw in data.getlist("seen")[:MOST_ROWS])
    return {match[1]: match[2] for match in found if match}


class Override(forms.Form):
    """One decision. After `is_valid`, `answer` is the province's answer. `seen` is what stood on the page."""

    use_required_attribute = False

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, question: Question, answer: Answer, seen: str, reason: str = "") -> None:
        super().__init__(data, initial={"seen": seen, "reason": reason, **_shown(answer)})
        self.question = question
        self.answer = answer
        self.fields["value"] = FIELDS[question.kind](question)
        self.fields["value"].required = question.kind is not Kind.MANY
        if question.kind is Kind.MANY:
            self.fields["none"] = forms.BooleanField(label="ไม่มีรายการใดเลย", required=False)
        if question.detail:
            self.fields["detail"] = _detail(question.detail)
        if question.beyond_parent_department:
            providers = [(key.value, words) for key, words in PROVIDERS.items()]
            self.fields["provider"] = _radios("ใครเป็นผู้จัดทำ", providers)
        self.fields["cannot"] = _text("หากตอบไม่ได้ เพราะเหตุใด", rows=2, hint="เว้นว่างไว้ถ้าตอบด้านบนแล้ว")
        self.fields["reason"] = _text("เหตุผลที่ไม่ใช้ข้อเสนอ", rows=3, hint="จะพิมพ์ไว้คู่กับคำตอบในชุดคำตอบของจังหวัด")
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร"

    def clean_reason(self) -> str:
        """A decision against the rule needs a reason with substance."""
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร")
        return reason

    def clean(self) -> dict[str, Any]:
        """Read the answer as the agencies' answers are read; every reason why it is none stands at the value.

        The value is drawn as required, yet "cannot" may stand in its place: what the field itself says is set aside.
        """
        self.errors.pop("value", None)
        try:
            self.answer = answer_from_json(self.question, content_of(self.question, self.data))  # type: ignore[arg-type]
        except AnswerNotUnderstood as wrong:
            self._wrong(wrong.reasons)
        except BadAnswer as bad:
            self._wrong(tuple(problem.th for problem in bad.problems))
        else:
            if not self.answer.given:
                self._wrong(("เลือกหรือกรอกคำตอบของจังหวัด",))
        return self.cleaned_data

    def _wrong(self, reasons: tuple[str, ...]) -> None:
        self.add_error("value", list(reasons))


def _shown(answer: Answer) -> dict[str, Any]:
    """The answer as it stands in the fields."""
    return {
        "value": _plain(answer.value),
        "none": answer.value == (),
        "detail": _plain(answer.detail),
        "provider": answer.provider.value,
        "cannot": answer.cannot,
    }


def _plain(value: Value) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year + 543}"
    return list(value) if isinstance(value, tuple) else value


def _radios(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def _ticks(question: Question) -> forms.MultipleChoiceField:
    choices = [(choice.code, choice.text) for choice in question.choices]
    return forms.MultipleChoiceField(
        label="รายการที่จังหวัดมี", choices=choices, widget=forms.CheckboxSelectMultiple, required=False
    )


def _line(label: str, hint: str = "", mode: str = "text") -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": mode})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=False, max_length=2000)


def _text(label: str, *, rows: int, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=False, max_length=10_000)


def _detail(detail: Detail) -> forms.Field:
    if detail.kind is Kind.YES_NO:
        return _radios(detail.label, YES_NO)
    return _line(detail.label, mode="decimal") if detail.kind is Kind.PERCENT else _text(detail.label, rows=3)


FIELDS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.YES_NO: lambda question: _radios("คำตอบของจังหวัด", YES_NO),
    Kind.MANY: _ticks,
    Kind.COUNT: lambda question: _line("จำนวน", "เลขไทยหรืออารบิกก็ได้", "numeric"),
    Kind.PERCENT: lambda question: _line("ร้อยละ", "0 ถึง 100 ทศนิยมไม่เกิน 2 ตำแหน่ง", "decimal"),
    Kind.DATE: lambda question: _line("วันที่", "เช่น 11 มิ.ย. 2567 หรือ 11/6/2567"),
    Kind.URL: lambda question: _line("ที่อยู่เว็บ", "ขึ้นต้นด้วย https://", "url"),
    Kind.TEXT: lambda question: _text("คำตอบของจังหวัด", rows=8),
}
