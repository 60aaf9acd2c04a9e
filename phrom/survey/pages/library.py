"""The library of evidence: what my agency brought, what others of the body share, for the reviewer all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.rules.instrument.codes import QuestionCode
from phrom.rules.instrument.model import EvidenceSlot, Question
from phrom.rules.scoring.windows import WORDS, Place, dates_in_words
from phrom.shared.files.kinds import JPEG, PDF, PNG
from phrom.shared.thai.dates import thai_date
from phrom.survey.actions.answering import question_of
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, Evidence, EvidenceLink, Round
from phrom.survey.models.placing import NO_DAY, placed
from phrom.survey.models.scopes import agencies_within, evidence_links_within, evidence_within
from phrom.survey.pages.papers import SHAPES, held_of, proof_of, where_is

A_PAGE = 50
KINDS = {
    "pdf": ("PDF", Q(file__content_type=PDF)),
    "picture": ("รูปภาพ", Q(file__content_type__in=(PNG, JPEG))),
    "other": ("เอกสารอื่น", Q(file__isnull=False) & ~Q(file__content_type__in=(PDF, PNG, JPEG))),
    "link": ("ลิงก์", Q(file=None)),
}
USES = {"unused": "ยังไม่อยู่ใต้ข้อใด", "used": "อยู่ใต้ข้อแล้ว", "shared": "ให้หน่วยงานอื่นใช้ได้"}


@dataclass(frozen=True)
class Use:
    """A row under which a piece stands. `shape` and `place` are empty where the row has no window."""

    link_id: int
    code: str
    agency: str
    shape: str
    place: str


@dataclass(frozen=True)
class Piece:
    """One piece of the library. `shape` and `place` say how its days stand to the row for which one is being chosen."""

    id: int
    name: str
    url: str
    kind: str
    agency: str
    mine: bool
    added: str
    dates: str
    letter: str
    version: int
    newer: bool
    shared: bool
    uses: tuple[Use, ...]
    shape: str = ""
    place: str = ""
    held: str = ""
    held_shape: str = ""


@dataclass(frozen=True)
class Filter:
    """One choice above the list, as a select: its name, its label, (value, words, chosen) each."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class LibraryPage:
    """What the list shows. `ask` is the row for which a piece is being chosen, if any."""

    pieces: tuple[Piece, ...]
    filters: tuple[Filter, ...]
    total: int
    narrowed: bool
    whole_body: bool
    ask: Ask | None
    slots: tuple[EvidenceSlot, ...]
    previous_url: str
    next_url: str


def library_page(access: Access, asked: Mapping[str, str], ask: Ask | None = None) -> LibraryPage:
    """One page of the library; a fixed number of queries, whatever its size. What cannot be understood narrows nothing."""
    found = evidence_within(access, "evidence.view")
    if ask is not None:
        there = EvidenceLink.objects.filter(ask=ask, removed_at=None).values("evidence_id")
        of_body = Q(agency__body=ask.round.body_id) | Q(agency=ask.round.body_id)
        found = found.filter(of_body, replaced_by=None).exclude(pk__in=there)
    question = question_of(ask) if ask else None
    rounds = _rounds(access)
    codes = _codes(rounds)
    chosen = {name: asked.get(name, "") for name in ("code", "where", "use", "kind", "agency")}
    chosen["code"] = chosen["code"] if chosen["code"] in codes else ""
    links = evidence_links_within(access, "evidence.view").filter(evidence=OuterRef("pk"), removed_at=None)
    narrow = narrowed(found, chosen, rounds, links)
    agencies = _agencies(access)
    total = narrow.count()
    number = _page_number(asked.get("page", ""), total)
    shown = list(narrow.order_by("-pk")[(number - 1) * A_PAGE : number * A_PAGE])
    return LibraryPage(
        pieces=pieces_of(shown, access, question),
        filters=_filters(chosen, codes, agencies),
        total=total,
        narrowed=any(chosen.values()),
        whole_body=bool(agencies),
        ask=ask,
        slots=question.evidence if question else (),
        previous_url=_url(chosen, ask, number - 1) if number > 1 else "",
        next_url=_url(chosen, ask, number + 1) if number * A_PAGE < total else "",
    )


def narrowed(
    found: QuerySet[Evidence], chosen: Mapping[str, str], rounds: Sequence[Round], under: QuerySet[EvidenceLink]
) -> QuerySet[Evidence]:
    """The evidence that fits every choice. `under` are the rows that the reader may see: others' narrow nothing."""
    if chosen["kind"] in KINDS:
        found = found.filter(KINDS[chosen["kind"]][1])
    if chosen["use"] == "shared":
        found = found.filter(shared_at__isnull=False)
    elif chosen["use"] in USES:
        found = found.filter(Exists(under) if chosen["use"] == "used" else ~Exists(under))
    if chosen["code"]:
        found = found.filter(Exists(under.filter(ask__code=chosen["code"])))
    if chosen["agency"].isascii() and chosen["agency"].isdigit():
        found = found.filter(agency_id=int(chosen["agency"][:18]))
    return found.filter(_where(Place(chosen["where"]), rounds, under)) if chosen["where"] in WORDS else found


