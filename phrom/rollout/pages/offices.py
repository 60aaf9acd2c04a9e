"""The offices of the drive: the list with its filters, and one office with everything known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Membership, Person
from phrom.agencies.roles import ROLES
from phrom.rollout.adoption import NOT_COUNTED, Line, adoption_of, facts_of, stages_in_order
from phrom.rollout.models import Enrolment, Holdback, HoldbackReason, LocalGovernment, Programme, SupportCase
from phrom.rollout.pages.dashboard import SHAPE
from phrom.rollout.scopes import MANAGE, SUPPORT, enrolments_within, local_governments_of, programmes_within
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.typed import posted_id

WHOLE_PROVINCE = "-"


@dataclass(frozen=True)
class OfficeLine:
    """A row of the list."""

    line: Line
    officer: str
    held: str

    @property
    def shape(self) -> str:
        """The shape of its stage."""
        return SHAPE[self.line.standing.stage]


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to."""

    stage: str = ""
    district: str = ""
    officer: int = 0
    reason: str = ""
    apart: bool = False
    name: str = ""

    def takes(self, office: OfficeLine, officer_id: int, reasons: frozenset[str]) -> bool:
        """True for a row that is wanted."""
        district = office.line.district or WHOLE_PROVINCE
        return (
            self.stage in ("", office.line.standing.stage)
            and self.district in ("", district)
            and self.officer in (0, officer_id)
            and (not self.reason or self.reason in reasons)
            and (not self.apart or bool(office.line.standing.said_apart))
            and self.name in office.line.enrolment.local_government.agency.name
        )


@dataclass(frozen=True)
class OfficesPage:
    """The list as it is narrowed. `choices` are the words of each filter, by its name."""

    programme: Programme
    chosen: Chosen
    offices: tuple[OfficeLine, ...]
    total: int
    outside: tuple[LocalGovernment, ...]
    choices: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]
    may_manage: bool
    not_counted: str = NOT_COUNTED


@dataclass(frozen=True)
class Event:
    """A line of an office's history."""

    on: date
    what: str
    text: str
    by: str
    shape: str
    case_id: int = 0


@dataclass(frozen=True)
class OfficePage:
    """One office of the drive."""

    enrolment: Enrolment
    line: Line
    shape: str
    officer: Person | None
    contacts: tuple[tuple[Person, str], ...]
    events: tuple[Event, ...]
    held: tuple[Holdback, ...]
    may_support: bool
    not_counted: str = NOT_COUNTED


def chosen_of(asked: Mapping[str, str]) -> Chosen:
    """The filters as the address names them."""
    return Chosen(
        stage=asked.get("stage", ""),
        district=asked.get("district", ""),
        officer=posted_id(asked.get("officer", "")),
        reason=asked.get("reason", ""),
        apart=asked.get("apart") == "1",
        name=asked.get("name", "").strip()[:100],
    )


def offices_page(access: Access, programme_id: int, chosen: Chosen, at: datetime) -> OfficesPage:
    """The list of a programme; 404 for a stranger. The number of queries does not depend on the number of offices."""
    programme = get_object_or_404(programmes_within(access), pk=programme_id)
    adoption = adoption_of(programme, at)
    shared = {each.district: each.officer for each in programme.district_officers.select_related("officer")}
    reasons = _reasons(programme)
    offices = []
    for line in adoption.lines:
        officer = shared.get(line.district)
        held = reasons.get(line.enrolment.pk, frozenset())
        words = ", ".join(str(HoldbackReason(reason).label) for reason in sorted(held))
        office = OfficeLine(line, officer.name if officer else "", words)
        if chosen.takes(office, officer.pk if officer else 0, held):
            offices.append(office)
    districts = sorted({line.district for line in adoption.lines}, key=lambda name: (name == "", name))
    outside = local_governments_of(programme.body).exclude(enrolments__programme=programme)
    return OfficesPage(
        programme=programme,
        chosen=chosen,
        offices=tuple(offices),
        total=len(adoption.lines),
        outside=tuple(outside),
        choices=_choices(chosen, districts, shared),
        may_manage=programme.body_id in access.body_ids(MANAGE),
    )


