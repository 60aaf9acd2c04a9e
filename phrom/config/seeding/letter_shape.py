"""The seed's shape of offices as correspondents, their letters out and in, and the directory of offices elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class SeedOffice(Part):
    """How an agency writes letters: its code (รหัสตัวพยัญชนะ), national codes, and whether the head approves before the number."""

    agency: str
    letter_code: str = ""
    ministry_code: str = ""
    department_code: str = ""
    saraban_email: str = ""
    head_approves: bool = False
    circulars_apart: bool = True


class SeedReservation(Part):
    """Numbers of a book kept free for something, in its order among the letters."""

    agency: str
    book: str
    count: int
    reserved_for: str
    by: str
    at: datetime


class SeedAnswered(Part):
    """The receiver's answer, issued with a number of its own."""

    by: str
    at: datetime
    text: str
    signer_name: str


class SeedDone(Part):
    """Who did it when, and why where a reason is asked for."""

    by: str
    at: datetime
    because: str = ""


class SeedHandled(Part):
    """What an office did with a letter that came: refused it, or accepted it and dealt with it, as far as given."""

    accepted: SeedDone | None = None
    rejected: SeedDone | None = None
    instructed: SeedDone | None = None
    assigned_to: str = ""
    due_on: date | None = None
    answered: SeedAnswered | None = None
    closed: SeedDone | None = None


class SeedTo(SeedHandled):
    """An addressee: an agency by its code, or a name alone, which is reached by hand."""

    agency: str = ""
    name: str = ""
    recalled: SeedDone | None = None
    dispatched: SeedDone | None = None


class SeedForResolution(Part):
    """The resolution that a letter was sent for: body, number and year of the meeting, number of the item."""

    body: str
    number: int
    year: int
    item: str


class SeedLetter(Part):
    """A letter of an office: a draft, sent for approval where `submitted`, issued where `issued`."""

    agency: str
    kind: str = "external"
    subject: str
    text: str
    addressed_to: str = ""
    to: list[SeedTo] = []
    speed: str = "001"
    secrecy: str = "001"
    is_circular: bool = False
    answer_by: date | None = None
    references: list[str] = []
    signer_name: str = ""
    signer_position: str = ""
    for_resolution: SeedForResolution | None = None
    by: str
    at: datetime
    submitted: SeedDone | None = None
    approved: SeedDone | None = None
    issued: SeedDone | None = None
    voided: SeedDone | None = None


class SeedIncoming(SeedHandled):
    """A letter that came on paper or by e-mail, as a clerk recorded it."""

    agency: str
    from_name: str
    their_number: str = ""
    their_date: date | None = None
    subject: str
    speed: str = "001"
    secrecy: str = "001"
    by: str
    at: datetime


class SeedElsewhere(Part):
    """An installation that we know, and its offices; trusted where `approved` says by whom."""

    node_id: str
    name: str
    base_url: str
    known_at: datetime
    approved: SeedDone | None = None
    offices: list[SeedOfficeElsewhere] = []


class SeedOfficeElsewhere(Part):
    """An office at another installation, in force from a day to a day."""

    office_uuid: str
    name: str
    since: date
    until: date | None = None
