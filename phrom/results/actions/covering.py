"""The memo under which a frozen set goes to the head of the body: drafted here, read and numbered in the register."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.letters.actions.body_letters import draft_for_body
from phrom.letters.models import Letter
from phrom.results.papers.handing_in import cover_of, cover_words
from phrom.results.papers.source import pack_source
from phrom.shared.ui.refusals import Refusal
from phrom.survey.models import Round


class NotFrozenYet(Refusal):
    """The set may still change; a memo would hand in something else."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            "ยังร่างบันทึกนำส่งไม่ได้ เพราะรอบนี้ยังไม่ปิด คำตอบยังเปลี่ยนได้ ไม่มีอะไรเปลี่ยน กรุณาปิดรอบก่อน แล้วร่างอีกครั้ง",
            "The memo cannot be drafted while the round is open: answers may change. Nothing changed. Please freeze it first.",
        )


@transaction.atomic
def draft_cover(*, round: Round, by: Person, at: datetime) -> Letter:
    """The memo's draft; the one that stands already where there is one. Refuses an open round (`NotFrozenYet`)."""
    if not round.is_frozen:
        raise NotFrozenYet
    standing = cover_of(round)
    if standing is not None:
        return standing
    return draft_for_body(body=round.body, words=cover_words(pack_source(round, at)), agencies=(), by=by, at=at)
