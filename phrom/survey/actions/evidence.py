"""Putting evidence under an ask and taking it away again. Files go to the store first, then one transaction tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import clean_name
from phrom.shared.files.store import keep
from phrom.shared.journal.record import record
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.answering import question_of
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.locking import locked, refuse_when_locked
from phrom.survey.models import Ask, Evidence, EvidenceLink


class AlreadyAttached(Refusal):
    """The same content stands under this row already."""

    status = 409

    def __init__(self, link: EvidenceLink, code: str) -> None:
        self.link = link
        super().__init__(
            f"แนบไว้แล้วในข้อ {code}: “{link.evidence.name}” มีเนื้อหาเดียวกัน จึงไม่ได้แนบซ้ำ",
            f"Already attached to {code} as “{link.evidence.name}” with the same content; it was not attached again.",
            where=code,
        )


class UnknownSlot(Refusal):
    """The evidence was put to an expectation that this row does not have."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"ข้อ {code} ไม่มีรายการหลักฐานที่เลือก ยังไม่ได้แนบ กรุณาเปิดหน้าใหม่แล้วเลือกอีกครั้ง",
            f"{code} expects no such evidence. Nothing was attached. Please reload the page and choose again.",
            where=code,
        )


@dataclass(frozen=True)
class Upload:
    """A file as it comes in: its name and its bytes in pieces, read once."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Posted:
    """Evidence as it comes in: files, a web address (checked by the form, never fetched) or both, and what is said of them.

    `slot` is the expectation it meets (may be none), `issued_on` the day it was issued, where known.
    """

    uploads: tuple[Upload, ...] = ()
    url: str = ""
    slot: str = ""
    issued_on: date | None = None


@dataclass
class AttachOutcome:
    """What became of several files: those attached, and by name why the others were refused."""

    attached: list[EvidenceLink] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)


def attach(*, ask: Ask, posted: Posted, by: Person, at: datetime) -> AttachOutcome:
    """Keep each file and put it and the web address under the ask; a refused one leaves the others attached.

    Refuses as a whole RoundClosed, AskLocked, UnknownSlot; one by one what the store refuses and AlreadyAttached.
    """
    _refuse_early(ask, posted.slot)
    outcome = AttachOutcome()
    for upload in posted.uploads:
        try:
            name = clean_name(upload.name)
            stored = keep(upload.chunks, name=name, at=at)
            outcome.attached.append(_attach(ask, _evidence(ask, posted, by, at, name=name, file=stored), posted.slot, by, at))
        except Refusal as refusal:
            outcome.refused.append((upload.name, refusal))
    if posted.url:
        try:
            outcome.attached.append(_attach(ask, _evidence(ask, posted, by, at, url=posted.url), posted.slot, by, at))
        except Refusal as refusal:
            outcome.refused.append((posted.url, refusal))
    return outcome


@transaction.atomic
def attach_stored(
    *, ask: Ask, stored: StoredFile, name: str, slot: str, issued_on: date | None, by: Person, at: datetime
) -> EvidenceLink | None:
    """Put a content that is in the store already under the ask; None where the same stands there. Refuses as `attach` does."""
    _refuse_early(ask, slot)
    evidence = _evidence(ask, Posted(issued_on=issued_on), by, at, name=clean_name(name), file=stored)
    try:
        return _attach(ask, evidence, slot, by, at)
    except AlreadyAttached:
        return None


@transaction.atomic
def take_away(*, link: EvidenceLink, by: Person, at: datetime) -> None:
    """Mark the evidence as taken away from its row; it stays in the library. Doing it twice does nothing more.

    Refuses RoundClosed and AskLocked.
    """
    ask = link.ask
    refuse_when_frozen(ask.round)
    refuse_when_locked(ask)
    if EvidenceLink.objects.filter(pk=link.pk, removed_at=None).update(removed_by=by, removed_at=at):
        details: dict[str, object] = {"code": ask.code, "agency": ask.agency.code, "name": link.evidence.name}
        record("evidence.removed", by=by, about=f"ask:{ask.pk}", at=at, chain=ask.round.body.code, details=details)


def _refuse_early(ask: Ask, slot: str) -> None:
    """Before any byte is kept; the transaction looks again."""
    with transaction.atomic():
        refuse_when_frozen(ask.round)
    if not ask.editable:
        raise locked(ask)
    if slot and slot not in {expected.code for expected in question_of(ask).evidence}:
        raise UnknownSlot(ask.code)


def _evidence(
    ask: Ask, posted: Posted, by: Person, at: datetime, *, name: str = "", file: StoredFile | None = None, url: str = ""
) -> Evidence:
    """The row of the library, not yet stored. A link is named by its address."""
    issued_on = posted.issued_on
    return Evidence(
        agency=ask.agency, name=name or url[:255], file=file, url=url, issued_on=issued_on, added_by=by, added_at=at
    )


@transaction.atomic
def _attach(ask: Ask, evidence: Evidence, slot: str, by: Person, at: datetime) -> EvidenceLink:
    refuse_when_frozen(ask.round)
    refuse_when_locked(ask)
    _refuse_twice(ask, evidence)
    link = EvidenceLink.objects.create(ask=ask, evidence=_in_library(evidence), slot=slot, added_by=by, added_at=at)
    what = evidence.file.sha256 if evidence.file else evidence.url
    details: dict[str, object] = {"code": ask.code, "agency": ask.agency.code, "name": evidence.name, "content": what[:500]}
    record("evidence.added", by=by, about=f"ask:{ask.pk}", at=at, chain=ask.round.body.code, details=details)
    return link


def _refuse_twice(ask: Ask, evidence: Evidence) -> None:
    there = EvidenceLink.objects.filter(ask=ask, removed_at=None, evidence__url=evidence.url, evidence__file=evidence.file)
    if twin := there.select_related("evidence").first():
        raise AlreadyAttached(twin, ask.code)


def _in_library(evidence: Evidence) -> Evidence:
    """The agency's same evidence where it has it already (attached to another row), else this one, stored."""
    same = Evidence.objects.filter(
        agency=evidence.agency, file=evidence.file, url=evidence.url, name=evidence.name, issued_on=evidence.issued_on
    ).first()
    if same is None:
        evidence.save(force_insert=True)
    return same or evidence
