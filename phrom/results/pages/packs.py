"""The packs of a round: what is being made, how far it is, what can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from phrom.agencies.access import Access
from phrom.results.models import AnswerPack, PackState
from phrom.survey.models import Round
from phrom.survey.pages.heads import RoundHead

UNDER_WAY = (PackState.WAITING, PackState.WORKING)


@dataclass(frozen=True)
class PacksPage:
    """A round's packs, newest first. `under_way`: one is being made, so the page asks again by itself."""

    head: RoundHead
    round: Round
    packs: tuple[AnswerPack, ...]

    @property
    def under_way(self) -> bool:
        """True while a pack is being made."""
        return any(pack.state in UNDER_WAY for pack in self.packs)


def packs_page(round: Round, head: RoundHead) -> PacksPage:
    """The ten newest packs: one query."""
    return PacksPage(head, round, tuple(AnswerPack.objects.filter(round=round).select_related("requested_by", "file")[:10]))


def pack_for(access: Access, pack_id: int) -> AnswerPack:
    """A pack of one of the person's bodies; 404 for any other."""
    packs = AnswerPack.objects.select_related("file", "round__body", "round__survey")
    return get_object_or_404(packs, pk=pack_id, round__body__in=access.body_ids("pack.make"))


def download_name(pack: AnswerPack) -> str:
    """The name that the ZIP is saved under."""
    draft = "" if pack.round.is_frozen else " (ร่าง)"
    return f"ชุดเอกสารคำตอบ {pack.round.body.name} ปีงบประมาณ {pack.round.survey.fiscal_year}{draft}.zip"
