"""What is done with last year's text beside a row."""

from __future__ import annotations

from django import forms

from phrom.shared.ui.refusals import Refusal


class NoSuchAct(Refusal):
    """Neither used nor put away."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "แบบฟอร์มไม่สมบูรณ์ ยังไม่มีอะไรเปลี่ยน กรุณาเปิดหน้าใหม่แล้วกด “ใช้ข้อความนี้” หรือ “ไม่ใช้”",
            "The form is incomplete and nothing was changed. Please reload the page and press one of the two buttons.",
        )


class CarriedForm(forms.Form):
    """One of two buttons."""

    act = forms.ChoiceField(choices=[("use", "ใช้ข้อความนี้"), ("away", "ไม่ใช้")])


def uses_it(data: object) -> bool:
    """True for using the text, False for putting it away; refuses NoSuchAct."""
    form = CarriedForm(data)  # type: ignore[arg-type]
    if not form.is_valid():
        raise NoSuchAct
    return bool(form.cleaned_data["act"] == "use")
