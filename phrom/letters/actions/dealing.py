"""What an office does with a letter that it accepted: instruct (เกษียน), assign, pass on, copy, note, close, reopen."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from phrom.agencies.access import access_of
from phrom.agencies.models import Person
from phrom.letters.actions.incoming_standing import (
    add_step,
    hold_incoming,
    refuse_unless_accepted,
    refuse_unless_open,
)
from phrom.letters.actions.receiving import arrive
from phrom.letters.actions.standing import with_reason
from phrom.letters.arrived import Arrived, ArrivedFile
from phrom.letters.models import Incoming, Office, Step, StepKind, Via
from phrom.letters.scopes import incoming_within
from phrom.shared.thai.clock import local_date
from phrom.shared.ui.refusals import Refusal


class NothingSaid(Refusal):
    """An instruction or a note without words."""

    def __init__(self) -> None:
        super().__init__(
            "ยังไม่ได้เขียนข้อความ ยังไม่มีอะไรถูกบันทึก กรุณาเขียนข้อความแล้วบันทึกอีกครั้ง",
            "Nothing was written, so nothing was saved. Please write it and save again.",
            where="text",
        )


class NotTheirs(Refusal):
    """The person does not work at the office, or may not read this letter."""

    def __init__(self, person: Person) -> None:
        super().__init__(
            f"มอบหมายให้{person.name}ไม่ได้ เพราะไม่มีสิทธิอ่านหนังสือฉบับนี้ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกบุคคลในรายการ",
            "This person may not read the letter, so it was not assigned. Nothing was saved. Please choose from the list.",
            where="to_person",
        )


class DayPassed(Refusal):
    """A due day before today."""

    def __init__(self) -> None:
        super().__init__(
            "วันครบกำหนดผ่านไปแล้ว ยังไม่มีอะไรถูกบันทึก กรุณาใส่วันตั้งแต่วันนี้เป็นต้นไป",
            "The due day has passed. Nothing was saved. Please give a day from today on.",
            where="due_on",
        )


class SameOffice(Refusal):
    """Passed on to where it is, or outside the body."""

    def __init__(self) -> None:
        super().__init__(
            "ส่งไปหน่วยงานนี้ไม่ได้ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกหน่วยงานอื่นในรายการ",
            "It cannot be sent to this office. Nothing was saved. Please choose another office from the list.",
            where="to_office",
        )


@transaction.atomic
def instruct(*, incoming: Incoming, text: str, by: Person, at: datetime) -> Step:
    """Write an instruction upon the letter (เกษียน). Refuses silence, and what is not open."""
    held = hold_incoming(incoming)
    refuse_unless_open(held)
    return add_step(held, StepKind.INSTRUCTED, by=by, at=at, text=_said(text))


@transaction.atomic
def assign(*, incoming: Incoming, to: Person, due_on: date | None, text: str = "", by: Person, at: datetime) -> Step:
    """Give it to a person of the office, with a due day where there is one; the day given before stays without a new one.

    Refuses somebody who may not read the letter, a day that has passed, and what is not open.
    """
    held = hold_incoming(incoming)
    refuse_unless_open(held)
    if due_on is not None and due_on < local_date(at):
        raise DayPassed
    if not may_be_assigned(held, to, at):
        raise NotTheirs(to)
    held.assigned_to, held.due_on = to, due_on or held.due_on
    held.save(update_fields=["assigned_to", "due_on"])
    return add_step(held, StepKind.ASSIGNED, by=by, at=at, text=text.strip(), to_person=to, due_on=due_on)


@transaction.atomic
def pass_on(*, incoming: Incoming, to: Office, text: str = "", by: Person, at: datetime) -> Incoming:
    """Hand the matter to another office of the same body, where it waits to be accepted; here it is closed.

    Refuses the office itself, an office of another body, and what is not open. If the other office refuses it, it is open here
    again.
    """
    held = hold_incoming(incoming)
    refuse_unless_open(held)
    passed = _lay_before(held, to, text, at, passed=True)
    held.closed_by, held.closed_at, held.closed_because = by, at, f"ส่งต่อ{to.agency.name}"[:500]
    held.save(update_fields=["closed_by", "closed_at", "closed_because"])
    add_step(held, StepKind.PASSED_ON, by=by, at=at, text=text.strip(), to_office=to)
    return passed


@transaction.atomic
def copy(*, incoming: Incoming, to: Office, text: str = "", by: Person, at: datetime) -> Incoming:
    """Send another office of the same body a copy to know of; here nothing changes. A closed matter may be copied too."""
    held = hold_incoming(incoming)
    refuse_unless_accepted(held)
    copied = _lay_before(held, to, text, at, passed=False)
    add_step(held, StepKind.COPIED, by=by, at=at, text=text.strip(), to_office=to)
    return copied


@transaction.atomic
def note(*, incoming: Incoming, text: str, by: Person, at: datetime) -> Step:
    """Write down what happened, whatever the state. Refuses silence, and what is not accepted."""
    held = hold_incoming(incoming)
    refuse_unless_accepted(held)
    return add_step(held, StepKind.NOTED, by=by, at=at, text=_said(text))


@transaction.atomic
def close(*, incoming: Incoming, because: str, by: Person, at: datetime) -> Incoming:
    """Nothing is left to do. Refuses a missing reason, and what is not open."""
    because = with_reason(because)
    held = hold_incoming(incoming)
    refuse_unless_open(held)
    held.closed_by, held.closed_at, held.closed_because = by, at, because
    held.save(update_fields=["closed_by", "closed_at", "closed_because"])
    add_step(held, StepKind.CLOSED, by=by, at=at, text=because)
    return held


@transaction.atomic
def reopen(*, incoming: Incoming, because: str, by: Person, at: datetime) -> Incoming:
    """Something is to be done after all; a second click changes nothing. Refuses a missing reason, and what is not accepted."""
    because = with_reason(because)
    held = hold_incoming(incoming)
    refuse_unless_accepted(held)
    if held.closed_at is None:
        return held
    held.closed_by, held.closed_at, held.closed_because = None, None, ""
    held.save(update_fields=["closed_by", "closed_at", "closed_because"])
    add_step(held, StepKind.REOPENED, by=by, at=at, text=because)
    return held


def may_be_assigned(incoming: Incoming, person: Person, at: datetime) -> bool:
    """True for somebody who reads this letter as one of its own office (a secret one: as its registrar or a named reader)."""
    access = access_of(person, local_date(at))
    here = any(membership.agency_id == incoming.office.agency_id for membership in access.memberships)
    return here and incoming_within(access, at).filter(pk=incoming.pk).exists()


def _said(text: str) -> str:
    if not text.strip():
        raise NothingSaid
    return text.strip()


def _lay_before(held: Incoming, to: Office, text: str, at: datetime, *, passed: bool) -> Incoming:
    if to.pk == held.office_id or to.agency.own_body_id != held.office.agency.own_body_id:
        raise SameOffice
    word = "ส่งต่อจาก" if passed else "สำเนาเพื่อทราบจาก"
    note = f"{word}{held.office.agency.name} {text.strip()}".strip()
    same = "from_name subject their_number their_date to_name speed secrecy from_office content sha256"
    arrived = Arrived(
        via=Via.HERE,
        note=note if len(note) <= 500 else note[:499] + "…",
        due_on=held.due_on if passed else None,
        files=tuple(ArrivedFile(kept.file, kept.name, kept.is_main) for kept in held.files.select_related("file")),
        **{name: getattr(held, name) for name in same.split()},
    )
    return arrive(office=to, arrived=arrived, at=at, passed_from=held if passed else None)
