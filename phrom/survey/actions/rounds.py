"""Opening a round: what must be true before, the edition pinned, every row put to those who know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from phrom.agencies.models import Agency, AgencyKind, Membership, Person
from phrom.agencies.roles import ROLES
from phrom.committee.models import Order
from phrom.meetings.models import Resolution
from phrom.rules.instrument.canonical import edition_json
from phrom.rules.instrument.informants import AgencyRef, route
from phrom.rules.instrument.model import Edition
from phrom.shared.journal.record import record
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.mandate import open_for_asked
from phrom.survey.models import Ask, Round, Survey

ANSWERING_ROLES = tuple(key for key, role in ROLES.items() if "answer.edit" in role.permissions)


@dataclass(frozen=True)
class Precondition:
    """One thing that should be so before a round opens. A `blocking` one that is not met refuses the opening."""

    key: str
    met: bool
    th: str
    en: str
    hint: str = ""
    blocking: bool = True

    @property
    def stops(self) -> bool:
        """True when the round cannot open because of this."""
        return self.blocking and not self.met


class RoundCannotOpen(Refusal):
    """Something that a round needs is missing; `unmet` says what."""

    def __init__(self, unmet: Sequence[Precondition]) -> None:
        self.unmet = tuple(unmet)
        super().__init__(
            "ยังเปิดรอบไม่ได้ และยังไม่มีอะไรถูกบันทึก สิ่งที่ยังขาด: " + " · ".join(f"{item.th} {item.hint}".strip() for item in self.unmet),
            "The round cannot open yet and nothing was saved. Still missing: " + "; ".join(item.en for item in self.unmet),
        )


class EditionChanged(Refusal):
    """An edition of this id was opened before with other content."""

    status = 409

    def __init__(self, edition_id: str) -> None:
        super().__init__(
            f"แบบสำรวจรหัส {edition_id} เคยใช้เปิดรอบแล้วด้วยเนื้อหาอื่น จึงแก้ไขไม่ได้ รอบเดิมยังอยู่ครบ "
            "หากต้องการเนื้อหาใหม่ ให้ทำเป็นแบบสำรวจรหัสใหม่",
            f"Edition {edition_id} was opened before with other content and cannot change. "
            "Existing rounds are safe. Give the new content a new id.",
            where=edition_id,
        )


def preconditions(
    *, body: Agency, edition: Edition | None, internal_deadline: date | None, mandate: Resolution | None, on: date
) -> tuple[Precondition, ...]:
    """What opening on this day needs, in the order of the checklist; each says whether it is met."""
    return (
        _edition_loads(edition),
        _order_in_force(body, on),
        _has_mandate(mandate),
        _office(body, AgencyKind.PROVINCIAL_OFFICE, "provincial_office"),
        _office(body, AgencyKind.STATISTICAL_OFFICE, "statistical_office"),
        _everybody_has_somebody(body, on),
        _deadline_ahead(internal_deadline, on),
        _not_opened_before(body, edition),
    )


@transaction.atomic
def open_round(
    *,
    body: Agency,
    edition: Edition,
    internal_deadline: date,
    mandate: Resolution | None,
    by: Person,
    at: datetime,
    is_demo: bool = False,
    follow_up: bool = False,
) -> Round:
    """Open a body's round of an edition and put every row to its informants.

    With `follow_up` every asked agency gets a line under the resolution, due on the internal deadline.

    Refuses with `RoundCannotOpen` (all that is missing at once) and with `EditionChanged`.
    """
    body = Agency.objects.select_for_update(of=("self",)).get(pk=body.pk)
    asked_for = preconditions(
        body=body, edition=edition, internal_deadline=internal_deadline, mandate=mandate, on=local_date(at)
    )
    if unmet := [item for item in asked_for if item.stops]:
        raise RoundCannotOpen(unmet)
    round = Round.objects.create(
        body=body,
        survey=pin(edition),
        mandate=mandate,
        internal_deadline=internal_deadline,
        is_demo=is_demo,
        opened_by=by,
        opened_at=at,
    )
    asks = Ask.objects.bulk_create(_asks(round, edition), batch_size=500)
    record(
        "round.opened",
        by=by,
        about=f"round:{round.pk}",
        at=at,
        chain=body.code,
        details={
            "edition": edition.id,
            "edition_hash": round.survey.edition_hash,
            "internal_deadline": internal_deadline.isoformat(),
            "mandate": mandate.pk if mandate else 0,
            "asks": len(asks),
        },
    )
    if follow_up:
        open_for_asked(round=round, by=by, at=at)
    return round


def pin(edition: Edition) -> Survey:
    """The survey that holds this edition for ever; refuses `EditionChanged` when the id stands for other content."""
    survey, _ = Survey.objects.get_or_create(
        edition_id=edition.id,
        defaults={
            "edition_hash": edition.hash,
            "fiscal_year": edition.fiscal_year,
            "title": edition.title,
            "document": edition_json(edition),
        },
    )
    if survey.edition_hash != edition.hash:
        raise EditionChanged(edition.id)
    return survey


def _asks(round: Round, edition: Edition) -> list[Ask]:
    agencies = {agency.code: agency for agency in _surveyed(round.body)}
    positions = {row.code: number for number, row in enumerate(edition.rows)}
    return [
        Ask(
            round=round,
            agency=agencies[routing.agency_code],
            code=routing.row_code,
            pillar=edition.by_code[routing.row_code].pillar,
            position=positions[routing.row_code],
            lead=routing.lead,
        )
        for routing in route(edition, [AgencyRef(agency.code, agency.kind) for agency in agencies.values()])
    ]


def _edition_loads(edition: Edition | None) -> Precondition:
    return Precondition(
        "edition",
        edition is not None,
        "แบบสำรวจครบถ้วน ไม่มีข้อบกพร่อง",
        "the edition loads without a defect",
        "" if edition else "เลือกแบบสำรวจ หรือแก้ไขแฟ้มของแบบสำรวจตามรายการข้อบกพร่อง",
    )


def _order_in_force(body: Agency, on: date) -> Precondition:
    order = Order.objects.filter(body=body, effective_on__lte=on).order_by("-effective_on", "-id").first()
    return Precondition(
        "order",
        order is not None,
        f"มีคำสั่งแต่งตั้งคณะกรรมการที่ใช้อยู่ (คำสั่งที่ {order})" if order else "มีคำสั่งแต่งตั้งคณะกรรมการที่ใช้อยู่",
        "an order that appoints the committee is in force",
        "" if order else "บันทึกคำสั่งแต่งตั้งคณะกรรมการก่อน",
    )


def _has_mandate(mandate: Resolution | None) -> Precondition:
    return Precondition(
        "mandate",
        mandate is not None,
        f"มีมติรองรับ ({mandate})" if mandate else "มีมติที่ประชุมรองรับ",
        "a resolution gives the mandate",
        "" if mandate else "เปิดรอบได้โดยไม่มีมติ แต่หน่วยงานจะไม่เห็นที่มาของการขอข้อมูล",
        blocking=False,
    )


def _office(body: Agency, kind: AgencyKind, key: str) -> Precondition:
    found = Agency.objects.filter(body=body, kind=kind).first()
    return Precondition(
        key,
        found is not None,
        f"มี{kind.label}ในระบบ" + (f" ({found.name})" if found else ""),
        f"the {key.replace('_', ' ')} is registered",
        "" if found else f"เพิ่ม{kind.label}ในหน้าหน่วยงานและผู้ใช้",
    )


def _surveyed(body: Agency) -> QuerySet[Agency]:
    return Agency.objects.filter(body=body, answers_survey=True)


def _everybody_has_somebody(body: Agency, on: date) -> Precondition:
    staffed = Membership.objects.in_force(on).filter(role__in=ANSWERING_ROLES, person__is_active=True).values("agency")
    without = [agency.name for agency in _surveyed(body).exclude(pk__in=staffed)]
    hint = f"ยังไม่มีผู้ตอบ {len(without)} หน่วยงาน: {' · '.join(without[:5])}" + (" และอื่น ๆ" if len(without) > 5 else "")
    return Precondition(
        "people",
        not without,
        "ทุกหน่วยงานมีผู้ตอบอย่างน้อยหนึ่งคน",
        "every agency has at least one person who can answer",
        hint if without else "",
    )


def _deadline_ahead(deadline: date | None, on: date) -> Precondition:
    met = deadline is not None and deadline >= on
    return Precondition(
        "deadline",
        met,
        "กำหนดส่งภายในจังหวัดไม่อยู่ก่อนวันเปิดรอบ",
        "the internal deadline is not before the opening day",
        "" if met else "เลือกวันนี้หรือวันหลังจากนี้",
    )


def _not_opened_before(body: Agency, edition: Edition | None) -> Precondition:
    opened = edition is not None and Round.objects.filter(body=body, survey__edition_id=edition.id).exists()
    return Precondition(
        "first",
        not opened,
        "ยังไม่เคยเปิดรอบของแบบสำรวจนี้",
        "no round of this edition has been opened for this body",
        "แบบสำรวจนี้เปิดรอบแล้ว ทำต่อในรอบเดิมได้เลย" if opened else "",
    )
