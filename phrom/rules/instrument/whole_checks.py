"""What must hold over the whole of edition.yaml: codes once, weights 100, every pillar fed, corrections really made."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from phrom.rules.instrument.draft import Draft
from phrom.rules.instrument.problems import Problem

FIRST_BUDDHIST_YEAR = 2400


def check_whole(draft: Draft) -> Iterator[Problem]:
    """Yield the problems that no single row shows."""
    head = draft.head.value
    if head and "fiscal_year" not in draft.head.dropped and head.fiscal_year < FIRST_BUDDHIST_YEAR:
        yield draft.edition.problem(("fiscal_year",), "year_not_buddhist", year=head.fiscal_year)
    if head and not head.rows and "rows" not in draft.head.dropped:
        yield draft.edition.problem(("rows",), "no_rows")
    yield from _codes_once(draft)
    yield from _pillars(draft)
    yield from _corrections(draft)


def _codes_once(draft: Draft) -> Iterator[Problem]:
    for position, piece in enumerate(draft.rows):
        code = draft.raw_code(piece.place)
        first = draft.first_place.get(code, position)
        if first != position:
            line = draft.edition.line((*draft.rows[first].place, "code"))
            yield draft.edition.problem((*piece.place, "code"), "duplicate_code", row=code, first=line)


def _pillars(draft: Draft) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for piece in draft.pillars:
        pillar = piece.value
        if pillar is None:
            continue
        if pillar.code in first:
            yield draft.edition.problem(
                (*piece.place, "code"), "duplicate_pillar", pillar=pillar.code, first=first[pillar.code]
            )
        first.setdefault(pillar.code, draft.edition.line(piece.place))
        if pillar.weight is None:
            continue
        if pillar.weight <= 0:
            yield draft.edition.problem((*piece.place, "weight"), "weight_not_positive", pillar=pillar.code)
        if not _fed(draft, pillar.code):
            yield draft.edition.problem((*piece.place, "code"), "pillar_without_rows", pillar=pillar.code)
    weights = [piece.value.weight for piece in draft.pillars if piece.value is not None and piece.value.weight is not None]
    if draft.pillars_known and sum(weights) != 100:
        yield draft.edition.problem(("pillars",), "weights_not_100", total=sum(weights, Decimal(0)))


def _fed(draft: Draft, pillar: str) -> bool:
    """True when some row may earn points for the pillar; a row that was refused for another reason counts."""
    return any(piece.value is None or {"pillar", "kind"} & piece.dropped for piece in draft.rows) or any(
        row.pillar == pillar and row.asked for _, row in draft.sound_rows
    )


def _corrections(draft: Draft) -> Iterator[Problem]:
    texts = {row.code: f"{row.section} {row.text}" for piece, row in draft.sound_rows if "text" not in piece.dropped}
    for piece in draft.corrections:
        correction = piece.value
        if correction is None or correction.where not in texts:
            continue
        text = texts[correction.where]
        left = correction.printed in text and correction.printed not in correction.corrected
        if left or correction.corrected not in text:
            words = {"row": correction.where, "printed": correction.printed, "corrected": correction.corrected}
            yield draft.edition.problem((*piece.place, "printed" if left else "corrected"), "correction_not_made", **words)
