"""The coordinator's board: agencies by pillars as counts and states, who is late, by points at stake; and one agency's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, FloatField, Q, Sum, Value, When

from phrom.agencies.access import Access
from phrom.letters.sent import Sent
from phrom.rules.instrument.model import Edition, Pillar
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Round
from phrom.survey.pages.heads import Choice, RoundHead, round_head
from phrom.survey.pages.letters import letters_of, may_write

GIVEN = ~Q(answer__content__value=None) | ~Q(answer__content__cannot="")


@dataclass
class Tally:
    """How many rows stand where. `answered` counts those with an answer; `stake` is in points of the province's 100."""

    total: int = 0
    answered: int = 0
    submitted: int = 0
    returned: int = 0
    accepted: int = 0
    stake: float = 0.0

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        self.total += other.total
        self.answered += other.answered
        self.submitted += other.submitted
        self.returned += other.returned
        self.accepted += other.accepted
        self.stake += other.stake

    @property
    def unsent(self) -> int:
        """Rows that are still with the agency: not yet sent, or sent back."""
        return self.total - self.submitted - self.accepted

    @property
    def kind(self) -> str:
        """The state that asks for something most, as the kind of a tag."""
        if not self.total:
            return ""
        if self.returned:
            return "returned"
        if self.submitted:
            return "submitted"
        return "accepted" if self.accepted == self.total else "open"

    @property
    def word(self) -> str:
        """The state in words, with its count."""
        words = {
            "": "ไม่ได้ถาม",
            "returned": f"ส่งกลับ {self.returned}",
            "submitted": f"รอตรวจ {self.submitted}",
            "accepted": "รับครบ",
            "open": f"รับแล้ว {self.accepted}" if self.accepted else ("กำลังตอบ" if self.answered else "ยังไม่ตอบ"),
        }
        return words[self.kind]

    @property
    def bar(self) -> tuple[tuple[str, int, int], ...]:
        """The tally as a bar of 100: (state, start, width) for accepted, sent, and answered but not sent."""
        at, parts = 0, []
        drafted = max(0, self.answered - self.accepted - self.submitted)
        for state, count in (("accepted", self.accepted), ("submitted", self.submitted), ("drafted", drafted)):
            width = round(100 * count / self.total) if self.total else 0
            parts.append((state, at, min(width, 100 - at)))
            at += width
        return tuple(part for part in parts if part[2] > 0)


@dataclass
class BoardRow:
    """One agency: its tally by pillar and in all."""

    agency_id: int
    name: str
    label: str
    position: int
    late: bool = False
    by_pillar: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    all: Tally = field(default_factory=Tally)
    cells: tuple[tuple[Pillar, Tally], ...] = ()
    sent: Sent | None = None


@dataclass(frozen=True)
class BoardPage:
    """What the board shows."""

    head: RoundHead
    pillars: tuple[Pillar, ...]
    rows: tuple[BoardRow, ...]
    sums: tuple[tuple[Pillar, Tally], ...]
    all: Tally
    agencies: int
    late: int
    filters: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    show: str
    sort: str
    may_write: bool


FILTERS: dict[str, tuple[str, Callable[[BoardRow], bool]]] = {
    "all": ("ทุกหน่วยงาน", lambda row: True),
    "late": ("เกินกำหนด", lambda row: row.late),
    "unsent": ("ยังส่งไม่ครบ", lambda row: row.all.unsent > 0),
    "submitted": ("รอตรวจ", lambda row: row.all.submitted > 0),
    "returned": ("ส่งกลับแก้ไข", lambda row: row.all.returned > 0),
    "accepted": ("รับครบแล้ว", lambda row: row.all.accepted == row.all.total),
}
ORDERS: dict[str, tuple[str, Callable[[BoardRow], Any]]] = {
    "stake": ("คะแนนที่ยังรออยู่", lambda row: (-row.all.stake, row.position, row.name)),
    "unsent": ("จำนวนข้อที่ยังไม่ส่ง", lambda row: (-row.all.unsent, row.position, row.name)),
    "name": ("ลำดับหน่วยงาน", lambda row: (row.position, row.name)),
}


