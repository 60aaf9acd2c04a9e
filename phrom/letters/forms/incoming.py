"""What is typed about a letter that came: an instruction, whose it is, where it goes, why it is closed; and paper letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.standing import SHORTEST_REASON
from phrom.letters.models import Office, Secrecy, Speed
from phrom.shared.files.kinds import ACCEPT
from phrom.shared.ui.typed import OneLine, ThaiDate

MOST_FILES = 20
DAY_HINT = "เช่น 21 มิ.ย. 2567 หรือ 21/6/2567"


def _words(label: str, *, required: bool = True, hint: str = "", most: int = 1000, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, help_text=hint, max_length=most, widget=widget)


class Instruct(forms.Form):
    """An instruction (เกษียน)."""

    text = _words("ข้อความเกษียน", hint="เช่น ทราบ / มอบกลุ่มงานยุทธศาสตร์ดำเนินการ / เสนอผู้ว่าราชการจังหวัด")


class Note(forms.Form):
    """A note of what happened."""

    text = _words("บันทึก", hint="เช่น โทรสอบถามแล้ว รอเอกสารเพิ่ม")


class Because(forms.Form):
    """A reason that stays on the letter's page."""

    because = forms.CharField(
        label="เหตุผล",
        max_length=500,
        min_length=SHORTEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"min_length": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร"},
    )


class Assign(forms.Form):
    """Whose it is, and until when."""

    to_person = forms.ChoiceField(label="ผู้รับผิดชอบ")
    due_on = ThaiDate(label="ภายในวันที่", required=False, help_text=DAY_HINT + " เว้นว่างได้")
    text = _words("ข้อความถึงผู้รับผิดชอบ", required=False, rows=2)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.pk): person for person in people}
        _choices(self.fields["to_person"], [("", "เลือกบุคคล"), *((key, person.name) for key, person in self._people.items())])

    def clean_to_person(self) -> Person:
        """The person that was chosen."""
        return self._people[self.cleaned_data["to_person"]]


class ToOffice(forms.Form):
    """To which office, with words for it."""

    to_agency = forms.ChoiceField(label="หน่วยงาน")
    text = _words("ข้อความถึงหน่วยงานนั้น", required=False, rows=2, most=300)

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        choices = [(key, agency.name) for key, agency in self._agencies.items()]
        _choices(self.fields["to_agency"], [("", "เลือกหน่วยงาน"), *choices])

    def clean_to_agency(self) -> Agency:
        """The agency that was chosen."""
        return self._agencies[self.cleaned_data["to_agency"]]


class _ManyFiles(forms.FileField):
    """Several files in one field."""

    def __init__(self, **kwargs: Any) -> None:
        class Chooser(forms.FileInput):
            allow_multiple_selected = True

        super().__init__(widget=Chooser(attrs={"multiple": True, "accept": ACCEPT}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files in their order; an empty list for none."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"แนบได้ครั้งละไม่เกิน {MOST_FILES} ไฟล์ กรุณารวมไฟล์แล้วแนบอีกครั้ง")
        return [super(_ManyFiles, self).clean(one, initial) for one in given]


class PaperLetter(forms.Form):
    """A letter that came on paper or by e-mail, in the order in which a clerk reads it off the sheet."""

    office = forms.ChoiceField(label="ลงรับเป็นหนังสือของ")
    speed = forms.ChoiceField(label="ชั้นความเร็ว", choices=Speed, initial=Speed.NORMAL)
    secrecy = forms.ChoiceField(label="ชั้นความลับ", choices=Secrecy, initial=Secrecy.NORMAL)
    their_number = OneLine(label="ที่", required=False, max_length=80, help_text="เลขที่บนหนังสือ เช่น มท 0305/ว 1234")
    their_date = ThaiDate(label="ลงวันที่", required=False, help_text=DAY_HINT)
    from_name = OneLine(label="จาก", max_length=300, help_text="ส่วนราชการหรือบุคคลเจ้าของหนังสือ")
    to_name = OneLine(label="ถึง", required=False, max_length=300, help_text="ตามคำขึ้นต้น เช่น ผู้ว่าราชการจังหวัดเชียงใหม่")
    subject = OneLine(label="เรื่อง", max_length=500)
    due_on = ThaiDate(label="ต้องดำเนินการภายใน", required=False, help_text=DAY_HINT)
    note = OneLine(label="หมายเหตุ", required=False, max_length=500)
    main = forms.FileField(
        label="ไฟล์สแกนตัวหนังสือ", required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}), help_text="PDF หรือภาพถ่าย"
    )
    more = _ManyFiles(label="สิ่งที่ส่งมาด้วย", required=False, help_text="เลือกได้หลายไฟล์")

    def __init__(self, *args: Any, offices: Sequence[Office], secret_agencies: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offices = {str(office.pk): office for office in offices}
        self._secret_agencies = frozenset(secret_agencies)
        _choices(self.fields["office"], [(key, office.agency.name) for key, office in self._offices.items()])
        if not self._secret_agencies:
            _choices(self.fields["secrecy"], [(Secrecy.NORMAL, Secrecy.NORMAL.label)])
            self.fields["secrecy"].widget = forms.HiddenInput()

    def clean_office(self) -> Office:
        """The office that was chosen."""
        return self._offices[self.cleaned_data["office"]]

    def clean(self) -> dict[str, Any]:
        """Secret letters are entered by the registrar of the same office only; a file is chosen again after a mistake."""
        office, secrecy = self.cleaned_data.get("office"), self.cleaned_data.get("secrecy")
        if office and secrecy != Secrecy.NORMAL and office.agency_id not in self._secret_agencies:
            self.add_error("secrecy", "ท่านไม่ใช่นายทะเบียนข้อมูลข่าวสารลับของหน่วยงานนี้ จึงลงรับหนังสือลับไม่ได้")
        if self.errors and (self.cleaned_data.get("main") or self.cleaned_data.get("more")):
            self.add_error("main", "กรุณาเลือกไฟล์อีกครั้ง เพราะเครื่องของท่านไม่ส่งไฟล์ซ้ำเอง")
        return self.cleaned_data

    @property
    def uploads(self) -> list[UploadedFile]:
        """The letter itself first, where it was scanned, then what came with it."""
        main = self.cleaned_data["main"]
        return ([main] if main else []) + list(self.cleaned_data["more"])


def _choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so
    field.choices = choices
