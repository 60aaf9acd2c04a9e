"""What is typed where a set is laid before a second person, approved or sent back."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from phrom.meetings.models import Resolution

RESOLUTION_HINT = "เลือกเมื่อที่ประชุมมีมติเห็นชอบชุดคำตอบนี้แล้ว มติจะพิมพ์อยู่ในชุดคำตอบ"


class LaySet(forms.Form):
    """Laying the set: what was seen, and the resolution that approved it if there is one."""

    use_required_attribute = False
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    resolution = forms.ChoiceField(required=False, label="มติที่เห็นชอบชุดคำตอบ (ถ้ามี)", help_text=RESOLUTION_HINT)

    def __init__(self, *args: object, resolutions: Sequence[Resolution], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._by_id = {str(each.pk): each for each in resolutions}
        choices = [(pk, f"{each} {each.get_kind_display()}") for pk, each in self._by_id.items()]
        field = self.fields["resolution"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [("", "ไม่ระบุ"), *choices]

    @property
    def chosen(self) -> Resolution | None:
        """The resolution that was chosen."""
        return self._by_id.get(self.cleaned_data.get("resolution", ""))


class ReturnSet(forms.Form):
    """Sending the set back."""

    use_required_attribute = False
    reason = forms.CharField(
        min_length=5,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="เหตุผลที่ส่งกลับ",
        error_messages={
            "required": "กรุณาเขียนเหตุผลที่ส่งกลับ",
            "min_length": "กรุณาเขียนเหตุผลอย่างน้อย 5 ตัวอักษร",
            "max_length": "เหตุผลยาวเกิน 1,000 ตัวอักษร กรุณาเขียนให้สั้นลง",
        },
    )
