"""What an act on an incoming letter finds: its row, held until the act is done, what refuses it, the step that tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from phrom.agencies.models import Person
from phrom.letters.models import Incoming, Office, Recipient, Step, StepKind
from phrom.letters.papers.rendering import LetterDestroyed
from phrom.letters.telling import tell_incoming
from phrom.shared.ui.refusals import Refusal


class IncomingStands(Refusal):
    """The letter is not in the state that the act is about: accepted, refused, taken back or closed meanwhile."""

    status = 409


def hold_incoming(incoming: Incoming) -> Incoming:
    """The row as it is now, locked until the transaction ends; before it the sender's own row, as the sender's acts do.

    Only what cannot change meanwhile is read along (standing.hold says why).
    """
    if incoming.recipient_id is not None:
        Recipient.objects.select_for_update().get(pk=incoming.recipient_id)
    rows = Incoming.objects.select_for_update(of=("self",))
    return rows.select_related("office__agency__body", "from_office__agency__body", "recipient").get(pk=incoming.pk)


def refuse_unless_waiting(held: Incoming) -> None:
    """Refuses IncomingStands for what has its number, was refused, or was taken back by its sender."""
    if held.recalled_at is not None:
        raise IncomingStands(
            "ผู้ส่งเรียกหนังสือฉบับนี้คืนแล้ว จึงไม่ต้องทำอะไรอีก ไม่มีอะไรเปลี่ยน เหตุผลของผู้ส่งอยู่ในหน้าหนังสือ",
            "Its sender took this letter back, so nothing is left to do. Nothing was changed. The reason is on its page.",
        )
    if held.refused_at is not None:
        raise IncomingStands(
            f"หนังสือฉบับนี้ส่งคืนผู้ส่งแล้ว ({held.refused_because}) ไม่มีอะไรเปลี่ยน หากผู้ส่งส่งมาใหม่จะกลับมาอยู่ในรายการรอลงรับ",
            "This letter was refused already. Nothing was changed. If its sender sends it anew it will wait here again.",
        )
    if held.accepted_at is not None and held.entry is not None:
        raise IncomingStands(
            f"หนังสือฉบับนี้ลงรับแล้วเป็นเลขรับ {held.entry.number_text} จึงส่งคืนไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาใช้ “ปิดเรื่อง” พร้อมเหตุผลแทน",
            f"This letter was accepted as number {held.entry.number_text}. Nothing was changed. Please close it instead.",
        )


def refuse_unless_accepted(held: Incoming) -> None:
    """Refuses IncomingStands for what has no number of ours yet or was given back, LetterDestroyed for what is destroyed."""
    if held.entry is not None and held.entry.destroyed_at is not None:
        raise LetterDestroyed
    if held.accepted_at is None:
        raise IncomingStands(
            "หนังสือฉบับนี้ยังไม่ได้ลงรับ จึงยังเดินเรื่องต่อไม่ได้ ไม่มีอะไรเปลี่ยน กรุณาลงรับก่อน",
            "This letter has not been accepted yet. Nothing was changed. Please accept it first.",
        )
    if held.recalled_at is not None:
        raise IncomingStands(
            "หนังสือฉบับนี้คืนผู้ส่งแล้วตามที่ผู้ส่งขอ ไม่มีอะไรเปลี่ยน", "This letter was given back to its sender. Nothing was changed."
        )


def refuse_unless_open(held: Incoming) -> None:
    """Refuses IncomingStands for what is not accepted, or is closed."""
    refuse_unless_accepted(held)
    if held.closed_at is not None:
        raise IncomingStands(
            "เรื่องนี้ปิดแล้ว ไม่มีอะไรเปลี่ยน หากต้องดำเนินการเพิ่ม กรุณากด “เปิดเรื่องอีกครั้ง” ก่อน",
            "This matter is closed. Nothing was changed. To do more, please reopen it first.",
        )


def add_step(
    held: Incoming,
    kind: StepKind,
    *,
    by: Person,
    at: datetime,
    text: str = "",
    to_person: Person | None = None,
    to_office: Office | None = None,
    due_on: date | None = None,
    details: Mapping[str, object] | None = None,
) -> Step:
    """The row of what was done, and its entry in the journal."""
    given = {"text": text, "to_person": to_person, "to_office": to_office, "due_on": due_on}
    step = Step.objects.create(incoming=held, kind=kind, made_by=by, made_at=at, **given)
    told = {"text": text} | ({"to": to_person.name} if to_person else {}) | ({"to": to_office.agency.name} if to_office else {})
    tell_incoming(f"incoming.{kind}", held, by=by, at=at, details={**told, **(details or {})})
    return step


def root_of(incoming: Incoming) -> Incoming:
    """The letter as it first came to one of our offices, before it was passed on."""
    while incoming.passed_from is not None:
        incoming = incoming.passed_from
    return incoming
