"""The seed file's shape. Its JSON Schema is docs/seed.schema.json, made from these classes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from pydantic import Field, model_validator

from phrom.config.seeding.letter_shape import Part, SeedElsewhere, SeedIncoming, SeedLetter, SeedOffice, SeedReservation
from phrom.config.seeding.rollout_shape import SeedDrive, SeedLocal


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


class SeedLetterhead(Part):
    """What stands above a body's letters."""

    office: str
    address: str = ""
    phone: str = ""
    letter_code: str = ""


class SeedBody(Part):
    """A province or department that answers the survey, with its agencies in their order."""

    code: str
    name: str
    kind: str
    agencies: list[SeedAgency] = []
    letterhead: SeedLetterhead | None = None


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


class SeedHolder(Part):
    """Who holds a seat; `person` is the e-mail of an account. Without `since` from the day on which the order holds."""

    name: str
    person: str = ""
    since: date | None = None
    until: date | None = None


class SeedSubstitute(SeedHolder):
    """Who may come instead, and which letter says so."""

    position: str
    reference: str = ""


class SeedSeat(Part):
    """A seat of an order; seats stand in their order of precedence. `agency` is the office that it is reached through."""

    title: str
    category: str
    role: str = "member"
    agency: str = ""
    holders: list[SeedHolder] = []
    substitutes: list[SeedSubstitute] = []


class SeedOrder(Number):
    """An order that makes a committee, or amends one, with its seats. `recorded_at` is when the system learned of it."""

    body: str
    title: str
    issued_on: date
    effective_on: date | None = None
    chair_post: str
    composition: str = ""
    seat_count: int | None = None
    quorum: str = "half"
    replaces: Number | None = None
    amends: Number | None = None
    recorded_at: datetime | None = None
    seats: list[SeedSeat] = []


class SeedFollowUp(Part):
    """What offices are to do because of a resolution, by its day; without `agencies` every office of the body."""

    task: str
    agencies: list[str] = []


class SeedResolution(Part):
    """What was resolved on an item."""

    kind: str
    text: str
    due_on: date | None = None
    follow_up: SeedFollowUp | None = None


class SeedItem(Part):
    """An item of an agenda."""

    number: str
    title: str
    resolutions: list[SeedResolution] = []


class SeedMeeting(Number):
    """A meeting that was held before the system was there: its items and resolutions."""

    body: str
    order: Number
    held_at: datetime
    venue: str
    items: list[SeedItem] = []


class SeedPaper(Part):
    """What stands under an item: a text (a line a paragraph), or the figures of a source (phrom/results/papers/sources.py)."""

    text: str = ""
    source: str = ""
    title: str = ""


class SeedAgendaItem(Part):
    """An item under a head, or what stands under the head itself: `head` counts from 1, without `title` it is the head."""

    head: int
    title: str = ""
    presenter: str = ""
    resolves: bool | None = None
    late_because: str = ""
    papers: list[SeedPaper] = []
    minutes: str = ""
    resolutions: list[SeedResolution] = []


class SeedInvitation(Part):
    """The letter that called the meeting; with it the meeting gets the next number of its year."""

    letter_number: str
    letter_date: date
    at: datetime


class SeedMark(Part):
    """How a seat was filled; `seat` is its place in the order. Seats without a mark were absent. For a substitute: who came."""

    seat: int
    kind: str
    name: str = ""
    position: str = ""
    note: str = ""


class SeedReply(SeedMark):
    """The answer of a seat to the invitation."""

    at: datetime


class SeedParticipant(Part):
    """Somebody who was there but is no member."""

    name: str
    position: str = ""


class SeedHeld(Part):
    """The meeting as it was held."""

    opened_at: datetime
    closed_at: datetime
    attendance: list[SeedMark]
    participants: list[SeedParticipant] = []


class SeedMinutes(Part):
    """The minutes: drafted, and circulated where a day for comments is given."""

    drafted_at: datetime
    taker: str
    taker_position: str = ""
    checker: str = ""
    checker_position: str = ""
    circulated_at: datetime | None = None
    comments_until: date | None = None


class SeedCalledMeeting(Part):
    """A meeting that goes through every step, as far as its parts are given; `template` names the heads (agenda_heads.yaml)."""

    body: str
    by: str
    created_at: datetime
    held_at: datetime
    venue: str
    online_link: str = ""
    template: str
    agenda: list[SeedAgendaItem] = []
    invitation: SeedInvitation | None = None
    replies: list[SeedReply] = []
    agenda_frozen_at: datetime | None = None
    held: SeedHeld | None = None
    minutes: SeedMinutes | None = None


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
    """Evidence whose file is written from `text`, with what is known of it; `shared` lets other agencies use it."""

    name: str
    text: str
    slot: str = ""
    issued_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    letter: str = ""
    page: str = ""
    quotation: str = ""
    shared: bool = False


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


class SeedThing(Part):
    """One named thing of an agency's list."""

    agency: str
    kind: str
    name: str
    provider: str
    is_digital: bool = False
    url: str = ""
    content: dict[str, Any] = {}
    by: str
    at: datetime


class Mandate(Part):
    """The resolution that a round stands on."""

    meeting: Number
    item: str


class SeedRound(Part):
    """A round with its answers; frozen when `frozen_at` is given, the set laid by `opened_by` and approved by `approved_by`."""

    body: str
    edition: str
    mandate: Mandate | None = None
    opened_by: str
    opened_at: datetime
    internal_deadline: date
    answers: list[SeedAnswer] = []
    lists: list[SeedThing] = []
    approved_by: str = ""
    frozen_at: datetime | None = None

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        """A set leaves only when a second person approved it."""
        if self.frozen_at and self.approved_by in ("", self.opened_by):
            raise ValueError("a frozen round needs `approved_by`, somebody else than `opened_by`")
        return self


class Seed(Part):
    """The whole file. `clock` is the moment in which a demonstration stands."""

    about: str = ""
    demo: bool = False
    clock: datetime | None = None
    bodies: list[SeedBody] = []
    people: list[SeedPerson] = []
    orders: list[SeedOrder] = []
    meetings: list[SeedMeeting] = []
    called_meetings: list[SeedCalledMeeting] = []
    official_results: list[SeedOfficialResult] = []
    rounds: list[SeedRound] = []
    offices: list[SeedOffice] = []
    elsewhere: list[SeedElsewhere] = []
    letters: list[SeedLetter] = []
    incoming: list[SeedIncoming] = []
    reservations: list[SeedReservation] = []
    local_governments: list[SeedLocal] = []
    drives: list[SeedDrive] = []
