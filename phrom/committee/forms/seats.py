"""What is typed about seats, holders and substitutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from phrom.agencies.models import Agency, Person
from phrom.committee.actions.holders import Somebody
from phrom.committee.actions.seats import SeatGiven
from phrom.committee.forms.orders import LIKE, ThaiNumber, choose
from phrom.committee.models import Seat, SeatCategory, SeatRole
from phrom.shared.ui.typed import OneLine, ThaiDate


class SeatForm(forms.Form):
    """A seat as the order names it, and the office through which it is reached."""

    use_required_attribute = False

    precedence = ThaiNumber(
        label="ลำดับในคำสั่ง", min_value=1, max_value=9999, help_text="ถ้าลำดับนี้มีอยู่แล้ว ตำแหน่งเดิมและถัดไปจะเลื่อนลงหนึ่งลำดับ"
    )
    title = OneLine(label="ตำแหน่ง", max_length=300, help_text="ตามที่เขียนในคำสั่ง เช่น เกษตรจังหวัดเชียงใหม่")
    role = forms.ChoiceField(label="บทบาทในคณะกรรมการ", choices=SeatRole.choices, initial=SeatRole.MEMBER)
    category = forms.ChoiceField(label="กลุ่ม", choices=SeatCategory.choices, initial=SeatCategory.REGIONAL)
    agency = forms.ChoiceField(label="หน่วยงาน", required=False, help_text="หนังสือเชิญและการติดตามมติส่งถึงหน่วยงานนี้ เว้นว่างไว้ได้")

    def __init__(self, data: Any = None, *, offices: Sequence[Agency], seat: Seat | None = None, place: int = 0) -> None:
        self._offices = {str(office.pk): office for office in offices}
        super().__init__(data, initial=_initial(seat) if seat else {"precedence": place})
        choose(self, "agency", [("", "ไม่ระบุ"), *((key, office.name) for key, office in self._offices.items())])

    def given(self) -> SeatGiven:
        """What the action is told."""
        said = dict(self.cleaned_data)
        return SeatGiven(**{**said, "agency": self._offices.get(said["agency"])})


class _NamesSomebody(forms.Form):
    """A name, and the account where that person has one."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, people: Sequence[Person], **more: Any) -> None:
        self._people = {str(person.pk): person for person in people}
        super().__init__(data, **more)
        choose(self, "person", [("", "ไม่มีบัญชีในระบบ"), *((key, _account(each)) for key, each in self._people.items())])

    def who(self) -> Somebody:
        """Name and account."""
        return Somebody(self.cleaned_data["name"], self._people.get(self.cleaned_data["person"]))


class HolderForm(_NamesSomebody):
    """Who holds a seat from which day on."""

    name = OneLine(label="ชื่อและนามสกุล", max_length=200, help_text="ตามที่พิมพ์ในเอกสาร เช่น นายศักดิ์ชัย คำแสน")
    starts_on = ThaiDate(label="ตั้งแต่วันที่", help_text=LIKE)
    person = forms.ChoiceField(label="บัญชีผู้ใช้", required=False, help_text="ถ้ามีบัญชี จะเห็นการประชุมในงานของฉัน")


class SubstituteForm(_NamesSomebody):
    """Who may come for the holder."""

    name = OneLine(label="ชื่อและนามสกุล", max_length=200)
    position = OneLine(label="ตำแหน่งของผู้แทน", max_length=300, help_text="เช่น รองหัวหน้าสำนักงานเกษตรจังหวัด")
    starts_on = ThaiDate(label="ตั้งแต่วันที่", help_text=LIKE)
    ends_on = ThaiDate(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้ถ้าไม่มีกำหนด")
    reference = OneLine(label="หนังสือมอบหมาย", required=False, max_length=200, help_text="เลขที่และวันที่ของหนังสือ ถ้ามี")
    person = forms.ChoiceField(label="บัญชีผู้ใช้", required=False)


class EndForm(forms.Form):
    """The last day."""

    use_required_attribute = False

    ends_on = ThaiDate(label="วันสุดท้าย", help_text=LIKE)


class EndSeats(forms.Form):
    """Which seats an amending order ends; none is an answer too."""

    seats = forms.MultipleChoiceField(label="ตำแหน่งที่คำสั่งนี้ให้สิ้นสุด", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, offered: Sequence[Seat]) -> None:
        self._seats = {str(seat.pk): seat for seat in offered}
        super().__init__(data, initial={"seats": [key for key, seat in self._seats.items() if seat.ended_by_id]})
        choose(self, "seats", [(key, f"{seat.precedence}. {seat.title}") for key, seat in self._seats.items()])

    def chosen(self) -> list[Seat]:
        """The seats that were ticked."""
        return [self._seats[key] for key in self.cleaned_data["seats"]]


class RosterFile(forms.Form):
    """An Excel file with the roster."""

    use_required_attribute = False

    file = forms.FileField(
        label="ไฟล์รายชื่อ (Excel .xlsx)", allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )


def _initial(seat: Seat) -> dict[str, object]:
    return {
        "precedence": seat.precedence,
        "title": seat.title,
        "role": seat.role,
        "category": seat.category,
        "agency": seat.agency_id or "",
    }


def _account(person: Person) -> str:
    return f"{person.name} ({person.email})"
