"""What the administrator of the exchange types: a name, an address, days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from phrom.agencies.models import Agency
from phrom.letters.actions.peers import Ways
from phrom.letters.models import Peer
from phrom.shared.ui.typed import OneLine, ThaiDate, posted_id


class NodeName(forms.Form):
    """How other installations see us."""

    name = OneLine(label="ชื่อระบบของเรา", max_length=300, help_text="ชื่อที่ระบบอื่นเห็น เช่น จังหวัดเชียงใหม่")


class LearnPeer(forms.Form):
    """Where another installation is."""

    base_url = forms.URLField(
        label="ที่อยู่ของระบบปลายทาง",
        max_length=500,
        assume_scheme="https",
        help_text="ขึ้นต้นด้วย https:// ระบบจะอ่านชื่อและกุญแจมาให้เทียบ ยังไม่ส่งหรือรับหนังสือจนกว่าจะอนุมัติ",
        error_messages={"invalid": "ต้องเป็นที่อยู่เว็บ เช่น https://phrom.example.go.th"},
    )


class PeerWays(forms.Form):
    """How we exchange with a peer."""

    we_pull = forms.BooleanField(label="เราไปรับหนังสือจากระบบนั้นเอง", required=False, help_text="ใช้เมื่อระบบนั้นติดต่อเข้ามาหาเราไม่ได้")
    they_pull = forms.BooleanField(label="ระบบนั้นมารับหนังสือจากเราเอง", required=False, help_text="ใช้เมื่อเราติดต่อไปหาระบบนั้นไม่ได้")
    takes_secrets = forms.BooleanField(
        label="ส่งและรับหนังสือลับกับระบบนั้นได้", required=False, help_text="ต้องอนุญาตทั้งสองฝ่าย ปกติไม่อนุญาต"
    )

    @property
    def chosen(self) -> Ways:
        """What a valid form says."""
        return Ways(**{name: self.cleaned_data[name] for name in ("we_pull", "they_pull", "takes_secrets")})


def ways_of(peer: Peer) -> dict[str, bool]:
    """What the form shows before it is changed."""
    return {name: getattr(peer, name) for name in ("we_pull", "they_pull", "takes_secrets")}


class HostOffice(forms.Form):
    """For which office, from when to when."""

    agency = forms.ChoiceField(label="หน่วยงาน", error_messages={"required": "เลือกหน่วยงาน"})
    starts_on = ThaiDate(label="ตั้งแต่วันที่", help_text="เช่น 1 ก.ค. 2567")
    ends_on = ThaiDate(label="ถึงวันที่", required=False, help_text="เว้นว่างเมื่อไม่มีกำหนด")

    def __init__(self, *args: Any, agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.pk: agency for agency in agencies}
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        field.choices = [("", "เลือกหน่วยงาน"), *((str(pk), agency.name) for pk, agency in self.agencies.items())]

    @property
    def chosen(self) -> Agency:
        """The agency of a valid form."""
        return self.agencies[posted_id(self.cleaned_data["agency"])]


class EndHosting(forms.Form):
    """The last day."""

    ends_on = ThaiDate(label="วันสุดท้ายที่รับ", help_text="เช่น 30 มิ.ย. 2567")
