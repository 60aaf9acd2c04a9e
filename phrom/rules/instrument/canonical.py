"""The canonical JSON of an edition: the same edition gives the same bytes, so its hash pins it."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.model import Edition


def edition_json(edition: Edition) -> str:
    """Return canonical JSON: keys sorted, no spaces, Thai as it is, numbers as numbers. Each row also says `heading`."""
    data = edition.model_dump(mode="python")
    if not data["invented"]:  # editions that were pinned before one could be invented keep their hash
        del data["invented"]
    for row in data["rows"]:
        row["heading"] = row["kind"] == "heading"
        for key in ("proved_by", "listing"):
            if row[key] is None:  # editions that were pinned before there was such a key keep their hash
                del row[key]
    for sub in data["kpi"]["sub_indicators"]:
        for step in sub["steps"]:
            if not step["title"]:  # editions that were pinned before steps had names keep their hash
                del step["title"]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def edition_from_json(text: str) -> Edition:
    """Return the edition that `edition_json` wrote. Raises ValueError for anything else, also when its hash is not its own."""
    data: Any = json.loads(text, parse_float=Decimal)
    rows = data.get("rows") if isinstance(data, dict) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict):
            row.pop("heading", None)
    edition = Edition.model_validate(data)
    if edition.hash and edition.hash != edition_hash(edition):
        message = f"edition {edition.id}: the content does not make the hash that it carries"
        raise ValueError(message)
    return edition


def edition_hash(edition: Edition) -> str:
    """Return the SHA-256 (hex) of the canonical JSON without `hash`."""
    data = json.loads(edition_json(edition))
    del data["hash"]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def with_hash(edition: Edition) -> Edition:
    """Return the edition with its own hash filled in."""
    return edition.model_copy(update={"hash": edition_hash(edition)})


def _plain(value: object) -> int | float | str:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
