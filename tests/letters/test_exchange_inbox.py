"""What comes from a peer is taken once, for good, in one transaction; the answer is a signed receipt of what is committed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from phrom.letters.actions import inbox
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.own_node import own_node
from phrom.letters.actions.recalling import recall
from phrom.letters.actions.receiving import accept, reject
from phrom.letters.exchange.documents import read_receipt
from phrom.letters.exchange.envelope import digest_of, sha256_of
from phrom.letters.exchange.signed_json import canonical
from phrom.letters.models import Alarm, Arrival, Incoming, Office, Outgoing, Peer, Recipient, WantedFile
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import read
from phrom.shared.journal.models import AuditEvent
from tests.factories.exchange import AT, HOME, Other, make_letter_to, make_peer, make_trusted, new_key, own_public
from tests.factories.letters import make_clerk
from tests.shared.files.specimens import pdf

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def here(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """We have an address, and it is 11 June 2567."""
    settings.PHROM_BASE_URL = HOME
    monkeypatch.setattr("phrom.config.middleware.clock.now", lambda: AT)


@pytest.fixture
def other() -> Other:
    return Other()


@pytest.fixture
def trusted(other: Other) -> tuple[Peer, Office]:
    return make_trusted(other)


Trusted = tuple[Peer, Office]


def test_a_letter_lies_in_the_tray_and_the_receipt_proves_it(client: Client, other: Other, trusted: Trusted) -> None:
    message = other.message(trusted[1], letter={"number": "ลพ 1", "subject": "เรื่อง", "speed": "003", "due": "2024-06-30"})
    answer = other.post(client, message)
    found = read_receipt(answer.content.decode(), own_public)
    assert (found.digest, found.node_id) == (digest_of(canonical(message)), own_node().node_id)
    incoming = Incoming.objects.get()
    assert (incoming.office, incoming.their_number, incoming.speed, incoming.from_name) == (
        trusted[1],
        "ลพ 1",
        "003",
        "สำนักงานจังหวัดลำพูน",
    )
    assert (incoming.waits, str(incoming.due_on)) == (True, "2024-06-30")
    assert Arrival.objects.get().receipt == answer.content.decode()


def test_a_repeat_gets_the_stored_receipt_and_doubles_nothing(client: Client, other: Other, trusted: Trusted) -> None:
    message = other.message(trusted[1])
    answers = {other.post(client, message).content for _ in range(3)}
    assert (len(answers), Incoming.objects.count(), Arrival.objects.count()) == (1, 1, 1)
    events = list(AuditEvent.objects.filter(event__startswith="exchange.re").values_list("event", flat=True))
    assert events == ["exchange.received", "exchange.repeated", "exchange.repeated"]


def test_other_content_under_the_same_id_is_an_alarm(client: Client, other: Other, trusted: Trusted) -> None:
    message = other.message(trusted[1])
    first = other.post(client, message).content
    altered = other.post(client, {**message, "letter": {"number": "1", "subject": "แก้แล้ว"}})
    assert (altered.status_code, altered.json()["error"]) == (409, "OtherContent")
    assert (Alarm.objects.get().kind, Incoming.objects.get().subject) == ("other_content", "ขอความอนุเคราะห์ข้อมูล")
    assert other.post(client, message).content == first


def test_a_repeat_after_the_expiry_still_gets_its_receipt(client: Client, other: Other, trusted: Trusted) -> None:
    message = other.message(trusted[1])
    first = inbox.take(came=inbox.Came(trusted[0], canonical(message), {}), at=AT)
    again = inbox.take(came=inbox.Came(trusted[0], canonical(message), {}), at=AT + timedelta(days=30))
    assert again == first


def test_nothing_is_answered_that_is_not_committed(
    client: Client, other: Other, trusted: Trusted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal fails last, after letter and receipt were written: all of it is gone, and the retry is taken."""
    message = other.message(trusted[1])
    with monkeypatch.context() as broken:
        broken.setattr(inbox, "_tell", lambda *_: (_ for _ in ()).throw(RuntimeError("the disk is gone")))
        client.raise_request_exception = False
        assert other.post(client, message).status_code == 500
    assert (Incoming.objects.count(), Arrival.objects.count()) == (0, 0)
    assert other.post(client, message).status_code == 200
    assert Incoming.objects.count() == 1


def test_two_ids_of_the_same_sending_are_one_letter(client: Client, other: Other, trusted: Trusted) -> None:
    """The sender gave up and sent anew, but the first one had arrived."""
    first = other.message(trusted[1])
    other.post(client, first)
    assert other.post(client, other.message(trusted[1], again=[first["delivery_id"]])).status_code == 200
    assert (Incoming.objects.count(), Arrival.objects.count()) == (1, 2)


