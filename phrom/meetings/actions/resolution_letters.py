"""A letter that carries a resolution to the offices, and a line under the resolution for each of the body's that has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from phrom.agencies.models import Agency, Person
from phrom.letters.actions.body_letters import draft_for_body
from phrom.letters.models import DirectoryEntry, Letter
from phrom.meetings.actions.follow_ups import FollowUpRefused, open_follow_ups
from phrom.meetings.models import FollowUp, Resolution
from phrom.meetings.papers.resolution_letter import resolution_words


@dataclass(frozen=True)
class Asked:
    """Who is asked for what by when. `to_know`: nothing is to be reported, accepting the letter is enough."""

    agencies: tuple[Agency, ...]
    task: str
    due_on: date
    to_know: bool = False
    entries: tuple[DirectoryEntry, ...] = ()


@transaction.atomic
def write_letter(*, resolution: Resolution, asked: Asked, by: Person, at: datetime) -> Letter:
    """Draft the letter of the office that writes the body's letters. It has no number yet: it is read and issued there.

    Refuses nobody to write to, and what naming offices under a resolution refuses.
    """
    if not asked.agencies and not asked.entries:
        raise FollowUpRefused(
            "ยังไม่มีผู้รับหนังสือ ยังไม่มีอะไรถูกบันทึก กรุณาเลือกหน่วยงานอย่างน้อยหนึ่งแห่ง",
            "Nobody is chosen to receive the letter. Nothing was saved. Please choose at least one office.",
            where="agencies",
        )
    fresh = _without_line(resolution, asked.agencies)
    if fresh:
        open_follow_ups(resolution=resolution, agencies=fresh, due_on=asked.due_on, task=asked.task, by=by, at=at)
    words = resolution_words(resolution, task=asked.task, due_on=None if asked.to_know else asked.due_on)
    body = resolution.item.meeting.body
    return draft_for_body(body=body, words=words, agencies=asked.agencies, entries=asked.entries, by=by, at=at)


def _without_line(resolution: Resolution, agencies: Sequence[Agency]) -> list[Agency]:
    named = set(FollowUp.objects.filter(resolution=resolution).values_list("agency", flat=True))
    return [agency for agency in agencies if agency.pk not in named]
