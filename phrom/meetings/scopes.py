"""Which meetings and papers somebody reaches: every query of the room begins here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from phrom.agencies.access import Access
from phrom.committee.models import Seat
from phrom.meetings.models import AgendaItem, KeptPaper, Meeting, Paper

READ, MANAGE, REPLY = "committee.view", "meeting.manage", "meeting.reply"


def bodies_within(access: Access) -> list[int]:
    """Ids of the bodies whose meetings the person may read."""
    return sorted({agency.own_body_id for agency in access.agencies(READ)})


def meetings_within(access: Access) -> QuerySet[Meeting]:
    """The meetings that the person may read about."""
    rows = Meeting.objects.filter(body__in=bodies_within(access))
    return rows.select_related("body", "order", "minutes", "invited_by", "cancelled_by", "agenda_frozen_by")


def meetings_managed(access: Access) -> QuerySet[Meeting]:
    """The meetings that the person calls and keeps."""
    return meetings_within(access).filter(body__in=access.body_ids(MANAGE))


def items_managed(access: Access) -> QuerySet[AgendaItem]:
    """The items of agendas that the person makes."""
    rows = AgendaItem.objects.filter(meeting__body__in=access.body_ids(MANAGE))
    return rows.select_related("meeting__body", "meeting__order", "parent")


def papers_managed(access: Access) -> QuerySet[Paper]:
    """The papers that the person puts under items."""
    rows = Paper.objects.filter(item__meeting__body__in=access.body_ids(MANAGE))
    return rows.select_related("item__meeting__body", "item__meeting__order", "made_by", "file")


def papers_within(access: Access) -> QuerySet[Paper]:
    """The papers that the person may read: those of meetings that were called, and of all for whoever prepares them."""
    rows = Paper.objects.filter(item__meeting__body__in=bodies_within(access)).select_related("file", "item__meeting")
    return rows.filter(Q(item__meeting__number__isnull=False) | Q(item__meeting__body__in=access.body_ids(MANAGE)))


def kept_papers_within(access: Access) -> QuerySet[KeptPaper]:
    """The papers as they were handed out."""
    return KeptPaper.objects.filter(meeting__body__in=bodies_within(access)).select_related("meeting__body", "pdf")


def seats_within(access: Access) -> QuerySet[Seat]:
    """The seats of the committees that the person may read about."""
    return Seat.objects.filter(order__body__in=bodies_within(access)).select_related("order", "agency")


def may_manage(access: Access, meeting: Meeting) -> bool:
    """True for whoever calls and keeps this meeting."""
    return meeting.body_id in access.body_ids(MANAGE)


def may_read_agenda(access: Access, meeting: Meeting) -> bool:
    """True once the meeting has its number; before, only for whoever prepares it."""
    return meeting.number is not None or may_manage(access, meeting)
