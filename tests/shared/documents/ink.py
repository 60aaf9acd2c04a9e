"""Where the ink stands on a printed page, in millimetres from its upper left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2

SCALE = 4.0  # dots a point: a dot is 0.09 mm
MM = SCALE * 72 / 25.4  # dots a millimetre


@dataclass(frozen=True)
class Box:
    """What a stretch of ink covers."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """One page as dots: True where there is ink."""

    dots: Any

    def box(self, left: float = 0, top: float = 0, right: float = 210, bottom: float = 297) -> Box:
        """The smallest box around the ink within these bounds."""
        part = self.dots[round(top * MM) : round(bottom * MM), round(left * MM) : round(right * MM)]
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        return Box(left + columns[0] / MM, top + rows[0] / MM, left + (columns[-1] + 1) / MM, top + (rows[-1] + 1) / MM)

    def lines(self, left: float = 0, top: float = 0, right: float = 210, bottom: float = 297) -> list[Box]:
        """The lines of text within these bounds: marks above and below belong to their letters."""
        part = self.dots[round(top * MM) : round(bottom * MM), round(left * MM) : round(right * MM)]
        heavy = part.sum(axis=1)
        found: list[Box] = []
        start = None
        for row, count in enumerate([*heavy, 0]):
            if count and start is None:
                start = row
            elif not count and start is not None:
                found.append(self.box(left, top + start / MM, right, top + row / MM))
                start = None
        return _joined(found)


def _joined(boxes: list[Box]) -> list[Box]:
    """Tone marks stand apart from their letters by less than two millimetres, and are not as high."""
    lines: list[Box] = []
    for box in boxes:
        if lines and box.top - lines[-1].bottom < 0.9 and (box.bottom - lines[-1].top) < 7:
            last = lines.pop()
            box = Box(min(last.left, box.left), last.top, max(last.right, box.right), box.bottom)
        lines.append(box)
    return lines


def pages(made: bytes) -> list[Page]:
    """The pages of a PDF as dots."""
    with pypdfium2.PdfDocument(made) as pdf:
        return [Page(page.render(scale=SCALE, grayscale=True).to_numpy().squeeze() < 160) for page in pdf]
