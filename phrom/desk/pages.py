"""งานของฉัน: what waits for one person, most urgent first, from every room below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from phrom.agencies.access import Access
from phrom.desk.exchange_tasks import exchange_tasks
from phrom.desk.follow_up_tasks import follow_up_tasks
from phrom.desk.letter_tasks import letter_tasks
from phrom.desk.meeting_tasks import meeting_tasks
from phrom.desk.own_rows import OwnPart, own_parts
from phrom.desk.rollout_tasks import rollout_tasks
from phrom.desk.set_tasks import set_tasks
from phrom.desk.survey_tasks import own_asks, survey_tasks
from phrom.desk.task import Task
from phrom.shared.thai.clock import local_date
from phrom.survey.models import Ask, Round, SetProposal


@dataclass(frozen=True)
class DeskPage:
    """What the first screen shows."""

    own: tuple[OwnPart, ...]
    tasks: tuple[Task, ...]
    rounds: tuple[Round, ...]
    may_open_round: bool


def desk_page(access: Access, at: datetime) -> DeskPage:
    """Read everything that waits for the person: seventeen queries at most, one more where a set is between two people."""
    bodies = sorted({*access.body_ids("results.view"), *access.body_ids("round.view")})
    laid = Exists(SetProposal.objects.filter(round=OuterRef("pk")))
    rounds = Round.objects.filter(body__in=bodies).select_related("survey", "body") if bodies else Round.objects.none()
    found = tuple(rounds.annotate(laid=laid))
    own = own_asks(access)
    parts = own_parts(own, local_date(at))
    tasks = tasks_of(access, at, own, sets=any(round.laid and not round.is_frozen for round in found))
    return DeskPage(parts, tasks, found, access.anywhere("round.open"))


def tasks_of(access: Access, at: datetime, own: Sequence[Ask] | None = None, *, sets: bool = True) -> tuple[Task, ...]:
    """What waits for the person, most urgent first. `own` are the person's own rows where they were read already.

    `sets` False: it is known that no set was laid before anybody.
    """
    today = local_date(at)
    asks = own_asks(access) if own is None else own
    tasks = [*survey_tasks(access, today, asks), *meeting_tasks(access, today), *follow_up_tasks(access, today)]
    tasks += set_tasks(access, today) if sets else ()
    tasks += [*letter_tasks(access, at), *exchange_tasks(access), *rollout_tasks(access)]
    return tuple(sorted(tasks, key=lambda task: task.urgency))
