"""What stands above every page of one round: which round, how long there is, whether it is frozen, where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.shared.thai.dates import days_left, thai_date, thai_when
from phrom.survey.models import Round, TakenProposal
from phrom.survey.models.scopes import rounds_within

DOORS = (
    ("board", "กระดานความก้าวหน้า", "round.view"),
    ("matrix", "มอบหมายคำถาม", "round.route"),
    ("review", "ตรวจคำตอบ", "answer.review"),
    ("consolidation", "รวมคำตอบจังหวัด", "answer.consolidate"),
    ("ready", "พร้อมส่งหรือยัง", "answer.consolidate"),
    ("dashboard", "ผลคะแนน", "results.view"),
    ("packs", "ชุดคำตอบ", "pack.make"),
)


@dataclass(frozen=True)
class Door:
    """One way from a round's page to another."""

    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class RoundHead:
    """The top of a round's page. `frozen` is empty while the round is open."""

    id: int
    title: str
    body: str
    deadline: str
    days: int
    frozen: str
    is_demo: bool
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class Choice:
    """A filter or an order of a list as a word, with how many lines it shows."""

    key: str
    label: str
    count: int
    here: bool


def round_for(access: Access, permission: str, round_id: int) -> Round:
    """The round, when the person's body owns it and the person may do this there; anything else does not exist (404)."""
    taken = Exists(TakenProposal.objects.filter(round=OuterRef("pk")))
    rounds = rounds_within(access, permission).select_related("frozen_by").annotate(any_taken=taken)
    return get_object_or_404(rounds, pk=round_id)


def round_head(round: Round, access: Access, here: str, today: date) -> RoundHead:
    """Costs no query when the round comes from `round_for`."""
    by = round.frozen_by
    return RoundHead(
        id=round.pk,
        title=round.survey.title,
        body=round.body.name,
        deadline=thai_date(round.internal_deadline),
        days=days_left(round.internal_deadline, today),
        frozen=f"{by.name} ปิดรอบเมื่อ {thai_when(round.frozen_at)}" if by and round.frozen_at else "",
        is_demo=round.is_demo,
        doors=tuple(
            Door(label, reverse(name, args=[round.pk]), name == here)
            for name, label, permission in DOORS
            if access.can(permission, round.body)
        ),
    )
