"""What is posted with an agency's workbook: the file, and of conflicts which to take from it."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from phrom.shared.ui.typed import posted_id


class WorkbookFile(forms.Form):
    """A filled workbook."""

    use_required_attribute = False

    file = forms.FileField(
        label="แบบกรอกที่กรอกแล้ว (Excel .xlsx)", allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )


def taken_from_file(data: QueryDict) -> frozenset[int]:
    """Ids of the asks whose newer answer is to give way to the file's."""
    return frozenset(posted_id(raw) for raw in data.getlist("mine"))
