"""The envelope, version 1: one message to one office. Unknown members are ignored; versions 1 and 0 are read.

The schema that is published is made from these classes (docs/exchange).
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from phrom.letters.exchange.signed_json import canonical
from phrom.letters.exchange.trouble import Unreadable
from phrom.shared.ui.typed import NotOneLine, refuse_unless_one_line

VERSION = 1
VERSIONS = (VERSION, VERSION - 1)
LONGEST = 1024 * 1024
DEEPEST = 40


def _seen(text: str) -> str:
    try:
        refuse_unless_one_line(text, where="")
    except NotOneLine as problem:
        raise ValueError("characters that cannot be seen in a line of text") from problem
    return text


Line = Annotated[str, AfterValidator(_seen)]
Code = Annotated[Literal["001", "002", "003", "004"], Field(description="TH e-GIF tables 2-9 and 2-10")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Part(BaseModel):
    """What every part keeps to."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Person(Part):
    """An official: name and post."""

    name: Line = Field(default="", max_length=200)
    position: Line = Field(default="", max_length=500)


class Address(Part):
    """An office: its stable id, its name, its national codes where they are known."""

    id: UUID
    name: Line = Field(min_length=1, max_length=300)
    ministry_code: Line = Field(default="", max_length=20)
    department_code: Line = Field(default="", max_length=20)
    person: Person = Person()


class File(Part):
    """A file by its hash. It comes along as a part of the message, or is fetched from the sender by its hash."""

    name: Line = Field(min_length=1, max_length=255)
    type: Line = Field(default="", max_length=120)
    size: Annotated[int, Field(ge=1, le=2**40)]
    sha256: Sha256
    main: bool = False


class Reference(Part):
    """A line of อ้างถึง."""

    text: Line = Field(min_length=1, max_length=500)


class LetterData(Part):
    """The letter's own data; a superset of the eCMS message CorrespondenceLetter."""

    number: Line = Field(max_length=80)
    dated: date | None = None
    subject: Line = Field(min_length=1, max_length=500)
    kind: Line = Field(default="external", max_length=20)
    speed: Code = "001"
    secrecy: Code = "001"
    to: Line = Field(default="", max_length=300)
    note: Line = Field(default="", max_length=500)
    due: date | None = None
    references: tuple[Reference, ...] = Field(default=(), max_length=100)
    content: dict[str, Any] | None = None
    content_sha256: Line = Field(default="", max_length=64)


class About(Part):
    """What a notice says of a letter that was delivered before: its delivery id, and the receiver's own words."""

    delivery_id: UUID
    number: Line = Field(default="", max_length=80)
    dated: date | None = None
    official: Line = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=500)


class Envelope(Part):
    """One message: `letter` for the purpose letter, `about` for every notice; `answers`: the delivery id of what it answers.

    `again`: under which delivery ids the same letter was sent to the same office before, so that it is not laid there twice.
    """

    version: int = VERSION
    delivery_id: UUID
    purpose: Literal["letter", "accepted", "rejected", "invalid", "recalled", "answered"]
    made_at: AwareDatetime
    expires: AwareDatetime
    sender: Address
    receiver: Address
    letter: LetterData | None = None
    about: About | None = None
    answers: UUID | None = None
    again: tuple[UUID, ...] = Field(default=(), max_length=50)
    files: tuple[File, ...] = Field(default=(), max_length=200)


def written(envelope: Envelope) -> str:
    """The canonical text: what is sent, stored and hashed."""
    return canonical(envelope.model_dump(mode="json", exclude_none=True))


def sha256_of(content: bytes) -> str:
    """By which a file is named."""
    return hashlib.sha256(content).hexdigest()


def digest_of(text: str) -> str:
    """The hash by which both sides know whether two messages are the same."""
    return sha256_of(text.encode())


def read(text: str) -> Envelope:
    """The envelope from its text. Refuses Unreadable with the place and the reason."""
    if len(text.encode()) > LONGEST:
        raise Unreadable(f"longer than {LONGEST} bytes")
    envelope = _parsed(text)
    if envelope.version not in VERSIONS:
        raise Unreadable(f"version {envelope.version} is not read here, only {VERSIONS}", where="version")
    if (envelope.purpose == "letter") != (envelope.letter is not None) or (envelope.about is None) != (
        envelope.letter is not None
    ):
        raise Unreadable("a letter carries `letter`, a notice carries `about`, and never both", where="purpose")
    if len({file.sha256 for file in envelope.files}) != len(envelope.files):
        raise Unreadable("a file is named twice", where="files")
    return envelope


def refuse_expired(envelope: Envelope, at: datetime) -> None:
    """Refuses Unreadable for what is too late; asked only of what did not come before: a repeat gets its receipt even then."""
    if envelope.expires <= at:
        raise Unreadable("the message has expired", where="expires")


def _parsed(text: str) -> Envelope:
    try:
        found = json.loads(text, parse_constant=_no_constant)
        _refuse_nul(found, 0)
        return Envelope.model_validate(found)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        raise Unreadable(str(first["msg"])[:200], where=".".join(str(step) for step in first["loc"])[:100]) from problem
    except (ValueError, RecursionError) as problem:
        raise Unreadable(str(problem)[:200]) from problem


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _refuse_nul(value: object, depth: int) -> None:
    """Databases keep no NUL and no half of a letter; nothing needs forty levels."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str) and ("\0" in value or any(0xD800 <= ord(letter) <= 0xDFFF for letter in value)):
        raise ValueError("a text holds NUL or half of a character")
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_nul(name, depth + 1)
            _refuse_nul(inner, depth + 1)
    if isinstance(value, list):
        for inner in value:
            _refuse_nul(inner, depth + 1)
