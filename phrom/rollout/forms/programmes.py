"""What is typed about a programme: its words and days, a party, a target, the file with the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from phrom.meetings.models import Resolution
from phrom.rollout.actions.programmes import Described
from phrom.rollout.models import PartyRole, Programme, Stage
from phrom.shared.thai.dates import thai_date
from phrom.shared.ui.typed import OneLine, ThaiDate


class ProgrammeForm(forms.Form):
    """A programme's words and days."""

    name = OneLine(label="ชื่อโครงการ", max_length=300, help_text="เช่น การขับเคลื่อนการใช้ระบบ e-Document ปี 2567")
    mandate = forms.CharField(
        label="ที่มา",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="บันทึกข้อตกลง คำสั่ง หรือหนังสือที่ให้ดำเนินการ",
    )
    resolution = forms.ModelChoiceField(
        label="มติรองรับ", queryset=Resolution.objects.none(), required=False, empty_label="ยังไม่มีมติ"
    )
    starts_on = ThaiDate(label="วันเริ่ม", help_text="เช่น 11 มิ.ย. 2567")
    ends_on = ThaiDate(label="วันสิ้นสุด", required=False, help_text="เว้นว่างได้")
    handled_within_days = forms.IntegerField(
        label="นับว่าดำเนินการแล้วเมื่อลงรับและปิดเรื่องภายใน (วัน)",
        min_value=1,
        max_value=365,
        initial=7,
        help_text="นับจากวันที่หนังสือถึง",
    )
    active_within_days = forms.IntegerField(
        label="นับว่าใช้งานจริงเมื่อดำเนินการหนังสือใน (วัน) ที่ผ่านมา", min_value=1, max_value=365, initial=30
    )

    def __init__(self, *args: Any, resolutions: QuerySet[Resolution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resolution"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = resolutions

    @property
    def described(self) -> Described:
        """What a valid form says."""
        return Described(**self.cleaned_data)


def as_described(programme: Programme) -> dict[str, object]:
    """What the form shows before it is changed."""
    names = ("name", "mandate", "handled_within_days", "active_within_days")
    shown: dict[str, object] = {name: getattr(programme, name) for name in names}
    ends = thai_date(programme.ends_on) if programme.ends_on else ""
    return shown | {"resolution": programme.resolution_id, "starts_on": thai_date(programme.starts_on), "ends_on": ends}


class PartyForm(forms.Form):
    """Who stands behind the drive."""

    name = OneLine(label="ชื่อหน่วยงาน", max_length=300)
    role = forms.ChoiceField(label="บทบาท", choices=PartyRole)


class TargetForm(forms.Form):
    """So many offices so far by a day."""

    stage = forms.ChoiceField(
        label="ถึงขั้น",
        choices=[(each.value, each.label) for each in (Stage.JOINED, Stage.TRAINED, Stage.FIRST_LETTER, Stage.ACTIVE)],
    )
    number = forms.IntegerField(label="จำนวน (แห่ง)", min_value=0, max_value=10_000, help_text="ใส่ 0 เพื่อยกเลิกเป้าหมายนี้")
    by_day = ThaiDate(label="ภายในวันที่", help_text="เช่น 30 ก.ย. 2567")


class ListFile(forms.Form):
    """The file with the local governments."""

    use_required_attribute = False

    file = forms.FileField(
        label="ไฟล์รายชื่อ (CSV หรือ Excel .xlsx)",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
