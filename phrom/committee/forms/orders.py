"""What is typed about an order, and for which day its roster is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from phrom.agencies.models import Agency
from phrom.committee.models import Order, Quorum
from phrom.shared.thai.calendar import FIRST_YEAR, LAST_YEAR
from phrom.shared.thai.digits import to_arabic
from phrom.shared.ui.typed import OneLine, ThaiDate

NEW = "new"
LIKE = "เช่น 7/6/2567 หรือ 7 มิ.ย. 67"


class ThaiNumber(forms.IntegerField):
    """A whole number in Thai or Arabic digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> Any:
        """Read Thai digits too."""
        return super().to_python(to_arabic(value or ""))


class RecordOrder(forms.Form):
    """An order: what it is called, when it holds, what it replaces or amends, and its signed file."""

    use_required_attribute = False

    number = ThaiNumber(label="เลขที่คำสั่ง", min_value=1, max_value=99_999, help_text="เฉพาะเลขหน้าเครื่องหมาย / เช่น 3046")
    year = ThaiNumber(label="ปี พ.ศ. ของเลขคำสั่ง", min_value=FIRST_YEAR, max_value=LAST_YEAR, help_text="เช่น 2567")
    issued_on = ThaiDate(label="สั่ง ณ วันที่", help_text=LIKE)
    effective_on = ThaiDate(label="มีผลตั้งแต่วันที่", required=False, help_text="เว้นว่างไว้ถ้ามีผลตั้งแต่วันที่สั่ง")
    relation = forms.ChoiceField(label="คำสั่งนี้", widget=forms.RadioSelect)
    title = OneLine(label="เรื่อง", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    chair_post = OneLine(label="ตำแหน่งของประธานกรรมการ", max_length=300)
    composition = forms.CharField(
        label="องค์ประกอบโดยสรุป",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="เว้นว่างไว้ได้ รายตำแหน่งบันทึกในขั้นต่อไป",
    )
    seat_count = ThaiNumber(label="จำนวนตำแหน่งตามคำสั่ง", required=False, min_value=1, max_value=999)
    quorum = forms.ChoiceField(
        label="องค์ประชุม",
        choices=Quorum.choices,
        initial=Quorum.HALF,
        widget=forms.RadioSelect,
        help_text="ถ้าคำสั่งไม่ได้กำหนด ใช้อย่างน้อยกึ่งหนึ่ง",
    )
    file = forms.FileField(
        label="ไฟล์คำสั่งที่ลงนาม",
        required=False,
        help_text="PDF ไม่บังคับ แนบภายหลังได้",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, bodies: Sequence[Agency], making: Sequence[Order]) -> None:
        """`making` are the orders that make a committee and that no other replaced."""
        self._making = {str(order.pk): order for order in making}
        self._bodies = {str(body.pk): body for body in bodies}
        first = next((order for order in making if order.body_id == bodies[0].pk), None)
        super().__init__(data, files, initial={"relation": f"replaces:{first.pk}" if first else NEW})
        choices = [(NEW, "แต่งตั้งคณะกรรมการ โดยไม่ยกเลิกคำสั่งใด")]
        for order in making:
            choices.append((f"replaces:{order.pk}", f"ยกเลิกและใช้แทนคำสั่งที่ {order}{self._whose(order)}"))
            choices.append((f"amends:{order.pk}", f"แก้ไขเพิ่มเติมคำสั่งที่ {order}{self._whose(order)}"))
        choose(self, "relation", choices)
        if len(bodies) > 1:
            names = [(key, body.name) for key, body in self._bodies.items()]
            self.fields["body"] = forms.ChoiceField(label="ของ", choices=names)

    def clean_file(self) -> Any:
        """A signed order is a PDF."""
        file = self.cleaned_data["file"]
        if file is not None and not file.name.lower().endswith(".pdf"):
            raise forms.ValidationError("ไฟล์คำสั่งต้องเป็น PDF กรุณาเลือกไฟล์ใหม่")
        return file

    def given(self) -> dict[str, Any]:
        """What the action is told, without the file."""
        said = {key: value for key, value in self.cleaned_data.items() if key not in ("file", "relation", "body")}
        how, _, which = self.cleaned_data["relation"].partition(":")
        related = self._making.get(which)
        body = self._bodies.get(self.cleaned_data.get("body", "")) or next(iter(self._bodies.values()))
        return {**said, "body": body, **({how: related} if related else {})}

    def _whose(self, order: Order) -> str:
        return f" ของ{order.body}" if len(self._bodies) > 1 else ""


class SignedFile(forms.Form):
    """The signed order, put beside its record later."""

    file = forms.FileField(label="ไฟล์คำสั่งที่ลงนาม (PDF)", widget=forms.FileInput(attrs={"accept": ".pdf"}))


class AsOf(forms.Form):
    """For which day, and as recorded until when, the roster is asked. Both may be left out."""

    on = ThaiDate(label="รายชื่อ ณ วันที่", required=False, help_text=LIKE)
    known = ThaiDate(label="ตามที่บันทึกไว้ ณ วันที่", required=False, help_text="เว้นว่างไว้ คือตามที่บันทึกไว้ล่าสุด")


def choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Put choices into a field of a form."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = choices
