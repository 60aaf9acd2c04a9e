"""What must hold inside one row. A check names the keys that it needs, so that a key already refused is not refused twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from phrom.rules.instrument.codes import BadCode, QuestionCode
from phrom.rules.instrument.draft import Draft
from phrom.rules.instrument.model import Kind, ListKind, Merge, ProvedBy, Question
from phrom.rules.instrument.problems import Problem
from phrom.rules.instrument.tree import Place

Found = tuple[Place, str, dict[str, Any]]
FITS: dict[Merge, frozenset[Kind]] = {
    Merge.OWNER: frozenset(Kind) - {Kind.HEADING},
    Merge.ANY_WITH_EVIDENCE: frozenset({Kind.YES_NO, Kind.URL, Kind.DATE}),
    Merge.ALL: frozenset({Kind.YES_NO, Kind.MANY, Kind.COUNT}),
    Merge.UNION: frozenset({Kind.MANY}),
    Merge.SUM: frozenset({Kind.COUNT}),
    Merge.TEXT: frozenset({Kind.TEXT}),
}
LISTED_KINDS = {
    ListKind.SERVICES: (Kind.COUNT, Kind.YES_NO),
    ListKind.DATASETS: (Kind.COUNT, Kind.YES_NO),
    ListKind.TRAININGS: (Kind.COUNT, Kind.YES_NO, Kind.MANY),
    ListKind.TECHNOLOGIES: (Kind.COUNT, Kind.YES_NO, Kind.MANY),
    ListKind.SYSTEMS: (Kind.COUNT, Kind.YES_NO),
}
LIST_PROVIDERS = ("own", "parent")
LIST_USES = ("open", "on_demand", "shared")
DETAIL_KINDS = (Kind.TEXT, Kind.PERCENT, Kind.YES_NO)
ANSWER_KEYS = ("window", "asked_when", "choices", "detail", "evidence", "merge", "points", "not_above", "proved_by", "listing")
UNCLEAN = (
    (re.compile(r"</?[A-Za-z][^>]*>"), "เศษ HTML", "leftover HTML"),
    (re.compile("\u0e4d[\u0e48-\u0e4b]?\u0e32"), "สระอำแยกเป็นสองตัว", "sara am typed as two letters"),
    (re.compile("[\u200b-\u200f\ufeff\ufffd\u00a0]"), "อักขระที่มองไม่เห็น", "an invisible letter"),
    (re.compile("\u0e40\u0e40"), "สระแอพิมพ์เป็นเอสองตัว", "sara ae typed as two letters"),
    (re.compile(r"^\s|\s$|^$"), "ว่าง หรือมีช่องว่างหัวท้าย", "empty, or blank at an end"),
)


def check_rows(draft: Draft) -> Iterator[Problem]:
    """Yield the problems of each row by itself."""
    for piece, row in draft.sound_rows:
        for needs, check in CHECKS:
            if piece.dropped.isdisjoint(needs):
                for place, code, words in check(draft, row):
                    yield draft.edition.problem((*piece.place, *place), code, row=row.code, **words)


def _code(draft: Draft, row: Question) -> Iterator[Found]:
    try:
        code = QuestionCode.parse(row.code)
    except BadCode:
        yield ("code",), "bad_code", {}
        return
    if str(code) != row.code:
        yield ("code",), "bad_code", {}


def _pillar(draft: Draft, row: Question) -> Iterator[Found]:
    if not draft.pillars_known:
        return
    if row.pillar not in draft.weights:
        yield ("pillar",), "unknown_pillar", {"pillar": row.pillar}
    elif not re.match(re.escape(row.pillar) + r"($|\.|(?<=[A-Z])[0-9])", row.code):
        yield ("code",), "code_outside_pillar", {"pillar": row.pillar}


def _text(draft: Draft, row: Question) -> Iterator[Found]:
    for shape, why_th, why_en in UNCLEAN:
        found = shape.search(row.text)
        if found:
            yield ("text",), "text_not_clean", {"found": found[0], "why_th": why_th, "why_en": why_en}


def _heading(draft: Draft, row: Question) -> Iterator[Found]:
    if not row.asked:
        yield from (((key,), "heading_with_answer", {"key": key}) for key in ANSWER_KEYS if getattr(row, key))


def _merge(draft: Draft, row: Question) -> Iterator[Found]:
    if not row.asked:
        return
    if row.merge is None:
        yield ("code",), "merge_missing", {}
    elif row.kind not in FITS[row.merge]:
        allowed = ", ".join(merge for merge in Merge if row.kind in FITS[merge])
        yield ("merge",), "merge_does_not_fit", {"kind": row.kind, "merge": row.merge, "allowed": allowed}


def _points(draft: Draft, row: Question) -> Iterator[Found]:
    if not row.asked or row.pillar not in draft.weights:
        return
    if draft.weights[row.pillar] is None:
        if row.points is not None:
            yield ("points",), "points_not_wanted", {}
    elif row.points is None:
        yield ("code",), "points_missing", {}
    elif row.points.out_of <= 0 or row.points.full_at < 1:
        key = "out_of" if row.points.out_of <= 0 else "full_at"
        yield ("points", key), "points_bad", {"why_th": "ต้องมากกว่า 0", "why_en": "they must be above 0"}
    elif row.kind is Kind.MANY and row.choices and row.points.full_at > len(row.choices):
        words = {"why_th": "full_at มากกว่าจำนวนตัวเลือก", "why_en": "full_at is above the number of choices"}
        yield ("points", "full_at"), "points_bad", words


def _choices(draft: Draft, row: Question) -> Iterator[Found]:
    if row.kind is Kind.MANY and not row.choices:
        yield ("code",), "choices_missing", {}
    if row.asked and row.kind is not Kind.MANY and row.choices:
        yield ("choices",), "choices_not_wanted", {"kind": row.kind}
    for index in _again([choice.code for choice in row.choices]):
        yield ("choices", index), "duplicate_choice", {"choice": row.choices[index].code}


def _detail(draft: Draft, row: Question) -> Iterator[Found]:
    if row.detail and row.detail.kind not in DETAIL_KINDS:
        yield ("detail", "kind"), "detail_kind", {"kind": row.detail.kind, "allowed": ", ".join(DETAIL_KINDS)}


def _evidence(draft: Draft, row: Question) -> Iterator[Found]:
    for index in _again([slot.code for slot in row.evidence]):
        yield ("evidence", index), "evidence_slot_twice", {"slot": row.evidence[index].code}


def _window(draft: Draft, row: Question) -> Iterator[Found]:
    if row.window and row.window.end < row.window.start:
        yield ("window", "end"), "window_backwards", {"start": row.window.start, "end": row.window.end}


def _proved_by(draft: Draft, row: Question) -> Iterator[Found]:
    if row.proved_by and row.asked and row.kind is not Kind.YES_NO:
        words = {"why_th": "ต้องเป็นข้อมีหรือไม่มี (yes_no)", "why_en": "the row must be yes_no"}
        yield ("proved_by",), "proved_by_bad", {"by": row.proved_by, **words}
    elif row.proved_by is ProvedBy.MEETINGS_HELD and row.window is None:
        words = {"why_th": "ต้องมีช่วงเวลา (window)", "why_en": "the row needs a window"}
        yield ("proved_by",), "proved_by_bad", {"by": row.proved_by, **words}


def _listing(draft: Draft, row: Question) -> Iterator[Found]:
    """A list must be able to give the row's answer, in words that things of the list can carry."""
    listing = row.listing
    if listing is None or not row.asked:
        return
    wrong: list[tuple[str, str, str]] = []
    if row.kind not in LISTED_KINDS[listing.kind]:
        kinds = ", ".join(LISTED_KINDS[listing.kind])
        wrong.append(("kind", f"ข้อต้องเป็นชนิด {kinds}", f"the row must be of kind {kinds}"))
    if listing.provider and listing.provider not in LIST_PROVIDERS:
        known = ", ".join(LIST_PROVIDERS)
        wrong.append(("provider", f"ไม่รู้จักผู้จัดให้ “{listing.provider}” ใช้ได้: {known}", f"unknown provider; possible: {known}"))
    elif row.beyond_parent_department and listing.provider != "own":
        wrong.append(("kind", "ข้อที่นับนอกเหนือจากกรมต้นสังกัดต้องมี provider: own", "a row beyond the parent needs provider: own"))
    if listing.use and listing.kind is not ListKind.DATASETS:
        wrong.append(("use", "use ใช้ได้กับ datasets เท่านั้น", "use is for datasets only"))
    elif listing.use and listing.use not in LIST_USES:
        known = ", ".join(LIST_USES)
        wrong.append(("use", f"ไม่รู้จักการใช้ “{listing.use}” ใช้ได้: {known}", f"unknown use; possible: {known}"))
    if listing.digital and listing.kind is not ListKind.SERVICES:
        wrong.append(("digital", "digital ใช้ได้กับ services เท่านั้น", "digital is for services only"))
    for key, why_th, why_en in wrong:
        yield ("listing", key), "listing_bad", {"list": listing.kind, "why_th": why_th, "why_en": why_en}


