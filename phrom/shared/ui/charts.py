"""What our charts are made of. A chart is a value; its template draws it, and its data table always stands with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Bar:
    """One bar. `value` and `last` are percent, 0 to 100 or None for none yet. `note` is e.g. the level's name."""

    code: str
    label: str
    value: Decimal | None
    last: Decimal | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class ScaleBand:
    """A level on the scale: from `start` percent up to the next band's start."""

    label: str
    start: Decimal


@dataclass(frozen=True)
class BarChart:
    """Bars on a scale of 0 to 100. `estimate` names the assumption when the figures rest on one; `bands` may be empty."""

    title: str
    bars: tuple[Bar, ...]
    value_label: str = "ปีนี้"
    last_label: str = "ปีก่อน"
    note_label: str = "ระดับ"
    bands: tuple[ScaleBand, ...] = ()
    estimate: str = ""

    @property
    def has_last(self) -> bool:
        """True when at least one bar knows last year's value."""
        return any(bar.last is not None for bar in self.bars)

    @property
    def has_notes(self) -> bool:
        """True when at least one bar carries a note."""
        return any(bar.note for bar in self.bars)


@dataclass(frozen=True)
class RadarChart(BarChart):
    """The same bars drawn around a centre; needs at least three."""


@dataclass(frozen=True)
class Rung:
    """One step of a KPI: its points (50, 75, 100), what it asks for in words, whether it is reached."""

    points: Decimal
    text: str
    reached: bool


@dataclass(frozen=True)
class Ladder:
    """The KPI's steps from the lowest up. `here` says where we stand, `missing` what the next step needs ("" at the top)."""

    title: str
    rungs: tuple[Rung, ...]
    here: str
    missing: str = ""
    estimate: str = ""


@dataclass(frozen=True)
class ChartTable:
    """The data behind a chart in words and figures: the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int

    @property
    def columns(self) -> tuple[tuple[str, bool], ...]:
        """Each column's name, and whether it holds figures: the first is the name, then `figures` columns of them."""
        return tuple((name, 0 < place <= self.figures) for place, name in enumerate(self.head))

    @property
    def lines(self) -> tuple[tuple[str, tuple[tuple[str, str, bool], ...]], ...]:
        """Each row's name and its cells as (column, text, is a figure)."""
        columns = self.columns[1:]
        return tuple(
            (row[0], tuple((label, text, is_figure) for (label, is_figure), text in zip(columns, row[1:], strict=True)))
            for row in self.rows
        )


def table(chart: BarChart) -> ChartTable:
    """The chart's data as rows of text, two decimals, "–" where there is no figure."""
    head = ["เสาหลัก", chart.value_label]
    head += [chart.last_label] if chart.has_last else []
    head += [chart.note_label] if chart.has_notes else []
    rows = []
    for bar in chart.bars:
        row = [f"{bar.code} {bar.label}".strip(), figure(bar.value)]
        row += [figure(bar.last)] if chart.has_last else []
        row += [bar.note or "–"] if chart.has_notes else []
        rows.append(tuple(row))
    return ChartTable(chart.title, tuple(head), tuple(rows), 2 if chart.has_last else 1)


def figure(value: Decimal | None) -> str:
    """A percent as the screen shows it: two decimals, "–" for none."""
    return "–" if value is None else f"{value:.2f}"