def pieces_of(shown: Sequence[Evidence], access: Access, question: Question | None = None) -> tuple[Piece, ...]:
    """The pieces with the rows that the reader may see: two queries."""
    uses = uses_of(evidence_links_within(access, "evidence.view").filter(evidence__in=shown, removed_at=None))
    replaced = set(Evidence.objects.filter(replaces__in=shown).values_list("replaces_id", flat=True))
    return tuple(
        Piece(
            id=each.pk,
            name=each.name,
            url=each.url,
            kind=kind_of(each),
            agency=each.agency.name,
            mine=access.can("evidence.add", each.agency),
            added=thai_date(each.added_at),
            dates=dates_in_words(proof_of(each)),
            letter=each.letter,
            version=each.version,
            newer=each.pk in replaced,
            shared=each.shared_at is not None,
            uses=uses.get(each.pk, ()),
            **_stands(each, question),
            **dict(zip(("held_shape", "held"), held_of(each), strict=True)),
        )
        for each in shown
    )


def _stands(evidence: Evidence, question: Question | None) -> dict[str, str]:
    """How its days stand to the row's window, as shape and words; nothing without a row or without a window."""
    where = where_is(evidence, question) if question else None
    return {"shape": SHAPES[where], "place": WORDS[where]} if where else {}


def uses_of(links: Iterable[EvidenceLink]) -> dict[int, tuple[Use, ...]]:
    """The rows by evidence, in the order of their codes; rows that no edition knows any more are left out."""
    gathered: dict[int, list[Use]] = defaultdict(list)
    for link in links:
        question = edition_of(link.ask.round.survey).by_code.get(link.ask.code)
        if question is not None:
            where = where_is(link.evidence, question)
            words = (SHAPES[where], WORDS[where]) if where else ("", "")
            gathered[link.evidence_id].append(Use(link.pk, link.ask.code, link.ask.agency.name, *words))
    return {
        pk: tuple(sorted(found, key=lambda use: (QuestionCode.parse(use.code), use.agency))) for pk, found in gathered.items()
    }


def kind_of(evidence: Evidence) -> str:
    """What it is, in a word."""
    if evidence.file is None:
        return KINDS["link"][0]
    return {PDF: KINDS["pdf"][0], PNG: KINDS["picture"][0], JPEG: KINDS["picture"][0]}.get(
        evidence.file.content_type, KINDS["other"][0]
    )


def _where(where: Place, rounds: Sequence[Round], under: QuerySet[EvidenceLink]) -> Q:
    """Evidence under a row against whose window it lies so; without a day also what lies under no row."""
    fitting = NO_DAY if where is Place.NO_DATE else Q(pk__in=[])
    for round in rounds:
        codes: dict[object, list[str]] = defaultdict(list)
        windows = {row.code: row.window for row in edition_of(round.survey).asked_rows if row.window}
        for code, window in windows.items():
            codes[window].append(code)
        for window in {windows[each[0]] for each in codes.values()}:
            fitting |= Q(Exists(under.filter(ask__round=round, ask__code__in=codes[window]))) & placed(window, where)
    return fitting


def _rounds(access: Access) -> list[Round]:
    bodies = {agency.own_body_id for agency in access.agencies("evidence.view")}
    return list(Round.objects.filter(body_id__in=bodies).select_related("survey").defer("survey__document"))


def _codes(rounds: Sequence[Round]) -> list[str]:
    return sorted({row.code for round in rounds for row in edition_of(round.survey).asked_rows}, key=QuestionCode.parse)


def _agencies(access: Access) -> list[tuple[str, str]]:
    """The agencies of the whole body for who reviews it; none for an official."""
    if not access.body_ids("evidence.view"):
        return []
    found = agencies_within(access, "evidence.view").order_by("position", "name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]


def _filters(chosen: Mapping[str, str], codes: Sequence[str], agencies: Sequence[tuple[str, str]]) -> tuple[Filter, ...]:
    def one(name: str, label: str, options: Iterable[tuple[str, str]]) -> Filter:
        every = [("", "ทั้งหมด"), *options]
        return Filter(name, label, tuple((value, words, value == chosen[name]) for value, words in every))

    found = [
        one("code", "ข้อ", ((code, code) for code in codes)),
        one("where", "ช่วงเวลา", ((each.value, words) for each, words in WORDS.items())),
        one("use", "การใช้", USES.items()),
        one("kind", "ชนิด", ((key, words) for key, (words, _) in KINDS.items())),
    ]
    return (*found, one("agency", "หน่วยงาน", agencies)) if agencies else tuple(found)


def _page_number(asked: str, total: int) -> int:
    last = max(1, -(-total // A_PAGE))
    return min(max(1, int(asked[:6])), last) if asked.isascii() and asked.isdigit() else 1


def _url(chosen: Mapping[str, str], ask: Ask | None, number: int) -> str:
    said = {name: value for name, value in chosen.items() if value} | ({"ask": str(ask.pk)} if ask else {})
    return f"{reverse('library')}?{urlencode({**said, 'page': number})}"
