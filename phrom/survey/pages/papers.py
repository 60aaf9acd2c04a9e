"""Evidence as it stands under a row: what it is, where its days lie, which page and words prove the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from phrom.rules.instrument.model import Question
from phrom.rules.scoring.sheet import Proof
from phrom.rules.scoring.windows import WORDS, Place, dates_in_words, place, window_in_words
from phrom.shared.files.kinds import MAY_BE_SHOWN, PDF
from phrom.shared.files.models import Scan
from phrom.shared.thai.dates import thai_when
from phrom.survey.models import Evidence, EvidenceLink

SHAPES = {Place.INSIDE: "done", Place.PARTLY: "wait", Place.OUTSIDE: "stop", Place.NO_DATE: "open"}


@dataclass(frozen=True)
class Paper:
    """One piece of evidence under a row. `where` is None on a row without a window; `shown` is "pdf", "picture" or empty."""

    link_id: int
    evidence_id: int
    name: str
    url: str
    sha256: str
    shown: str
    slot: str
    slot_code: str
    dates: str
    letter: str
    page: str
    quotation: str
    where: Place | None
    added: str
    newer: bool
    owner: str
    held: str
    held_shape: str

    @property
    def place(self) -> str:
        """How its days stand to the window, in words."""
        return WORDS[self.where] if self.where else ""

    @property
    def shape(self) -> str:
        """The same as a shape."""
        return SHAPES[self.where] if self.where else ""

    @property
    def counts(self) -> bool:
        """False when it lies wholly outside the window."""
        return self.where is not Place.OUTSIDE

    @property
    def at(self) -> str:
        """The page, as people say it: "หน้า 3"; as it was typed where the word stands there already."""
        return self.page if not self.page or self.page.startswith("หน้า") else f"หน้า {self.page}"


@dataclass(frozen=True)
class Expected:
    """An expected piece of evidence and whether something that counts is there for it."""

    code: str
    name: str
    required: bool
    there: bool


def papers_of(links: Iterable[EvidenceLink], question: Question) -> tuple[Paper, ...]:
    """Evidence under a row (read by `standing()`), each with how its days stand to the window."""
    return tuple(_paper(link, question) for link in links)


def expected_of(question: Question, papers: tuple[Paper, ...]) -> tuple[Expected, ...]:
    """The expected pieces, each with whether something was put to it."""
    there = {paper.slot_code for paper in papers if paper.counts}
    return tuple(Expected(slot.code, slot.name, slot.required, slot.code in there) for slot in question.evidence)


def where_is(evidence: Evidence, question: Question) -> Place | None:
    """Where the evidence lies against the row's window; None where the row has none."""
    return place(question.window, proof_of(evidence)) if question.window else None


def proof_of(evidence: Evidence) -> Proof:
    """The evidence's days as the rules see them."""
    return Proof(evidence.name, issued_on=evidence.issued_on, starts_on=evidence.starts_on, ends_on=evidence.ends_on)


def shown_of(evidence: Evidence) -> str:
    """How a browser may show it: "pdf", "picture", or empty for links, every other kind and what is held."""
    if evidence.file is None or evidence.file.is_held or evidence.file.content_type not in MAY_BE_SHOWN:
        return ""
    return "pdf" if evidence.file.content_type == PDF else "picture"


def held_of(evidence: Evidence) -> tuple[str, str]:
    """Why nobody gets its file, as a shape and a word; two empty ones for every file that is handed out, and for links."""
    if evidence.file is None or not evidence.file.is_held:
        return "", ""
    return "stop" if evidence.file.scan == Scan.INFECTED else "wait", evidence.file.get_scan_display()


def window_words(question: Question) -> str:
    """The days inside which evidence must lie; empty for every day."""
    return window_in_words(question.window) if question.window else ""


def _paper(link: EvidenceLink, question: Question) -> Paper:
    evidence = link.evidence
    held_shape, held = held_of(evidence)
    return Paper(
        link_id=link.pk,
        evidence_id=evidence.pk,
        name=evidence.name,
        url=evidence.url,
        sha256=evidence.file.sha256 if evidence.file else "",
        shown=shown_of(evidence),
        slot=next((slot.name for slot in question.evidence if slot.code == link.slot), ""),
        slot_code=link.slot,
        dates=dates_in_words(proof_of(evidence)),
        letter=evidence.letter,
        page=link.page,
        quotation=link.quotation,
        where=where_is(evidence, question),
        added=thai_when(link.added_at),
        newer=hasattr(evidence, "replaced_by"),
        owner="" if evidence.agency_id == link.ask.agency_id else evidence.agency.name,
        held=held,
        held_shape=held_shape,
    )
