"""A paper's content as JSON, for keeping, and back; and the hash of what was kept.

Lossless: what is read back equals what was written. A field that has its default is left out, so a paper that was kept keeps
its hash when the model gets a new field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from phrom.shared.documents.content import Block, Document

_KINDS: dict[str, type] = {one.__name__: one for one in get_args(Block)}


class ContentUnreadable(ValueError):
    """JSON that is not the content of a paper; `place` says where ("blocks[3].level")."""

    def __init__(self, place: str, wrong: str) -> None:
        super().__init__(f"{place}: {wrong}")
        self.place, self.wrong = place, wrong


def to_json(document: Document) -> dict[str, Any]:
    """The document as values that JSON can carry."""
    made: dict[str, Any] = _plain(document)
    return made


def from_json(kept: Any) -> Document:
    """The document that was kept. Raises `ContentUnreadable` with its place."""
    made: Document = _read(Document, kept, "document")
    return made


def blocks_to_json(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as a list that JSON can carry."""
    return [_plain(block) for block in blocks]


def blocks_from_json(kept: Any) -> tuple[Block, ...]:
    """The blocks that were kept. Raises `ContentUnreadable` with its place."""
    made: tuple[Block, ...] = _read(tuple[Block, ...], kept, "blocks")
    return made


def sha256_of(document: Document) -> str:
    """The hash of a document's canonical JSON."""
    return sha256_of_json(to_json(document))


def sha256_of_json(kept: Any) -> str:
    """The hash of what `to_json` or `blocks_to_json` made, whatever order a database gave its keys."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        kind = {"kind": type(value).__name__} if type(value) in _KINDS.values() else {}
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        defaults = {one.name: one.default for one in fields(value)}
        return kind | {name: _plain(part) for name, part in told.items() if part != defaults[name]}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(wanted: Any, kept: Any, place: str) -> Any:
    """The value of the type `wanted` that was kept."""
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _read_parts(wanted, kept, place)
    if get_origin(wanted) is tuple:
        if not isinstance(kept, list):
            raise ContentUnreadable(place, "a list is missing")
        return tuple(_read(get_args(wanted)[0], one, f"{place}[{number}]") for number, one in enumerate(kept))
    if wanted == Block:
        return _read_parts(_kind(kept, place), {name: part for name, part in kept.items() if name != "kind"}, place)
    if get_origin(wanted) in (Union, UnionType):  # Digits | None
        return None if kept is None else _read(next(one for one in get_args(wanted) if one is not NoneType), kept, place)
    return _read_word(wanted, kept, place)


def _kind(kept: Any, place: str) -> type:
    kind = _KINDS.get(str(kept.get("kind"))) if isinstance(kept, dict) else None
    if kind is None:
        raise ContentUnreadable(place, "not a block of a paper")
    return kind


def _read_parts(wanted: type, kept: Any, place: str) -> Any:
    if not isinstance(kept, dict):
        raise ContentUnreadable(place, f"not a {wanted.__name__}")
    hints = _hints(wanted)
    if unknown := kept.keys() - hints.keys():
        raise ContentUnreadable(place, f"unknown: {', '.join(sorted(map(str, unknown)))}")
    if missing := [one.name for one in fields(wanted) if one.default is MISSING and one.name not in kept]:
        raise ContentUnreadable(place, f"missing: {', '.join(missing)}")
    parts = {name: _read(hints[name], part, f"{place}.{name}") for name, part in kept.items()}
    try:
        return wanted(**parts)
    except ValueError as wrong:
        raise ContentUnreadable(place, str(wrong)) from wrong


def _read_word(wanted: Any, kept: Any, place: str) -> Any:
    if get_origin(wanted) is Literal:
        fits = kept in get_args(wanted)
    elif wanted is Decimal:
        return _read_decimal(kept, place)
    elif wanted is float:
        fits = isinstance(kept, int | float) and not isinstance(kept, bool)
    else:
        fits = type(kept) is wanted
    if not fits:
        raise ContentUnreadable(place, f"{kept!r} cannot stand here")
    return kept


def _read_decimal(kept: Any, place: str) -> Decimal:
    try:
        return Decimal(str(kept))
    except ArithmeticError:
        raise ContentUnreadable(place, f"{kept!r} is no figure") from None
