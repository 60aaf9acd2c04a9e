"""Two secretaries have the same resolution open: the second does not overwrite what the first put right."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from phrom.meetings.models import Resolution
from phrom.shared.journal.models import AuditEvent
from tests.meetings.hall import hold_meeting, make_hall

pytestmark = pytest.mark.django_db
SEEN = re.compile(r'name="seen" value="([0-9a-f]+)"')


def test_a_stale_tab_keeps_what_was_typed_and_overwrites_nothing(client: Client) -> None:
    hall = make_hall()
    hold_meeting(hall)
    said = Resolution.objects.get()
    address = reverse("resolution_correct", args=[hall.meeting.pk, said.pk])
    client.force_login(hall.second)
    (seen,) = SEEN.findall(client.get(address).content.decode())
    mine = {"kind": "agreed", "text": "ข้อความของคนที่สอง", "seen": seen}
    client.force_login(hall.secretary)
    assert client.post(address, {"kind": "agreed", "text": "ข้อความของคนแรก", "seen": seen}).status_code == 302

    client.force_login(hall.second)
    refused = client.post(address, mine)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "ข้อความของคนแรก" in page
    assert "ข้อความของคนที่สอง" in page
    assert Resolution.objects.get().text == "ข้อความของคนแรก"

    (newest,) = SEEN.findall(page)
    assert client.post(address, {**mine, "seen": newest}).status_code == 302
    assert Resolution.objects.get().text == "ข้อความของคนที่สอง"
    assert AuditEvent.objects.filter(event="meeting.resolution_corrected").count() == 2
