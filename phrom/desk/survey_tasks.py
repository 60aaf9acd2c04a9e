"""What waits in survey rounds: rows to answer, to mend, to send, and answers to review. Two queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.agencies.models import Agency
from phrom.desk.task import Task
from phrom.shared.thai.dates import days_left
from phrom.survey.models import Ask, AskState


def survey_tasks(access: Access, today: date) -> Iterator[Task]:
    """The rows of the own agencies, and what was sent to be reviewed."""
    yield from _answering(access, today)
    yield from _reviewing(access, today)


def _answering(access: Access, today: date) -> Iterator[Task]:
    agencies = {agency.id: agency for agency in access.agencies("answer.edit")}
    asks = _counted(Ask.objects.filter(agency__in=agencies))
    for row in asks:
        agency = agencies[row["agency"]]
        yield from _answering_tasks(row, agency, days_left(row["round__internal_deadline"], today))


def _answering_tasks(row: dict[str, int], agency: Agency, days: int) -> Iterable[Task]:
    url = reverse("answering", args=[row["round"], agency.id])
    if row["returned"]:
        yield Task("แก้ไขข้อที่ถูกส่งกลับ", agency.name, row["returned"], days, "แก้ไข", url, "returned")
    if row["unanswered"]:
        yield Task("ตอบคำถามของหน่วยงาน", agency.name, row["unanswered"], days, "ตอบต่อ", url, "open")
    elif row["unsent"]:
        send = reverse("submit", args=[row["round"], agency.id])
        yield Task("ส่งคำตอบให้ผู้ประสานงานตรวจ", agency.name, row["unsent"], days, "ส่งให้ตรวจ", send, "wait")


def _reviewing(access: Access, today: date) -> Iterator[Task]:
    bodies = access.body_ids("answer.review")
    waiting = _counted(Ask.objects.filter(round__body__in=bodies), "round__body__name") if bodies else ()
    for row in waiting:
        if row["submitted"]:
            url = reverse("review", args=[row["round"]])
            days = days_left(row["round__internal_deadline"], today)
            yield Task("ตรวจคำตอบที่ส่งเข้ามา", row["round__body__name"], row["submitted"], days, "เริ่มตรวจ", url, "submitted")


def _counted(asks: QuerySet[Ask], *by: str) -> list[Any]:
    """Counts for each open round (and agency, when not counted by something else)."""
    keys = ["round", "round__internal_deadline", *(by or ("agency",))]
    return list(
        asks.filter(withdrawn_at=None, round__frozen_at=None)
        .order_by()
        .values(*keys)
        .annotate(
            returned=Count("id", filter=Q(state=AskState.RETURNED)),
            submitted=Count("id", filter=Q(state=AskState.SUBMITTED)),
            unanswered=Count("id", filter=Q(state=AskState.OPEN, answer=None)),
            unsent=Count("id", filter=Q(state=AskState.OPEN, answer__isnull=False)),
        )
    )
