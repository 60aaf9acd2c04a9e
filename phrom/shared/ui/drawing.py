"""Where the lines of a chart go: figures to points on the paper, so that the templates only write them down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from phrom.shared.ui.charts import BarChart

CENTRE = 200.0
RADIUS = 140.0


@dataclass(frozen=True)
class ScaleLine:
    """A line across the bars: where (percent), and the level that starts there."""

    at: Decimal
    label: str


@dataclass(frozen=True)
class Spoke:
    """One direction of a radar: its code, its end, and where its name stands."""

    code: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Net:
    """A radar on a square of 400: rings and outlines as SVG point lists. `last` is empty unless every bar has last year's."""

    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    outline: str
    dots: tuple[tuple[float, float], ...]
    last: str


def scale_lines(chart: BarChart) -> tuple[ScaleLine, ...]:
    """The level boundaries inside the scale; the one at 0 is the axis itself."""
    return tuple(ScaleLine(band.start, band.label) for band in chart.bands if band.start > 0)


def net(chart: BarChart) -> Net:
    """The radar of a chart's bars; a missing value is drawn at the centre, and stands as "–" in the table."""
    count = len(chart.bars)
    values = [float(bar.value or 0) for bar in chart.bars]
    known = [float(bar.last) for bar in chart.bars if bar.last is not None]
    return Net(
        rings=tuple(_points([ring] * count) for ring in (25, 50, 75, 100)),
        spokes=tuple(_spoke(bar.code, index, count) for index, bar in enumerate(chart.bars)),
        outline=_points(values),
        dots=tuple(_at(value, index, count) for index, value in enumerate(values)),
        last=_points(known) if known and len(known) == count else "",
    )


def _spoke(code: str, index: int, count: int) -> Spoke:
    (x, y), (label_x, label_y) = _at(100, index, count), _at(116, index, count)
    anchor = "middle" if abs(label_x - CENTRE) < 20 else "start" if label_x > CENTRE else "end"
    return Spoke(code, x, y, label_x, round(label_y + 7, 1), anchor)


def _points(values: Sequence[float]) -> str:
    return " ".join(f"{x},{y}" for x, y in (_at(value, index, len(values)) for index, value in enumerate(values)))


def _at(value: float, index: int, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * index / count - math.pi / 2
    length = RADIUS * value / 100
    return round(CENTRE + length * math.cos(angle), 1), round(CENTRE + length * math.sin(angle), 1)
