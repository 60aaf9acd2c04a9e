"""What waits because of meetings: to answer and read for those invited, to prepare and write up for whoever keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.committee.models import Holder, Seat
from phrom.desk.task import Task
from phrom.meetings.attendees import THERE
from phrom.meetings.models import Attendance, Meeting, Minutes, Reply
from phrom.meetings.pages.steps import minutes_of, next_of
from phrom.meetings.scopes import MANAGE, REPLY, bodies_within
from phrom.shared.thai.dates import days_left

UNIT = "เรื่อง"


def meeting_tasks(access: Access, today: date) -> Iterator[Task]:
    """One line a meeting and person: five queries, whatever the number of meetings and seats."""
    meetings = _under_way(access)
    managed = access.body_ids(MANAGE)
    coming = [meeting for meeting in meetings if meeting.takes_replies]
    yield from _invited(access, coming, today)
    yield from _commenting(access, meetings, today)
    for meeting in meetings:
        if meeting.body_id in managed:
            yield from _keeping(meeting, today)


def _under_way(access: Access) -> list[Meeting]:
    """Meetings that were not cancelled and whose minutes nobody adopted; those of the past that were only recorded are over."""
    rows = Meeting.objects.filter(body__in=bodies_within(access), cancelled_at=None, minutes__adopted_at=None)
    begun = rows.filter(Q(invited_at__isnull=False) | Q(number=None) | Q(minutes__isnull=False))
    counted = begun.annotate(
        listed=Count("items", distinct=True),
        late=Count("items", filter=Q(items__frozen_in=None), distinct=True),
        asked=Count("minutes__comments", filter=Q(minutes__comments__taken=None), distinct=True),
    )
    return list(counted.select_related("body", "order", "minutes").order_by("held_at"))


def _invited(access: Access, coming: Sequence[Meeting], today: date) -> Iterator[Task]:
    """For the holders of seats and the offices that have one: to answer, then to read. Members and the chair read all."""
    offices = [agency.pk for agency in access.agencies(REPLY) if not agency.is_body]
    seats = _own_seats(access, coming, offices) if coming else []
    replied = set(Reply.objects.filter(meeting__in=coming, seat__in=seats).values_list("meeting", "seat")) if seats else set()
    reading = access.body_ids(REPLY)
    for meeting in coming:
        own = [seat for seat in seats if _sits(seat, meeting, offices)]
        silent = [seat for seat in own if (meeting.pk, seat.pk) not in replied]
        days, where = days_left(meeting.day, today), meeting.body.name
        for seat in silent:
            url = reverse("meeting_reply", args=[meeting.pk, seat.pk])
            what = f"ตอบรับการประชุมครั้งที่ {meeting}"
            yield Task(what, f"{seat.title} · {where}", 0, days, "ตอบรับ", url, "meeting")
        if own or meeting.body_id in reading:
            what = f"อ่านระเบียบวาระและเอกสาร การประชุมครั้งที่ {meeting}"
            yield Task(what, where, getattr(meeting, "listed", 0), days, "เปิดอ่าน", _page(meeting), "reading", UNIT)


def _own_seats(access: Access, coming: Iterable[Meeting], offices: Sequence[int]) -> list[Seat]:
    """Seats of these meetings' committees that the person holds, or that an own office has."""
    orders = {meeting.order_id for meeting in coming}
    rows = Seat.objects.filter(Q(order__in=orders) | Q(order__amends__in=orders)).select_related("order", "ended_by")
    mine = rows.filter(Q(agency__in=offices) | Q(holders__person=access.person)).distinct()
    held: Prefetch[str] = Prefetch("holders", queryset=Holder.objects.filter(person=access.person))
    return list(mine.prefetch_related(held))


def _sits(seat: Seat, meeting: Meeting, offices: Sequence[int]) -> bool:
    """True when the seat is one of this committee on the day, and the person's by its office or by holding it that day."""
    if meeting.order_id not in (seat.order_id, seat.order.amends_id) or seat.order.effective_on > meeting.day:
        return False
    if seat.ended_by is not None and seat.ended_by.effective_on <= meeting.day:
        return False
    held = ((each.starts_on, each.ends_on) for each in seat.holders.all())
    return seat.agency_id in offices or any(start <= meeting.day and (not end or end >= meeting.day) for start, end in held)


def _commenting(access: Access, meetings: Iterable[Meeting], today: date) -> Iterator[Task]:
    """Minutes that went round and may still be commented by those who attended."""
    open_ones = {meeting.pk: meeting for meeting in meetings if _comments_open(minutes_of(meeting), today)}
    if not open_ones:
        return
    there = Attendance.objects.filter(meeting__in=open_ones, person=access.person, kind__in=THERE).values_list("meeting")
    for (pk,) in there.distinct():
        meeting = open_ones[pk]
        until = meeting.minutes.comments_until
        days = days_left(until, today) if until else None
        what = f"อ่านรายงานการประชุมครั้งที่ {meeting} และขอแก้ถ้ามี"
        yield Task(what, meeting.body.name, 0, days, "เปิดอ่าน", reverse("minutes", args=[pk]), "reading")


def _comments_open(minutes: Minutes | None, today: date) -> bool:
    return minutes is not None and minutes.comments_until is not None and minutes.comments_until >= today


def _keeping(meeting: Meeting, today: date) -> Iterator[Task]:
    """The one next act of whoever keeps the meeting."""
    where, days = meeting.body.name, days_left(meeting.day, today)
    named = f"การประชุมครั้งที่ {meeting}" if meeting.number else "การประชุมที่กำลังเตรียม"
    if meeting.closed_at is not None:
        yield from _writing_up(meeting, where)
    elif meeting.opened_at is not None or (meeting.agenda_frozen_at is not None and days <= 0):
        yield Task(f"บันทึกผู้มาประชุมและมติ {named}", where, 0, days, "บันทึก", _page(meeting), "wait")
    else:
        coming = next_of(meeting, has_agenda=bool(getattr(meeting, "listed", 0)), late=getattr(meeting, "late", 0))
        if coming:
            url = reverse(coming.route, args=[meeting.pk])
            yield Task(f"{coming.act} {named}", where, 0, days, coming.act, url, "wait")


def _writing_up(meeting: Meeting, where: str) -> Iterator[Task]:
    minutes, url = minutes_of(meeting), reverse("minutes", args=[meeting.pk])
    asked = getattr(meeting, "asked", 0)
    if minutes is None:
        yield Task(f"ร่างรายงานการประชุมครั้งที่ {meeting}", where, 0, None, "เริ่มร่าง", url, "wait")
    elif minutes.circulated_at is None:
        yield Task(f"เขียนและแจ้งเวียนรายงานการประชุมครั้งที่ {meeting}", where, 0, None, "เขียนต่อ", url, "wait")
    elif asked:
        yield Task(f"ตอบคำขอแก้รายงานการประชุมครั้งที่ {meeting}", where, asked, None, "ตอบ", url, "submitted", UNIT)


def _page(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.pk])
