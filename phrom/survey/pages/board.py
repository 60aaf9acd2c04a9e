"""The coordinator's board: agencies by pillars as counts and states, who is late, by points at stake; and one agency's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate

from phrom.agencies.access import Access
from phrom.letters.sent import Sent
from phrom.rules.instrument.model import Edition, Pillar
from phrom.rules.scoring.rounding import two_places
from phrom.rules.scoring.stakes import whole_parts
from phrom.shared.thai.dates import BANGKOK
from phrom.survey.actions.mandate import SENT
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Review, ReviewKind, Round
from phrom.survey.models.deadlines import own_deadline
from phrom.survey.models.inquiries import waits_for_agency, waits_for_reviewer
from phrom.survey.pages.heads import Choice, RoundHead, round_head
from phrom.survey.pages.letters import letters_of, may_write

GIVEN = ~Q(answer__content__value=None) | ~Q(answer__content__cannot="")


@dataclass
class Tally:
    """How many rows stand where. `answered` counts those with an answer; `stake` is what rows still with the agency can bring,
    in points of the province's 100; `late` counts rows that were first sent after the agency's own last day; `asked` those
    about which an inquiry waits for the agency, `told` those whose inquiry it answered."""

    total: int = 0
    answered: int = 0
    with_head: int = 0
    submitted: int = 0
    returned: int = 0
    accepted: int = 0
    late: int = 0
    asked: int = 0
    told: int = 0
    stake: Fraction = Fraction(0)

    def add(self, other: Tally) -> None:
        """Add another tally to this one."""
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))

    @property
    def unsent(self) -> int:
        """Rows that are still with the agency: not yet sent, or sent back."""
        return self.total - self.submitted - self.accepted

    @property
    def on_time(self) -> int:
        """Rows that were sent, and first so on or before the agency's own last day."""
        return self.submitted + self.accepted - self.late

    @property
    def kind(self) -> str:
        """The state that asks for something most, as the kind of a tag."""
        if not self.total:
            return ""
        if self.returned:
            return "returned"
        if self.submitted:
            return "submitted"
        if self.with_head:
            return "with_head"
        return "accepted" if self.accepted == self.total else "open"

    @property
    def word(self) -> str:
        """The state in words, with its count."""
        words = {
            "": "ไม่ได้ถาม",
            "returned": f"ส่งกลับ {self.returned}",
            "submitted": f"รอตรวจ {self.submitted}",
            "with_head": f"รอหัวหน้า {self.with_head}",
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
    deadline: date
    extended: bool = False
    late: bool = False
    by_pillar: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    all: Tally = field(default_factory=Tally)
    cells: tuple[tuple[Pillar, Tally], ...] = ()
    sent: Sent | None = None

    @property
    def stake(self) -> Decimal:
        """What its unsent rows can bring at most, an estimate with two decimals."""
        return two_places(self.all.stake)


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
    may_review: bool
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
    "stake": ("มีคะแนนค้างที่หน่วยงาน", lambda row: row.all.stake > 0),
    "extended": ("ได้ขยายกำหนด", lambda row: row.extended),
    "asked": ("มีข้อซักถามค้าง", lambda row: row.all.asked + row.all.told > 0),
}
ORDERS: dict[str, tuple[str, Callable[[BoardRow], Any]]] = {
    "stake": ("คะแนนที่ค้างอยู่ที่หน่วยงาน", lambda row: (-row.all.stake, row.position, row.name)),
    "unsent": ("จำนวนข้อที่ยังไม่ส่ง", lambda row: (-row.all.unsent, row.position, row.name)),
    "name": ("ลำดับหน่วยงาน", lambda row: (row.position, row.name)),
}


def board_page(round: Round, access: Access, today: date, *, show: str = "all", sort: str = "stake") -> BoardPage:
    """Two queries, however many agencies: the counting is the database's."""
    edition = edition_of(round.survey)
    show, sort = show if show in FILTERS else "all", sort if sort in ORDERS else "stake"
    rows = _rows(round, edition, today)
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
        may_review=not round.is_frozen and access.can("answer.review", round.body),
        filters=tuple(Choice(k, label, sum(map(test, rows)), k == show) for k, (label, test) in FILTERS.items()),
        orders=tuple(Choice(key, label, len(rows), key == sort) for key, (label, _) in ORDERS.items()),
        show=show,
        sort=sort,
        may_write=may_write(access, round),
    )


def _rows(round: Round, edition: Edition, today: date) -> list[BoardRow]:
    rows: dict[int, BoardRow] = {}
    parts, whole = whole_parts(edition)
    for found in _counted(round, parts):
        row = rows.get(found["agency_id"])
        if row is None:
            name, short, until = found["agency__name"], found["agency__short_name"], found["until"]
            row = BoardRow(found["agency_id"], name, short or name, found["agency__position"], until)
            rows[row.agency_id] = row
            row.extended = until != round.internal_deadline
        tally = Tally(**{part: found[part] for part in ("total", "answered", "late", "asked", "told")})
        if found["state"] != AskState.OPEN:
            setattr(tally, found["state"], found["total"])
        if found["state"] not in SENT:
            tally.stake = Fraction(found["stake"] or 0, whole)
        row.by_pillar[found["pillar"]].add(tally)
        row.all.add(tally)
    for row in rows.values():
        row.late = today > row.deadline and row.all.unsent > 0 and not round.is_frozen
    return list(rows.values())


def _counted(round: Round, parts: Mapping[str, int]) -> Iterable[Mapping[str, Any]]:
    """Counts by agency, pillar and state: one query. `until` is each agency's own last day."""
    stake = Case(
        *(When(code=code, then=Value(part)) for code, part in parts.items()), default=0, output_field=BigIntegerField()
    )
    first = Review.objects.filter(ask=OuterRef("pk"), kind=ReviewKind.SUBMITTED).order_by("id").values("at")
    return (
        Ask.objects.filter(round=round, withdrawn_at=None)
        .alias(first_sent=TruncDate(Subquery(first[:1]), tzinfo=BANGKOK))
        .annotate(until=own_deadline())
        .order_by()
        .values("agency_id", "agency__name", "agency__short_name", "agency__position", "pillar", "state", "until")
        .annotate(
            total=Count("id"),
            answered=Count("id", filter=Q(answer__isnull=False) & GIVEN),
            late=Count("id", filter=Q(state__in=SENT, first_sent__gt=F("until"))),
            asked=Count("id", filter=waits_for_agency()),
            told=Count("id", filter=waits_for_reviewer()),
            stake=Sum(stake),
        )
        .order_by(F("agency__position"), "agency__name")
    )
