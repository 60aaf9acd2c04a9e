"""What waits for peers: queued with the act, the same on every try, until a signed receipt, a refusal or the expiry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from phrom.letters.actions import delivering, peers
from phrom.letters.actions.alarms import alarms_of, see_alarm
from phrom.letters.actions.delivering import alarm_late, expire_due, send_due
from phrom.letters.actions.fetching import fetch
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.actions.outbox import NotTrusted, queue_letter, try_now
from phrom.letters.actions.own_node import own_node
from phrom.letters.actions.peers import Ways, block, set_ways
from phrom.letters.actions.pulling import pull_due
from phrom.letters.actions.recalling import recall, resend
from phrom.letters.exchange import multipart
from phrom.letters.exchange.client import Reply
from phrom.letters.exchange.envelope import read as read_envelope
from phrom.letters.exchange.envelope import sha256_of
from phrom.letters.exchange.signed_json import canonical
from phrom.letters.exchange.signing import verified_key
from phrom.letters.exchange.trouble import SecretsNotTaken, Unreachable
from phrom.letters.models import Alarm, Incoming, Office, Outgoing, Peer, Recipient, WantedFile
from phrom.shared.journal.models import AuditEvent
from tests.factories.exchange import AT, HOME, Other, make_letter_to, make_trusted, new_key, own_public
from tests.factories.letters import make_clerk
from tests.shared.files.specimens import pdf

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Trusted = tuple[Peer, Office]


class Wire:
    """The other side of every request: notes what was sent, answers as the test says."""

    def __init__(self, other: Other) -> None:
        self.other, self.bodies, self.urls = other, list[bytes](), list[str]()
        self.answer: Callable[[str], Reply] = self.receipt

    def __call__(self, method: str, url: str, *, headers: dict[str, str] | None = None, body: bytes = b"", **_: Any) -> Reply:
        self.urls.append(url)
        if url.endswith("phrom-exchange.json"):
            return Reply(200, self.other.document().encode(), {})
        assert verified_key(method, url, headers or {}, body, key_of=own_public, at=AT + timedelta(days=30)) or True
        self.bodies.append(body)
        return self.answer(multipart.read(body, (headers or {})["Content-Type"])[0] if b"envelope" in body else url)

    def receipt(self, envelope: str) -> Reply:
        return Reply(200, self.other.receipt(envelope, own_node().node_id).encode(), {})


@pytest.fixture
def other() -> Other:
    return Other()


@pytest.fixture
def trusted(other: Other, settings: Any) -> Trusted:
    settings.PHROM_BASE_URL = HOME
    return make_trusted(other)


@pytest.fixture
def wire(other: Other, monkeypatch: pytest.MonkeyPatch) -> Wire:
    found = Wire(other)
    monkeypatch.setattr("phrom.letters.exchange.signing.SKEW", timedelta(days=100))
    for module in ("delivering", "peers", "fetching", "pulling"):
        monkeypatch.setattr(f"phrom.letters.actions.{module}.call", found)
    return found


def issued(trusted: Trusted, **more: Any) -> Recipient:
    recipient = make_letter_to(*trusted, **more)
    issue_letter(letter=recipient.letter, by=recipient.letter.drafted_by, at=AT)
    return Recipient.objects.get(pk=recipient.pk)


def state(recipient: Recipient) -> str:
    return Recipient.objects.get(pk=recipient.pk).state


def test_a_letter_is_queued_with_its_number_or_not_at_all(trusted: Trusted) -> None:
    recipient = make_letter_to(*trusted)
    with pytest.raises(RuntimeError), transaction.atomic():
        issue_letter(letter=recipient.letter, by=recipient.letter.drafted_by, at=AT)
        raise RuntimeError
    assert (Outgoing.objects.count(), DBTaskResult.objects.count()) == (0, 0)
    issue_letter(letter=recipient.letter, by=recipient.letter.drafted_by, at=AT)
    assert (Outgoing.objects.count(), state(recipient)) == (1, "queued")
    assert DBTaskResult.objects.filter(task_path__endswith="deliver").count() == 1


def test_a_letter_goes_with_its_pdf_and_is_delivered_by_the_receipt(trusted: Trusted, wire: Wire) -> None:
    recipient = issued(trusted)
    assert send_due(at=AT) == 1
    sent = Outgoing.objects.get()
    envelope = read_envelope(sent.envelope)
    assert envelope.letter is not None
    assert (envelope.letter.number, envelope.files[0].main) == ("ชม 0017.2/1", True)
    assert envelope.files[0].sha256.encode() in wire.bodies[0]
    assert (state(recipient), bool(sent.receipt), sent.done_at is not None) == ("delivered", True, True)
    assert send_due(at=AT + MINUTE * 600) == 0


def test_a_lost_answer_is_asked_for_again_with_the_same_message(trusted: Trusted, wire: Wire) -> None:
    recipient = issued(trusted)
    wire.answer = lambda _: (_ for _ in ()).throw(Unreachable("the line went dead"))
    assert send_due(at=AT) == 0
    assert (send_due(at=AT), state(recipient)) == (0, "sending")  # not before its pause is over
    wire.answer = wire.receipt
    assert send_due(at=AT + MINUTE * 2) == 1
    texts = {body.split(b"\r\n\r\n")[1].split(b"\r\n")[0] for body in wire.bodies}
    assert (len(wire.bodies), len(texts), state(recipient)) == (2, 1, "delivered")


def test_who_was_killed_while_sending_holds_the_message_for_two_minutes(trusted: Trusted, wire: Wire) -> None:
    issued(trusted)
    assert delivering._take_one(AT) is not None  # and then kill -9
    assert send_due(at=AT + MINUTE) == 0
    assert send_due(at=AT + MINUTE * 2 + timedelta(seconds=1)) == 1


@pytest.mark.parametrize("status", [400, 403, 404, 413, 415, 422])
def test_what_will_never_be_taken_stops_and_the_clerk_is_told(trusted: Trusted, wire: Wire, status: int) -> None:
    recipient = issued(trusted)
    wire.answer = lambda _: Reply(status, b"no", {})
    send_due(at=AT)
    assert (state(recipient), [alarm.kind for alarm in alarms_of([trusted[1].agency_id])]) == ("rejected", ["stopped"])
    assert send_due(at=AT + timedelta(days=2)) == 0


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 503])
def test_what_may_be_taken_later_is_tried_again(trusted: Trusted, wire: Wire, status: int) -> None:
    recipient = issued(trusted)
    wire.answer = lambda _: Reply(status, b"later", {})
    send_due(at=AT)
    assert Alarm.objects.filter(kind="other_content").exists() == (status == 409)
    wire.answer = wire.receipt
    assert (send_due(at=AT + MINUTE * 2), state(recipient)) == (1, "delivered")


def test_a_receipt_that_proves_nothing_delivers_nothing(trusted: Trusted, wire: Wire, other: Other) -> None:
    recipient = issued(trusted)
    stranger = Other(node_id=other.node_id, url=other.url)
    wrong = [
        lambda envelope: other.receipt(envelope + " ", own_node().node_id),
        lambda envelope: other.receipt(envelope, own_node().node_id, key=stranger.key),
        lambda _: "{}",
        lambda _: "",
    ]
    for number, make in enumerate(wrong):
        wire.answer = lambda envelope, make=make: Reply(200, make(envelope).encode(), {})  # type: ignore[misc]
        assert send_due(at=AT + timedelta(hours=12 * number)) == 0
    assert (state(recipient), len(wire.bodies)) == ("sending", len(wrong))


def test_a_receipt_by_a_new_key_is_believed_after_looking_it_up(trusted: Trusted, wire: Wire, other: Other) -> None:
    recipient = issued(trusted)
    other.keys.append(new_key(other.node_id))
    Peer.objects.update(looked_up_at=None)
    assert (send_due(at=AT), state(recipient)) == (1, "delivered")
    assert trusted[0].keys.count() == 2  # type: ignore[attr-defined]


def test_five_failures_open_the_breaker_and_one_answer_closes_it(trusted: Trusted, wire: Wire) -> None:
    for _ in range(7):
        issued(trusted)
    wire.answer = lambda _: (_ for _ in ()).throw(Unreachable("away"))
    send_due(at=AT)
    assert (len(wire.bodies), Peer.objects.get().failures, Alarm.objects.get(peer=trusted[0]).kind) == (5, 5, "away")
    wire.answer = wire.receipt
    assert send_due(at=AT + timedelta(seconds=50)) == 0
    assert send_due(at=AT + timedelta(hours=1)) == 7
    assert (Peer.objects.get().failures, Peer.objects.get().rests_until) == (0, None)


def test_trying_now_does_not_wait(trusted: Trusted, wire: Wire) -> None:
    issued(trusted)
    wire.answer = lambda _: Reply(503, b"", {})
    send_due(at=AT)
    Peer.objects.update(rests_until=AT + MINUTE * 30)
    wire.answer = wire.receipt
    try_now(outgoing=Outgoing.objects.get(), by=make_clerk(trusted[1], "administrator"), at=AT)
    assert send_due(at=AT) == 1


def test_after_three_days_it_is_given_up_and_a_late_word_still_counts(trusted: Trusted, wire: Wire, other: Other) -> None:
    recipient = issued(trusted)
    wire.answer = lambda _: (_ for _ in ()).throw(Unreachable("away"))
    send_due(at=AT)
    assert expire_due(at=AT + timedelta(days=2, hours=23)) == 0
    late = AT + timedelta(days=3, minutes=1)
    assert (expire_due(at=late), expire_due(at=late), state(recipient)) == (1, 0, "expired")
    sent = Outgoing.objects.get()
    delivering.settle(outgoing=sent, receipt=other.receipt(sent.envelope, own_node().node_id), at=late)
    assert state(recipient) == "delivered"


def test_sending_again_names_what_was_sent_before(trusted: Trusted, wire: Wire) -> None:
    recipient = issued(trusted)
    first = Outgoing.objects.get().delivery_id
    wire.answer = lambda _: Reply(422, b"no", {})
    send_due(at=AT)
    resend(recipient=recipient, by=recipient.letter.drafted_by, at=AT + MINUTE)
    wire.answer = wire.receipt
    assert send_due(at=AT + MINUTE) == 1
    assert read_envelope(Outgoing.objects.latest("pk").envelope).again == (first,)


@pytest.mark.parametrize(("speed", "alarms"), [("001", 0), ("002", 1), ("004", 1)])
def test_an_urgent_letter_alarms_after_half_an_hour(trusted: Trusted, speed: str, alarms: int) -> None:
    issued(trusted, speed=speed)
    assert alarm_late(at=AT + MINUTE * 29) == 0
    for minutes in (31, 45):
        assert alarm_late(at=AT + MINUTE * minutes) == alarms
    found = alarms_of([trusted[1].agency_id])
    assert [alarm.kind for alarm in found] == ["late"] * alarms
    for alarm in found:
        see_alarm(alarm=alarm, by=make_clerk(trusted[1]), at=AT)
    assert alarms_of([trusted[1].agency_id]) == []


def test_recalled_before_the_first_try_never_leaves(trusted: Trusted, wire: Wire) -> None:
    recipient = issued(trusted)
    recall(recipient=recipient, because="ส่งผิดหน่วยงาน", by=recipient.letter.drafted_by, at=AT)
    assert (send_due(at=AT), wire.bodies, state(recipient)) == (0, [], "recalled")


def test_recalled_after_a_try_is_asked_back(trusted: Trusted, wire: Wire) -> None:
    recipient = issued(trusted)
    wire.answer = lambda _: (_ for _ in ()).throw(Unreachable("nobody knows whether it arrived"))
    send_due(at=AT)
    recall(recipient=recipient, because="ส่งผิดหน่วยงาน", by=recipient.letter.drafted_by, at=AT)
    wire.answer = wire.receipt
    assert send_due(at=AT + MINUTE * 2) == 1
    notice = read_envelope(Outgoing.objects.latest("pk").envelope)
    assert notice.about is not None
    assert (notice.purpose, notice.about.reason, state(recipient)) == ("recalled", "ส่งผิดหน่วยงาน", "recalled")


def test_no_secret_letter_and_nothing_to_a_blocked_peer(trusted: Trusted, wire: Wire) -> None:
    recipient = make_letter_to(*trusted, secrecy="002")
    with pytest.raises(SecretsNotTaken):
        queue_letter(recipient=recipient, at=AT)
    issued(trusted)
    block(peer=trusted[0], by=make_clerk(trusted[1], "administrator"), at=AT)
    assert (send_due(at=AT), wire.urls) == (0, [])
    with pytest.raises(NotTrusted):
        queue_letter(recipient=make_letter_to(Peer.objects.get(), trusted[1]), at=AT)


def test_a_secret_letter_is_told_in_no_open_chain_and_no_alarm_of_clerks(trusted: Trusted, wire: Wire) -> None:
    Peer.objects.update(takes_secrets=True)
    recipient = issued((Peer.objects.get(), trusted[1]), secrecy="002", subject="ช้างเผือก", speed="004")
    wire.answer = lambda _: Reply(422, b"no", {})
    send_due(at=AT)
    assert (state(recipient), alarms_of([trusted[1].agency_id])) == ("rejected", [])
    told = AuditEvent.objects.exclude(chain__contains=":secret:").values_list("details", flat=True)
    assert "ช้างเผือก" not in str(list(told))
    assert str(Outgoing.objects.get().delivery_id) not in str(list(told))


def test_what_a_peer_fetches_itself_is_not_sent(trusted: Trusted, wire: Wire) -> None:
    issued(trusted)
    set_ways(peer=trusted[0], ways=Ways(they_pull=True), by=make_clerk(trusted[1], "administrator"), at=AT)
    assert (send_due(at=AT), wire.urls) == (0, [])


def test_fetching_takes_first_and_acknowledges_after(trusted: Trusted, wire: Wire, other: Other) -> None:
    content = pdf(body=b"letter")
    file = {"name": "a.pdf", "size": len(content), "sha256": sha256_of(content)}
    envelope = canonical(other.message(trusted[1], files=[file]))
    answers = {"outgoing": canonical({"envelopes": [envelope]}).encode(), "ack": b"{}", sha256_of(content): content}
    wire.answer = lambda url: Reply(200, answers[url.rsplit("/", 1)[1]], {})
    Peer.objects.update(we_pull=True)
    assert [pull_due(at=AT), pull_due(at=AT)] == [1, 1]  # the acknowledgement was lost once: the same receipt goes again
    assert (Incoming.objects.count(), wire.bodies[2], b"receipts" in wire.bodies[2]) == (1, wire.bodies[5], True)


def test_a_large_file_is_fetched_in_pieces_and_only_the_right_one_kept(trusted: Trusted, wire: Wire) -> None:
    content = pdf(body=b"x" * 9_000_000)
    wanted = WantedFile.objects.create(peer=trusted[0], sha256=sha256_of(content), size=len(content), name="a.pdf", asked_at=AT)
    pieces = [content[start : start + 4194304] for start in range(0, len(content), 4194304)]
    for spoiled in (True, False):
        queue = iter([b"y" + pieces[0][1:], *pieces[1:]] if spoiled else pieces)
        wire.answer = lambda _, queue=queue: Reply(206, next(queue), {})  # type: ignore[misc]
        assert (fetch(wanted=wanted, at=AT).file is None) == spoiled
    assert len(wire.bodies) == 6


def test_a_peer_that_is_down_does_not_hold_up_the_others(trusted: Trusted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "call", lambda *_, **__: (_ for _ in ()).throw(Unreachable("away")))
    assert peers.refresh_due(at=AT + timedelta(days=1)) == 0
