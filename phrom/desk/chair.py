"""One page for the chair: what was decided, what is done, what is late, the next meeting, the score. It fits a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.http import Http404

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.meetings.models import FollowUp, Meeting, Resolution
from phrom.meetings.open_matters import Followed, Matter, followed
from phrom.results.pages.dashboard import POINTS_ASSUMED, KpiUnder, LevelUnder, kpi_note, kpis_under, levels_under
from phrom.results.sheets import standing_of
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import BANGKOK, days_left
from phrom.survey.models import Round

NEWEST = 20
NAMED = 5


@dataclass(frozen=True)
class Decided:
    """A resolution and how far it is; `left` are the days to its own day, None without one or when all is done."""

    found: Followed
    left: int | None

    @property
    def resolution(self) -> Resolution:
        """What was resolved."""
        return self.found.resolution

    @property
    def total(self) -> int:
        """Offices that owe something."""
        return len(self.found.matters)

    @property
    def state(self) -> tuple[str, str]:
        """Shape and word."""
        if not self.total:
            return "wait", "ยังไม่ได้มอบหน่วยงาน"
        if self.found.done == self.total:
            return "done", "เสร็จทุกหน่วยงาน"
        return ("late", f"ช้า {len(self.found.late)} หน่วยงาน") if self.found.late else ("open", "กำลังดำเนินการ")

    @property
    def latest(self) -> tuple[Matter, ...]:
        """The offices that are latest, as many as a phone shows."""
        return self.found.late[:NAMED]

    @property
    def more_late(self) -> int:
        """How many late offices are not named."""
        return len(self.found.late) - len(self.latest)


@dataclass(frozen=True)
class Score:
    """The newest round's total, which rests on `points_assumed`; its level and KPI under each named assumption."""

    round: Round
    total: Decimal
    difference: Decimal | None
    points_assumed: str
    under: tuple[tuple[LevelUnder, KpiUnder], ...]
    kpi_note: str


@dataclass(frozen=True)
class ChairPage:
    """What the chair sees of one body."""

    body: Agency
    bodies: tuple[Agency, ...]
    today: date
    decided: tuple[Decided, ...]
    next_meeting: Meeting | None
    days_to_meeting: int | None
    score: Score | None

    @property
    def offices(self) -> int:
        """Parts of resolutions that offices owe."""
        return sum(each.total for each in self.decided)

    @property
    def done(self) -> int:
        """Parts that are closed."""
        return sum(each.found.done for each in self.decided)

    @property
    def late(self) -> int:
        """Parts that are late."""
        return sum(len(each.found.late) for each in self.decided)

    @property
    def to_check(self) -> int:
        """Parts that are reported done and wait to be checked."""
        return sum(each.found.to_check for each in self.decided)


def chair_page(access: Access, wanted: str, at: datetime) -> ChairPage:
    """The body asked for, else the first within reach: fourteen queries at most, however many offices there are."""
    bodies = tuple(Agency.objects.filter(pk__in=access.body_ids("results.view")))
    if not bodies:
        raise Http404
    body = next((each for each in bodies if str(each.pk) == wanted), bodies[0])
    today = local_date(at)
    coming = _next_meeting(body, today)
    return ChairPage(
        body=body,
        bodies=bodies if len(bodies) > 1 else (),
        today=today,
        decided=_decided(body, today),
        next_meeting=coming,
        days_to_meeting=days_left(coming.day, today) if coming else None,
        score=_score(body),
    )


def _decided(body: Agency, today: date) -> tuple[Decided, ...]:
    """The newest resolutions that ask something of somebody: those with offices or a day. Four queries."""
    given = {each.resolution.pk: each for each in followed(FollowUp.objects.of_bodies([body.pk]), today)}
    rows = Resolution.objects.filter(item__meeting__body=body, item__meeting__cancelled_at=None)
    newest = rows.select_related("item__meeting").order_by("-item__meeting__held_at", "item__position", "pk")
    asking = [row for row in newest if row.pk in given or row.due_on is not None][:NEWEST]
    return tuple(_one(given.get(row.pk, Followed(row, ())), today) for row in asking)


def _one(found: Followed, today: date) -> Decided:
    due_on = found.resolution.due_on
    over = bool(found.matters) and found.done == len(found.matters)
    return Decided(found, days_left(due_on, today) if due_on and not over else None)


def _next_meeting(body: Agency, today: date) -> Meeting | None:
    begin = datetime.combine(today, time.min, BANGKOK)
    rows = Meeting.objects.filter(body=body, cancelled_at=None, closed_at=None, held_at__gte=begin)
    return rows.order_by("held_at").first()


def _score(body: Agency) -> Score | None:
    round = Round.objects.filter(body=body).select_related("survey", "body").defer("survey__document").first()
    if round is None:
        return None
    standing = standing_of(round)
    chosen, last = standing.edition.levels[0], standing.last_year
    return Score(
        round=round,
        total=standing.scorecard.total,
        difference=standing.scorecard.total - last.total if last else None,
        points_assumed=POINTS_ASSUMED,
        under=tuple(zip(levels_under(standing, chosen), kpis_under(standing, chosen), strict=True)),
        kpi_note=kpi_note(standing),
    )
