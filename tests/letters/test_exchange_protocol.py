"""What two installations say to each other: signatures, envelopes, fingerprints, waiting times, addresses. No database."""

from __future__ import annotations

import json
import random
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.letters.exchange import envelope as envelopes
from phrom.letters.exchange import multipart, pacing, signed_json
from phrom.letters.exchange.client import Line, call, is_outside
from phrom.letters.exchange.documents import read_receipt, read_well_known
from phrom.letters.exchange.keys import fingerprint, load_key, make_key, public_key, same_fingerprint
from phrom.letters.exchange.signing import signed_headers, verified_key
from phrom.letters.exchange.trouble import ForbiddenAddress, NotSigned, Unreachable, Unreadable
from tests.factories.exchange import Other, new_key

AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
URL, BODY = "https://phrom.example/exchange/inbox", "หนังสือ".encode()
KEY = new_key(uuid4())


def headers(**how: object) -> dict[str, str]:
    given = {"Idempotency-Key": "abc"}
    return signed_headers("POST", str(how.get("url", URL)), BODY, key=KEY, at=how.get("at", AT), headers=given)  # type: ignore[arg-type]


def check(method: str = "POST", url: str = URL, body: bytes = BODY, at: datetime = AT, **changed: str) -> str:
    found = headers() | {name.replace("_", "-"): value for name, value in changed.items()}
    known = {KEY.keyid: KEY.private.public_key()}
    return verified_key(method, url, found, body, key_of=known.get, at=at)


def test_a_signed_request_names_its_key() -> None:
    assert check() == KEY.keyid


@pytest.mark.parametrize(
    "altered",
    [
        {"method": "PUT"},
        {"url": URL + "?a=1"},
        {"url": "https://other.example/exchange/inbox"},
        {"body": BODY + b" "},
        {"body": b""},
        {"Idempotency_Key": "abd"},
        {"Content_Digest": "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"},
        {"Signature": "phrom=:" + "A" * 86 + "==:"},
    ],
)
def test_each_altered_part_is_refused(altered: dict[str, object]) -> None:
    with pytest.raises(NotSigned):
        check(**altered)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "part", ['"content-digest"', '"@method"', '"@target-uri"', '"idempotency-key"', "created", "keyid", "tag"]
)
def test_nothing_may_be_left_out_of_the_signature(part: str) -> None:
    found = headers()
    found["Signature-Input"] = found["Signature-Input"].replace(part, '"x-other"' if part.startswith('"') else "other")
    with pytest.raises(NotSigned):
        verified_key("POST", URL, found, BODY, key_of=lambda _: KEY.private.public_key(), at=AT)


@pytest.mark.parametrize(("seconds", "fine"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)])
def test_clocks_may_differ_by_five_minutes(seconds: int, fine: bool) -> None:
    moment = AT + timedelta(seconds=seconds)
    if fine:
        assert check(at=moment)
    else:
        with pytest.raises(NotSigned, match="here it is"):
            check(at=moment)


def test_an_unknown_key_and_no_signature_are_refused() -> None:
    with pytest.raises(NotSigned):
        verified_key("POST", URL, headers(), BODY, key_of=lambda _: None, at=AT)
    with pytest.raises(NotSigned):
        verified_key("POST", URL, {}, BODY, key_of=lambda _: KEY.private.public_key(), at=AT)


def test_a_key_is_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    key = make_key(tmp_path / "keys", uuid4())
    file = tmp_path / "keys" / f"{key.keyid}.key"
    assert (file.stat().st_mode & 0o777, load_key(tmp_path / "keys", key.keyid).public) == (0o600, key.public)


def test_a_fingerprint_can_be_read_over_the_telephone() -> None:
    shown = fingerprint(KEY.public)
    assert len(shown.split("-")) == 5
    assert set(shown) & set("01OIL") == set()
    assert same_fingerprint(shown, shown.lower().replace("-", " "))
    assert not same_fingerprint(shown, fingerprint(new_key(uuid4()).public))
    assert not same_fingerprint("", "")


