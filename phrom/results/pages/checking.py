"""Is this paper the set that was frozen? What anybody may see who holds a printed pack; nothing that it does not print."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from phrom.results.models import Snapshot
from phrom.rules.instrument.canonical import edition_from_json
from phrom.rules.instrument.model import Edition
from phrom.shared.ui.typed import plain_hash
from phrom.survey.actions.proposing import newest_proposal

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PillarLine:
    """One pillar as the pack prints it: points in percent, an estimate."""

    code: str
    title: str
    percent: Decimal


@dataclass(frozen=True)
class FrozenSet:
    """A frozen set as its papers print it."""

    body: str
    title: str
    fiscal_year: int
    edition_hash: str
    frozen_at: datetime
    total: Decimal
    pillars: tuple[PillarLine, ...]
    resolution: str
    is_demo: bool


@dataclass(frozen=True)
class CheckPage:
    """The answer to one hash. `found` is None for a hash that never was, that is no hash, and that was mistyped alike."""

    asked: str
    found: FrozenSet | None


def hash_of(upload: UploadedFile) -> str:
    """The hash of a file's bytes, read in pieces and kept nowhere."""
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()


def check_page(text: str) -> CheckPage:
    """Look a hash up: two queries where it is known, one where it is not, none for what is no hash."""
    asked = plain_hash(text)
    return CheckPage(asked[:64], _found(asked) if _HASH.fullmatch(asked) else None)


def _found(sha256: str) -> FrozenSet | None:
    snapshots = Snapshot.objects.filter(set_sha256=sha256, is_final=True).select_related("round__body", "round__survey")
    snapshot = snapshots.first()
    if snapshot is None:
        return None
    round, card = snapshot.round, snapshot.scorecard
    proposal = newest_proposal(round)
    return FrozenSet(
        body=round.body.name,
        title=round.survey.title,
        fiscal_year=round.survey.fiscal_year,
        edition_hash=snapshot.edition_hash,
        frozen_at=snapshot.taken_at,
        total=Decimal(card["total"]),
        pillars=_pillars(edition_from_json(round.survey.document), card["pillars"]),
        resolution=str(proposal.resolution) if proposal and proposal.resolution else "",
        is_demo=round.is_demo,
    )


def _pillars(edition: Edition, scored: dict[str, dict[str, str]]) -> tuple[PillarLine, ...]:
    titles = {pillar.code: pillar.title for pillar in edition.pillars}
    return tuple(PillarLine(code, titles[code], Decimal(one["percent"])) for code, one in scored.items())
