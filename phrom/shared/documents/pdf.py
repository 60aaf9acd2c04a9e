"""A paper as PDF, set by Typst in Sarabun.

The data reach the one template as JSON, so no text of a person is ever read as markup.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from phrom.shared.documents import fonts
from phrom.shared.documents.content import Bars, Bullets, Document, Heading, PageBreak, Paragraph, Table
from phrom.shared.thai.words import FIXED_PHRASES

TEMPLATE = Path(__file__).with_name("paper.typ")
_KINDS = {
    Heading: "heading",
    Paragraph: "paragraph",
    Bullets: "bullets",
    Table: "table",
    Bars: "bars",
    PageBreak: "break",
}


def render_pdf(document: Document) -> bytes:
    """The paper as the bytes of a PDF, the same for the same document. Raises `fonts.FontMissing`."""
    made: bytes = _compiler().compile(sys_inputs=_inputs(document))
    return made


@cache
def _compiler() -> Any:
    folder = fonts.require()
    import typst  # noqa: PLC0415 - 40 MB that only the process printing papers needs

    return typst.Compiler(str(TEMPLATE), font_paths=[str(folder)], ignore_system_fonts=True)


def _inputs(document: Document) -> dict[str, str]:
    data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "note": document.note,
        "thai": document.in_thai,
        "landscape": document.landscape,
        "phrases": "|".join(FIXED_PHRASES),
        "blocks": [{"kind": _KINDS[type(block)], **asdict(block)} for block in document.blocks],
    }
    return {"data": json.dumps(_said(document, data), ensure_ascii=False)}


def _said(document: Document, value: Any) -> Any:
    """The value with every text in the digits of the paper and every figure as JSON can carry it."""
    if isinstance(value, str):
        return document.say(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _said(document, part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_said(document, part) for part in value]
    return value
