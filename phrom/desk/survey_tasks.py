"""What waits in survey rounds: rows to answer, to mend, to send, to approve, inquiries, and answers to review. Two queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.desk.task import Task
from phrom.rules.instrument.model import Status
from phrom.rules.scoring.scorecard import status_of
from phrom.rules.scoring.stakes import at_stake
from phrom.shared.thai.dates import days_left
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState
from phrom.survey.models.deadlines import own_deadline
from phrom.survey.models.inquiries import waits_for_agency, waits_for_reviewer


def survey_tasks(access: Access, today: date, own: Sequence[Ask]) -> Iterator[Task]:
    """The rows of the own agencies (`own_asks`), and what was sent to be reviewed."""
    heads = access.agency_ids("answer.approve")
    for asks in by_part(own):
        yield from _answering_tasks(asks, today, is_head=asks[0].agency_id in heads)
    yield from _reviewing(access, today)


def own_asks(access: Access) -> list[Ask]:
    """Every standing row of an open round at the agencies where the person answers, part by part: one query.

    `until` is the agency's own last day, `inquired` says whether an inquiry waits for its answer.
    """
    ids = access.agency_ids("answer.edit")
    if not ids:
        return []
    asks = Ask.objects.filter(agency__in=ids, withdrawn_at=None, round__frozen_at=None)
    asks = asks.select_related("agency", "answer", "round__survey").defer("round__survey__document")
    noted = asks.annotate(until=own_deadline(), inquired=waits_for_agency())
    return list(noted.order_by("-round__opened_at", "round_id", "agency__position", "agency_id", "position"))


def by_part(own: Sequence[Ask]) -> list[list[Ask]]:
    """The rows of each round and agency together."""
    return [list(group) for _, group in groupby(own, key=lambda ask: (ask.round_id, ask.agency_id))]


def last_day(ask: Ask) -> date:
    """The agency's own last day, as the query told."""
    until: date = getattr(ask, "until", None) or ask.round.internal_deadline
    return until


def is_unanswered(ask: Ask) -> bool:
    """True while nothing was ever written for a row that was not sent."""
    return ask.state == AskState.OPEN and not hasattr(ask, "answer")


def _answering_tasks(asks: Sequence[Ask], today: date, *, is_head: bool) -> Iterable[Task]:
    round, agency, days = asks[0].round_id, asks[0].agency, days_left(last_day(asks[0]), today)
    sheet, send = (reverse(name, args=[round, agency.pk]) for name in ("answering", "submit"))
    stake = _stake(asks)
    with_head = sum(ask.state == AskState.WITH_HEAD for ask in asks)
    if with_head and is_head:
        approve = reverse("approval", args=[round, agency.pk])
        yield Task("เห็นชอบคำตอบของหน่วยงาน", agency.name, with_head, days, "อ่านและเห็นชอบ", approve, "with_head")
    if returned := sum(ask.state == AskState.RETURNED for ask in asks):
        yield Task("แก้ไขข้อที่ถูกส่งกลับ", agency.name, returned, days, "แก้ไข", sheet, "returned", note=stake)
    if inquired := sum(bool(getattr(ask, "inquired", False)) for ask in asks):
        yield Task("ตอบข้อซักถามของผู้ประสานงาน", agency.name, inquired, days, "ตอบ", sheet, "wait")
    unsent = sum(ask.state == AskState.OPEN and hasattr(ask, "answer") for ask in asks)
    stake = "" if returned else stake  # said once is enough
    if unanswered := sum(map(is_unanswered, asks)):
        yield Task("ตอบคำถามของหน่วยงาน", agency.name, unanswered, days, "ตอบต่อ", sheet, "open", note=stake)
    elif unsent:
        whom = "เสนอคำตอบให้หัวหน้าหน่วยงาน" if agency.head_approves and not is_head else "ส่งคำตอบให้ผู้ประสานงานตรวจ"
        yield Task(whom, agency.name, unsent, days, "ส่งให้ตรวจ", send, "wait", note=stake)


def _stake(asks: Sequence[Ask]) -> str:
    """How many of the province's points hang on what is not sent; empty where none do."""
    edition = edition_of(asks[0].round.survey)
    stake = at_stake(edition, (ask.code for ask in asks if ask.state not in (AskState.SUBMITTED, AskState.ACCEPTED)))
    guess = " (ประมาณการ)" if status_of(edition.asked_rows) is Status.ESTIMATED else ""
    return f"ข้อที่ยังไม่ส่งมีคะแนนเต็มรวม {stake} จาก 100{guess}" if stake else ""


def _reviewing(access: Access, today: date) -> Iterator[Task]:
    bodies = access.body_ids("answer.review")
    for row in _to_review(bodies) if bodies else ():
        url, where = reverse("review", args=[row["round"]]), row["round__body__name"]
        days = days_left(row["round__internal_deadline"], today)
        if row["submitted"]:
            yield Task("ตรวจคำตอบที่ส่งเข้ามา", where, row["submitted"], days, "เริ่มตรวจ", url, "submitted")
        if row["told"]:
            yield Task("อ่านคำตอบข้อซักถาม", where, row["told"], days, "อ่าน", url, "submitted")


def _to_review(bodies: Sequence[int]) -> list[Any]:
    """Counts for each open round of these bodies."""
    asks = Ask.objects.filter(round__body__in=bodies, withdrawn_at=None, round__frozen_at=None)
    counted = asks.order_by().values("round", "round__internal_deadline", "round__body__name")
    return list(
        counted.annotate(
            submitted=Count("id", filter=Q(state=AskState.SUBMITTED)), told=Count("id", filter=waits_for_reviewer())
        )
    )
