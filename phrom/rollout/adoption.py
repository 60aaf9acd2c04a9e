"""Adoption measured from the letters themselves: five queries, whatever the number of offices and letters.

Counted are electronic letters of normal secrecy. Secret ones are left out altogether, so that no figure tells of them; what
goes by hand is left out because nobody can see it arrive. A letter is handled when the office accepted it and closed it (an
answer closes it) within the programme's days of its arrival.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import Count, F, Max, Min, Q, QuerySet

from phrom.agencies.models import Membership
from phrom.letters.models import Incoming, Recipient, RecipientState, Secrecy, Via
from phrom.rollout.models import Enrolment, Programme, Stage, StageRecord
from phrom.rollout.stages import Facts, Standing, reached, standing_of
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import BANGKOK

MONTHS = 6
NOT_COUNTED = "ไม่นับหนังสือที่มีชั้นความลับและหนังสือที่ส่งด้วยมือ"
REACHED = (RecipientState.DELIVERED, RecipientState.ACCEPTED)


@dataclass(frozen=True)
class Line:
    """An office of the programme with what was seen, what was recorded, and what follows from both."""

    enrolment: Enrolment
    facts: Facts
    records: tuple[StageRecord, ...]
    standing: Standing
    reached: frozenset[str]

    @property
    def district(self) -> str:
        """Its district, "" for the whole province."""
        return self.enrolment.local_government.district


@dataclass(frozen=True)
class Adoption:
    """A programme at a moment. `months` are the first days of the last months, the oldest first."""

    programme: Programme
    today: date
    lines: tuple[Line, ...]
    months: tuple[date, ...]

    def count(self, stage: str) -> int:
        """How many offices stand at this stage now."""
        return sum(line.standing.stage == stage for line in self.lines)

    def count_reached(self, stage: str) -> int:
        """How many offices have reached this stage."""
        return sum(stage in line.reached for line in self.lines)

    def percent(self, stage: str) -> int:
        """Of a hundred offices, how many stand at this stage; rounded down, so that 100 means all."""
        return self.count(stage) * 100 // len(self.lines) if self.lines else 0

    @property
    def trend(self) -> tuple[tuple[date, int, int], ...]:
        """Of each month: its first day, letters handled, offices that handled one."""
        counts = [[line.facts.months[place] for line in self.lines] for place in range(len(self.months))]
        return tuple((month, sum(each), sum(one > 0 for one in each)) for month, each in zip(self.months, counts, strict=True))


def adoption_of(programme: Programme, at: datetime) -> Adoption:
    """Every office of the programme at this moment: five queries."""
    today = local_date(at)
    enrolments = list(programme.enrolments.select_related("local_government__agency", "programme").prefetch_related("stages"))
    months = _months(today)
    seen = _facts(programme, [each.local_government.agency_id for each in enrolments], months, at)
    lines = tuple(_line(each, seen, today, programme.active_within_days, len(months)) for each in enrolments)
    return Adoption(programme, today, lines, months)


def facts_of(enrolment: Enrolment, at: datetime) -> Line:
    """The same for one office."""
    programme, agency_id = enrolment.programme, enrolment.local_government.agency_id
    today = local_date(at)
    months = _months(today)
    return _line(enrolment, _facts(programme, [agency_id], months, at), today, programme.active_within_days, len(months))


def _line(enrolment: Enrolment, seen: dict[int, Facts], today: date, active_within_days: int, months: int) -> Line:
    facts = seen.get(enrolment.local_government.agency_id, Facts(months=(0,) * months))
    records = tuple(enrolment.stages.all())
    standing = standing_of(facts, records, today, active_within_days)
    return Line(enrolment, facts, records, standing, reached(standing, facts, records))


def _facts(programme: Programme, agency_ids: Sequence[int], months: Sequence[date], at: datetime) -> dict[int, Facts]:
    """What was seen of each office of which anything was seen: four queries."""
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"acts": []})
    in_force = Membership.objects.in_force(local_date(at)).filter(agency__in=agency_ids, person__is_active=True)
    for joined in in_force.values("agency").annotate(first=Min("starts_on")):
        found[joined["agency"]]["joined_on"] = joined["first"]
    first, last = Min("letter__issued_at"), Max("letter__issued_at")
    grouped = _sent(agency_ids, at).values("letter__office__agency")
    for sent in grouped.annotate(first=first, last=last, letters=Count("letter", distinct=True)):
        each = found[sent["letter__office__agency"]]
        each |= {"first_sent_on": local_date(sent["first"]), "sent": sent["letters"]}
        each["acts"].append(sent["last"])
    closed = Max("closed_at", filter=Q(closed_at__lte=at))
    taking = _taken(agency_ids, at).values("office__agency")
    for taken in taking.annotate(letters=Count("pk"), last=Max("accepted_at"), closed=closed):
        each = found[taken["office__agency"]]
        each["taken"] = taken["letters"]
        each["acts"] += [when for when in (taken["last"], taken["closed"]) if when]
    for handled in _handled(programme, agency_ids, months, at):
        counts = {"handled": handled["handled"], "handled_lately": handled["lately"]}
        monthly = tuple(handled[f"month{place}"] for place in range(len(months)))
        found[handled["office__agency"]] |= {**counts, "months": monthly}
    return {agency_id: _made(values, len(months)) for agency_id, values in found.items()}


def _made(values: dict[str, Any], months: int) -> Facts:
    acts = values.pop("acts")
    last_on = local_date(max(acts)) if acts else None
    return Facts(**{"months": (0,) * months, **values, "last_on": last_on})


def _sent(agency_ids: Sequence[int], at: datetime) -> QuerySet[Recipient]:
    return (
        Recipient.objects.filter(
            letter__office__agency__in=agency_ids,
            letter__secrecy=Secrecy.NORMAL,
            letter__issued_at__lte=at,
            letter__voided_at=None,
            state__in=REACHED,
        )
        .exclude(via=Via.HAND)
        .order_by()
    )


def _taken(agency_ids: Sequence[int], at: datetime) -> QuerySet[Incoming]:
    rows = Incoming.objects.filter(office__agency__in=agency_ids, secrecy=Secrecy.NORMAL, accepted_at__lte=at, recalled_at=None)
    return rows.exclude(via=Via.HAND).order_by()


def _handled(
    programme: Programme, agency_ids: Sequence[int], months: Sequence[date], at: datetime
) -> QuerySet[Incoming, dict[str, Any]]:
    within = timedelta(days=programme.handled_within_days)
    since = at - timedelta(days=programme.active_within_days)
    rows = _taken(agency_ids, at).filter(closed_at__lte=at).filter(closed_at__lte=F("arrived_at") + within)
    starts = [datetime(day.year, day.month, 1, tzinfo=BANGKOK) for day in months]
    ends = [*starts[1:], at + timedelta(microseconds=1)]
    monthly: dict[str, Any] = {
        f"month{place}": Count("pk", filter=Q(closed_at__gte=start, closed_at__lt=end))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    }
    counted: dict[str, Any] = {"handled": Count("pk"), "lately": Count("pk", filter=Q(closed_at__gt=since)), **monthly}
    return cast(QuerySet[Incoming, dict[str, Any]], rows.values("office__agency").annotate(**counted))


def _months(today: date) -> tuple[date, ...]:
    """The first days of the last months, this one last."""
    place = today.year * 12 + today.month - 1
    return tuple(date(each // 12, each % 12 + 1, 1) for each in range(place - MONTHS + 1, place + 1))


def stages_in_order() -> tuple[Stage, ...]:
    """The stages as pages and papers list them, the furthest first."""
    return (Stage.ACTIVE, Stage.FIRST_LETTER, Stage.TRAINED, Stage.JOINED, Stage.INVITED, Stage.QUIET, Stage.DROPPED)
