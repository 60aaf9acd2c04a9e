"""A round that stands on a resolution tells the follow-ups of that resolution what its agencies did.

Called inside the transactions of sending, reviewing, routing and freezing, so that both are written or neither.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.follow_ups import answer_for_agency, close_of_resolution, open_follow_ups, return_for_agency
from phrom.meetings.models import FollowUp
from phrom.survey.models import Ask, AskState, Round

SENT = (AskState.SUBMITTED, AskState.ACCEPTED)


def open_for_asked(*, round: Round, by: Person, at: datetime) -> list[FollowUp]:
    """Name every agency that the round asks, with the internal deadline, under the round's resolution."""
    if round.mandate is None:
        return []
    named = FollowUp.objects.filter(resolution=round.mandate).values("agency")
    asked = list(Agency.objects.filter(asks__round=round, asks__withdrawn_at=None).exclude(pk__in=named).distinct())
    if not asked:
        return []
    task = f"ตอบ{round.survey.title} และแนบหลักฐานให้ครบ"
    return open_follow_ups(resolution=round.mandate, agencies=asked, due_on=round.internal_deadline, task=task, by=by, at=at)


def answer_when_all_is_sent(*, round: Round, agencies: Collection[int], by: Person, at: datetime) -> None:
    """Answer the follow-ups of these agencies (by id) that have sent every row asked under the resolution."""
    for each in _lines(round, agencies, waiting=False) if round.mandate_id else ():
        if not _unsent(each).exists() and _asks(each).exists():
            text = f"ส่งคำตอบครบทุกข้อของ{round.survey.title}"
            answer_for_agency(resolution=each.resolution, agency=each.agency, text=text, by=by, at=at)


def return_when_something_is_open(*, round: Round, agencies: Collection[int], reason: str, by: Person, at: datetime) -> None:
    """Give the answered follow-ups of these agencies (by id) back to those that have rows to send again."""
    for each in _lines(round, agencies, waiting=True) if round.mandate_id else ():
        if _unsent(each).exists():
            return_for_agency(resolution=each.resolution, agency=each.agency, reason=reason, by=by, at=at)


def close_with_the_round(*, round: Round, by: Person, at: datetime) -> None:
    """Close the follow-ups of the round's resolution, unless another open round stands on the same resolution."""
    if round.mandate is None or Round.objects.filter(mandate=round.mandate, frozen_at=None).exclude(pk=round.pk).exists():
        return
    close_of_resolution(resolution=round.mandate, because=f"ปิดรอบ{round.survey.title} แล้ว", by=by, at=at)


def _lines(round: Round, agencies: Collection[int], *, waiting: bool) -> list[FollowUp]:
    lines = FollowUp.objects.open().filter(resolution=round.mandate_id, agency__in=agencies, answered_at__isnull=not waiting)
    return list(lines.select_related("agency", "resolution").order_by("pk"))


def _asks(line: FollowUp) -> QuerySet[Ask]:
    return Ask.objects.filter(round__mandate=line.resolution_id, agency=line.agency_id, withdrawn_at=None)


def _unsent(line: FollowUp) -> QuerySet[Ask]:
    return _asks(line).exclude(state__in=SENT)
