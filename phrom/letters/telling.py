"""The journal of letters. A secret letter is told in a chain of its own, without a word of what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from phrom.agencies.models import Person
from phrom.letters.models import SECRET_BOOKS, DestructionList, Incoming, Letter, Office, Register
from phrom.shared.journal.record import hold_chain, record

_OPEN = (
    "book",
    "year",
    "number",
    "state",
    "count",
    "recipients",
    "until",
    "sha256",
    "pdf",
)  # what may be told of a secret letter


def secret_chain(office: Office) -> str:
    """The chain in which an office's secret letters are told; no page of the journal shows it."""
    return f"{office.agency.own_body.code}:secret:{office.agency.code}"


def hold_journals(offices: Iterable[Office | None], *, secret: bool) -> None:
    """Take the ends of all these offices' journals, sorted: acts that reach two bodies do not cross each other (ADR 12).

    After the number was taken, before the first entry.
    """
    chains = {_chain(office, secret) for office in offices if office is not None}
    if len(chains) > 1:
        for chain in sorted(chains):
            hold_chain(chain)


def tell_letter(event: str, letter: Letter, *, by: Person | None, at: datetime, details: Mapping[str, object]) -> None:
    """One entry about a letter that we write."""
    _tell(event, letter.office, f"letter:{letter.pk}", letter.subject, letter.is_secret, by, at, details)


def tell_incoming(event: str, incoming: Incoming, *, by: Person | None, at: datetime, details: Mapping[str, object]) -> None:
    """One entry about a letter that came."""
    _tell(event, incoming.office, f"incoming:{incoming.pk}", incoming.subject, incoming.is_secret, by, at, details)


def tell_register(event: str, register: Register, *, by: Person | None, at: datetime, details: Mapping[str, object]) -> None:
    """One entry about a register; of a secret book only which one and the numbers."""
    told = {"book": str(register.book), "year": register.year, **details}
    secret = register.book in SECRET_BOOKS
    _tell(event, register.office, f"register:{register.pk}", register.get_book_display(), secret, by, at, told)


def tell_destruction(event: str, listed: DestructionList, *, by: Person, at: datetime, details: Mapping[str, object]) -> None:
    """One entry about a list of letters to be destroyed; of a secret list only its year and counts."""
    told = {"year": listed.year, **details}
    _tell(event, listed.office, f"destruction:{listed.pk}", str(listed), listed.is_secret, by, at, told)


def tell_office(event: str, office: Office, *, by: Person, at: datetime, details: Mapping[str, object]) -> None:
    """One entry about how an office handles its letters."""
    _tell(event, office, f"office:{office.pk}", office.agency.name, False, by, at, details)


def _tell(
    event: str,
    office: Office,
    about: str,
    subject: str,
    secret: bool,
    by: Person | None,
    at: datetime,
    details: Mapping[str, object],
) -> None:
    told = dict(details) if not secret else {key: value for key, value in details.items() if key in _OPEN}
    told |= {"office": office.agency.code} | ({} if secret else {"subject": subject})
    record(event, by=by, about=about, at=at, chain=_chain(office, secret), details=told)


def _chain(office: Office, secret: bool) -> str:
    return secret_chain(office) if secret else office.agency.own_body.code