def test_files_come_along_and_are_checked(client: Client, other: Other, trusted: Trusted) -> None:
    content = pdf(body=b"letter")
    file = {"name": "หนังสือ.pdf", "size": len(content), "sha256": sha256_of(content), "main": True}
    message = other.message(trusted[1], files=[file])
    assert other.post(client, message, {sha256_of(content): content + b" "}).status_code == 422
    assert Arrival.objects.count() == 0
    assert other.post(client, message, {sha256_of(content): content}).status_code == 200
    kept = Incoming.objects.get().files.get()
    assert (kept.name, kept.is_main, b"".join(read(kept.file))) == ("หนังสือ.pdf", True, content)


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"<html>"), ("a.exe", b"MZ"), ("a.docx", b"PK\x03\x04"), ("a", b"x")])
def test_hostile_files_are_refused(client: Client, other: Other, trusted: Trusted, name: str, content: bytes) -> None:
    file = {"name": name, "size": len(content), "sha256": sha256_of(content)}
    answer = other.post(client, other.message(trusted[1], files=[file]), {sha256_of(content): content})
    assert (answer.status_code, Incoming.objects.count()) == (415, 0)


def test_a_large_file_is_fetched_before_the_letter_is_taken(client: Client, other: Other, trusted: Trusted) -> None:
    content = pdf(body=b"large")
    message = other.message(trusted[1], files=[{"name": "a.pdf", "size": len(content), "sha256": sha256_of(content)}])
    answer = other.post(client, message)
    assert (answer.status_code, answer["Retry-After"], Incoming.objects.count()) == (425, "10", 0)
    WantedFile.objects.update(file=StoredFile.objects.create(sha256="9" * 64, size=1, content_type="x", stored_at=AT))
    assert other.post(client, message).status_code == 200


def test_naming_the_hash_of_a_file_of_ours_hands_nothing_out(client: Client, other: Other, trusted: Trusted) -> None:
    StoredFile.objects.create(sha256="1" * 64, size=1, content_type="x", stored_at=AT)
    message = other.message(trusted[1], files=[{"name": "a.pdf", "size": 1, "sha256": "1" * 64}])
    assert other.post(client, message).status_code == 425
    assert other.ask(client, "GET", f"/exchange/files/{'1' * 64}").status_code == 404


def test_who_is_refused(client: Client, other: Other, trusted: Trusted, settings: Any) -> None:
    peer, office = trusted
    status = {
        "not here": other.post(client, other.message(office, receiver={"id": str(uuid4()), "name": "ไม่มี"})).status_code,
        "expired": other.post(client, other.message(office, expires=AT.isoformat())).status_code,
        "secret": other.post(
            client, other.message(office, letter={"number": "1", "subject": "ลับ", "secrecy": "002"})
        ).status_code,
        "clock": other.post(client, other.message(office), at=AT - timedelta(minutes=6)).status_code,
        "stranger": Other().post(client, other.message(office)).status_code,
    }
    settings.PHROM_EXCHANGE_PER_MINUTE = 0
    status["too many"] = other.post(client, other.message(office)).status_code
    Peer.objects.filter(pk=peer.pk).update(blocked_at=AT)
    status["blocked"] = other.post(client, other.message(office)).status_code
    expected = {"not here": 404, "expired": 422, "secret": 422, "clock": 403, "stranger": 403, "too many": 429, "blocked": 403}
    assert (status, Incoming.objects.count()) == (expected, 0)


def test_secret_letters_come_where_they_are_allowed(client: Client, other: Other, trusted: Trusted) -> None:
    Peer.objects.update(takes_secrets=True)
    letter = {"number": "1", "subject": "ลับเฉพาะ", "secrecy": "002"}
    assert other.post(client, other.message(trusted[1], letter=letter)).status_code == 200
    told = " ".join(str(details) for details in AuditEvent.objects.values_list("details", flat=True))
    assert "ลับเฉพาะ" not in told


def test_an_office_is_received_for_between_its_days(client: Client, other: Other, trusted: Trusted) -> None:
    trusted[1].hostings.update(ends_on=AT.date() - timedelta(days=1))  # type: ignore[attr-defined]
    assert other.post(client, other.message(trusted[1])).status_code == 404


def test_a_new_key_is_looked_up_and_the_sender_told_to_come_again(client: Client, other: Other, trusted: Trusted) -> None:
    other.keys.append(new_key(other.node_id))
    Peer.objects.update(looked_up_at=None)
    assert other.post(client, other.message(trusted[1])).status_code == 425
    assert Peer.objects.get().looked_up_at == AT


def sent(trusted: Trusted) -> tuple[Recipient, Outgoing]:
    recipient = make_letter_to(*trusted)
    issue_letter(letter=recipient.letter, by=recipient.letter.drafted_by, at=AT)
    return recipient, Outgoing.objects.get(purpose="letter")


@pytest.mark.parametrize(
    ("purpose", "words", "state"),
    [
        ("accepted", {"number": "รับ 7", "dated": "2024-06-12", "official": "นางสาวฝ้าย"}, "accepted"),
        ("rejected", {"reason": "ไม่ใช่เรื่องของหน่วยงานนี้"}, "rejected"),
        ("invalid", {"reason": "ไฟล์ไม่ครบ"}, "invalid"),
    ],
)
def test_what_the_other_side_did_is_seen_even_before_the_receipt(
    client: Client, other: Other, trusted: Trusted, purpose: str, words: dict[str, str], state: str
) -> None:
    recipient, outgoing = sent(trusted)
    for _ in range(2):
        notice = other.notice(trusted[1], purpose, outgoing.delivery_id, **words)
        assert other.post(client, notice).status_code == 200
    recipient.refresh_from_db()
    assert (recipient.state, recipient.accept_number) == (state, words.get("number", ""))
    assert [row.state for row in recipient.statuses.all()] == ["queued", "delivered", state]  # type: ignore[attr-defined]


