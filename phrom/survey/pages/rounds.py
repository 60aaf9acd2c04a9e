"""The list of rounds, and the page on which one is opened with its checklist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.meetings.models import Resolution
from phrom.rules.instrument.model import Edition
from phrom.shared.thai.dates import days_left, thai_date
from phrom.survey.actions.rounds import Precondition, preconditions
from phrom.survey.catalogue import Offer
from phrom.survey.models import AskState
from phrom.survey.models.scopes import rounds_within

# Where a missing precondition is put right: the route's name and the words of the link.
REMEDIES = {
    "order": ("orders", "ไปที่คำสั่งคณะกรรมการ"),
    "mandate": ("meetings", "ไปที่การประชุมและมติ"),
    "provincial_office": ("people", "ไปที่หน่วยงานและบุคคล"),
    "statistical_office": ("people", "ไปที่หน่วยงานและบุคคล"),
    "people": ("people", "ไปที่หน่วยงานและบุคคล"),
    "first": ("rounds", "ไปที่รอบสำรวจ"),
}


@dataclass(frozen=True)
class RoundLine:
    """One round in the list: how many asks, how many accepted, what waits."""

    id: int
    title: str
    body: str
    deadline: str
    days: int
    asks: int
    accepted: int
    waiting: int
    frozen_on: str
    is_demo: bool


@dataclass(frozen=True)
class RoundsPage:
    """The rounds of the person's bodies, newest first."""

    rounds: tuple[RoundLine, ...]
    may_open: bool


@dataclass(frozen=True)
class Check:
    """One line of the checklist with the place where it is put right."""

    item: Precondition
    route: str
    link: str

    @property
    def kind(self) -> str:
        """The state's shape: done, stop, or wait for what only warns."""
        if self.item.met:
            return "done"
        return "stop" if self.item.blocking else "wait"

    @property
    def word(self) -> str:
        """The state in a word."""
        return {"done": "พร้อม", "stop": "ยังขาด", "wait": "ควรมี"}[self.kind]


@dataclass(frozen=True)
class OpenPage:
    """The page on which a round is opened. `broken` are edition folders that do not load, with their defects."""

    body: Agency
    checks: tuple[Check, ...]
    offers: tuple[Offer, ...]
    broken: tuple[Offer, ...]
    agencies: int

    @property
    def can_open(self) -> bool:
        """True when nothing stops the opening."""
        return not any(check.item.stops for check in self.checks)

    @property
    def missing(self) -> int:
        """How many things stop the opening."""
        return sum(check.item.stops for check in self.checks)


def rounds_page(access: Access, today: date) -> RoundsPage:
    """One query."""
    standing = Q(asks__withdrawn_at=None)
    rounds = rounds_within(access, "round.view").annotate(
        asked=Count("asks", filter=standing),
        accepted=Count("asks", filter=standing & Q(asks__state=AskState.ACCEPTED)),
        waiting=Count("asks", filter=standing & Q(asks__state=AskState.SUBMITTED)),
    )
    lines = tuple(
        RoundLine(
            id=round.pk,
            title=round.survey.title,
            body=round.body.name,
            deadline=thai_date(round.internal_deadline),
            days=days_left(round.internal_deadline, today),
            asks=round.asked,
            accepted=round.accepted,
            waiting=round.waiting,
            frozen_on=thai_date(round.frozen_at) if round.frozen_at else "",
            is_demo=round.is_demo,
        )
        for round in rounds.order_by("-opened_at")
    )
    return RoundsPage(lines, access.anywhere("round.open"))


def open_page(
    body: Agency,
    offers: Sequence[Offer],
    *,
    edition: Edition | None,
    deadline: date | None,
    mandate: Resolution | None,
    today: date,
) -> OpenPage:
    """The checklist for what is chosen so far."""
    asked = preconditions(body=body, edition=edition, internal_deadline=deadline, mandate=mandate, on=today)
    return OpenPage(
        body=body,
        checks=tuple(Check(item, *REMEDIES.get(item.key, ("", ""))) for item in asked),
        offers=tuple(offer for offer in offers if offer.edition),
        broken=tuple(offer for offer in offers if offer.problems),
        agencies=Agency.objects.filter(body=body, answers_survey=True).count(),
    )


def bodies_for_opening(access: Access) -> tuple[Agency, ...]:
    """The bodies for which the person may open a round."""
    return tuple(Agency.objects.filter(pk__in=access.body_ids("round.open")))


def mandates_of(body: Agency) -> tuple[Resolution, ...]:
    """The body's resolutions, those with a due date and the newest first: what may carry a round."""
    found = Resolution.objects.filter(item__meeting__body=body).select_related("item__meeting").prefetch_related("follow_ups")
    return tuple(sorted(found.order_by("-item__meeting__held_at", "-pk"), key=lambda resolution: resolution.due_on is None))
