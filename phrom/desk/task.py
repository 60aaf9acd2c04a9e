"""One line of the in-tray."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What waits, for whom, how much of it, how many days are left (None: no day was set), and the one act."""

    what: str
    where: str
    count: int
    days: int | None
    act: str
    url: str
    kind: str
    unit: str = "ข้อ"

    @property
    def urgency(self) -> tuple[int, int]:
        """Sort key: what was returned first, then by days left, what has no day last."""
        return (0 if self.kind == "returned" else 1, self.days if self.days is not None else 9999)
