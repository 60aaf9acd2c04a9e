"""A peer that was approved and turns hostile, and one that never was: what it sends, asks and answers breaks nothing here."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from phrom.letters.actions import peers, pulling
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.receiving import accept
from phrom.letters.exchange import multipart
from phrom.letters.exchange.client import Line, Reply, call
from phrom.letters.exchange.documents import KeyData, OfficeData, WellKnown, read_well_known
from phrom.letters.exchange.envelope import read as read_envelope
from phrom.letters.exchange.keys import fingerprint
from phrom.letters.exchange.signed_json import canonical
from phrom.letters.exchange.signing import signed_headers
from phrom.letters.exchange.trouble import Unreachable, Unreadable
from phrom.letters.models import Alarm, Arrival, Incoming, Office, Outgoing, Peer
from phrom.shared.files.store import keep
from tests.factories.agencies import make_member
from tests.factories.exchange import AT, HOME, Other, make_letter_to, make_peer, make_trusted, new_key
from tests.factories.letters import make_clerk, make_office
from tests.shared.files.specimens import pdf

pytestmark = pytest.mark.django_db
Trusted = tuple[Peer, Office]
NOBODY = UUID("00000000-0000-4000-8000-000000000000")


@pytest.fixture(autouse=True)
def here(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PHROM_BASE_URL = HOME
    monkeypatch.setattr("phrom.config.middleware.clock.now", lambda: AT)


@pytest.fixture
def other() -> Other:
    return Other()


@pytest.fixture
def trusted(other: Other) -> Trusted:
    return make_trusted(other)


# What it asks for


@pytest.mark.parametrize("place", ["name", "person"])
def test_a_file_of_ours_is_not_had_by_being_named_in_ones_own_address(
    client: Client, other: Other, trusted: Trusted, place: str
) -> None:
    """Our notice repeats the sender's address: a hash in it is not the hash of a file of a letter to this peer."""
    ours = keep([pdf()], name="ลับ.pdf", at=AT)
    sender: dict[str, object] = {"id": str(other.office_id), "name": "สำนักงานจังหวัดลำพูน"}
    sender |= {"name": ours.sha256} if place == "name" else {"person": {"name": ours.sha256}}
    assert other.post(client, other.message(trusted[1], sender=sender)).status_code == 200
    accept(incoming=Incoming.objects.get(), by=make_clerk(trusted[1]), at=AT)
    assert ours.sha256 in Outgoing.objects.get().envelope
    assert other.ask(client, "GET", f"/exchange/files/{ours.sha256}").status_code == 404


def test_a_file_is_had_while_its_letter_goes_to_this_peer(client: Client, other: Other, trusted: Trusted) -> None:
    recipient = make_letter_to(*trusted)
    file = keep([pdf()], name="บัญชี.pdf", at=AT)
    recipient.letter.attachments.create(file=file, name="บัญชี.pdf", described="บัญชี")
    issue_letter(letter=recipient.letter, by=make_clerk(trusted[1]), at=AT)
    assert other.ask(client, "GET", f"/exchange/files/{file.sha256}").status_code == 404  # not sealed yet
    pulling.waiting_for(peer=trusted[0], at=AT)
    assert other.ask(client, "GET", f"/exchange/files/{file.sha256}").status_code == 200


# What it sends


DEEP = b"[" * 200_000


@pytest.mark.parametrize(
    "body", [DEEP, b'{"receipts": ' + DEEP, b'{"receipts": {}}', b"1", b'{"receipts": [null, 1, "\\ud800"]}']
)
def test_no_list_of_receipts_is_an_error_of_ours(client: Client, other: Other, trusted: Trusted, body: bytes) -> None:
    assert other.ask(client, "POST", "/exchange/ack", body).status_code == 422


@pytest.mark.parametrize("key", ["", "a", "version"])
def test_the_idempotency_key_is_the_delivery_id_and_no_other_word(
    client: Client, other: Other, trusted: Trusted, key: str
) -> None:
    message = other.message(trusted[1])
    body, kind = multipart.written(canonical(message), {})
    headers = signed_headers("POST", f"{HOME}/exchange/inbox", body, key=other.key, at=AT, headers={"Idempotency-Key": key})
    assert client.generic("POST", "/exchange/inbox", body, content_type=kind, headers=headers).status_code == 422
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x85", "\u2029"])
@pytest.mark.parametrize("where", ["subject", "number", "to"])
def test_no_line_turns_its_direction(sign: str, where: str) -> None:
    message = Other().message(_Office(), letter={"number": "1", "subject": "ก", where: f"หนังสือ{sign}fdp.exe"})  # type: ignore[arg-type]
    with pytest.raises(Unreadable):
        read_envelope(canonical(message))


class _Office:
    uuid = NOBODY
    agency = type("A", (), {"name": "หน่วยงาน"})


