"""What is published is what is spoken: schema files equal the code, real messages and the examples are valid."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from phrom.letters.exchange import envelope as envelopes
from phrom.letters.exchange.documents import read_well_known
from phrom.letters.exchange.schema import schemas
from tests.factories.exchange import AT, Other

DOCS = Path(__file__).resolve().parents[2] / "docs/exchange"
OFFICE = type("Office", (), {"uuid": uuid4(), "agency": type("Agency", (), {"name": "สำนักงาน"})})


def valid(name: str, message: object) -> bool:
    checker = jsonschema.Draft202012Validator(schemas()[name], format_checker=jsonschema.FormatChecker())
    return bool(checker.is_valid(message))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_published_schema_is_the_codes_own(name: str) -> None:
    """`phrom exchange schema docs/exchange` writes them anew."""
    assert json.loads((DOCS / name).read_text("utf-8")) == schemas()[name]


@pytest.mark.parametrize("example", sorted(DOCS.glob("*.example.json")), ids=lambda path: path.name)
def test_every_example_is_valid_and_can_be_read(example: Path) -> None:
    kind = example.name.split(".")[0].split("-of-")[0]
    assert valid(f"{kind}.schema.json", json.loads(example.read_text("utf-8")))
    if kind == "envelope":
        envelopes.read(example.read_text("utf-8"))


def test_there_is_an_example_of_each() -> None:
    assert len(list(DOCS.glob("*.example.json"))) == 4


def test_real_messages_are_valid() -> None:
    other: Any = Other()
    message = other.message(OFFICE, files=[{"name": "a.pdf", "size": 1, "sha256": "0" * 64}])
    written = envelopes.written(envelopes.read(json.dumps(message)))
    notice = envelopes.written(envelopes.read(json.dumps(other.notice(OFFICE, "accepted", uuid4(), number="7"))))
    assert valid("envelope.schema.json", json.loads(written))
    assert valid("envelope.schema.json", json.loads(notice))
    assert valid("well-known.schema.json", json.loads(other.document()))
    assert valid("receipt.schema.json", json.loads(other.receipt(written, uuid4())))
    assert read_well_known(other.document())


def test_what_the_code_refuses_the_schema_refuses_too() -> None:
    other: Any = Other()
    for wrong in ({"purpose": "greeting"}, {"delivery_id": "1"}, {"letter": {"subject": "a"}}, {"files": [{"name": "a"}]}):
        message = other.message(OFFICE, **wrong)
        assert not valid("envelope.schema.json", message)
        with pytest.raises(envelopes.Unreadable):
            envelopes.read(json.dumps(message))


def test_a_message_of_three_days_is_not_expired_on_the_second() -> None:
    found = envelopes.read(json.dumps(Other().message(OFFICE)))  # type: ignore[arg-type]
    envelopes.refuse_expired(found, AT + timedelta(days=2))
