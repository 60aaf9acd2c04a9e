"""งานของฉัน: what waits for one person, most urgent first, from every room below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.access import Access
from phrom.desk.exchange_tasks import exchange_tasks
from phrom.desk.follow_up_tasks import follow_up_tasks
from phrom.desk.letter_tasks import letter_tasks
from phrom.desk.meeting_tasks import meeting_tasks
from phrom.desk.rollout_tasks import rollout_tasks
from phrom.desk.survey_tasks import survey_tasks
from phrom.desk.task import Task
from phrom.shared.thai.clock import local_date
from phrom.survey.models import Round


@dataclass(frozen=True)
class DeskPage:
    """What the first screen shows."""

    tasks: tuple[Task, ...]
    rounds: tuple[Round, ...]
    may_open_round: bool


def desk_page(access: Access, at: datetime) -> DeskPage:
    """Read everything that waits for the person: seventeen queries at most, whatever waits."""
    bodies = sorted({*access.body_ids("results.view"), *access.body_ids("round.view")})
    rounds = Round.objects.filter(body__in=bodies).select_related("survey", "body") if bodies else ()
    return DeskPage(tasks_of(access, at), tuple(rounds), access.anywhere("round.open"))


def tasks_of(access: Access, at: datetime) -> tuple[Task, ...]:
    """What waits for the person, most urgent first."""
    today = local_date(at)
    tasks = [*survey_tasks(access, today), *meeting_tasks(access, today), *follow_up_tasks(access, today)]
    tasks += [*letter_tasks(access, at), *exchange_tasks(access), *rollout_tasks(access)]
    return tuple(sorted(tasks, key=lambda task: task.urgency))
