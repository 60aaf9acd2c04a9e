"""The bench's result: what was measured, the figure, what it should reach."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Line:
    """One measured thing. `aim` is the last column of the design's speed table, in words."""

    what: str
    figure: str
    aim: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        """The line for the JSON file."""
        return asdict(self)


def shown(lines: list[Line]) -> str:
    """The lines as a Markdown table, ready for docs/performance.md."""
    rows = [f"| {line.what} | {line.figure} | {line.aim} | {line.note} |" for line in lines]
    return "\n".join(["| what | measured | aim | note |", "|---|---|---|---|", *rows])
