"""One letter that came: what it says, its stamp, what was done with it by whom, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.roles import ROLES
from phrom.letters.content_lines import Line, lines_of
from phrom.letters.incoming_words import URGENCY, Where, where_is
from phrom.letters.models import Incoming, IncomingFile, Letter, RecipientState, SecretReader, Step, StepKind
from phrom.letters.pages.in_tray import waiting_first
from phrom.letters.pages.incoming_acts import May, allowed, keeps_register, may_of
from phrom.letters.pages.secrets import Notes, notes_of
from phrom.letters.scopes import READ, SECRETS, incoming_within, letters_within
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import bangkok

_SHAPES: dict[str, str] = {
    StepKind.INSTRUCTED: "submitted",
    StepKind.ASSIGNED: "submitted",
    StepKind.PASSED_ON: "submitted",
    StepKind.COPIED: "submitted",
    StepKind.NOTED: "open",
    StepKind.ANSWERED: "done",
    StepKind.CLOSED: "done",
    StepKind.REOPENED: "returned",
}


@dataclass(frozen=True)
class Event:
    """One line of the letter's history: shape, word, who (empty for what happened by itself), when, in which words."""

    shape: str
    word: str
    who: str
    at: datetime
    text: str = ""
    step: Step | None = None


@dataclass(frozen=True)
class IncomingPage:
    """The page of one letter. `people` and `agencies` are those to whom the reader may ever give it."""

    incoming: Incoming
    where: Where
    urgency: tuple[str, str]
    days_left: int | None
    lines: tuple[Line, ...]
    files: tuple[IncomingFile, ...]
    has_paper: bool
    history: tuple[Event, ...]
    answers: tuple[Letter, ...]
    may: May
    next_step: str
    people: tuple[Person, ...]
    agencies: tuple[Agency, ...]
    secret: Notes
    may_tray: bool
    following: Incoming | None
    keeps_register: bool = False

    @property
    def stamp_time(self) -> str:
        """The time on the stamp, on Thailand's clock: "13.30 น."."""
        return f"{bangkok(self.incoming.accepted_at):%H.%M} น." if self.incoming.accepted_at else ""


def incoming_for(access: Access, at: datetime, incoming_id: int, permission: str = READ) -> Incoming:
    """A letter that the person may read now; anything else does not exist (404)."""
    rows = incoming_within(access, at, permission).select_related(
        "office__agency__body", "recipient", "passed_from__office__agency", "accepted_by", "refused_by", "closed_by"
    )
    return get_object_or_404(rows, pk=incoming_id)


def incoming_page(access: Access, at: datetime, incoming: Incoming) -> IncomingPage:
    """The letter's page. At most ten queries, whatever was done with it."""
    may, granted, today = may_of(access, incoming), allowed(access, incoming), local_date(at)
    over = incoming.closed_at or incoming.recalled_at or incoming.refused_at
    due = (incoming.due_on - today).days if incoming.due_on and over is None else None
    return IncomingPage(
        incoming=incoming,
        where=where_is(incoming, today),
        urgency=URGENCY[incoming.speed],
        days_left=due,
        lines=lines_of(incoming.content),
        files=tuple(incoming.files.select_related("file")),
        has_paper=incoming.recipient is not None and not incoming.is_destroyed,
        history=tuple(_history(incoming)),
        answers=tuple(letters_within(access, at).filter(answer_to=incoming, voided_at=None)),
        may=may,
        next_step=_next_step(incoming, may, access.person),
        people=people_for(incoming, at) if "assign" in granted else (),
        agencies=agencies_for(incoming) if may.copy or may.pass_on else (),
        secret=notes_of(access, incoming),
        may_tray=access.anywhere(READ),
        following=waiting_first(access, at, incoming) if incoming.accepted_at else None,
        keeps_register=incoming.entry is not None and keeps_register(access, incoming),
    )


def file_for(access: Access, at: datetime, incoming_id: int, file_id: int) -> IncomingFile:
    """A file of a letter that the person may read now; 404 else."""
    rows = IncomingFile.objects.filter(incoming__in=incoming_within(access, at).order_by().values("pk"))
    return get_object_or_404(rows.select_related("file"), pk=file_id, incoming=incoming_id)


