"""What waits because of resolutions: the own offices' part, and reports to be checked. Two queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.desk.task import Task
from phrom.meetings.models import FollowUp, Resolution
from phrom.shared.thai.dates import days_left

SHORT = 90


def follow_up_tasks(access: Access, today: date) -> Iterator[Task]:
    """Each part of a resolution that an own office owes, and each resolution with reports that nobody checked."""
    yield from _to_do(access, today)
    yield from _to_check(access, today)


def _to_do(access: Access, today: date) -> Iterator[Task]:
    agencies = access.agency_ids("follow_up.answer")
    rows = FollowUp.objects.to_do().filter(agency__in=agencies).select_related("agency", "resolution__item__meeting")
    for one in rows if agencies else ():
        said = one.task if len(one.task) <= SHORT else f"{one.task[:SHORT]}…"
        where = f"{one.resolution} · {one.agency.name}"
        url = reverse("follow_up", args=[one.pk])
        yield Task(f"ดำเนินการตามมติ: {said}", where, 0, days_left(one.due_on, today), "รายงาน", url, "follow_up")


def _to_check(access: Access, today: date) -> Iterator[Task]:
    bodies = access.body_ids("follow_up.manage")
    waiting = Resolution.objects.filter(item__meeting__body__in=bodies, follow_ups__in=FollowUp.objects.to_check())
    counted = waiting.annotate(reports=Count("follow_ups"), due=Min("follow_ups__due_on"))
    for each in counted.select_related("item__meeting__body").order_by("due") if bodies else ():
        where = f"{each} · {each.item.meeting.body.name}"
        url = reverse("resolution", args=[each.pk])
        yield Task("ตรวจรายงานตามมติ", where, each.reports, days_left(each.due, today), "ตรวจ", url, "submitted", unit="หน่วยงาน")
