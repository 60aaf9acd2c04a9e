"""The code at the foot of a paper that a telephone reads: black squares that stay sharp in print, as SVG and as PNG."""

from __future__ import annotations

from io import BytesIO
from typing import Any


def as_svg(text: str) -> str:
    """For the PDF: squares as one path, without a quiet zone (the paper around it is white)."""
    kept = BytesIO()
    _made(text).save(kept, kind="svg", border=0, xmldecl=False, svgns=True)
    return kept.getvalue().decode()


def as_png(text: str) -> bytes:
    """For the Word file: ten pixels a square, with a quiet zone of four squares."""
    kept = BytesIO()
    _made(text).save(kept, kind="png", scale=10, border=4)
    return kept.getvalue()


def _made(text: str) -> Any:
    """Level M: a sixth of it may be stained or folded."""
    import segno  # noqa: PLC0415 - loaded only where papers are made

    return segno.make_qr(text, error="m")