def people_for(incoming: Incoming, at: datetime) -> tuple[Person, ...]:
    """Those of the office who may read this letter: a secret one its registrars and named readers. One query."""
    wanted = SECRETS if incoming.is_secret else READ
    roles = [role.key for role in ROLES.values() if wanted in role.permissions]
    in_office = Membership.objects.in_force(local_date(at)).filter(agency=incoming.office.agency_id)
    whom = Q(pk__in=in_office.filter(role__in=roles).values("person"))
    if incoming.is_secret:
        named = SecretReader.objects.filter(Q(until=None) | Q(until__gt=at), incoming=incoming).values("person")
        whom |= Q(pk__in=named) & Q(pk__in=in_office.values("person"))
    return tuple(Person.objects.filter(whom, is_active=True).order_by("name"))


def agencies_for(incoming: Incoming) -> tuple[Agency, ...]:
    """The other offices of the same body, to which it may be passed on. One query."""
    body = incoming.office.agency.own_body_id
    rows = Agency.objects.filter(Q(pk=body) | Q(body=body)).exclude(pk=incoming.office.agency_id)
    return tuple(rows.select_related("body"))


def _history(incoming: Incoming) -> list[Event]:
    """What happened, in order: by itself, by the clerk, and step by step. One query."""
    by_paper = incoming.via == "hand" and incoming.passed_from_id is None
    events = [Event("submitted", "บันทึกเข้าระบบ" if by_paper else "เข้ามาถึง", "", incoming.arrived_at, incoming.note)]
    if incoming.accepted_at and incoming.accepted_by and incoming.entry:
        number = f"เลขรับ {incoming.entry.number_text}"
        events.append(Event("accepted", "ลงรับ", incoming.accepted_by.name, incoming.accepted_at, number))
    if incoming.refused_at and incoming.refused_by:
        word = "คืนผู้ส่ง เพราะหนังสือผิด" if incoming.refused_as == RecipientState.INVALID else "คืนผู้ส่ง"
        events.append(Event("returned", word, incoming.refused_by.name, incoming.refused_at, incoming.refused_because))
    if incoming.recall_asked_at:
        events.append(Event("late", "ผู้ส่งขอเรียกคืน", "", incoming.recall_asked_at, incoming.recall_asked_because))
    if incoming.recalled_at:
        events.append(Event("stop", "ผู้ส่งเรียกคืนแล้ว", "", incoming.recalled_at, incoming.recalled_because))
    elif incoming.recall_decided_at:
        events.append(Event("open", "ไม่คืนตามที่ผู้ส่งขอ", "", incoming.recall_decided_at))
    steps = incoming.steps.select_related("made_by", "to_person", "to_office__agency")
    events += [_event(step) for step in steps]
    return sorted(events, key=lambda event: event.at)


def _event(step: Step) -> Event:
    return Event(_SHAPES[step.kind], step.get_kind_display(), step.made_by.name, step.made_at, step.text, step)


def _next_step(incoming: Incoming, may: May, reader: Person | None) -> str:
    """The one thing that comes next, in words; empty where nothing is left to do."""
    if may.decide_recall:
        return "ผู้ส่งขอเรียกหนังสือฉบับนี้คืนหลังลงรับแล้ว กรุณาตัดสินใจว่าจะคืนหรือเก็บไว้ดำเนินการต่อ"
    if may.tell_number:
        return "ผู้ส่งแจ้งว่าเลขรับที่ได้รับไม่ถูกต้อง กรุณาเทียบกับทะเบียน แล้วแจ้งเลขรับอีกครั้ง"
    if may.accept:
        return "ตรวจว่าเป็นหนังสือถึงหน่วยงานนี้และเอกสารครบ แล้วลงรับ ถ้าไม่ใช่ให้คืนผู้ส่งพร้อมเหตุผล"
    if incoming.waits:
        return "รอเจ้าหน้าที่สารบรรณลงรับ"
    if incoming.closed_at is not None or incoming.accepted_at is None:
        return ""
    if incoming.assigned_to is None:
        return "มอบหมายผู้รับผิดชอบ" if may.assign else "รอมอบหมายผู้รับผิดชอบ"
    if incoming.assigned_to == reader:
        return "เรื่องนี้อยู่กับท่าน ดำเนินการแล้วให้ตอบหนังสือ หรือปิดเรื่องพร้อมเหตุผล"
    return f"อยู่กับ{incoming.assigned_to.name}"
