"""The two signed documents: the well-known one that says who a node is, and the receipt that says what it took."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from phrom.letters.exchange import signed_json
from phrom.letters.exchange.envelope import VERSION, VERSIONS, Line
from phrom.letters.exchange.keys import SigningKey, keyid_of, public_key
from phrom.letters.exchange.signed_json import KeyOf
from phrom.letters.exchange.trouble import NotSigned, Unreadable

PATH = "/.well-known/phrom-exchange.json"
_YEARS = (2000, 2999)  # of a moment: every program and database can reckon with them
INLINE = 16 * 1024 * 1024  # bytes of files that come along with a message


def _reckonable(moment: datetime) -> datetime:
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise ValueError("a moment outside the years that are reckoned with")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_reckonable)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


T = TypeVar("T", bound=_Part)


class KeyData(_Part):
    """A key of a node and the time in which it signs."""

    keyid: Annotated[str, StringConstraints(max_length=100)]
    public: Annotated[str, StringConstraints(max_length=100)]
    valid_from: Moment
    valid_until: Moment | None = None


class OfficeData(_Part):
    """An office that a node receives for, from a day to a day."""

    id: UUID
    name: Line = Field(min_length=1, max_length=300)
    ministry_code: Line = Field(default="", max_length=20)
    department_code: Line = Field(default="", max_length=20)
    starts_on: date
    ends_on: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> OfficeData:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("an office that ends before it begins")
        return self


class Limits(_Part):
    """What a node takes: bytes of files along with a message, bytes of one file, messages in a minute."""

    inline: int = INLINE
    file: int
    per_minute: int


class WellKnown(_Part):
    """A node."""

    version: int = VERSION
    versions: tuple[Annotated[int, Field(ge=0, le=1000)], ...] = Field(default=VERSIONS, max_length=20)
    node_id: UUID
    name: Line = Field(min_length=1, max_length=300)
    base_url: Annotated[str, StringConstraints(max_length=500)]
    keys: tuple[KeyData, ...] = Field(min_length=1, max_length=20)
    limits: Limits
    offices: tuple[OfficeData, ...] = Field(default=(), max_length=20_000)
    issued_at: AwareDatetime


class Receipt(_Part):
    """The receiver's word: it has this message, whole and for good."""

    version: int = VERSION
    delivery_id: UUID
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    received_at: AwareDatetime
    node_id: UUID
    sender_node_id: UUID


def well_known(document: WellKnown, keys: Sequence[SigningKey]) -> str:
    """The document signed by every key that is in force, so that who knows one of them learns the others."""
    return signed_json.sign(document.model_dump(mode="json", exclude_none=True), keys)


def read_well_known(text: str, key_of: KeyOf | None = None) -> tuple[WellKnown, str]:
    """The document, and the key by which it is believed. Without `key_of` by one of its own: known, not trusted.

    Refuses Unreadable and NotSigned.
    """
    payload, _ = signed_json.read(text)
    document = _checked(WellKnown, payload)
    for key in document.keys:
        if key.keyid != keyid_of(document.node_id, public_key(key.public)):
            raise Unreadable("a key's name is not that of its node and content", where="keys")
    own = {key.keyid: public_key(key.public) for key in document.keys}
    _, keyid = signed_json.verified(text, key_of or own.get)
    return document, keyid


def receipt(document: Receipt, key: SigningKey) -> str:
    """The signed receipt."""
    return signed_json.sign(document.model_dump(mode="json"), [key])


def read_receipt(text: str, key_of: KeyOf) -> Receipt:
    """A receipt by a key that is known. Refuses Unreadable and NotSigned."""
    return _checked(Receipt, signed_json.verified(text, key_of)[0])


def proves(found: Receipt, *, delivery_id: UUID, digest: str, receiver: UUID, sender: UUID) -> None:
    """Refuses NotSigned unless this receipt is for this message, from this receiver to this sender."""
    if (found.delivery_id, found.digest, found.node_id, found.sender_node_id) != (delivery_id, digest, receiver, sender):
        raise NotSigned("the receipt is for something else")


def _checked(kind: type[T], payload: dict[str, object]) -> T:
    try:
        return kind.model_validate(payload)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        raise Unreadable(str(first["msg"])[:200], where=".".join(str(step) for step in first["loc"])[:100]) from problem
