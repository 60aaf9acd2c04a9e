"""A province's set between two people: to approve, come back, or ready to leave. One query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.desk.task import Task
from phrom.shared.thai.dates import days_left
from phrom.survey.models import SetProposal


def set_tasks(access: Access, today: date) -> Iterator[Task]:
    """The newest proposal of each open round, when something of it waits for the person."""
    bodies = access.body_ids("set.approve")
    if not bodies:
        return
    laid = SetProposal.objects.filter(round__body__in=bodies, round__frozen_at=None).select_related("round__body")
    for proposal in {each.round_id: each for each in laid}.values():
        if found := _waits(proposal, access):
            what, act, address, kind = found
            days = days_left(proposal.round.internal_deadline, today)
            url = reverse(address, args=[proposal.round_id])
            yield Task(what, proposal.round.body.name, 1, days, act, url, kind, unit="ชุด")


def _waits(proposal: SetProposal, access: Access) -> tuple[str, str, str, str] | None:
    """What, the act, the page's name and the kind of state; None when nothing waits for this person."""
    own = access.person is not None and proposal.by_id == access.person.pk
    if not proposal.settled:
        return None if own else ("เห็นชอบชุดคำตอบของจังหวัด", "ดูและเห็นชอบ", "set_proposal", "wait")
    if not access.can("round.freeze", proposal.round.body):
        return None
    if proposal.returned_at:
        return "ชุดคำตอบถูกส่งกลับให้แก้ไข", "ดูเหตุผล", "set_proposal", "returned"
    return "ปิดรอบ ชุดคำตอบได้รับความเห็นชอบแล้ว", "ไปปิดรอบ", "freeze", "done"
