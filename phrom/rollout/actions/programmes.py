"""The drive itself: its words and days, its parties, targets, who looks after which district, which offices are invited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.meetings.models import Resolution
from phrom.rollout.models import DistrictOfficer, Enrolment, LocalGovernment, Party, Programme, Target
from phrom.shared.journal import record as journal
from phrom.shared.ui.refusals import Refusal


class ProgrammeRefused(Refusal):
    """The programme cannot be so."""


@dataclass(frozen=True)
class Described:
    """What a programme says of itself."""

    name: str
    starts_on: date
    mandate: str = ""
    resolution: Resolution | None = None
    handled_within_days: int = 7
    active_within_days: int = 30
    ends_on: date | None = None


@transaction.atomic
def create_programme(*, body: Agency, described: Described, by: Person, at: datetime) -> Programme:
    """A drive of a province. Refuses a name that the province has used, and an end before the beginning."""
    _refuse(body, described, None)
    programme = Programme.objects.create(body=body, created_by=by, created_at=at, **_fields(described))
    _tell("rollout.programme_created", programme, by=by, at=at, details={"name": programme.name})
    return programme


@transaction.atomic
def change_programme(*, programme: Programme, described: Described, by: Person, at: datetime) -> Programme:
    """Say it otherwise. The days by which letters count hold for all figures at once, also for past months."""
    held = Programme.objects.select_for_update(of=("self",)).select_related("body").get(pk=programme.pk)
    _refuse(held.body, described, held)
    for name, value in _fields(described).items():
        setattr(held, name, value)
    held.save(update_fields=list(_fields(described)))
    days = {"handled_within_days": held.handled_within_days, "active_within_days": held.active_within_days}
    _tell("rollout.programme_changed", held, by=by, at=at, details={"name": held.name, **days})
    return held


@transaction.atomic
def add_party(*, programme: Programme, name: str, role: str, by: Person, at: datetime, agency: Agency | None = None) -> Party:
    """Somebody who stands behind the drive; the same in the same role stands there once."""
    party, made = Party.objects.get_or_create(programme=programme, name=name, role=role, defaults={"agency": agency})
    if made:
        _tell("rollout.party_added", programme, by=by, at=at, details={"name": name, "role": party.get_role_display()})
    return party


@transaction.atomic
def remove_party(*, programme: Programme, party_id: int, by: Person, at: datetime) -> None:
    """Take a party away; one that is gone already stays gone."""
    party = programme.parties.filter(pk=party_id).first()
    if party is not None:
        party.delete()
        _tell("rollout.party_removed", programme, by=by, at=at, details={"name": party.name})


@transaction.atomic
def set_target(*, programme: Programme, stage: str, number: int, by_day: date, by: Person, at: datetime) -> None:
    """So many offices at least at this stage by this day; 0 takes the target away. The same again tells nothing."""
    known = programme.targets.filter(stage=stage, by_day=by_day).values_list("number", flat=True).first() or 0
    if known == number:
        return
    if number:
        Target.objects.update_or_create(programme=programme, stage=stage, by_day=by_day, defaults={"number": number})
    else:
        programme.targets.filter(stage=stage, by_day=by_day).delete()
    details: dict[str, object] = {"stage": stage, "number": number, "by_day": by_day.isoformat()}
    _tell("rollout.target_set", programme, by=by, at=at, details=details)


@transaction.atomic
def share_out(*, programme: Programme, officers: Mapping[str, Person | None], by: Person, at: datetime) -> int:
    """Give each district its officer, or nobody; returns how many changed."""
    held = {
        each.district: each for each in programme.district_officers.select_for_update(of=("self",)).select_related("officer")
    }
    before = {district: held[district].officer_id if district in held else None for district in officers}
    changed = {name: who for name, who in officers.items() if before[name] != (who.pk if who else None)}
    for district, officer in changed.items():
        if officer is None:
            held[district].delete()
        else:
            DistrictOfficer.objects.update_or_create(programme=programme, district=district, defaults={"officer": officer})
    if changed:
        shared = [f"{district or 'ทั้งจังหวัด'}: {who.name if who else '–'}" for district, who in changed.items()]
        _tell("rollout.districts_shared", programme, by=by, at=at, details={"shared": shared})
    return len(changed)


@transaction.atomic
def enrol(*, programme: Programme, offices: Sequence[LocalGovernment], by: Person, at: datetime) -> int:
    """Invite offices of the province that are not enrolled yet; returns how many."""
    if any(office.agency.body_id != programme.body_id for office in offices):
        raise ProgrammeRefused(
            "มีองค์กรปกครองส่วนท้องถิ่นที่ไม่อยู่ในจังหวัดนี้ ไม่มีอะไรเปลี่ยน กรุณาเลือกใหม่",
            "An office is not of this province. Nothing was changed. Please choose again.",
        )
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    there = set(programme.enrolments.values_list("local_government", flat=True))
    new = [office for office in offices if office.pk not in there]
    Enrolment.objects.bulk_create(
        Enrolment(programme=programme, local_government=office, enrolled_by=by, enrolled_at=at) for office in new
    )
    if new:
        _tell("rollout.offices_enrolled", programme, by=by, at=at, details={"offices": [each.agency.name for each in new]})
    return len(new)


def _refuse(body: Agency, described: Described, known: Programme | None) -> None:
    if described.ends_on and described.ends_on < described.starts_on:
        raise ProgrammeRefused(
            "วันสิ้นสุดอยู่ก่อนวันเริ่ม ยังไม่มีอะไรถูกบันทึก กรุณาแก้วัน",
            "It would end before it begins. Nothing was saved. Please mend the days.",
            where="ends_on",
        )
    if described.resolution is not None and described.resolution.item.meeting.body_id != body.pk:
        raise ProgrammeRefused(
            "มตินี้ไม่ใช่ของจังหวัดนี้ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกใหม่",
            "The resolution is not of this province. Nothing was saved. Please choose again.",
            where="resolution",
        )
    same = Programme.objects.of_bodies([body.pk]).filter(name=described.name)
    if (same.exclude(pk=known.pk) if known else same).exists():
        raise ProgrammeRefused(
            "จังหวัดมีโครงการชื่อนี้แล้ว ยังไม่มีอะไรถูกบันทึก กรุณาใช้ชื่ออื่น เช่น เติมปี",
            "The province has a programme of this name. Nothing was saved. Please choose another, with the year for example.",
            where="name",
        )


def _fields(described: Described) -> dict[str, object]:
    return {**asdict(described), "resolution": described.resolution}


def _tell(event: str, programme: Programme, *, by: Person, at: datetime, details: dict[str, object]) -> None:
    about, chain = f"programme:{programme.pk}", programme.body.code
    journal.record(event, by=by, about=about, at=at, chain=chain, details=details)