def message(**changes: object) -> dict[str, object]:
    office = Other()
    address = {"id": str(office.office_id), "name": "สำนักงาน"}
    made, expires = AT.isoformat(), (AT + timedelta(days=3)).isoformat()
    basic = {"delivery_id": str(uuid4()), "purpose": "letter", "made_at": made, "expires": expires, "sender": address}
    return {"version": 1, **basic, "receiver": address, "letter": {"number": "1", "subject": "เรื่อง"}, **changes}


def test_an_envelope_is_the_same_after_writing_and_reading() -> None:
    found = envelopes.read(json.dumps(message()))
    assert envelopes.read(envelopes.written(found)) == found


def test_unknown_members_are_ignored_and_the_version_before_is_read() -> None:
    for version in (1, 0):
        found = envelopes.read(json.dumps(message(version=version, colour={"deep": [1, 2]})))
        assert found.version == version


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"version": "1x"},
        {"purpose": "greeting"},
        {"purpose": "accepted"},
        {"letter": None},
        {"about": {"delivery_id": str(uuid4())}},
        {"delivery_id": "1"},
        {"made_at": "2024-06-11"},
        {"expires": "soon"},
        {"sender": {"id": str(uuid4()), "name": ""}},
        {"letter": {"number": "1", "subject": "a\nb"}},
        {"letter": {"number": "1", "subject": "a", "speed": "005"}},
        {"letter": {"number": "1", "subject": "ก" * 501}},
        {"letter": {"number": "1", "subject": "a", "content": {"text": "\0"}}},
        {"letter": {"number": "1", "subject": "a", "content": {"text": "\ud800"}}},
        {"files": [{"name": "a.pdf", "size": 0, "sha256": "0" * 64}]},
        {"files": [{"name": "a.pdf", "size": 1, "sha256": "x"}]},
        {"files": [{"name": "a.pdf", "size": 1, "sha256": "0" * 64}] * 2},
    ],
)
def test_what_no_envelope_may_say_is_refused_with_the_reason(wrong: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        envelopes.read(json.dumps(message(**wrong)))


@pytest.mark.parametrize("text", ["", "[]", "1", "null", '{"version": NaN}', "[" * 100_000, "{" * 500, '"' + "x" * 1_100_000])
def test_what_is_no_envelope_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        envelopes.read(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    for found in (value, message(letter=value), message(files=value), message(sender=value)):
        try:
            envelopes.read(json.dumps(found))
        except Unreadable:
            continue


def test_expired_is_refused() -> None:
    found = envelopes.read(json.dumps(message()))
    envelopes.refuse_expired(found, AT)
    with pytest.raises(Unreadable, match="expired"):
        envelopes.refuse_expired(found, AT + timedelta(days=3))


def test_the_body_carries_files_byte_for_byte() -> None:
    content = bytes(range(256)) * 50 + b"\r\n--phrom-\r\n"
    body, kind = multipart.written("{}", {"a" * 64: content})
    assert multipart.read(body, kind) == ("{}", {"a" * 64: content})
    for wrong in (body[:40], b"", b"{}"):
        with pytest.raises(Unreadable):
            multipart.read(wrong, kind)


def test_a_document_is_believed_only_by_a_known_key() -> None:
    other = Other()
    document, keyid = read_well_known(other.document())
    assert (document.node_id, keyid) == (other.node_id, other.key.keyid)
    with pytest.raises(NotSigned):
        read_well_known(other.document(), lambda _: None)
    with pytest.raises(NotSigned):
        read_well_known(other.document(signed_by=[new_key(other.node_id)]))


def test_a_changed_document_or_receipt_is_not_believed() -> None:
    other, envelope = Other(), json.dumps({"delivery_id": str(uuid4())})
    text = other.receipt(envelope, uuid4())
    key_of = {other.key.keyid: public_key(other.key.public)}.get
    assert read_receipt(text, key_of).node_id == other.node_id
    payload, signatures = signed_json.read(text)
    for name in payload:
        spoiled = signed_json.canonical({"payload": {**payload, name: str(UUID(int=1))}, "signatures": signatures})
        with pytest.raises(NotSigned):
            read_receipt(spoiled, key_of)
    for junk in ("", "{}", "[]", '{"payload": 1, "signatures": []}'):
        with pytest.raises(Unreadable):
            read_receipt(junk, key_of)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_pauses_grow_from_a_minute_to_six_hours(tries: int, luck: float) -> None:
    wait = pacing.pause(tries, luck=lambda: luck)
    full = min(60 * 2 ** min(tries - 1, 20), 6 * 3600)
    assert full / 2 <= wait.total_seconds() <= full


def test_the_tries_of_three_days_are_spread() -> None:
    """Some twenty tries, no two installations at the same second."""
    luck, spent, tries = random.Random(1), timedelta(), 0
    while spent < pacing.EXPIRY:
        tries += 1
        spent += pacing.pause(tries, luck=luck.random)
    assert 15 <= tries <= 35


def test_a_peer_that_fails_five_times_rests() -> None:
    assert [pacing.rest(failures) for failures in (0, 4)] == [None, None]
    rests = [pacing.rest(failures) for failures in range(5, 40)]
    assert rests[0] == timedelta(minutes=1)
    assert max(rests) == pacing.LONGEST_REST  # type: ignore[type-var]


def test_which_answers_stop() -> None:
    again = [status for status in range(400, 600) if pacing.tried_again(status)]
    assert again == [408, 409, 425, 429, *range(500, 600)]


INSIDE = """
https://127.0.0.1 https://127.1 https://127.0.1 https://2130706433 https://0x7f000001 https://0x7f.1 https://0177.0.0.1
https://017700000001 https://127.000.000.001 https://127.255.255.254 https://0 https://0.0.0.0 https://localhost
https://LOCALHOST https://localhost. https://[::1] https://[::] https://[0:0:0:0:0:0:0:1] https://[::ffff:127.0.0.1]
https://[::ffff:7f00:1] https://[0:0:0:0:0:ffff:127.0.0.1] https://[::127.0.0.1] https://[64:ff9b::7f00:1] https://[64:ff9b::127.0.0.1]
https://[2002:7f00:1::] https://[2001:0:7f00:1::] https://[fe80::1] https://[fc00::1] https://[fd12:3456::1] https://[ff02::1]
https://10.0.0.1 https://10.255.255.255 https://172.16.0.1 https://172.31.255.254 https://192.168.0.1 https://192.168.1.254
https://169.254.169.254 https://169.254.0.1 https://100.64.0.1 https://198.18.0.1 https://224.0.0.1 https://255.255.255.255
https://240.0.0.1 https://192.0.2.1 https://[::ffff:10.0.0.1] https://[::ffff:169.254.169.254] https://[::ffff:a9fe:a9fe]
https://2852039166 https://0xa9fea9fe https://0251.0376.0251.0376 http://127.0.0.1 http://localhost file:///etc/passwd
gopher://127.0.0.1 ftp://127.0.0.1 https://user@127.0.0.1 https://example.org@127.0.0.1 https://127.0.0.1#@example.org
https://127.0.0.1%2f@example.org https://①②⑦.0.0.1 https://127。0。0。1 //127.0.0.1 https:127.0.0.1 https://
https://[::ffff:0:127.0.0.1] https://127.0.0.1\\@example.org https://127.0.0.1%00.example.org
""".split()


@pytest.fixture
def listener() -> object:
    """Something inside that counts who comes."""
    server, came = socket.create_server(("127.0.0.1", 0)), []

    def listen() -> None:
        while True:
            try:
                came.append(server.accept())
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], came
    server.close()


def test_no_spelling_of_an_inside_address_is_reached(listener: tuple[int, list[object]]) -> None:
    port, came = listener
    assert len(INSIDE) >= 60
    for address in INSIDE:
        scheme, _, rest = address.partition("://")
        for url in (address, f"{scheme}://{rest}:{port}/" if rest else address):
            with pytest.raises(Unreachable):
                call("GET", url, line=Line(seconds=1))
    assert came == []


def test_outside_is_outside() -> None:
    for address in ("8.8.8.8", "2001:4860:4860::8888", "203.150.1.1"):
        assert is_outside(address)


def test_an_inside_address_is_reached_only_by_the_setting(listener: tuple[int, list[object]]) -> None:
    port, _ = listener
    with pytest.raises(ForbiddenAddress):
        call("GET", f"https://127.0.0.1:{port}/", line=Line(seconds=1))
    with pytest.raises(Unreachable, match="timed out"):
        call("GET", f"http://127.0.0.1:{port}/", line=Line(seconds=0.2, private=True))
