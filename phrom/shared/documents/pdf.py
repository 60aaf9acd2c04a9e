"""A paper as PDF, set by Typst in Sarabun.

The data reach the one template as JSON, so no text of a person is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from phrom.shared.documents import fonts, qr
from phrom.shared.documents.content import Document, People
from phrom.shared.documents.measures import LINE, LONG_LINE, kept_with_next, people_columns
from phrom.shared.thai.calendar import MONTHS
from phrom.shared.thai.words import FIXED_PHRASES
from phrom.shared.ui.refusals import Refusal

TEMPLATE = Path(__file__).with_name("paper.typ")
# The fullest of PDF/A-2: fonts, colours and structure inside the file. PDF/UA would refuse papers whose headings skip a level.
ARCHIVAL = "a-2a"
# The same, with files inside.
WITH_FILES = "a-3a"
# Typst: the text `"😀"` could not be displayed; the PDF contains the codepoint `"\\u{e000}"`.
_UNPRINTABLE = re.compile(r'(?:the text|the codepoint) `"(.*?)"`')
_NUMBER = "[0-9๐-๙][0-9๐-๙./]*"


class CannotPrint(Refusal):
    """A letter that our font does not have; a paper for the archive must not show an empty box for it."""

    def __init__(self, letter: str) -> None:
        super().__init__(
            f"ยังจัดทำเอกสารไม่ได้ เพราะมีอักขระที่แบบอักษรของเอกสารไม่มี ({letter}) ยังไม่มีอะไรถูกบันทึก กรุณาลบอักขระนี้ออกจากข้อความแล้วทำอีกครั้ง",
            f"The paper cannot be made: its font lacks {letter}. Nothing was saved. Please remove it and try again.",
        )


@dataclass(frozen=True)
class Attached:
    """A text file inside the PDF: what the paper says, as data that programs read."""

    name: str
    data: str
    mime: str
    description: str
    relationship: Literal["source", "data", "alternative", "supplement"] = "data"


def render_pdf(
    document: Document,
    archival: bool = False,
    *,
    at: datetime | None = None,
    emblem: bytes | None = None,
    attached: Sequence[Attached] = (),
) -> bytes:
    """The paper as the bytes of a PDF, the same for the same document. Raises `fonts.FontMissing`.

    `archival` makes PDF/A-2a, or PDF/A-3a with files `attached`, which needs the time `at` of its making and refuses
    CannotPrint. `emblem` is a PNG or JPEG; without one a thin box holds its place.
    """
    if (archival or attached) and at is None:
        raise ValueError("a PDF for the archive, or with files, names the time of its making: pass `at`")
    options = {"pdf_standards": WITH_FILES if attached else ARCHIVAL} if archival else {}
    import typst  # noqa: PLC0415 - 40 MB that only the process printing papers needs

    try:
        made: bytes = _compiler().compile(sys_inputs=_inputs(document, at, emblem, attached), **options)
    except typst.TypstError as wrong:
        unprintable = _UNPRINTABLE.search(str(wrong))
        if not archival or unprintable is None:
            raise
        raise CannotPrint(unprintable[1]) from wrong
    return made


def can_draw(emblem: bytes) -> bool:
    """True when Typst can open this picture."""
    import typst  # noqa: PLC0415

    try:
        render_pdf(Document("", (), form="letter"), emblem=emblem)
    except typst.TypstError:
        return False
    return True


@cache
def _compiler() -> Any:
    folder = fonts.require()
    import typst  # noqa: PLC0415 - 40 MB that only the process printing papers needs

    return typst.Compiler(str(TEMPLATE), font_paths=[str(folder)], ignore_system_fonts=True)


def _inputs(document: Document, at: datetime | None, emblem: bytes | None, attached: Sequence[Attached]) -> dict[str, str]:
    data = asdict(document) | {
        "thai": document.in_thai,
        "phrases": _unbroken(),
        "blocks": _blocks(document),
        "made": None
        if at is None
        else {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "emblem": None if emblem is None else list(emblem),
    }
    seal = {"words": document.seal.words, "picture": qr.as_svg(document.seal.code)} if document.seal.code else None
    said = _said(document, data) | {"attached": [asdict(one) for one in attached], "seal": seal}
    return {"data": json.dumps(said, ensure_ascii=False)}


def _blocks(document: Document) -> list[dict[str, Any]]:
    """The blocks with their kinds, and with what the Word file decides alike."""
    line = LONG_LINE if document.landscape else LINE
    made = []
    for block, kept in zip(document.blocks, kept_with_next(document.blocks), strict=True):
        widths = {"widths": people_columns(block, line)} if isinstance(block, People) else {}
        made.append({"kind": type(block).__name__, **asdict(block), "kept": kept, **widths})
    return made


def _unbroken() -> str:
    """What a line must not break: a fixed phrase with the marks that cling to it, ที่ with its number, a day with its month."""
    phrases = "|".join(map(re.escape, FIXED_PHRASES))
    number = f"{_NUMBER}(?: (?:{'|'.join(MONTHS)}))?"
    return f"[(\\[“‘]*(?:{phrases})(?: {number})?[ๆฯ)\\]”’,.;:]*|ที่ {number}|{_NUMBER} (?:{'|'.join(MONTHS)})"


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
