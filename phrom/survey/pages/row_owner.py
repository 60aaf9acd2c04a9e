"""Beside a row: what its owner answered or another agency proved, to be confirmed with one click; and who confirmed ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phrom.rules.instrument.model import Edition
from phrom.rules.scoring.sheet import Stance
from phrom.rules.scoring.words import in_words
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.owners import Said, confirmable, mark_of


@dataclass(frozen=True)
class OwnerSaid:
    """One agency's answer as the others see it. `said` is empty where only the proof may be told."""

    name: str
    said: str
    proofs: tuple[str, ...]
    state: str
    shape: str


@dataclass(frozen=True)
class Owner:
    """What stands beside a row. `changed`: the owner answered anew after this agency confirmed."""

    asked_once: bool
    leads: bool
    others: tuple[OwnerSaid, ...] = ()
    mark: str = ""
    stance: str = ""
    changed: bool = False
    confirmed_by: tuple[str, ...] = ()
    confirmed_before: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """True when this agency's answer is "as the owner says"."""
        return self.stance == Stance.CONFIRMS

    @property
    def may_confirm(self) -> bool:
        """True when there is something to confirm that was not confirmed as it stands now."""
        return bool(self.others) and (not self.confirmed or self.changed)


def owners_of(round: Round, edition: Edition, asks: Sequence[Ask]) -> dict[int, Owner]:
    """By ask id, for rows where there is something to say. At most two queries more for confirming, one for the confirmed."""
    once = {ask.code for ask in asks if getattr(ask, "asked_once", False)}
    found = confirmable(round, edition, asks, once) if not round.is_frozen else {}
    thanks = _confirmations(round, [ask for ask in asks if ask.code in once and ask.lead])
    made = {ask.pk: _owner(edition, ask, found.get(ask.code, ()), thanks, ask.code in once) for ask in asks}
    return {pk: owner for pk, owner in made.items() if owner is not None}


def _owner(edition: Edition, ask: Ask, said: Sequence[Said], thanks: Mapping[str, list[Ask]], once: bool) -> Owner | None:
    own = getattr(ask, "answer", None)
    stance = own.content.get("stance", "") if own else ""
    if not once and not said and not stance:
        return None
    confirming = thanks.get(ask.code, [])
    return Owner(
        asked_once=once,
        leads=ask.lead,
        others=tuple(_said(edition, each, once) for each in said),
        mark=mark_of(said),
        stance=stance,
        changed=stance == Stance.CONFIRMS and own is not None and any(each.ask.answer.at > own.at for each in said),
        confirmed_by=tuple(each.agency.name for each in confirming),
        confirmed_before=tuple(each.agency.name for each in confirming if own is not None and each.answer.at < own.at),
    )


def _said(edition: Edition, said: Said, once: bool) -> OwnerSaid:
    return OwnerSaid(
        name=said.ask.agency.name,
        said=in_words(edition.by_code[said.ask.code], said.answer) if once else "",
        proofs=tuple(proof.name for proof in said.answer.proofs),
        state=str(AskState(said.ask.state).label),
        shape=said.ask.state,
    )


def _confirmations(round: Round, led: Sequence[Ask]) -> dict[str, list[Ask]]:
    """Who confirmed what this agency leads; no query where it leads nothing that is asked once."""
    gathered: dict[str, list[Ask]] = defaultdict(list)
    if led:
        others = Ask.objects.filter(round=round, code__in=[ask.code for ask in led], withdrawn_at=None)
        others = others.filter(answer__content__stance=Stance.CONFIRMS.value).select_related("agency", "answer")
        for ask in others.order_by("agency__position", "agency__name"):
            gathered[ask.code].append(ask)
    return gathered
