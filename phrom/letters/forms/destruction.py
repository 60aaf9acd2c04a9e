"""What is typed at each step of a list of letters to be destroyed, and how long a letter is kept."""

from __future__ import annotations

from typing import Any

from django import forms

from phrom.letters.actions.destruction import FEWEST_MEMBERS, Decided, Member
from phrom.letters.actions.standing import SHORTEST_REASON
from phrom.letters.forms.old_registers import Year
from phrom.letters.models import Decision, DestructionList, ListStep, Retention
from phrom.shared.ui.typed import OneLine, ThaiDate

MOST_MEMBERS = 5
LAST_YEAR = 2699


class Because(forms.Form):
    """Why."""

    because = OneLine(
        label="เหตุผล",
        max_length=500,
        min_length=SHORTEST_REASON,
        error_messages={"required": "เขียนเหตุผล", "min_length": f"เขียนเหตุผลอย่างน้อย {SHORTEST_REASON} ตัวอักษร"},
    )


class RetentionForm(Because):
    """How long a letter is kept, and why that is changed."""

    retention = forms.ChoiceField(label="อายุการเก็บ", choices=Retention, widget=forms.RadioSelect)
    field_order = ("retention", "because")


class Committee(forms.Form):
    """The order and who is named in it."""

    order_number = OneLine(label="เลขที่คำสั่งแต่งตั้งคณะกรรมการ", max_length=80, help_text="เช่น 12/2568")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for place in range(1, MOST_MEMBERS + 1):
            words = "ประธานกรรมการ" if place == 1 else f"กรรมการคนที่ {place - 1}"
            needed = place <= FEWEST_MEMBERS
            self.fields[f"name_{place}"] = OneLine(
                label=f"{words}{'' if needed else ' (ถ้ามี)'}",
                max_length=200,
                required=needed,
                error_messages={"required": f"ใส่ชื่อ{words}"},
            )
            self.fields[f"title_{place}"] = OneLine(label=f"ตำแหน่งของ{words}", max_length=300, required=False)

    @property
    def given(self) -> dict[str, Any]:
        """What a valid form says."""
        places = range(1, MOST_MEMBERS + 1)
        members = [Member(self.cleaned_data[f"name_{place}"], self.cleaned_data[f"title_{place}"]) for place in places]
        return {"order_number": self.cleaned_data["order_number"], "members": members}


class Nothing(forms.Form):
    """A step for which nothing is typed."""

    @property
    def given(self) -> dict[str, Any]:
        """Nothing."""
        return {}


class ApprovalRecord(forms.Form):
    """The head approved on paper."""

    document = OneLine(label="เลขที่หนังสือหรือบันทึกที่อนุมัติ", max_length=80)
    name = OneLine(label="ชื่อหัวหน้าหน่วยงานผู้อนุมัติ", max_length=200)

    @property
    def given(self) -> dict[str, Any]:
        """What a valid form says."""
        return self.cleaned_data


class Sent(forms.Form):
    """The letter with which the list went to the archives."""

    number = OneLine(label="เลขที่หนังสือส่งสำนักหอจดหมายเหตุแห่งชาติ", max_length=80)
    on = ThaiDate(label="ลงวันที่", help_text="เช่น 15 ก.พ. 2568")

    @property
    def given(self) -> dict[str, Any]:
        """What a valid form says."""
        return self.cleaned_data


class Answered(forms.Form):
    """The archives' letter, or none."""

    number = OneLine(
        label="เลขที่หนังสือตอบของสำนักหอจดหมายเหตุแห่งชาติ",
        max_length=80,
        required=False,
        help_text="เว้นว่างได้เมื่อพ้น 60 วันแล้วไม่มีคำตอบ ถ้าขอเก็บเรื่องใด ให้บันทึกที่รายการนั้นก่อน",
    )

    @property
    def given(self) -> dict[str, Any]:
        """What a valid form says."""
        return self.cleaned_data


class DecisionForm(forms.Form):
    """What becomes of one letter."""

    decision = forms.ChoiceField(label="ผลการพิจารณา", choices=Decision, widget=forms.RadioSelect)
    because = OneLine(label="เหตุผล", max_length=500, required=False, help_text="ต้องกรอกเมื่อไม่ทำลาย")

    def __init__(self, *args: Any, listed: DestructionList, **more: Any) -> None:
        super().__init__(*args, **more)
        if listed.step == ListStep.ANSWER:
            self.fields["decision"].choices = [(Decision.GIVE.value, Decision.GIVE.label)]  # type: ignore[attr-defined]
            return
        self.fields["keep_until"] = Year(
            label="เก็บต่อถึงสิ้นปี พ.ศ.",
            first=listed.year + 1,
            last=LAST_YEAR,
            required=False,
            help_text="กรอกเมื่อขยายเวลาเก็บ",
        )

    @property
    def decided(self) -> Decided:
        """What a valid form says."""
        given = self.cleaned_data
        keeps = given["decision"] == Decision.KEEP
        return Decided(given["decision"], given["because"], (given.get("keep_until") or None) if keeps else None)
