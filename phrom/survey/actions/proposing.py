"""Two different people before a set leaves: one lays it before the other, who approves it or sends it back with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.meetings.models import Resolution
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.models import Round, SetProposal
from phrom.survey.set_document import fingerprint_of, set_content

SHORTEST_REASON = 5


class SetChanged(Refusal):
    """The province's answers are not any more what the page showed or what was laid before the second person."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "คำตอบของจังหวัดหรือมติที่อ้างเปลี่ยนไปหลังจากที่เปิดหน้านี้หรือหลังจากที่เสนอ จึงยังไม่บันทึก คำตอบยังอยู่ครบ กรุณาเปิดหน้าชุดคำตอบใหม่แล้วดูอีกครั้ง",
            "The province's answers or the resolution changed since this page was opened or since they were laid before you; "
            "nothing was saved. "
            "Every answer is safe. Please open the page of the set again.",
        )


class OwnProposal(Refusal):
    """Who laid the set before a second person cannot be that person."""

    def __init__(self) -> None:
        super().__init__(
            "ผู้เสนอชุดคำตอบเห็นชอบหรือส่งกลับชุดที่ตนเสนอไม่ได้ ชุดที่เสนอยังอยู่ กรุณาให้ประธานหรือผู้ประสานงานอีกคนเป็นผู้พิจารณา",
            "Who proposed the set cannot approve or return it. The proposal stands. "
            "Please ask the chair or another coordinator to decide.",
        )


class ProposalSettled(Refusal):
    """There is no proposal that waits, or another one than the page showed: somebody was quicker."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ชุดคำตอบที่เปิดอยู่นี้มีผู้พิจารณาไปแล้ว หรือมีการเสนอชุดใหม่แทน จึงไม่มีอะไรเปลี่ยน กรุณาเปิดหน้าชุดคำตอบใหม่",
            "This proposal was settled already or replaced by a newer one, so nothing changed. "
            "Please open the page of the set again.",
        )


class ReturnWithoutReason(Refusal):
    """A set sent back without saying why."""

    def __init__(self) -> None:
        super().__init__(
            f"กรุณาเขียนเหตุผลที่ส่งกลับอย่างน้อย {SHORTEST_REASON} ตัวอักษร ยังไม่มีอะไรถูกบันทึก",
            f"Please give a reason of at least {SHORTEST_REASON} characters. Nothing was saved.",
            where="reason",
        )


class ResolutionOfElsewhere(Refusal):
    """The resolution is not one of this body's meetings."""

    def __init__(self) -> None:
        super().__init__(
            "มติที่เลือกไม่ใช่มติของจังหวัดนี้ จึงยังไม่บันทึก กรุณาเลือกมติใหม่จากรายการ",
            "The chosen resolution is not one of this body's, so nothing was saved. Please choose one from the list.",
            where="resolution",
        )


def still_holds(proposal: SetProposal, fingerprint: str) -> bool:
    """True while the set says what was laid, and the resolution that it names was not corrected since."""
    corrected = proposal.resolution.corrected_at if proposal.resolution else None
    return proposal.fingerprint == fingerprint and (corrected is None or corrected <= proposal.at)


def newest_proposal(round: Round) -> SetProposal | None:
    """The proposal that counts, with its people and resolution: one query."""
    found = round.proposals.select_related("by", "approved_by", "returned_by", "resolution__item__meeting")
    return found.order_by("id").last()


@transaction.atomic
def lay_set(*, round: Round, seen: str, resolution: Resolution | None, by: Person, at: datetime) -> SetProposal:
    """Lay what the province says before a second person; an older proposal counts no more.

    Refuses a frozen round, a set that says something else than was `seen`, and a resolution of another body.
    """
    round = locked_for_change(round)
    if resolution is not None and resolution.item.meeting.body_id != round.body_id:
        raise ResolutionOfElsewhere
    if fingerprint_of(set_content(round)) != seen:
        raise SetChanged
    proposal = SetProposal.objects.create(round=round, fingerprint=seen, resolution=resolution, by=by, at=at)
    _tell("set.proposed", round, proposal, by, at, fingerprint=seen, resolution=resolution.pk if resolution else 0)
    return proposal


@transaction.atomic
def approve_set(*, round: Round, proposal_id: int, by: Person, at: datetime) -> SetProposal:
    """Approve exactly what was laid. Refuses a frozen round, a settled proposal, one's own, and a set that changed since."""
    round = locked_for_change(round)
    proposal = _waiting(round, proposal_id, by)
    if not still_holds(proposal, fingerprint_of(set_content(round))):
        raise SetChanged
    proposal.approved_by, proposal.approved_at = by, at
    proposal.save(update_fields=["approved_by", "approved_at"])
    _tell("set.approved", round, proposal, by, at, fingerprint=proposal.fingerprint)
    return proposal


@transaction.atomic
def return_set(*, round: Round, proposal_id: int, reason: str, by: Person, at: datetime) -> SetProposal:
    """Send the set back with a reason. Refuses a frozen round, a settled proposal, one's own, and no reason."""
    round = locked_for_change(round)
    proposal = _waiting(round, proposal_id, by)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReturnWithoutReason
    proposal.returned_by, proposal.returned_at, proposal.reason = by, at, reason.strip()
    proposal.save(update_fields=["returned_by", "returned_at", "reason"])
    _tell("set.returned", round, proposal, by, at, reason=proposal.reason)
    return proposal


def _waiting(round: Round, proposal_id: int, by: Person) -> SetProposal:
    """The proposal that waits for somebody else than its author; the round is held, so nobody settles it meanwhile."""
    proposal = newest_proposal(round)
    if proposal is None or proposal.pk != proposal_id or proposal.settled:
        raise ProposalSettled
    if proposal.by_id == by.pk:
        raise OwnProposal
    return proposal


def _tell(event: str, round: Round, proposal: SetProposal, by: Person, at: datetime, **details: object) -> None:
    record(event, by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details={"proposal": proposal.pk, **details})
