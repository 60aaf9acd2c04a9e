"""Conditions: they point backward, at rows whose answer they can test, in no circle, and every row can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from phrom.rules.instrument.draft import Draft
from phrom.rules.instrument.model import Condition, Kind, Question
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.tree import Place

TESTS: dict[str, frozenset[Kind]] = {
    "yes": frozenset({Kind.YES_NO}),
    "above_zero": frozenset({Kind.COUNT, Kind.PERCENT}),
    "given": frozenset(Kind) - {Kind.HEADING},
}


def check_conditions(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the conditions of all rows, alone and together."""
    rows = [row for _, row in draft.sound_rows if row.code in draft.first_place]
    conditions = {row.code: row.asked_when for row in rows if row.asked_when is not None}
    rings = _rings({code: tuple(leaf.code for _, leaf in leaves(condition)) for code, condition in conditions.items()})
    in_ring = {code for ring in rings for code in ring}
    for ring in rings:
        place = draft.rows[draft.first_place[ring[0]]].place
        yield draft.edition.problem((*place, "asked_when"), "condition_cycle", ring=" > ".join((*ring, ring[0])))
    for position, piece in enumerate(draft.rows):
        if piece.value is not None and piece.value.asked_when is not None:
            yield from _one(draft, position, piece.value, piece.value.asked_when, in_ring)
    yield from _unreachable(draft, conditions, in_ring)


def leaves(condition: Condition, place: Place = ()) -> Iterator[tuple[Place, Condition]]:
    """Yield the leaves of a condition with their place in it."""
    if condition.code:
        yield place, condition
    for key in ("all_of", "any_of"):
        for index, branch in enumerate(getattr(condition, key)):
            yield from leaves(branch, (*place, key, index))


def _branches(condition: Condition, place: Place = ()) -> Iterator[tuple[Place, Condition]]:
    yield place, condition
    for key in ("all_of", "any_of"):
        for index, branch in enumerate(getattr(condition, key)):
            yield from _branches(branch, (*place, key, index))


def _one(draft: Draft, position: int, row: Question, condition: Condition, in_ring: set[str]) -> Iterator[Problem]:
    start: Place = (*draft.rows[position].place, "asked_when")
    for place, branch in _branches(condition):
        said = sum((bool(branch.code), bool(branch.all_of), bool(branch.any_of)))
        if said != 1:
            yield draft.edition.problem((*start, *place), "condition_mixed" if said else "condition_empty", row=row.code)
    for place, leaf in leaves(condition):
        where = (*start, *place, "code")
        if leaf.test not in TESTS:
            allowed = ", ".join(TESTS)
            yield draft.edition.problem(
                (*start, *place, "test"), "condition_test", row=row.code, test=leaf.test, allowed=allowed
            )
        if leaf.code not in draft.first_place:
            yield draft.edition.problem(where, "condition_unknown", row=row.code, other=leaf.code)
            continue
        if draft.first_place[leaf.code] >= position and not {row.code, leaf.code} <= in_ring:
            yield draft.edition.problem(where, "condition_forward", row=row.code, other=leaf.code)
        yield from _fits(draft, where, row, leaf)


def _fits(draft: Draft, where: Place, row: Question, leaf: Condition) -> Iterator[Problem]:
    piece = draft.rows[draft.first_place[leaf.code]]
    other = piece.value
    if other is None or "kind" in piece.dropped or not other.asked or leaf.test not in TESTS or other.kind in TESTS[leaf.test]:
        return
    words = {"row": row.code, "other": leaf.code, "test": leaf.test, "kind": other.kind}
    yield draft.edition.problem(where, "condition_test_does_not_fit", **words)


def _rings(edges: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return each circle once, starting at the member that stands first in the file."""
    rings: list[tuple[str, ...]] = []
    order = {code: position for position, code in enumerate(edges)}
    for start in edges:
        ring = _walk(edges, start)
        if ring and min(ring, key=order.__getitem__) == start:
            rings.append(ring)
    return rings


def _walk(edges: dict[str, tuple[str, ...]], start: str) -> tuple[str, ...]:
    """Return one way from `start` back to itself, or nothing."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for following in edges.get(way[-1], ()):
            if following == start:
                return way
            if following in edges and following not in seen:
                seen.add(following)
                waiting.append((*way, following))
    return ()


def _unreachable(draft: Draft, conditions: dict[str, Condition], in_ring: set[str]) -> Iterator[Problem]:
    """Rows that hang on what can never be: on a heading, on a row of a circle, on a row that is itself unreachable."""
    never = {row.code for _, row in draft.sound_rows if not row.asked} | in_ring
    reported: set[str] = set(never)
    growing = True
    while growing:
        growing = False
        for code, condition in conditions.items():
            if code not in reported and not _possible(condition, never):
                reported.add(code)
                never.add(code)
                growing = True
                place = draft.rows[draft.first_place[code]].place
                other = ", ".join(leaf.code for _, leaf in leaves(condition) if leaf.code in never)
                yield draft.edition.problem((*place, "asked_when"), "unreachable_row", row=code, other=other)


def _possible(condition: Condition, never: set[str]) -> bool:
    if condition.code:
        return condition.code not in never
    if condition.all_of:
        return all(_possible(branch, never) for branch in condition.all_of)
    return not condition.any_of or any(_possible(branch, never) for branch in condition.any_of)
