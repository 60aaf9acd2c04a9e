"""Closing a round: the province's answers become a set that never changes, with its hash; after it nothing is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from phrom.agencies.models import Person
from phrom.rules.scoring.checks import Problem, Severity, check
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey import sheets
from phrom.survey.actions.closed import locked_for_change
from phrom.survey.actions.mandate import close_with_the_round
from phrom.survey.actions.proposing import newest_proposal, still_holds
from phrom.survey.editions import edition_of
from phrom.survey.models import AnswerSet, Ask, AskState, Round, SetProposal
from phrom.survey.set_document import Content, fingerprint_of, set_content, set_document


class StillUnreviewed(Refusal):
    """Answers that were sent wait for review; freezing would leave them out."""

    status = 409

    def __init__(self, waiting: int) -> None:
        super().__init__(
            f"ยังมีคำตอบที่ส่งแล้วแต่ยังไม่ได้ตรวจ {waiting} ข้อ ถ้าปิดรอบตอนนี้ คำตอบเหล่านี้จะไม่ถูกรวม จึงยังไม่ปิด "
            "กรุณาตรวจให้ครบ หรือยืนยันว่าจะปิดรอบโดยไม่รวม",
            f"{waiting} answers were sent but not reviewed; freezing now would leave them out, so the round was not frozen. "
            "Please review them, or confirm that they are left out.",
        )


class NotApproved(Refusal):
    """Nobody but whoever lays it has seen this set: it cannot leave yet."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ชุดคำตอบนี้ยังไม่มีบุคคลที่สองเห็นชอบ จึงยังไม่ปิดรอบ คำตอบยังอยู่ครบ กรุณาเสนอชุดคำตอบให้ประธานหรือผู้ประสานงานอีกคนเห็นชอบก่อน",
            "No second person has approved this set, so the round was not frozen. Every answer is safe. "
            "Please lay the set before the chair or another coordinator first.",
        )


class ApprovalVoid(Refusal):
    """The answers changed after the set was approved: the approval was of something else."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "คำตอบของจังหวัดหรือมติที่อ้างเปลี่ยนไปหลังจากที่ได้รับความเห็นชอบ ความเห็นชอบเดิมจึงใช้ไม่ได้และยังไม่ปิดรอบ กรุณาเสนอชุดคำตอบใหม่",
            "The province's answers or the resolution changed after they were approved, so the approval is void and the round "
            "was not frozen. "
            "Please lay the set before a second person again.",
        )


@dataclass(frozen=True)
class Readiness:
    """What is open before a freeze. Counts are of standing asks; codes are in printed order."""

    asks: int
    accepted: int
    waiting: int
    not_sent: int
    returned: int
    unanswered: tuple[str, ...]
    overridden: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """True when nothing is left to do: all accepted, every row answered, no error in the provincial answers."""
        return self.accepted == self.asks and not self.unanswered and not self.errors

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems of the provincial answers that are errors."""
        return tuple(problem for problem in self.problems if problem.severity == Severity.ERROR)


def readiness(round: Round) -> Readiness:
    """What is open before this round is frozen: three queries, however many agencies."""
    edition = edition_of(round.survey)
    found = sheets.answers_of(round, edition)
    merged = sheets.merged(edition, found, sheets.overrides_of(round, edition))
    states = [ask.state for ask in found.asks]
    return Readiness(
        asks=len(states),
        accepted=states.count(AskState.ACCEPTED),
        waiting=states.count(AskState.SUBMITTED),
        not_sent=states.count(AskState.OPEN) + states.count(AskState.WITH_HEAD),
        returned=states.count(AskState.RETURNED),
        unanswered=tuple(row.code for row in edition.asked_rows if not merged.sheet.get(row.code).given),
        overridden=tuple(row.code for row in edition.asked_rows if merged.rows[row.code].overridden),
        problems=tuple(check(edition, merged.sheet)),
    )


@transaction.atomic
def freeze_round(
    *, round: Round, by: Person, at: datetime, confirmed: bool = False, last_year: Decimal | None = None
) -> AnswerSet:
    """Freeze a round and keep the province's set, made from accepted answers and the province's own decisions.

    `last_year` is the body's announced total of the year before: the KPI rests on it, so the set carries it.

    Waits for saves that are under way; those that come later are refused. Refuses a frozen round (`RoundClosed`), unless
    `confirmed` one with answers that wait for review (`StillUnreviewed`), and a set that no second person approved
    (`NotApproved`) or that says something else now (`ApprovalVoid`).
    """
    round = locked_for_change(round)
    waiting = Ask.objects.filter(round=round, withdrawn_at=None, state=AskState.SUBMITTED).count()
    if waiting and not confirmed:
        raise StillUnreviewed(waiting)
    content = set_content(round)
    document = set_document(content, at, last_year, _approval_of(round, content))
    sha256 = hashlib.sha256(document.encode()).hexdigest()
    kept = AnswerSet.objects.create(round=round, document=document, sha256=sha256, frozen_by=by, frozen_at=at)
    Round.objects.filter(pk=round.pk).update(frozen_by=by, frozen_at=at)
    details: dict[str, object] = {"sha256": sha256, "edition_hash": round.survey.edition_hash, "left_out": waiting}
    record("round.frozen", by=by, about=f"round:{round.pk}", at=at, chain=round.body.code, details=details)
    close_with_the_round(round=round, by=by, at=at)
    return kept


def _approval_of(round: Round, content: Content) -> SetProposal:
    """The standing approval of exactly this content."""
    proposal = newest_proposal(round)
    if proposal is None or proposal.approved_at is None:
        raise NotApproved
    if not still_holds(proposal, fingerprint_of(content)):
        raise ApprovalVoid
    return proposal
