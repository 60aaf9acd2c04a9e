"""The seed file's shape. Its JSON Schema is docs/seed.schema.json, made from these classes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class SeedPost(Part):
    """A post of an agency."""

    title: str
    is_head: bool = False


class SeedAgency(Part):
    """An office of a body."""

    code: str
    name: str
    short_name: str = ""
    kind: str
    parent_department: str = ""
    posts: list[SeedPost] = []


class SeedBody(Part):
    """A province or department that answers the survey, with its agencies in their order."""

    code: str
    name: str
    kind: str
    agencies: list[SeedAgency] = []


class SeedMembership(Part):
    """A role of a person at an agency (or body), by the agency's code."""

    agency: str
    role: str
    since: date
    until: date | None = None


class SeedPerson(Part):
    """An account. `note` is printed with it when the demo starts."""

    email: str
    name: str
    password: str = Field(min_length=8)
    note: str = ""
    memberships: list[SeedMembership] = []


class Number(Part):
    """number/year of an order or a meeting."""

    number: int
    year: int


class SeedOrder(Number):
    """An order that makes a committee."""

    body: str
    title: str
    issued_on: date
    effective_on: date | None = None
    chair_post: str
    composition: str = ""
    seat_count: int | None = None
    replaces: Number | None = None


class SeedResolution(Part):
    """What was resolved on an item."""

    kind: str
    text: str
    due_on: date | None = None


class SeedItem(Part):
    """An item of an agenda."""

    number: str
    title: str
    resolutions: list[SeedResolution] = []


class SeedMeeting(Number):
    """A meeting with its items and resolutions."""

    body: str
    order: Number
    held_at: datetime
    venue: str
    items: list[SeedItem] = []


class SeedOfficialResult(Part):
    """What was announced for a body and year."""

    body: str
    fiscal_year: int
    total: Decimal
    level: int | None = None
    level_name: str = ""
    best_pillar: str = ""
    weakest_pillar: str = ""
    source: str


class SeedEvidence(Part):
    """Evidence whose file is written from `text`."""

    name: str
    text: str
    slot: str = ""
    issued_on: date | None = None


class SeedAnswer(Part):
    """One answer, by agency and row code, and how far it got."""

    agency: str
    code: str
    content: dict[str, Any]
    by: str
    at: datetime
    state: str = "open"
    reason: str = ""
    evidence: list[SeedEvidence] = []


class Mandate(Part):
    """The resolution that a round stands on."""

    meeting: Number
    item: str


class SeedRound(Part):
    """A round with its answers; frozen when `frozen_at` is given."""

    body: str
    edition: str
    mandate: Mandate | None = None
    opened_by: str
    opened_at: datetime
    internal_deadline: date
    answers: list[SeedAnswer] = []
    frozen_at: datetime | None = None


class Seed(Part):
    """The whole file. `clock` is the moment in which a demonstration stands."""

    about: str = ""
    demo: bool = False
    clock: datetime | None = None
    bodies: list[SeedBody] = []
    people: list[SeedPerson] = []
    orders: list[SeedOrder] = []
    meetings: list[SeedMeeting] = []
    official_results: list[SeedOfficialResult] = []
    rounds: list[SeedRound] = []
