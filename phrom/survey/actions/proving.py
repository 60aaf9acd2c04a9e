"""Confirming what the system proposes: the answer and its papers go through the usual acts, all or none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import question_of, save_answer
from phrom.survey.actions.evidence import attach_stored
from phrom.survey.models import Ask
from phrom.survey.proposals import proposal_for


class ProposalChanged(Refusal):
    """The orders or meetings changed after the page was opened, or there is nothing to confirm."""

    status = 409

    def __init__(self, code: str) -> None:
        super().__init__(
            f"ข้อมูลในระบบที่ใช้เสนอคำตอบข้อ {code} เปลี่ยนไปหลังเปิดหน้านี้ ยังไม่มีอะไรถูกบันทึก กรุณาเปิดข้อนี้ใหม่แล้วอ่านข้อเสนออีกครั้ง",
            f"What the system proposes for {code} changed after this page was opened. Nothing was saved. Please read it again.",
            where=code,
        )


@transaction.atomic
def confirm_proposal(*, ask: Ask, seen: str, version: int, by: Person, at: datetime) -> int:
    """Save the proposed answer upon `version` and attach its papers; return how many were attached.

    Text that the same person saved meanwhile may be replaced, somebody else's not. Refuses ProposalChanged when the proposal is
    not the one that was seen (`mark`), and what `save_answer` and `attach` refuse; then nothing at all is kept.
    """
    question = question_of(ask)
    proposal = proposal_for(question, ask.round.body, at)
    if proposal is None or not proposal.holds or proposal.mark != seen:
        raise ProposalChanged(ask.code)
    stored = getattr(ask, "answer", None)
    own = stored is not None and stored.by_id == by.pk
    upon = stored.version if stored is not None and own else version
    save_answer(ask=ask, content=proposal.content(question), version=upon, by=by, at=at)
    attached = [
        attach_stored(ask=ask, stored=paper.file, name=paper.name, slot=paper.slot, issued_on=paper.issued_on, by=by, at=at)
        for paper in proposal.papers
    ]
    return sum(1 for link in attached if link is not None)
