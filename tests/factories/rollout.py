"""The drive: local governments, a programme, offices in it; and ten thousand letters in a second, the same at each run."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from phrom.agencies.models import Agency, AgencyKind, Person
from phrom.letters.models import (
    Book,
    EntryState,
    Incoming,
    Letter,
    LetterKind,
    Office,
    Recipient,
    RecipientState,
    Register,
    RegisterEntry,
    Secrecy,
    Via,
)
from phrom.meetings.models import Resolution
from phrom.rollout.models import (
    CaseNote,
    DistrictOfficer,
    Enrolment,
    Holdback,
    LocalGovernment,
    LocalKind,
    Party,
    Programme,
    StageRecord,
    SupportCase,
    Target,
    Visit,
)
from tests.factories.agencies import make_body, make_person

AT = datetime(2024, 6, 14, 3, 0, tzinfo=UTC)
TODAY = date(2024, 6, 14)
DISTRICTS = (
    "ฝาง แม่อาย เวียงแหง ไชยปราการ เชียงดาว พร้าว กัลยาณิวัฒนา แม่แตง สันทราย ดอยสะเก็ด สะเมิง แม่ริม เมืองเชียงใหม่ "
    "สันกำแพง แม่แจ่ม หางดง สารภี แม่ออน แม่วาง สันป่าตอง จอมทอง ดอยหล่อ ฮอด ดอยเต่า อมก๋อย"
).split()
_code = count(9_000_001)


def make_local(body: Agency | None = None, name: str = "แม่ตัวอย่าง", district: str = "แม่ริม", **more: Any) -> LocalGovernment:
    """A local government of a province."""
    code = str(next(_code))
    agency = Agency.objects.create(
        code=f"lgo-{code}",
        name=f"เทศบาลตำบล{name}",
        kind=AgencyKind.LOCAL_GOVERNMENT,
        body=body or make_body(),
        position=1000,
        answers_survey=False,
    )
    given: dict[str, Any] = {"dla_code": code, "kind": LocalKind.SUBDISTRICT, "district": district}
    return LocalGovernment.objects.create(agency=agency, **{**given, **more})


def make_programme(body: Agency | None = None, resolution: Resolution | None = None, **more: Any) -> Programme:
    """A drive."""
    given: dict[str, Any] = {"name": "การขับเคลื่อนการใช้ระบบ e-Document", "starts_on": date(2024, 1, 1)}
    given |= {"created_by": make_person("ผู้ประสานงาน"), "created_at": AT, "resolution": resolution}
    return Programme.objects.create(body=body or make_body(), **{**given, **more})


def make_enrolment(programme: Programme | None = None, local: LocalGovernment | None = None, **more: Any) -> Enrolment:
    """An office that was invited."""
    programme = programme or make_programme()
    given: dict[str, Any] = {"enrolled_by": programme.created_by, "enrolled_at": AT - timedelta(days=100)}
    return Enrolment.objects.create(
        programme=programme, local_government=local or make_local(programme.body), **{**given, **more}
    )


def make_stage(enrolment: Enrolment, stage: str, on: date = TODAY, note: str = "") -> StageRecord:
    """A stage as somebody recorded it."""
    given = {"stage": stage, "happened_on": on, "note": note, "recorded_by": enrolment.enrolled_by, "recorded_at": AT}
    return StageRecord.objects.create(enrolment=enrolment, **given)


def make_case(enrolment: Enrolment, *, at: datetime = AT, by: Person | None = None, **more: Any) -> SupportCase:
    """A question of the office, with its words."""
    given: dict[str, Any] = {"subject": "ลงรับแล้วไม่เห็นเลขรับ", "from_office": True}
    given |= {"opened_by": by or enrolment.enrolled_by, "opened_at": at}
    case = SupportCase.objects.create(enrolment=enrolment, **{**given, **more})
    CaseNote.objects.create(case=case, text="กดลงรับแล้วเลขไม่ขึ้น", from_office=True, made_by=case.opened_by, made_at=at)
    return case


def make_holdback(enrolment: Enrolment, reason: str = "network", **more: Any) -> Holdback:
    """What holds an office back."""
    given: dict[str, Any] = {"since": TODAY, "recorded_by": enrolment.enrolled_by, "recorded_at": AT}
    return Holdback.objects.create(enrolment=enrolment, reason=reason, **{**given, **more})


def make_visit(enrolment: Enrolment) -> Visit:
    """Help that was brought."""
    who = {"recorded_by": enrolment.enrolled_by, "recorded_at": AT}
    return Visit.objects.create(enrolment=enrolment, kind="visit", visited_on=TODAY, text="สอนลงรับหนังสือ", **who)


def make_target(programme: Programme, stage: str = "active", number: int = 100) -> Target:
    """A target."""
    return Target.objects.create(programme=programme, stage=stage, number=number, by_day=date(2024, 9, 30))


def make_party(programme: Programme, name: str = "กระทรวงมหาดไทย", role: str = "signatory") -> Party:
    """Who stands behind the drive."""
    return Party.objects.create(programme=programme, name=name, role=role)


def make_district_officer(programme: Programme, district: str, officer: Person) -> DistrictOfficer:
    """Who looks after a district."""
    return DistrictOfficer.objects.create(programme=programme, district=district, officer=officer)


def full_province(offices: int = 211) -> Programme:
    """A programme in which a whole province is enrolled; the first office is of no district."""
    programme = make_programme()
    agencies = Agency.objects.bulk_create(
        Agency(
            code=f"lgo-{next(_code)}",
            name=f"เทศบาลตำบลตัวอย่างที่ {place}",
            kind=AgencyKind.LOCAL_GOVERNMENT,
            body=programme.body,
            position=1000,
            answers_survey=False,
        )
        for place in range(offices)
    )
    locals_ = LocalGovernment.objects.bulk_create(
        LocalGovernment(
            agency=agency,
            dla_code=agency.code.removeprefix("lgo-"),
            kind=LocalKind.SUBDISTRICT if place else LocalKind.PROVINCIAL,
            district=DISTRICTS[place % 25] if place else "",
        )
        for place, agency in enumerate(agencies)
    )
    who = {"enrolled_by": programme.created_by, "enrolled_at": AT - timedelta(days=200)}
    Enrolment.objects.bulk_create(Enrolment(programme=programme, local_government=one, **who) for one in locals_)
    return programme


def many_letters(programme: Programme, letters: int = 10_000, seed: int = 2567) -> None:
    """Half sent, half received over eight months; secret, by hand, void, refused and late ones among them."""
    chance = random.Random(seed)
    agencies = list(Agency.objects.filter(local_government__enrolments__programme=programme).order_by("pk"))
    busy = agencies[: len(agencies) * 3 // 5]  # the others never begin
    offices = Office.objects.bulk_create(Office(agency=agency) for agency in busy)
    registers = {
        (office.pk, book): Register(office=office, book=book, year=2567)
        for office in offices
        for book in (Book.SEND, Book.RECEIVE)
    }
    Register.objects.bulk_create(registers.values())
    makers = (_sent, _came)
    made = [
        makers[place % 2](chance, chance.choice(offices), registers, place, programme.created_by) for place in range(letters)
    ]
    RegisterEntry.objects.bulk_create([row for rows in made for row in rows if isinstance(row, RegisterEntry)], batch_size=2000)
    for kind in (Letter, Recipient, Incoming):
        kind.objects.bulk_create([row for rows in made for row in rows if isinstance(row, kind)], batch_size=2000)  # type: ignore[attr-defined]


def _moment(chance: random.Random, place: int) -> datetime:
    """Mostly evenly over eight months; a few hours apart from any border of a day, so that no test rests on one."""
    return AT - timedelta(minutes=chance.randrange(60 * 24 * 240), seconds=place % 60)


def _entry(register: Register, by: Person, at: datetime) -> RegisterEntry:
    register.last_number += 1
    number = register.last_number
    given = {"number_text": str(number), "dated": at.date(), "taken_by": by, "taken_at": at, "state": EntryState.USED}
    return RegisterEntry(register=register, number=number, **given)


def _secrecy(chance: random.Random) -> str:
    return Secrecy.SECRET if chance.random() < 0.1 else Secrecy.NORMAL


def _via(chance: random.Random) -> str:
    return chance.choice((Via.HERE, Via.HERE, Via.PEER, Via.HAND))


def _sent(chance: random.Random, office: Office, registers: dict[Any, Register], place: int, by: Person) -> list[Any]:
    at = _moment(chance, place)
    entry = _entry(registers[office.pk, Book.SEND], by, at)
    letter = Letter(office=office, kind=LetterKind.EXTERNAL, subject=f"เรื่องที่ {place}", secrecy=_secrecy(chance), entry=entry)
    letter.drafted_by = letter.issued_by = by
    letter.drafted_at = letter.issued_at = at
    if chance.random() < 0.03:
        letter.voided_by, letter.voided_at = by, at
    state = chance.choice((RecipientState.DELIVERED, RecipientState.ACCEPTED, RecipientState.QUEUED, RecipientState.REJECTED))
    to = [
        Recipient(letter=letter, via=_via(chance), name=f"ผู้รับ {each}", state=state) for each in range(chance.choice((1, 1, 3)))
    ]
    return [entry, letter, *to]


def _came(chance: random.Random, office: Office, registers: dict[Any, Register], place: int, by: Person) -> list[Any]:
    at = _moment(chance, place)
    letter = Incoming(office=office, via=_via(chance), from_name="จังหวัด", subject=f"เรื่องที่ {place}", secrecy=_secrecy(chance))
    letter.arrived_at = at
    if chance.random() < 0.2:
        return [letter]
    accepted = at + timedelta(hours=chance.randrange(72))
    letter.entry = _entry(registers[office.pk, Book.RECEIVE], by, accepted)
    letter.accepted_by, letter.accepted_at = by, accepted
    if chance.random() < 0.7:
        letter.closed_by, letter.closed_at = by, accepted + timedelta(hours=chance.randrange(24 * 12))
    if chance.random() < 0.03:
        letter.recalled_at = accepted
    return [letter.entry, letter]
