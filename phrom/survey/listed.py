"""Rows of the lists as the scoring rules eat them, with what the coordinator found to be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import FilteredRelation, Q

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition, ListKind
from phrom.rules.scoring.listing import Listed
from phrom.rules.scoring.sheet import Provider
from phrom.survey.models import ListItem, Round


def items_of(round: Round, edition: Edition, *, agency: Agency | None = None) -> dict[int, tuple[Listed, ...]]:
    """The standing lists by agency id; things that were found to be the same carry the smallest id among them as `ref`.

    One query; none where no row of the edition has a list.
    """
    if not any(row.listing for row in edition.rows):
        return {}
    items = ListItem.objects.filter(round=round)
    if agency is not None:
        items = items.filter(agency=agency)
    same = FilteredRelation("twins_after", condition=Q(twins_after__is_same=True, twins_after__undone_at=None))
    fields = ("kind", "name", "provider", "is_digital", "content", "url", "evidence__url", "evidence__file__sha256")
    rows = items.annotate(same=same).order_by("id").values_list("id", "agency_id", "removed_at", "same__second_id", *fields)
    twins: list[tuple[int, int]] = []
    found: dict[int, tuple[int, tuple[Any, ...]]] = {}
    for pk, agency_id, removed_at, twin, *told in rows:
        if twin:
            twins.append((pk, twin))
        if removed_at is None:
            found[pk] = (agency_id, tuple(told))
    heads = groups_of(twins)
    gathered: dict[int, list[Listed]] = defaultdict(list)
    for pk, (agency_id, words) in found.items():
        gathered[agency_id].append(listed(str(heads.get(pk, pk)), *words))
    return {agency_id: tuple(things) for agency_id, things in gathered.items()}


def listed(
    ref: str,
    kind: str,
    name: str,
    provider: str,
    digital: bool,
    content: Mapping[str, Any],
    url: str,
    link: str | None,
    sha256: str | None,
) -> Listed:
    """One named thing as a value, with where it can be seen."""
    proof = url or link or (f"sha256:{sha256}" if sha256 else "")
    return Listed(ref, ListKind(kind), name, Provider(provider), digital, content, proof)


def groups_of(twins: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The smallest id of its group for every id that has a twin, in whatever order the twins come."""
    above: dict[int, int] = {}

    def head(pk: int) -> int:
        while pk in above:
            pk = above[pk]
        return pk

    for one, other in twins:
        low, high = sorted((head(one), head(other)))
        if low != high:
            above[high] = low
    return {pk: head(pk) for pk in above}
