"""What of others an agency may confirm: the owner's answer where the row is asked once, else what somebody proved.

On a row asked once the lead's answer is shown in any state, so that the others need not wait; elsewhere only what was sent and
proved counts, and nobody sees more of it than whose it is and what it rests on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from phrom.rules.instrument.model import Edition, Merge
from phrom.rules.scoring.claims import missing_slots, positive
from phrom.rules.scoring.sheet import Answer
from phrom.survey.models import Ask, EvidenceLink, Round
from phrom.survey.sheets import SENT, answer_of, proofs_of


@dataclass(frozen=True)
class Said:
    """What another agency said to the row, with its evidence."""

    ask: Ask
    answer: Answer


def mark_of(said: Sequence[Said]) -> str:
    """What a page showed of it; another text or another agency gives another mark."""
    return ".".join(f"{each.ask.pk}-{each.ask.answer.version}" for each in said)


def confirmable(round: Round, edition: Edition, asks: Sequence[Ask], once: Collection[str]) -> Mapping[str, tuple[Said, ...]]:
    """By row code, for the asks of one agency: what of others may be confirmed. At most two queries, none where no row can."""
    owned = {ask.code for ask in asks if ask.code in once and not ask.lead}
    proved = {
        ask.code
        for ask in asks
        if ask.code not in once and not ask.lead and edition.by_code[ask.code].merge is Merge.ANY_WITH_EVIDENCE
    }
    if not owned and not proved:
        return {}
    papers = Exists(EvidenceLink.objects.filter(ask=OuterRef("pk"), removed_at=None))
    wanted = Q(code__in=owned, lead=True) | (Q(code__in=proved, state__in=SENT) & papers)
    others = Ask.objects.filter(wanted, round=round, withdrawn_at=None, answer__isnull=False)
    others = others.exclude(agency=asks[0].agency_id).select_related("agency", "answer__by")
    found = list(others.order_by("agency__position", "agency__name"))
    papers_of = proofs_of(round, asks=[ask.pk for ask in found]) if found else {}
    gathered: dict[str, list[Said]] = defaultdict(list)
    for ask in found:
        answer = answer_of(edition, ask.code, ask.answer.content, papers_of.get(ask.pk, ()))
        if _stands(edition, ask.code, answer, owned):
            gathered[ask.code].append(Said(ask, answer))
    return {code: tuple(said) for code, said in gathered.items()}


def _stands(edition: Edition, code: str, answer: Answer, owned: Collection[str]) -> bool:
    """An owner's answer of any value; of others only a claim with its evidence."""
    if code in owned:
        return answer.value is not None or bool(answer.cannot)
    return positive(answer.value) and not missing_slots(edition.by_code[code], answer)
