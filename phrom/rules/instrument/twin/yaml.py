"""An edition as the three YAML files of its folder. Comments of a folder that was read before are not in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from phrom.rules.instrument.model import Edition
from phrom.rules.instrument.twin.reading import unchecked
from phrom.rules.instrument.twin.tables import Table

_HEAD = ("id", "fiscal_year", "title", "issuer", "source", "status", "invented", "notes", "corrections", "pillars", "rows")


def yaml_of(edition: Edition) -> dict[str, str]:
    """File name to content: edition.yaml, levels.yaml, kpi.yaml. Reading them gives the same hash."""
    data = edition.model_dump(mode="python")
    head = {key: data[key] for key in _HEAD}
    said = {"edition.yaml": head, "levels.yaml": {"assumptions": data["levels"]}, "kpi.yaml": data["kpi"]}
    return {name: _dumped(_plain(content)) for name, content in said.items()}


def draft_yaml(tables: Sequence[Table]) -> str:
    """The edition.yaml of a draft that does not pass the checks yet."""
    return _dumped(_plain(dict(unchecked(tables))))


def _dumped(data: Any) -> str:
    writer = YAML()
    writer.width = 1_000_000
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    writer.dump(data, stream)
    return stream.getvalue()


def _plain(value: Any, key: str = "") -> Any:
    """Plain values; what says nothing is left out, but for a pillar's weight, which says that it has none."""
    if isinstance(value, dict):
        kept = {name: each for name, each in value.items() if name == "weight" or not _silent(name, each)}
        return {name: _plain(each, name) for name, each in kept.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value


def _silent(name: str, value: Any) -> bool:
    always = ("title", "issuer", "source", "section", "text", "code", "corrected", "printed", "notes", "rows", "bands", "steps")
    if name in (*always, "pillars", "assumptions", "sub_indicators", "title_en", "name", "name_th"):
        return False
    return value is None or value == "" or value == ()