def _not_above(draft: Draft, row: Question) -> Iterator[Found]:
    if not row.not_above:
        return
    if row.not_above not in draft.first_place:
        yield ("not_above",), "not_above_unknown", {"other": row.not_above}
        return
    other = draft.rows[draft.first_place[row.not_above]].value
    if row.not_above == row.code:
        words = {"why_th": "เป็นข้อเดียวกัน", "why_en": "it is the same row"}
    elif row.kind is not Kind.COUNT or (other is not None and other.kind is not Kind.COUNT):
        words = {"why_th": "ต้องเป็นจำนวนทั้งสองข้อ", "why_en": "both must be counts"}
    elif other is not None and other.not_above == row.code:
        words = {"why_th": "ต่างฝ่ายต่างอ้างกัน", "why_en": "each names the other"}
    else:
        return
    yield ("not_above",), "not_above_bad", {"other": row.not_above, **words}


def _again(codes: list[str]) -> Iterator[int]:
    seen: Counter[str] = Counter()
    for index, code in enumerate(codes):
        if seen[code]:
            yield index
        seen[code] += 1


CHECKS: tuple[tuple[frozenset[str], Callable[[Draft, Question], Iterator[Found]]], ...] = (
    (frozenset({"code"}), _code),
    (frozenset({"code", "pillar"}), _pillar),
    (frozenset({"text"}), _text),
    (frozenset({"kind"}), _heading),
    (frozenset({"kind", "merge"}), _merge),
    (frozenset({"kind", "pillar", "points", "choices"}), _points),
    (frozenset({"kind", "choices"}), _choices),
    (frozenset({"detail"}), _detail),
    (frozenset({"evidence"}), _evidence),
    (frozenset({"window"}), _window),
    (frozenset({"kind", "not_above"}), _not_above),
    (frozenset({"kind", "window", "proved_by"}), _proved_by),
    (frozenset({"kind", "beyond_parent_department", "listing"}), _listing),
)
