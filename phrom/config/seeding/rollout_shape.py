"""The seed's shape of local governments and of the drive that brings them onto e-documents."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from phrom.config.seeding.letter_shape import Part
from phrom.rollout.models import EvidenceKind, HoldbackReason, LocalKind, PartyRole, Stage, VisitKind


class SeedLocal(Part):
    """A local government of a body, as the official list has it; its agency's code is "lgo-" with `dla_code`."""

    body: str
    dla_code: str
    kind: LocalKind
    name: str
    name_en: str = ""
    district: str = ""
    district_code: str = ""
    geocode: str = ""
    size: str = ""


class SeedParty(Part):
    """Who stands behind a drive."""

    name: str
    role: PartyRole
    agency: str = ""


class SeedTarget(Part):
    """So many offices so far by a day."""

    stage: Stage
    number: int = Field(ge=0)
    by_day: date


class SeedStage(Part):
    """A stage as somebody recorded it; `office` is the code of the list."""

    office: str
    stage: Stage
    on: date
    evidence: EvidenceKind = EvidenceKind.OTHER
    note: str = ""
    by: str
    at: datetime


class SeedHoldback(Part):
    """What holds an office back."""

    office: str
    reason: HoldbackReason
    words: str = ""
    since: date
    by: str
    at: datetime


class SeedVisit(Part):
    """Help that was brought."""

    office: str
    kind: VisitKind
    on: date
    text: str
    by: str
    at: datetime


class SeedNote(Part):
    """Words in a case."""

    text: str
    from_office: bool = False
    by: str
    at: datetime


class SeedCase(Part):
    """A case with its words; closed where `closed_at` says when, by whoever wrote last."""

    office: str
    subject: str
    notes: list[SeedNote] = Field(min_length=1)
    closed_at: datetime | None = None


class SeedDrive(Part):
    """A drive in which every local government of the body is invited; `districts` gives each its officer's e-mail."""

    body: str
    by: str
    at: datetime
    name: str
    mandate: str = ""
    starts_on: date
    handled_within_days: int = Field(7, ge=1)
    active_within_days: int = Field(30, ge=1)
    parties: list[SeedParty] = []
    targets: list[SeedTarget] = []
    districts: dict[str, str] = {}
    stages: list[SeedStage] = []
    holdbacks: list[SeedHoldback] = []
    visits: list[SeedVisit] = []
    cases: list[SeedCase] = []
