"""One line of the in-tray."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What waits, for whom, how much of it, how many days are left (None: no day was set), and the one act.

    `note` is one more sentence about it (what hangs on it). `secret`: it tells of a secret letter, and stays on the screen
    of who may read that.
    """

    what: str
    where: str
    count: int
    days: int | None
    act: str
    url: str
    kind: str
    unit: str = "ข้อ"
    secret: bool = False
    note: str = ""

    @property
    def urgency(self) -> tuple[int, int]:
        """Sort key: what was returned first, then by days left, what has no day last."""
        return (0 if self.kind == "returned" else 1, self.days if self.days is not None else 9999)

    @property
    def days_over(self) -> int:
        """How many days it is late; 0 when it is not."""
        return max(0, -(self.days or 0))
