"""A letter that came as values, as lines to read on a screen. Lenient: what another system sent is shown as far as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """A line with the word before it ("เรื่อง"), empty for plain text."""

    label: str
    text: str


def lines_of(content: Any) -> tuple[Line, ...]:
    """Labels and texts in the order in which the letter says them; nothing where there is no content."""
    if not isinstance(content, dict):
        return ()
    blocks = content.get("blocks")
    return (
        tuple(line for block in blocks if isinstance(block, dict) for line in _of_block(block))
        if isinstance(blocks, list)
        else ()
    )


def _of_block(block: dict[str, Any]) -> Iterator[Line]:
    if block.get("kind") == "Field":
        yield Line(_text(block.get("label")), "\n".join(_texts(block.get("lines"))))
    elif block.get("kind") == "Signature":
        yield Line("", "\n".join([*_texts(block.get("closing")), *_texts(block.get("name")), *_texts(block.get("position"))]))
    elif block.get("kind") == "Table":
        titles = [" ".join(_texts(column.get("title"))) for column in block.get("columns", ()) if isinstance(column, dict)]
        yield Line("", " · ".join(titles))
        yield from (Line("", " · ".join(_texts(row))) for row in block.get("rows", ()))
    else:
        said = [text for name, part in block.items() if name not in ("kind", "align") for text in _texts(part)]
        if said:
            yield Line("", "\n".join(said))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        if part.strip():
            yield part
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
    elif isinstance(part, dict):
        for name, one in part.items():
            if name != "kind":
                yield from _texts(one)


def _text(part: Any) -> str:
    return part if isinstance(part, str) else ""