def board_page(round: Round, access: Access, today: date, *, show: str = "all", sort: str = "stake") -> BoardPage:
    """Two queries, however many agencies: the counting is the database's."""
    edition = edition_of(round.survey)
    show, sort = show if show in FILTERS else "all", sort if sort in ORDERS else "stake"
    rows = _rows(round, edition, late=today > round.internal_deadline and not round.is_frozen)
    sums: dict[str, Tally] = defaultdict(Tally)
    everything = Tally()
    sent = letters_of(round, [row.agency_id for row in rows])
    for row in rows:
        row.sent = sent.get(row.agency_id)
        everything.add(row.all)
        for code, tally in row.by_pillar.items():
            sums[code].add(tally)
        row.cells = tuple((pillar, row.by_pillar[pillar.code]) for pillar in edition.pillars)
    chosen = sorted(filter(FILTERS[show][1], rows), key=ORDERS[sort][1])
    return BoardPage(
        head=round_head(round, access, "board", today),
        pillars=edition.pillars,
        rows=tuple(chosen),
        sums=tuple((pillar, sums[pillar.code]) for pillar in edition.pillars),
        all=everything,
        agencies=len(rows),
        late=sum(row.late for row in rows),
        filters=tuple(Choice(k, label, sum(map(test, rows)), k == show) for k, (label, test) in FILTERS.items()),
        orders=tuple(Choice(key, label, len(rows), key == sort) for key, (label, _) in ORDERS.items()),
        show=show,
        sort=sort,
        may_write=may_write(access, round),
    )


def stakes_of(edition: Edition) -> Mapping[str, float]:
    """What each row can bring at most, in points of the province's 100: its share of its pillar times the pillar's weight."""
    stakes: dict[str, float] = {}
    for pillar in edition.scored_pillars:
        rows = [row for row in edition.rows_of(pillar.code) if row.points]
        whole = sum(row.points.out_of for row in rows if row.points)
        for row in rows:
            if row.points and pillar.weight is not None and whole:
                stakes[row.code] = float(pillar.weight * row.points.out_of / whole)
    return stakes


def _rows(round: Round, edition: Edition, *, late: bool) -> list[BoardRow]:
    rows: dict[int, BoardRow] = {}
    for found in _counted(round, edition):
        row = rows.get(found["agency_id"])
        if row is None:
            name, short = found["agency__name"], found["agency__short_name"]
            row = rows[found["agency_id"]] = BoardRow(found["agency_id"], name, short or name, found["agency__position"])
        tally = Tally(total=found["total"], answered=found["answered"], stake=found["stake"] or 0.0)
        if found["state"] != AskState.OPEN:
            setattr(tally, found["state"], found["total"])
        row.by_pillar[found["pillar"]].add(tally)
        row.all.add(tally)
    for row in rows.values():
        row.late = late and row.all.unsent > 0
    return list(rows.values())


def _counted(round: Round, edition: Edition) -> Iterable[Mapping[str, Any]]:
    """Counts by agency, pillar and state, with the points of rows that are not yet accepted."""
    stakes = [When(code=code, then=Value(stake)) for code, stake in stakes_of(edition).items()]
    stake = Case(*stakes, default=Value(0.0), output_field=FloatField())
    return (
        Ask.objects.filter(round=round, withdrawn_at=None)
        .order_by()
        .values("agency_id", "agency__name", "agency__short_name", "agency__position", "pillar", "state")
        .annotate(
            total=Count("id"),
            answered=Count("id", filter=Q(answer__isnull=False) & GIVEN),
            stake=Sum(stake, filter=~Q(state=AskState.ACCEPTED)),
        )
        .order_by(F("agency__position"), "agency__name")
    )
