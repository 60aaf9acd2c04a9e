"""For which offices this installation receives, from which day to which: its own, and small ones that have none themselves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.exchange.trouble import NotHere
from phrom.letters.models import DirectoryEntry, Office
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


class HostedAlready(Refusal):
    """The days overlap with days on which the office is received for already, or end before they begin."""

    status = 409


@transaction.atomic
def host(*, office: Office, starts_on: date, by: Person | None, at: datetime, ends_on: date | None = None) -> DirectoryEntry:
    """Receive for this office between these days, and say so in the well-known document. Refuses HostedAlready."""
    Office.objects.select_for_update().get(pk=office.pk)
    if ends_on is not None and ends_on < starts_on:
        raise HostedAlready(
            "วันสิ้นสุดมาก่อนวันเริ่ม ยังไม่มีอะไรถูกบันทึก กรุณาแก้วันที่",
            "The last day comes before the first. Nothing was saved. Please mend the days.",
            where="ends_on",
        )
    for entry in DirectoryEntry.objects.filter(office=office, peer=None):
        if (ends_on is None or entry.starts_on <= ends_on) and (entry.ends_on is None or starts_on <= entry.ends_on):
            raise HostedAlready(
                f"{office}อยู่ในทำเนียบของระบบนี้ในช่วงวันดังกล่าวแล้ว ไม่มีอะไรเปลี่ยน กรุณาแก้วันที่",
                f"{office} is received for on these days already. Nothing was changed. Please mend the days.",
                where="starts_on",
            )
    codes = {"ministry_code": office.ministry_code, "department_code": office.department_code}
    entry = DirectoryEntry.objects.create(
        office=office, office_uuid=office.uuid, name=office.agency.name, starts_on=starts_on, ends_on=ends_on, **codes
    )
    _tell("exchange.hosted", entry, by, at)
    return entry


@transaction.atomic
def end_hosting(*, entry: DirectoryEntry, ends_on: date, by: Person, at: datetime) -> DirectoryEntry:
    """Say until when letters for this office are received here. Refuses a day before the first."""
    held = DirectoryEntry.objects.select_for_update(of=("self",)).select_related("office__agency__body").get(pk=entry.pk)
    if ends_on < held.starts_on:
        raise HostedAlready(
            "วันสิ้นสุดมาก่อนวันเริ่ม ไม่มีอะไรเปลี่ยน กรุณาแก้วันที่",
            "The last day comes before the first. Nothing was changed. Please mend the day.",
            where="ends_on",
        )
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    _tell("exchange.hosting_ends", held, by, at)
    return held


def hosted_office(office_uuid: UUID, at: datetime) -> Office:
    """The office of this id, received for here today. Refuses NotHere."""
    entries = DirectoryEntry.objects.in_force(local_date(at)).filter(peer=None, office_uuid=office_uuid)
    entry = entries.select_related("office__agency__body").first()
    if entry is None or entry.office is None:
        raise NotHere
    return entry.office


def _tell(event: str, entry: DirectoryEntry, by: Person | None, at: datetime) -> None:
    assert entry.office is not None  # noqa: S101  constraint directory_here_or_there
    days = {"from": entry.starts_on.isoformat(), "until": entry.ends_on.isoformat() if entry.ends_on else ""}
    chain = entry.office.agency.own_body.code
    record(event, by=by, about=f"office:{entry.office_id}", at=at, chain=chain, details={"office": entry.name, **days})
