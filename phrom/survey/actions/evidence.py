"""Putting evidence under an ask and taking it away again. Files go to the store first, then one transaction tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Person
from phrom.shared.files.models import StoredFile
from phrom.shared.files.names import clean_name
from phrom.shared.files.store import keep
from phrom.shared.ui.refusals import Refusal
from phrom.survey.actions.closed import refuse_when_frozen
from phrom.survey.actions.filing import (
    ANYWHERE,
    NOTHING_SAID,
    About,
    AlreadyAttached,
    Spot,
    put_under,
    refuse_unknown_slot,
    tell_evidence,
)
from phrom.survey.actions.locking import locked, refuse_when_locked
from phrom.survey.models import Ask, Evidence, EvidenceLink


@dataclass(frozen=True)
class Upload:
    """A file as it comes in: its name and its bytes in pieces, read once."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Posted:
    """Evidence as it comes in: files, a web address (checked by the form, never fetched) or both, and what is said of them."""

    uploads: tuple[Upload, ...] = ()
    url: str = ""
    about: About = NOTHING_SAID
    spot: Spot = ANYWHERE


@dataclass
class AttachOutcome:
    """What became of several files: those attached, and by name why the others were refused."""

    attached: list[EvidenceLink] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)


def attach(*, ask: Ask, posted: Posted, by: Person, at: datetime) -> AttachOutcome:
    """Keep each file and put it and the web address under the ask; a refused one leaves the others attached.

    Refuses as a whole RoundClosed, AskLocked, UnknownSlot; one by one what the store refuses and AlreadyAttached.
    """
    _refuse_early(ask, posted.spot.slot)
    outcome = AttachOutcome()
    for upload in posted.uploads:
        try:
            name = clean_name(upload.name)
            stored = keep(upload.chunks, name=name, at=at)
            outcome.attached.append(_attach(ask, posted, by, at, name=name, file=stored))
        except Refusal as refusal:
            outcome.refused.append((upload.name, refusal))
    if posted.url:
        try:
            outcome.attached.append(_attach(ask, posted, by, at, name=posted.url[:255], url=posted.url))
        except Refusal as refusal:
            outcome.refused.append((posted.url, refusal))
    return outcome


@transaction.atomic
def attach_stored(
    *, ask: Ask, stored: StoredFile, name: str, slot: str, issued_on: date | None, by: Person, at: datetime
) -> EvidenceLink | None:
    """Put a content that is in the store already under the ask; None where the same stands there. Refuses as `attach` does."""
    _refuse_early(ask, slot)
    try:
        posted = Posted(about=About(issued_on=issued_on), spot=Spot(slot))
        return _attach(ask, posted, by, at, name=clean_name(name), file=stored)
    except AlreadyAttached:
        return None


@transaction.atomic
def take_away(*, link: EvidenceLink, by: Person, at: datetime) -> None:
    """Mark the evidence as taken away from its row; it stays in the library. Doing it twice does nothing more.

    Refuses RoundClosed and AskLocked.
    """
    refuse_when_frozen(link.ask.round)
    refuse_when_locked(link.ask)
    if EvidenceLink.objects.filter(pk=link.pk, removed_at=None).update(removed_by=by, removed_at=at):
        tell_evidence("evidence.removed", link, by, at)


def _refuse_early(ask: Ask, slot: str) -> None:
    """Before any byte is kept; the transaction looks again."""
    with transaction.atomic():
        refuse_when_frozen(ask.round)
    if not ask.editable:
        raise locked(ask)
    refuse_unknown_slot(ask, slot)


@transaction.atomic
def _attach(
    ask: Ask, posted: Posted, by: Person, at: datetime, *, name: str, file: StoredFile | None = None, url: str = ""
) -> EvidenceLink:
    piece = Evidence(agency=ask.agency, name=name, file=file, url=url, added_by=by, added_at=at, **asdict(posted.about))
    return put_under(ask=ask, evidence=piece, spot=posted.spot, by=by, at=at)