def test_many_parts_more_than_announced_are_refused(client: Client, other: Other, trusted: Trusted) -> None:
    message = other.message(trusted[1])
    answer = other.post(client, message, {f"{place:064x}": b"" for place in range(300)})
    assert (answer.status_code, Arrival.objects.count()) == (422, 0)


def test_a_body_is_not_read_before_its_key_is_known(client: Client, other: Other, trusted: Trusted) -> None:
    """Whoever is no peer makes us hold no megabytes: the request is refused before its body."""

    class Watched:
        read_bytes = 0

        def read(self, size: int = -1) -> bytes:
            Watched.read_bytes += 1
            return b""

        readline = read

    headers = {"Signature": "phrom=:AA==:", "Signature-Input": 'phrom=();keyid="nobody"'}
    environ = {"wsgi.input": Watched(), "CONTENT_LENGTH": str(16 * 1024 * 1024)}
    answer = client.post("/exchange/inbox", headers=headers, **environ)  # type: ignore[arg-type]
    assert (answer.status_code, Watched.read_bytes) == (403, 0)


@pytest.mark.parametrize("who", ["another", "ours", "renamed"])
def test_whoever_a_peer_says_that_it_writes_for_the_tray_names_the_peer(
    client: Client, other: Other, trusted: Trusted, who: str
) -> None:
    """Only offices that the peer's own document lists stand alone; every other name is told with the peer's."""
    sender = {
        "another": {"id": str(uuid4()), "name": "กรมการปกครอง"},
        "ours": {"id": str(trusted[1].uuid), "name": trusted[1].agency.name},
        "renamed": {"id": str(other.office_id), "name": "กรมการปกครอง" + "ก" * 288},
    }[who]
    assert other.post(client, other.message(trusted[1], sender=sender)).status_code == 200
    named = Incoming.objects.get().from_name
    assert named.startswith(sender["name"][:50]) and other.name in named and len(named) <= 300


