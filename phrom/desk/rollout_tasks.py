"""What waits in the e-Document drive: local governments that asked for help and have no answer yet. One query."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.desk.task import Task
from phrom.rollout.scopes import SUPPORT, cases_within


def rollout_tasks(access: Access) -> Iterator[Task]:
    """One line a case, the longest waiting first."""
    if not access.body_ids(SUPPORT):
        return
    for case in cases_within(access, SUPPORT).filter(answered_at=None, closed_at=None).order_by("opened_at"):
        office = case.enrolment.local_government.agency.name
        url = reverse("support_case", args=[case.pk])
        yield Task(f"ตอบคำขอความช่วยเหลือ: {case.subject}", office, 0, None, "ตอบ", url, "rollout")
