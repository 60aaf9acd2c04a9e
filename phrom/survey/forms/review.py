"""What a reviewer decided: accept, return or reopen, with the reason where one is needed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict

from phrom.survey.actions.reviewing import SHORTEST_REASON

ACCEPT, RETURN, REOPEN = "accept", "return", "reopen"
LONGEST_REASON = 2000


class Decision(forms.Form):
    """One decision on one row. `seen` is what stood on the page."""

    use_required_attribute = False

    seen = forms.CharField(max_length=40, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[(key, key) for key in (ACCEPT, RETURN, REOPEN)], widget=forms.HiddenInput)
    reason = forms.CharField(
        label="เหตุผล",
        help_text="เขียนให้หน่วยงานรู้ว่าต้องแก้อะไร เช่น แนบคำสั่งฉบับปี 2567",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "เขียนเหตุผลให้หน่วยงานรู้ว่าต้องแก้อะไร",
            "max_length": f"เหตุผลยาวเกิน {LONGEST_REASON} ตัวอักษร กรุณาเขียนให้สั้นลง",
        },
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["reason"].required = self.data.get("verdict") != ACCEPT

    def clean_reason(self) -> str:
        """Everything but an acceptance needs a reason with substance."""
        reason = str(self.cleaned_data["reason"]).strip()
        if self.data.get("verdict") != ACCEPT and len(reason) < SHORTEST_REASON:
            raise forms.ValidationError(f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร ให้หน่วยงานรู้ว่าต้องแก้อะไร")
        return reason


def read_seen(data: QueryDict) -> dict[int, str]:
    """The rows of a bulk acceptance with what stood on the page ("12:3.45"); what is no such thing is left out."""
    found = (re.fullmatch(r"([0-9]{1,18}):([0-9]{1,9}\.[0-9]{1,18})", raw, re.ASCII) for raw in data.getlist("ask"))
    return {int(each[1]): each[2] for each in found if each}
