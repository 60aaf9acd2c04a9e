"""The published JSON Schema, made from the classes that read the messages, so that neither says what the other does not."""

from __future__ import annotations

from typing import Any

from phrom.letters.exchange.documents import Receipt, WellKnown
from phrom.letters.exchange.envelope import Envelope

_SIGNATURE = {
    "type": "object",
    "required": ["keyid", "alg", "value"],
    "properties": {"keyid": {"type": "string"}, "alg": {"const": "ed25519"}, "value": {"type": "string"}},
}


def schemas() -> dict[str, dict[str, Any]]:
    """File name to schema: the envelope, and the two signed documents."""
    return {
        "envelope.schema.json": _titled(Envelope.model_json_schema(), "Envelope"),
        "receipt.schema.json": _signed(Receipt.model_json_schema(), "Receipt"),
        "well-known.schema.json": _signed(WellKnown.model_json_schema(), "Well-known document"),
    }


def _titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"Phrom exchange 1: {title}"}


def _signed(payload: dict[str, Any], title: str) -> dict[str, Any]:
    """The signature is over the canonical JSON of the payload: sorted keys, no blanks, UTF-8."""
    definitions = payload.pop("$defs", {})
    members = {"payload": payload, "signatures": {"type": "array", "minItems": 1, "items": _SIGNATURE}}
    schema = {"type": "object", "required": ["payload", "signatures"], "properties": members, "$defs": definitions}
    return _titled(schema, title)
