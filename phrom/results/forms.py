"""What is typed on the pages of the room."""

from __future__ import annotations

from django import forms


class FreezeForm(forms.Form):
    """Closing a round: the person confirms what stays open."""

    confirmed = forms.BooleanField(required=False, label="ข้าพเจ้าทราบว่ายังมีข้อที่ไม่ได้ตรวจ และข้อเหล่านั้นจะไม่นับ")
