"""Whatever two installations say to each other: it keeps to the published schema, is read back the same, and may say more."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrom.letters.exchange import envelope as envelopes
from phrom.letters.exchange.documents import read_receipt, read_well_known
from phrom.letters.exchange.envelope import Envelope
from phrom.letters.exchange.trouble import Unreadable
from tests.factories.exchange import AT, Other
from tests.letters.test_exchange_schema import OFFICE, valid

quick = settings(max_examples=40, deadline=None)
LINES = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)
WORDS = LINES.filter(bool)
IDS = st.uuids(version=4).map(str)
DAYS = st.dates(date(2000, 1, 1), date(2600, 1, 1)).map(str)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=2000)).map(lambda after: (AT + after).isoformat())
CODES = st.sampled_from(["001", "002", "003", "004"])
ADDRESSES = st.fixed_dictionaries(
    {"id": IDS, "name": WORDS},
    optional={"ministry_code": LINES.map(lambda text: text[:20]), "person": st.fixed_dictionaries({"name": LINES})},
)
FILES = st.fixed_dictionaries(
    {"name": WORDS, "size": st.integers(1, 2**40), "sha256": st.text("0123456789abcdef", min_size=64, max_size=64)},
    optional={"type": LINES, "main": st.booleans()},
)
LETTERS = st.fixed_dictionaries(
    {"number": LINES, "subject": WORDS},
    optional={"dated": DAYS, "speed": CODES, "secrecy": CODES, "to": LINES, "due": DAYS, "note": LINES},
)
ABOUT = st.fixed_dictionaries({"delivery_id": IDS}, optional={"number": LINES, "dated": DAYS, "reason": LINES})
BASIC: dict[str, Any] = {"delivery_id": IDS, "made_at": MOMENTS, "expires": MOMENTS, "sender": ADDRESSES, "receiver": ADDRESSES}
NOTICES = st.sampled_from(["accepted", "rejected", "invalid", "recalled", "answered"])
MESSAGES = st.one_of(
    st.fixed_dictionaries(
        {**BASIC, "version": st.just(1), "purpose": st.just("letter"), "letter": LETTERS, "files": st.lists(FILES, max_size=3)},
        optional={"answers": IDS, "again": st.lists(IDS, max_size=3)},
    ),
    st.fixed_dictionaries({**BASIC, "version": st.just(1), "purpose": NOTICES, "about": ABOUT}),
)


@quick
@given(MESSAGES)
def test_a_message_that_is_read_and_written_keeps_to_the_schema_and_stays_the_same(message: dict[str, Any]) -> None:
    found = read_or_none(message)
    if found is None:
        return
    text = envelopes.written(found)
    assert valid("envelope.schema.json", json.loads(text))
    assert envelopes.read(text) == found
    assert envelopes.digest_of(text) == envelopes.digest_of(envelopes.written(envelopes.read(text)))


@quick
@given(MESSAGES, st.dictionaries(st.from_regex(r"x_[a-z]{1,8}", fullmatch=True), st.none() | st.integers() | LINES, max_size=3))
def test_members_that_version_one_does_not_know_change_nothing(message: dict[str, Any], more: dict[str, Any]) -> None:
    plain, richer = read_or_none(message), read_or_none({**message, **more, "sender": {**message["sender"], **more}})
    assert plain == richer
    assert plain is None or valid("envelope.schema.json", {**message, **more})


@quick
@given(MESSAGES)
def test_the_version_before_is_read_and_one_to_come_is_refused(message: dict[str, Any]) -> None:
    before = read_or_none({**message, "version": 0})
    assert (before is None) == (read_or_none(message) is None)
    for version in (2, -1, 99):
        with pytest.raises(Unreadable):
            envelopes.read(json.dumps({**message, "version": version}))


@quick
@given(MESSAGES, st.sampled_from(["delivery_id", "purpose", "made_at", "expires", "sender", "receiver"]))
def test_a_message_that_lacks_something_is_refused_by_code_and_schema(message: dict[str, Any], part: str) -> None:
    lacking = {name: value for name, value in message.items() if name != part}
    assert read_or_none(lacking) is None
    assert not valid("envelope.schema.json", lacking)


@quick
@given(WORDS, st.integers(1, 2**40), st.lists(WORDS, max_size=4))
def test_a_node_of_any_name_and_offices_is_published_as_the_schema_says(name: str, size: int, offices: list[str]) -> None:
    other = Other(name=name)
    rows = tuple({"id": str(uuid4()), "name": one, "starts_on": "2024-01-01"} for one in offices)
    text = other.document(limits={"file": size, "per_minute": 5}, offices=rows)
    assert valid("well-known.schema.json", json.loads(text))
    found, keyid = read_well_known(text)
    assert (found.name, found.limits.file, [one.name for one in found.offices]) == (name, size, offices)
    assert keyid == other.key.keyid


@quick
@given(st.uuids(version=4), st.integers(0, 10**7))
def test_a_receipt_is_published_as_the_schema_says_and_proves_its_message(sender: UUID, seconds: int) -> None:
    other = Other()
    envelope = json.dumps(other.message(OFFICE))  # type: ignore[arg-type]
    text = other.receipt(envelope, sender, at=AT + timedelta(seconds=seconds))
    assert valid("receipt.schema.json", json.loads(text))
    found = read_receipt(text, lambda _: other.key.private.public_key())
    assert (found.sender_node_id, found.digest) == (sender, envelopes.digest_of(envelope))


def read_or_none(message: dict[str, Any]) -> Envelope | None:
    """The message, or None where it is refused."""
    try:
        return envelopes.read(json.dumps(message))
    except Unreadable:
        return None
