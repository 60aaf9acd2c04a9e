"""Who is trusted: known is not approved, keys follow keys, and nobody slips in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.letters.actions import peers
from phrom.letters.actions.hosting import HostedAlready, end_hosting, host
from phrom.letters.actions.own_node import OVERLAP, NoExchange, ensure_node, rotate_key, signing_key
from phrom.letters.actions.peers import NotReached, OtherFingerprint, approve, block, key_of, learn, look_up, newest_key
from phrom.letters.exchange.client import Reply
from phrom.letters.exchange.documents import read_well_known
from phrom.letters.exchange.trouble import NotSigned
from phrom.letters.models import Alarm, DirectoryEntry, OwnKey, Peer
from tests.factories.agencies import make_body, make_member
from tests.factories.exchange import AT, HOME, Other, make_alarm, make_message, make_peer, make_trusted, new_key
from tests.factories.letters import make_office

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Other:
    settings.PHROM_BASE_URL = HOME
    found = Other()
    monkeypatch.setattr(peers, "call", lambda *_, **__: Reply(200, found.document().encode(), {}))
    return found


def test_a_peer_is_known_then_compared_then_trusted(other: Other) -> None:
    peer = learn(url=other.url + "/", at=AT)
    assert (peer.is_trusted, key_of(peer, other.key.keyid, AT)) == (False, None)
    administrator = make_member(make_body(), "administrator")
    with pytest.raises(OtherFingerprint):
        approve(peer=peer, compared="AAAA-BBBB", by=administrator, at=AT)
    shown = newest_key(peer).fingerprint
    trusted = approve(peer=peer, compared=shown.lower().replace("-", " "), by=administrator, at=AT)
    assert (trusted.is_trusted, key_of(trusted, other.key.keyid, AT) is not None) == (True, True)
    assert not block(peer=trusted, by=administrator, at=AT).is_trusted


def test_a_key_announced_under_a_trusted_one_is_taken(other: Other) -> None:
    peer, _ = make_trusted(other)
    other.keys.append(new_key(other.node_id))
    look_up(peer=peer, at=AT)
    assert key_of(Peer.objects.get(), other.key.keyid, AT) is not None
    del other.keys[0]
    look_up(peer=peer, at=AT)
    old = Peer.objects.get().keys.get(valid_until__isnull=False)  # type: ignore[attr-defined]
    assert (old.valid_until, key_of(Peer.objects.get(), old.keyid, AT + DAY)) == (AT, None)


def test_a_document_under_an_unknown_key_changes_nothing_and_alarms(other: Other) -> None:
    peer, _ = make_trusted(other)
    other.name, other.keys = "ผู้แอบอ้าง", [new_key(other.node_id)]
    for _ in range(2):
        with pytest.raises(NotSigned):
            look_up(peer=peer, at=AT)
    assert (Alarm.objects.get().kind, Peer.objects.get().name) == ("unknown_key", "ระบบของจังหวัดลำพูน")
    assert key_of(Peer.objects.get(), other.key.keyid, AT) is None


def test_another_node_at_the_address_and_our_own_are_refused(other: Other) -> None:
    peer, _ = make_trusted(Other())
    with pytest.raises(NotReached):
        look_up(peer=peer, at=AT)
    other.node_id = ensure_node(name="", at=AT).node_id
    other.keys = [new_key(other.node_id)]
    with pytest.raises(NotReached):
        learn(url=other.url, at=AT)


def test_the_directory_follows_the_document_and_ours_stays_ours(other: Other) -> None:
    peer, office = make_trusted(other)
    gone = other.office_id
    other.office_id = office.uuid
    look_up(peer=peer, at=AT)
    entry = DirectoryEntry.objects.get(office_uuid=gone)
    assert (entry.ends_on, DirectoryEntry.objects.filter(peer=peer, office_uuid=office.uuid).count()) == (date(2024, 6, 10), 0)


def test_rotating_keeps_the_old_key_for_a_week_and_both_sign_the_document(other: Other, client: Client) -> None:
    ensure_node(name="ของเรา", at=AT)
    first = signing_key(AT).keyid
    second = rotate_key(at=AT + DAY).keyid
    assert (signing_key(AT + DAY).keyid, OwnKey.objects.get(keyid=first).valid_until) == (second, AT + DAY + OVERLAP)
    text = client.get("/.well-known/phrom-exchange.json").content.decode()
    assert read_well_known(text)[0].name == "ของเรา"


def test_nothing_is_said_before_there_is_an_address_and_a_key(client: Client, settings: Any) -> None:
    assert client.get("/.well-known/phrom-exchange.json").status_code == 404
    settings.PHROM_BASE_URL = HOME
    assert client.get("/.well-known/phrom-exchange.json").status_code == 404
    with pytest.raises(NoExchange):
        rotate_key(at=AT)


def test_an_office_is_received_for_once_at_a_time() -> None:
    office = make_office()
    entry = host(office=office, starts_on=date(2024, 7, 1), ends_on=date(2024, 7, 31), by=None, at=AT)
    host(office=office, starts_on=date(2024, 8, 1), by=None, at=AT)
    for starts_on, ends_on in (
        (date(2024, 7, 31), None),
        (date(2024, 6, 1), date(2024, 7, 1)),
        (date(2025, 1, 2), date(2025, 1, 1)),
    ):
        with pytest.raises(HostedAlready):
            host(office=office, starts_on=starts_on, ends_on=ends_on, by=None, at=AT)
    administrator = make_member(office.agency.own_body, "administrator")
    with pytest.raises(HostedAlready):
        end_hosting(entry=entry, ends_on=date(2024, 6, 30), by=administrator, at=AT)
    assert end_hosting(entry=entry, ends_on=date(2024, 7, 5), by=administrator, at=AT).ends_on == date(2024, 7, 5)


@pytest.fixture
def administrator(client: Client, other: Other) -> Client:
    office = make_office()
    client.force_login(
        make_member(office.agency.own_body, "administrator"), backend="phrom.agencies.signin.backend.PersonBackend"
    )
    return client


def test_the_way_of_an_administrator_through_the_pages(administrator: Client, other: Other) -> None:
    assert "เปิดใช้การแลกเปลี่ยน" in administrator.get("/exchange/").content.decode()
    administrator.post("/exchange/name/", {"name": "จังหวัดเชียงใหม่"})
    assert OwnKey.objects.get().fingerprint in administrator.get("/exchange/").content.decode()
    page = administrator.post("/exchange/peers/learn/", {"base_url": other.url}, follow=True).content.decode()
    peer = Peer.objects.get()
    assert "ตรงกันทุกตัว อนุมัติระบบนี้" in page
    assert administrator.post(f"/exchange/peers/{peer.pk}/approve/", {"compared": "ผิด"}).status_code == 409
    shown = newest_key(peer).fingerprint
    page = administrator.post(f"/exchange/peers/{peer.pk}/approve/", {"compared": shown}, follow=True).content.decode()
    assert "วิธีแลกเปลี่ยน" in page
    administrator.post(f"/exchange/peers/{peer.pk}/ways/", {"they_pull": "on"})
    assert (Peer.objects.get().they_pull, Peer.objects.get().takes_secrets) == (True, False)
    administrator.post(f"/exchange/peers/{peer.pk}/block/")
    assert "ระงับ" in administrator.get("/exchange/").content.decode()


def test_the_queue_says_why_and_alarms_are_seen_once(administrator: Client, django_assert_max_num_queries: Any) -> None:
    office, peer = make_office(), make_peer()
    for _ in range(20):
        make_message(peer, office)
    alarm = make_alarm(peer)
    with django_assert_max_num_queries(14):
        page = administrator.get("/exchange/queue/").content.decode()
    assert page.count("ระบบปลายทางยังไม่ได้อนุมัติหรือถูกระงับ") == 20
    assert alarm.th in administrator.get("/exchange/alarms/").content.decode()
    administrator.post(f"/exchange/alarms/{alarm.pk}/seen/")
    assert Alarm.objects.get().seen_at is not None


def test_offices_are_added_and_ended_on_the_page(administrator: Client) -> None:
    office = make_office()
    missing = administrator.post("/exchange/offices/", {})
    assert (missing.status_code, "เลือกหน่วยงาน" in missing.content.decode()) == (422, True)
    assert administrator.post("/exchange/offices/", {"agency": office.agency.pk, "starts_on": "1/7/2567"}).status_code == 422
    assert not DirectoryEntry.objects.exists()  # an agency of another body
