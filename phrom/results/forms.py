"""What is typed on the pages of the room."""

from __future__ import annotations

from django import forms

from phrom.results.papers.sources import SOURCES
from phrom.shared.ui.typed import OneLine


class FreezeForm(forms.Form):
    """Closing a round: the person confirms what stays open."""

    confirmed = forms.BooleanField(required=False, label="ข้าพเจ้าทราบว่ายังมีข้อที่ไม่ได้ตรวจ และข้อเหล่านั้นจะไม่นับ")


class InsertForm(forms.Form):
    """Which figures to put under an item, and what is printed above them."""

    use_required_attribute = False

    source = forms.ChoiceField(choices=[(key, source.title) for key, source in SOURCES.items()], widget=forms.HiddenInput)
    title = OneLine(
        required=False,
        max_length=300,
        label="หัวเรื่องที่พิมพ์เหนือข้อมูลนี้",
        help_text="เว้นว่างได้ หากข้อความในวาระนำเรื่องไว้แล้ว",
        error_messages={"max_length": "หัวเรื่องยาวเกิน 300 ตัวอักษร กรุณาเขียนให้สั้นลง"},
    )