# What it says of itself


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "ระบบ\0"},
        {"name": "ระบบ\r\nBcc: x@example.org"},
        {"name": "ระบบ\u202efdp"},
        {"versions": (10**30,)},
        {"offices": (OfficeData.model_construct(id=NOBODY, name="ก", starts_on=AT.date(), ends_on=date(2020, 1, 1)),)},
        {"offices": (OfficeData.model_construct(id=NOBODY, name="ก\0", starts_on=AT.date()),)},
        {"offices": (OfficeData.model_construct(id=NOBODY, name="ก\nข", starts_on=AT.date()),)},
    ],
)
def test_a_document_with_what_no_name_may_hold_is_refused(
    other: Other, changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile document does not check itself."""
    monkeypatch.setattr("tests.factories.exchange.WellKnown", WellKnown.model_construct)
    other.name = changes.pop("name", other.name)
    with pytest.raises(Unreadable):
        read_well_known(other.document(**changes))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_key_from_the_end_of_time_is_refused_and_not_an_error(
    other: Other, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.factories.exchange.WellKnown", WellKnown.model_construct)
    key = KeyData.model_construct(keyid=other.key.keyid, public=other.key.public, valid_from=datetime.fromisoformat(moment))
    with pytest.raises(Unreadable):
        read_well_known(other.document(keys=(key,)))


def test_one_peers_rubbish_does_not_keep_the_others_waiting(trusted: Trusted, other: Other, monkeypatch: Any) -> None:
    """The first peer answers with something that no program expects; the second is fetched from all the same."""
    second = Other(name="ระบบที่สอง", url="https://second.example")
    Peer.objects.filter(pk=trusted[0].pk).update(we_pull=True, name="ก")
    make_peer(second, by=trusted[0].approved_by, we_pull=True, name="ข")
    asked: list[str] = []

    def answer(method: str, url: str, **_: object) -> Reply:
        asked.append(url)
        return Reply(200, DEEP if url.startswith(other.url) else b'{"envelopes": []}', {})

    monkeypatch.setattr(pulling, "call", answer)
    assert pulling.pull_due(at=AT) == 0
    assert asked == [f"{other.url}/exchange/outgoing", f"{second.url}/exchange/outgoing"]


def test_fetching_holds_no_more_in_memory_than_one_message_may_carry(
    trusted: Trusted, other: Other, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [{"name": f"{n}.pdf", "type": "", "size": 2**39, "sha256": f"{n:064x}"} for n in range(200)]
    message = other.message(trusted[1], files=files)
    Peer.objects.filter(pk=trusted[0].pk).update(we_pull=True)
    asked: list[str] = []

    def answer(method: str, url: str, **_: object) -> Reply:
        asked.append(url)
        return Reply(200, json.dumps({"envelopes": [canonical(message)]}).encode(), {})

    monkeypatch.setattr(pulling, "call", answer)
    pulling.pull_due(at=AT)
    assert [url for url in asked if "/files/" in url] == []


def test_the_directory_cannot_be_flooded_by_one_document(other: Other, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.factories.exchange.WellKnown", WellKnown.model_construct)
    offices = tuple(OfficeData(id=f"00000000-0000-4000-8000-{n:012d}", name="ก", starts_on="2024-01-01") for n in range(20_001))  # type: ignore[arg-type]
    with pytest.raises(Unreadable):
        read_well_known(other.document(offices=offices))


def test_an_unknown_key_makes_us_ask_at_most_once_a_minute(client: Client, other: Other, trusted: Trusted) -> None:
    Peer.objects.update(looked_up_at=None)
    for _ in range(3):
        other.keys = [new_key(other.node_id)]
        assert other.post(client, other.message(trusted[1])).status_code == 425
    assert Peer.objects.get().looked_up_at == AT


def test_a_key_that_was_smuggled_in_beside_the_compared_one_is_not_trusted(other: Other, monkeypatch: Any) -> None:
    """Whoever sits on the line adds a key of their own to the true ones: the telephone compares only the newest."""
    administrator = make_member(make_office().agency, "administrator")
    thief = new_key(other.node_id)
    keys = [
        KeyData(keyid=key.keyid, public=key.public, valid_from=AT - timedelta(days=days))
        for key, days in ((thief, 9), (other.key, 1))
    ]
    text = other.document(keys=tuple(keys), signed_by=[thief])
    monkeypatch.setattr(peers, "call", lambda *_, **__: Reply(200, text.encode(), {}))
    peer = peers.learn(url=other.url, at=AT, by=administrator)
    peers.approve(peer=peer, compared=fingerprint(other.key.public), at=AT, by=administrator)
    peer.refresh_from_db()
    assert peers.key_of(peer, other.key.keyid, AT) is not None
    assert peers.key_of(peer, thief.keyid, AT) is None


@pytest.mark.parametrize("until", [None, AT + timedelta(days=900)])
def test_a_key_that_its_node_announces_no_more_ends(other: Other, trusted: Trusted, monkeypatch: Any, until: Any) -> None:
    peer, stolen = trusted[0], other.key
    peer.keys.update(valid_until=until)  # type: ignore[attr-defined]
    other.keys.append(new_key(other.node_id))
    fresh = KeyData(keyid=other.key.keyid, public=other.key.public, valid_from=AT - timedelta(days=1))
    text = other.document(keys=(fresh,))
    monkeypatch.setattr(peers, "call", lambda *_, **__: Reply(200, text.encode(), {}))
    peers.look_up(peer=peer, at=AT)
    assert peers.key_of(peer, stolen.keyid, AT + timedelta(minutes=6)) is None
    assert peers.key_of(peer, other.key.keyid, AT) is not None


def test_a_peer_that_calls_itself_something_else_is_told(other: Other, trusted: Trusted, monkeypatch: Any) -> None:
    """The name was read when it was approved; another one, perhaps a ministry's, is for a person to look at."""
    text = other.document()
    monkeypatch.setattr(peers, "call", lambda *_, **__: Reply(200, text.encode(), {}))
    peers.look_up(peer=trusted[0], at=AT)
    assert not Alarm.objects.exists()
    other.name = "กรมการปกครอง"
    text = other.document()
    peers.look_up(peer=trusted[0], at=AT)
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.peer) == ("renamed", trusted[0]) and "กรมการปกครอง" in alarm.th


def test_made_up_notices_are_one_alarm(client: Client, other: Other, trusted: Trusted) -> None:
    for _ in range(4):
        assert other.post(client, other.notice(trusted[1], "accepted", uuid4())).status_code == 200
    assert Alarm.objects.count() == 1


# How it answers


def server(answer: Callable[[socket.socket], None]) -> tuple[str, socket.socket]:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            accepted, _ = listening.accept()
            accepted.recv(65536)
            answer(accepted)
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/", listening


def _slow_headers(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        line.sendall(b"a")
        time.sleep(0.1)


def _continues(line: socket.socket) -> None:
    for _ in range(1000):
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.01)


def _slow_chunk(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100):
        line.sendall(b"0")
        time.sleep(0.1)


def _slow_body(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    for _ in range(100):
        line.sendall(b"a")
        time.sleep(0.1)


@pytest.mark.parametrize("answer", [_slow_headers, _continues, _slow_chunk, _slow_body])
def test_an_answer_that_never_ends_ends_with_our_patience(answer: Callable[[socket.socket], None]) -> None:
    url, listening = server(answer)
    began = time.monotonic()
    with pytest.raises(Unreachable):
        call("GET", url, line=Line(seconds=1, private=True))
    listening.close()
    assert time.monotonic() - began < 9  # without a deadline these take ten seconds or for ever


def test_a_redirect_is_not_followed() -> None:
    url, listening = server(
        lambda line: line.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    )
    assert call("GET", url, line=Line(seconds=2, private=True)).status == 302
    listening.close()