def test_an_answer_is_marked_by_its_notice_and_by_the_letter_itself(client: Client, other: Other, trusted: Trusted) -> None:
    recipient, outgoing = sent(trusted)
    other.post(client, other.notice(trusted[1], "answered", outgoing.delivery_id, number="ลพ 9"))
    recipient.refresh_from_db()
    assert recipient.answer_number == "ลพ 9"
    letter = {"number": "ลพ 10", "subject": "ตอบ"}
    other.post(client, other.message(trusted[1], letter=letter, answers=str(outgoing.delivery_id)))
    recipient.refresh_from_db()
    assert (recipient.answer_number, recipient.answered_at) == ("ลพ 10", AT)


def test_accepted_there_while_recalled_here_is_told_to_the_clerk(client: Client, other: Other, trusted: Trusted) -> None:
    recipient, outgoing = sent(trusted)
    recall(recipient=recipient, because="ส่งผิดหน่วยงาน", by=recipient.letter.drafted_by, at=AT)
    assert other.post(client, other.notice(trusted[1], "accepted", outgoing.delivery_id, number="7")).status_code == 200
    assert Alarm.objects.get().kind == "crossed"


def test_a_notice_about_nothing_of_ours_is_an_alarm(client: Client, other: Other, trusted: Trusted) -> None:
    assert other.post(client, other.notice(trusted[1], "accepted", uuid4(), number="7")).status_code == 200
    assert Alarm.objects.get().kind == "unknown_letter"


@pytest.mark.parametrize("early", [False, True], ids=["after the letter", "before the letter"])
def test_what_its_sender_takes_back_is_off_the_tray(client: Client, other: Other, trusted: Trusted, early: bool) -> None:
    message = other.message(trusted[1])
    both = [message, other.notice(trusted[1], "recalled", message["delivery_id"], reason="ส่งผิด")]
    for each in reversed(both) if early else both:
        assert other.post(client, each).status_code == 200
    assert not Incoming.objects.get().waits


def test_our_number_and_our_refusal_go_back(client: Client, other: Other, trusted: Trusted) -> None:
    for verb, words in ((accept, {}), (reject, {"because": "ไม่ใช่ของเรา"})):
        other.post(client, other.message(trusted[1]))
        incoming = Incoming.objects.latest("pk")
        verb(incoming=incoming, by=make_clerk(trusted[1]), at=LATER, **words)  # type: ignore[operator]
    notices = Outgoing.objects.order_by("pk")
    assert [notice.purpose for notice in notices] == ["accepted", "rejected"]
    assert '"number":"1"' in notices[0].envelope
    assert "ไม่ใช่ของเรา" in notices[1].envelope


def test_fetching_and_acknowledging(client: Client, other: Other, trusted: Trusted) -> None:
    recipient, outgoing = sent(trusted)
    (envelope,) = other.ask(client, "GET", "/exchange/outgoing").json()["envelopes"]
    file = envelope.split('"sha256":"')[1][:64]
    whole = other.ask(client, "GET", f"/exchange/files/{file}").content
    part = other.ask(client, "GET", f"/exchange/files/{file}", Range="bytes=10-19")
    assert (sha256_of(whole), part.status_code, part.content) == (file, 206, whole[10:20])
    receipt = other.receipt(envelope, own_node().node_id)
    for _ in range(2):
        body = canonical({"receipts": [receipt]}).encode()
        assert other.ask(client, "POST", "/exchange/ack", body).json() == {"kept": 1}
    recipient.refresh_from_db()
    outgoing.refresh_from_db()
    assert (recipient.state, outgoing.receipt) == ("delivered", receipt)
    assert other.ask(client, "GET", "/exchange/outgoing").json() == {"envelopes": []}


def test_a_receipt_for_something_else_is_not_kept(client: Client, other: Other, trusted: Trusted) -> None:
    sent(trusted)
    (envelope,) = other.ask(client, "GET", "/exchange/outgoing").json()["envelopes"]
    for wrong in (other.receipt(envelope + " ", own_node().node_id), other.receipt(envelope, uuid4())):
        assert other.ask(client, "POST", "/exchange/ack", canonical({"receipts": [wrong]}).encode()).status_code == 403
    assert not Outgoing.objects.exclude(receipt="").exists()


def test_a_file_of_another_peers_letter_is_not_handed_out(client: Client, other: Other, trusted: Trusted) -> None:
    sent(trusted)
    (envelope,) = other.ask(client, "GET", "/exchange/outgoing").json()["envelopes"]
    file = envelope.split('"sha256":"')[1][:64]
    stranger = Other(name="ระบบที่สาม", url="https://third.example")
    make_peer(stranger, by=trusted[0].approved_by)
    assert stranger.ask(client, "GET", f"/exchange/files/{file}").status_code == 404
