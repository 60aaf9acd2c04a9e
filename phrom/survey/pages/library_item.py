"""One piece of evidence: seen beside what is known of it, its versions, the rows that it proves, who else has the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.rules.instrument.model import EvidenceSlot, Question
from phrom.shared.thai.dates import thai_date
from phrom.survey.actions.answering import question_of
from phrom.survey.actions.filing import CHANGEABLE, same_content, sent_with
from phrom.survey.actions.library import versions_of
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, Evidence, EvidenceLink
from phrom.survey.models.scopes import asks_within, evidence_links_within, evidence_within
from phrom.survey.pages.library import Piece, pieces_of
from phrom.survey.pages.papers import Paper, papers_of, shown_of, window_words
from phrom.survey.pages.saved import section_address


@dataclass(frozen=True)
class Preview:
    """How a piece is seen: `shown` is "pdf", "picture" or empty; `inside` is what the frame loads, `whole` the download."""

    shown: str
    inside: str
    whole: str
    name: str
    sha256: str
    size: int
    url: str


@dataclass(frozen=True)
class Typed:
    """What stands in the fields about a piece, days in the Thai form."""

    issued_on: str
    starts_on: str
    ends_on: str
    letter: str
    name: str


@dataclass(frozen=True)
class Version:
    """One version of a piece."""

    id: int
    number: int
    name: str
    added: str
    here: bool


@dataclass(frozen=True)
class ItemPage:
    """One piece of the library. `asks` are the rows under which the reader may put it; `sent` is why it cannot be described."""

    piece: Piece
    evidence: Evidence
    preview: Preview
    typed: Typed
    versions: tuple[Version, ...]
    twins: tuple[str, ...]
    twins_unnamed: int
    asks: tuple[Ask, ...]
    sent: Ask | None

    @property
    def may_say(self) -> bool:
        """True while the days and the letter may be written down anew."""
        return self.piece.mine and self.sent is None


@dataclass(frozen=True)
class EvidencePage:
    """One piece under one row."""

    link: EvidenceLink
    paper: Paper
    question: Question
    window: str
    preview: Preview
    typed: Typed
    newest: Evidence | None
    may_place: bool
    may_say: bool
    back: str

    @property
    def slots(self) -> tuple[EvidenceSlot, ...]:
        """The expectations of the row."""
        return self.question.evidence


def item_page(access: Access, evidence_id: int) -> ItemPage:
    """A piece that the reader may see; 404 for any other."""
    evidence = get_object_or_404(evidence_within(access, "evidence.view").select_related("replaces"), pk=evidence_id)
    piece = pieces_of([evidence], access)[0]
    twins = same_content(evidence).exclude(agency=evidence.agency_id).filter(_body(evidence))
    others = set(twins.values_list("agency__name", flat=True))
    seen = set(evidence_within(access, "evidence.view").filter(pk__in=twins).values_list("agency__name", flat=True))
    return ItemPage(
        piece=piece,
        evidence=evidence,
        preview=preview_of(evidence, reverse("library_file", args=[evidence.pk])),
        typed=typed_of(evidence),
        versions=tuple(
            Version(each.pk, each.version, each.name, thai_date(each.added_at), each.pk == evidence.pk)
            for each in versions_seen(access, evidence)
        ),
        twins=tuple(sorted(others & seen)),
        twins_unnamed=len(others - seen),
        asks=asks_for(access, evidence),
        sent=sent_with(evidence),
    )


def evidence_page(access: Access, link_id: int) -> EvidencePage:
    """A piece under a row that the reader may see; 404 for any other."""
    links = evidence_links_within(access, "evidence.view").select_related(
        "evidence__file",
        "evidence__agency__body",
        "evidence__replaced_by",
        "ask__agency",
        "ask__round__body",
        "ask__round__survey",
    )
    link = get_object_or_404(links.defer("ask__round__survey__document"), pk=link_id, removed_at=None)
    question, ask = question_of(link.ask), link.ask
    open_row = ask.editable and not ask.round.is_frozen and access.can("evidence.add", ask.agency)
    newest = newest_for(access, link) if hasattr(link.evidence, "replaced_by") else None
    owned = access.can("evidence.add", link.evidence.agency)
    return EvidencePage(
        link=link,
        paper=papers_of([link], question)[0],
        question=question,
        window=window_words(question),
        preview=preview_of(link.evidence, reverse("evidence_file", args=[link.pk])),
        typed=typed_of(link.evidence),
        newest=newest,
        may_place=open_row,
        may_say=open_row and owned and sent_with(link.evidence) is None,
        back=section_address(ask),
    )


def versions_seen(access: Access, evidence: Evidence) -> list[Evidence]:
    """The versions of a piece that the reader may see: one that is not shared is named to nobody else."""
    versions = versions_of(evidence)
    seen = set(
        evidence_within(access, "evidence.view").filter(pk__in=[each.pk for each in versions]).values_list("pk", flat=True)
    )
    return [each for each in versions if each.pk in seen]


def newest_for(access: Access, link: EvidenceLink) -> Evidence | None:
    """The newest version that may stand in the place of the one under a row; None where the reader may see no newer one."""
    newer = [each for each in versions_seen(access, link.evidence) if each.version > link.evidence.version]
    return newer[-1] if newer else None


def preview_of(evidence: Evidence, file_url: str) -> Preview:
    """How it is seen; only PDF and pictures inside the page."""
    stored = evidence.file
    return Preview(
        shown=shown_of(evidence),
        inside=f"{file_url}?inline",
        whole=file_url,
        name=evidence.name,
        sha256=stored.sha256 if stored else "",
        size=stored.size if stored else 0,
        url=evidence.url,
    )


def typed_of(evidence: Evidence) -> Typed:
    """What is known, as it would be typed."""

    def typed(day: date | None) -> str:
        return f"{day.day}/{day.month}/{day.year + 543}" if day else ""

    issued_on, starts_on, ends_on = (typed(day) for day in (evidence.issued_on, evidence.starts_on, evidence.ends_on))
    return Typed(issued_on, starts_on, ends_on, evidence.letter, evidence.name)


def asks_for(access: Access, evidence: Evidence) -> tuple[Ask, ...]:
    """Rows of my own agencies, and of the piece's where I may, that take evidence now and do not have it yet."""
    agencies = {*access.agency_ids("evidence.add")}
    if access.can("evidence.add", evidence.agency):
        agencies.add(evidence.agency_id)
    body = evidence.agency.own_body_id
    asks = asks_within(access, "evidence.add").filter(
        agency__in=agencies, round__body=body, round__frozen_at=None, state__in=CHANGEABLE, withdrawn_at=None
    )
    there = EvidenceLink.objects.filter(evidence=evidence, removed_at=None).values("ask_id")
    found = asks.exclude(pk__in=there).order_by("-round_id", "agency__position", "agency_id", "position")
    return tuple(ask for ask in found if ask.code in edition_of(ask.round.survey).by_code)


def _body(evidence: Evidence) -> Q:
    body = evidence.agency.own_body_id
    return Q(agency__body=body) | Q(agency=body)
