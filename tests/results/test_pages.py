"""The dashboard and one pillar through the browser's door: who sees them, and what they say."""

from __future__ import annotations

import pytest
from django.test import Client

from phrom.agencies.models import Agency
from phrom.results.models import Snapshot
from tests.factories.agencies import make_member
from tests.factories.results import make_answered_round, make_official_result
from tests.factories.survey import make_approved

pytestmark = pytest.mark.django_db
ONCE = "one-time-key-of-a-test"


def client_of(agency: Agency, role: str) -> Client:
    client = Client()
    client.force_login(make_member(agency, role), backend="phrom.agencies.signin.backend.PersonBackend")
    return client


def test_the_dashboard_says_that_its_figures_are_estimates() -> None:
    round = make_answered_round()
    make_official_result(round.body)
    page = client_of(round.body, "chair").get(f"/rounds/{round.pk}/results/").content.decode()
    assert "ประมาณการ" in page
    assert "37.87" in page
    assert "แบ่งห้าช่วงเท่ากัน" in page


def test_each_figure_opens_to_its_rows() -> None:
    round = make_answered_round()
    page = client_of(round.body, "coordinator").get(f"/rounds/{round.pk}/results/P4/").content.decode()
    assert "7 รายการ" in page
    assert f"/rounds/{round.pk}/consolidation/P4.1/" in page


def test_a_chair_sees_no_link_she_cannot_follow() -> None:
    round = make_answered_round()
    page = client_of(round.body, "chair").get(f"/rounds/{round.pk}/results/P4/").content.decode()
    assert "/consolidation/" not in page


@pytest.mark.parametrize("path", ["results/", "results/P1/", "freeze/", "packs/"])
def test_another_provinces_coordinator_finds_nothing(path: str) -> None:
    stranger = client_of(make_answered_round().body, "coordinator")
    assert stranger.get(f"/rounds/{make_answered_round().pk}/{path}").status_code == 404


def test_an_unknown_pillar_is_not_found() -> None:
    round = make_answered_round()
    assert client_of(round.body, "chair").get(f"/rounds/{round.pk}/results/P9/").status_code == 404


def test_a_snapshot_asked_for_twice_is_taken_once() -> None:
    round = make_answered_round()
    client = client_of(round.body, "coordinator")
    for _ in range(2):
        client.post(f"/rounds/{round.pk}/snapshots/", {"once": ONCE})
    assert Snapshot.objects.count() == 1


def test_closing_a_round_leads_to_its_result() -> None:
    round = make_answered_round()
    make_approved(round)
    client = client_of(round.body, "coordinator")
    reply = client.post(f"/rounds/{round.pk}/freeze/", {"once": ONCE, "confirmed": "on"})
    assert reply["Location"] == f"/rounds/{round.pk}/results/"
    assert "ปิดรอบแล้ว" in client.get(reply["Location"]).content.decode()


def test_the_dashboard_shows_three_scores_and_each_opens_to_its_rows() -> None:
    round = make_answered_round()
    page = client_of(round.body, "coordinator").get(f"/rounds/{round.pk}/results/").content.decode()
    for words in ("ตามที่ตอบทั้งหมด", "ที่มีหลักฐานครบและอยู่ในช่วงเวลา", "ที่ผู้ประสานงานรับแล้ว"):
        assert words in page
    three = page[page.index('id="three"') :]
    assert f"/rounds/{round.pk}/results/P1/" in three and "ประมาณการ" in three
    pillar = client_of(round.body, "coordinator").get(f"/rounds/{round.pk}/results/P1/").content.decode()
    assert 'data-label="ตอบ"' in pillar and 'data-label="พิสูจน์"' in pillar
