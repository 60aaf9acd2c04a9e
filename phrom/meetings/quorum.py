"""Who of the members is there, and whether they are enough. Pure: no query, no clock.

Somebody who comes for the holder of a seat counts like the holder; assistant secretaries and participants do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PRESENT = frozenset({"came", "substitute"})


@dataclass(frozen=True)
class Presence:
    """The members' seats by what was recorded: there, away, or nothing yet; `needed` make a quorum."""

    present: tuple[int, ...]
    away: tuple[int, ...]
    unmarked: tuple[int, ...]
    needed: int

    @property
    def members(self) -> int:
        """How many seats count."""
        return len(self.present) + len(self.away) + len(self.unmarked)

    @property
    def is_quorum(self) -> bool:
        """True when enough are there. A committee without members never has a quorum."""
        return self.members > 0 and len(self.present) >= self.needed

    @property
    def words(self) -> str:
        """The standing in one line."""
        if not self.members:
            return "คำสั่งยังไม่มีตำแหน่งกรรมการ จึงไม่มีองค์ประชุม"
        came = f"มาแล้ว {len(self.present)} จาก {self.members}"
        if self.is_quorum:
            return f"{came} ครบองค์ประชุม (ต้องมีอย่างน้อย {self.needed})"
        return f"{came} ยังไม่ครบองค์ประชุม (ต้องมีอย่างน้อย {self.needed} ขาดอีก {self.needed - len(self.present)})"


def presence(members: Sequence[int], marks: Mapping[int, str], needed: int) -> Presence:
    """Sort the members' seats by their marks (`AttendanceKind`), in the order given."""
    return Presence(
        present=tuple(seat for seat in members if marks.get(seat) in PRESENT),
        away=tuple(seat for seat in members if seat in marks and marks[seat] not in PRESENT),
        unmarked=tuple(seat for seat in members if seat not in marks),
        needed=needed,
    )
