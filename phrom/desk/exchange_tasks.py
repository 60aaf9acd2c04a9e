"""Alarms of the exchange that nobody has looked at: for the clerks of the office concerned, and for who keeps the exchange."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.desk.task import Task
from phrom.letters.actions.alarms import alarms_of, open_alarms
from phrom.letters.models import Alarm
from phrom.letters.scopes import EXCHANGE, ISSUE


def exchange_tasks(access: Access) -> Iterator[Task]:
    """One line an alarm about a letter of the own offices; one line in all for the administrator. Two queries at most."""
    if agencies := access.agency_ids(ISSUE):
        for alarm in alarms_of(agencies):
            office = alarm.office.agency.name if alarm.office else ""
            if alarm.letter is not None:
                yield Task(alarm.th, office, 0, 0, "เปิดหนังสือ", reverse("letter", args=[alarm.letter.pk]), "letter")
    if access.anywhere(EXCHANGE) and (waiting := Alarm.objects.filter(open_alarms(), letter=None, seen_at=None).count()):
        url = reverse("exchange_alarms")
        yield Task("ตรวจเหตุขัดข้องของการแลกเปลี่ยนหนังสือ", "ระหว่างระบบ", waiting, 0, "ตรวจ", url, "letter", "เรื่อง")