def office_page(access: Access, enrolment_id: int, at: datetime) -> OfficePage:
    """One office with its history; 404 for a stranger."""
    enrolment = get_object_or_404(enrolments_within(access), pk=enrolment_id)
    line = facts_of(enrolment, at)
    return OfficePage(
        enrolment=enrolment,
        line=line,
        shape=SHAPE[line.standing.stage],
        officer=officer_of(enrolment),
        contacts=_contacts(enrolment, local_date(at)),
        events=events_of(line),
        held=tuple(enrolment.holdbacks.filter(until=None)),
        may_support=enrolment.programme.body_id in access.body_ids(SUPPORT),
    )


def officer_of(enrolment: Enrolment) -> Person | None:
    """Who looks after the office's district."""
    district = enrolment.local_government.district
    found = enrolment.programme.district_officers.filter(district=district).select_related("officer").first()
    return found.officer if found else None


def events_of(line: Line) -> tuple[Event, ...]:
    """What was seen and what was recorded, the newest first."""
    enrolment, facts = line.enrolment, line.facts
    events = [Event(local_date(enrolment.enrolled_at), "เชิญเข้าโครงการ", "", "", "open")]
    if facts.joined_on:
        events.append(Event(facts.joined_on, "มีบัญชีผู้ใช้ของหน่วยงาน", "", "ระบบ", "done"))
    if facts.first_sent_on:
        events.append(Event(facts.first_sent_on, "ส่งหนังสือฉบับแรกถึงผู้รับ", "", "ระบบ", "done"))
    for record in enrolment.stages.select_related("recorded_by"):
        said = f"{record.get_evidence_display()} {record.note}".strip()
        shape = SHAPE[record.stage]
        events.append(Event(record.happened_on, f"บันทึกว่า “{record.get_stage_display()}”", said, record.recorded_by.name, shape))
    for visit in enrolment.visits.select_related("recorded_by"):
        events.append(Event(visit.visited_on, str(visit.get_kind_display()), visit.text, visit.recorded_by.name, "submitted"))
    for held in enrolment.holdbacks.select_related("recorded_by"):
        over = "stop" if held.until is None else "done"
        events.append(Event(held.since, str(held.get_reason_display()), held.words, held.recorded_by.name, over))
    for case in SupportCase.objects.filter(enrolment=enrolment).select_related("opened_by"):
        said, shape = ("รอคำตอบ", "wait") if case.answered_at is None and case.is_open else ("", "done")
        events.append(Event(local_date(case.opened_at), case.subject, said, case.opened_by.name, shape, case.pk))
    return tuple(sorted(events, key=lambda event: event.on, reverse=True))


def _reasons(programme: Programme) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for enrolment, reason in Holdback.objects.filter(enrolment__programme=programme, until=None).values_list(
        "enrolment", "reason"
    ):
        found.setdefault(enrolment, set()).add(reason)
    return {enrolment: frozenset(reasons) for enrolment, reasons in found.items()}


def _choices(
    chosen: Chosen, districts: list[str], shared: Mapping[str, Person]
) -> tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]:
    officers = {officer.pk: officer.name for officer in shared.values()}
    return (
        ("stage", "ขั้น", _options([(str(stage), str(stage.label)) for stage in stages_in_order()], chosen.stage)),
        (
            "district",
            "อำเภอ",
            _options([(name or WHOLE_PROVINCE, name or "ทั้งจังหวัด") for name in districts], chosen.district),
        ),
        ("officer", "ผู้ดูแล", _options([(str(pk), name) for pk, name in officers.items()], str(chosen.officer or ""))),
        ("reason", "เหตุที่ยังไม่ไปต่อ", _options([(str(key), str(key.label)) for key in HoldbackReason], chosen.reason)),
    )


def _options(pairs: list[tuple[str, str]], here: str) -> tuple[tuple[str, str, bool], ...]:
    return (("", "ทั้งหมด", here == ""), *((key, label, key == here) for key, label in pairs))


def _contacts(enrolment: Enrolment, today: date) -> tuple[tuple[Person, str], ...]:
    rows = Membership.objects.in_force(today).filter(agency=enrolment.local_government.agency_id, person__is_active=True)
    return tuple((row.person, ROLES[row.role].name) for row in rows.select_related("person").order_by("pk"))
