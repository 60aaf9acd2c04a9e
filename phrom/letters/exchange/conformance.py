"""The conformance kit: a node of its own that tries a running installation against every rule of the exchange.

The installation must have approved the kit's key. What the kit sends are real messages to the first office that is served;
their subject says that they are a test. The checks carry the numbers of docs/how-to/exchange.md.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from phrom.letters.exchange import envelope as envelopes
from phrom.letters.exchange import multipart
from phrom.letters.exchange.client import Line, Reply, call
from phrom.letters.exchange.documents import PATH, WellKnown, proves, read_receipt, read_well_known
from phrom.letters.exchange.envelope import digest_of
from phrom.letters.exchange.keys import SigningKey, fingerprint, make_key, public_key
from phrom.letters.exchange.kit_node import KitNode, start_kit
from phrom.letters.exchange.signed_json import canonical
from phrom.letters.exchange.signing import signed_headers
from phrom.letters.exchange.trouble import Unreachable
from phrom.shared.ui.refusals import Refusal

LINE = Line(seconds=20, private=True)
WAIT = 300  # seconds for the approval
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Fails(Exception):
    """The installation does not keep this rule."""


@dataclass
class Kit:
    """The installation under test, and we who test it."""

    url: str
    node: KitNode
    there: WellKnown
    clock: Callable[[], datetime]

    def message(self, **changes: Any) -> dict[str, Any]:
        """A letter to the first office served, as it should be, with these changes."""
        at = self.clock()
        office = self.there.offices[0]
        letter = {"number": "ทดสอบ/1", "dated": at.date().isoformat(), "subject": "ทดสอบมาตรฐานการแลกเปลี่ยน (conformance test)"}
        given: dict[str, Any] = {
            "version": envelopes.VERSION,
            "delivery_id": str(uuid4()),
            "purpose": "letter",
            "made_at": at.isoformat(),
            "expires": (at + timedelta(days=3)).isoformat(),
            "sender": {"id": str(self.node.node_id), "name": "ชุดทดสอบมาตรฐาน"},
            "receiver": {"id": str(office.id), "name": office.name},
            "letter": letter,
            "files": [],
        }
        return given | changes

    def send(self, message: dict[str, Any], files: dict[str, bytes] | None = None, **how: Any) -> Reply:
        """Sign and send. `key`, `at`, `to` (the address signed), `spoil` (of the body), `once`: how it goes wrong."""
        body, kind = multipart.written(canonical(message), files or {})
        url = f"{self.url}/exchange/inbox"
        headers = {"Content-Type": kind, "Idempotency-Key": how.get("once", message["delivery_id"])}
        at, key = how.get("at", self.clock()), how.get("key", self.node.key)
        headers = signed_headers(how.get("method", "POST"), how.get("to", url), body, key=key, at=at, headers=headers)
        return call("POST", url, line=LINE, headers=headers, body=how.get("spoil", lambda whole: whole)(body))

    def get(self, path: str, method: str = "GET", body: bytes = b"") -> Reply:
        """A signed request."""
        url = self.url + path
        headers = signed_headers(method, url, body, key=self.node.key, at=self.clock())
        return call(method, url, line=LINE, headers=headers, body=body)

    def receipt(self, message: dict[str, Any], reply: Reply) -> str:
        """The text of a valid receipt for the message; Fails for anything else."""
        answers(reply, 200)
        keys = {key.keyid: public_key(key.public) for key in self.there.keys}
        found = read_receipt(reply.body.decode(), keys.get)
        digest, about = digest_of(canonical(message)), UUID(message["delivery_id"])
        proves(found, delivery_id=about, digest=digest, receiver=self.there.node_id, sender=self.node.node_id)
        return reply.body.decode()


def conform(
    url: str, *, listen: str, folder: Path, say: Callable[[str], object], clock: Callable[[], datetime], wait: float = WAIT
) -> bool:
    """Try every rule and say what came of each; True when all are kept."""
    url = url.rstrip("/")
    node = start_kit(listen or "127.0.0.1:8765", folder, clock)
    try:
        there, _ = read_well_known(call("GET", url + PATH, line=LINE).body.decode())
        say(f"อนุมัติชุดทดสอบก่อน / approve the kit: phrom exchange peer {node.url} --approve {fingerprint(node.key.public)}")
        kit = Kit(url, node, there, clock)
        if not there.offices or not _approved(kit, wait):
            say("ยังไม่มีหน่วยงานในทำเนียบ หรือยังไม่อนุมัติ / no office is served, or not approved")
            return False
        results = [_tried(name, check, kit, say) for name, check in CHECKS]
    except (Unreachable, Refusal, UnicodeDecodeError) as problem:
        say(f"ติดต่อไม่ได้ / not reached: {problem}")
        return False
    finally:
        node.stop()
    say(f"{sum(results)}/{len(results)}")
    return all(results)


def answers(reply: Reply, *expected: int) -> None:
    """Fails for every other status."""
    if reply.status not in expected:
        raise Fails(f"answer {reply.status}, expected {expected}: {reply.body[:200].decode('utf-8', 'replace')}")


def _approved(kit: Kit, wait: float) -> bool:
    until = time.monotonic() + wait
    while kit.get("/exchange/outgoing").status != 200:
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    return True


def _tried(name: str, check: Callable[[Kit], None], kit: Kit, say: Callable[[str], object]) -> bool:
    try:
        check(kit)
    except (Fails, Unreachable, Refusal, ValueError, KeyError) as problem:
        say(f"ไม่ผ่าน/failed  {name}: {problem}")
        return False
    say(f"ผ่าน/OK         {name}")
    return True


def _document(kit: Kit) -> None:
    if kit.there.base_url.rstrip("/") != kit.url or 1 not in kit.there.versions:
        raise Fails("the document names another address or no version 1")


def _taken(kit: Kit) -> None:
    message = kit.message()
    kit.receipt(message, kit.send(message))


def _file_along(kit: Kit) -> None:
    message, files = _with_file(kit, PDF + uuid4().bytes.hex().encode() + b"\n%%EOF")
    kit.receipt(message, kit.send(message, files))


def _file_fetched(kit: Kit) -> None:
    message, files = _with_file(kit, PDF + uuid4().bytes.hex().encode() + b"\n%%EOF")
    kit.node.files.update(files)
    until = time.monotonic() + 30
    reply = kit.send(message)
    answers(reply, 200, 425)
    while reply.status == 425 and time.monotonic() < until:
        time.sleep(0.5)
        reply = kit.send(message)
    kit.receipt(message, reply)


def _unsigned(kit: Kit) -> None:
    answers(call("POST", f"{kit.url}/exchange/inbox", line=LINE, body=b"{}"), 401, 403)


def _altered(kit: Kit) -> None:
    answers(kit.send(kit.message(), spoil=lambda body: body.replace(b"conformance", b"conformancE")), 401, 403)


def _other_target(kit: Kit) -> None:
    answers(kit.send(kit.message(), to=f"{kit.url}/exchange/ack"), 401, 403)
    answers(kit.send(kit.message(), method="PUT"), 401, 403)


def _clock(kit: Kit) -> None:
    for minutes in (-6, 6):
        answers(kit.send(kit.message(), at=kit.clock() + timedelta(minutes=minutes)), 401, 403)
    answers(kit.send(kit.message(), at=kit.clock() - timedelta(minutes=4)), 200)


def _other_key(kit: Kit) -> None:
    stranger = make_key(kit.node.folder, kit.node.node_id)
    answers(kit.send(kit.message(), key=stranger), 401, 403, 425)
    answers(kit.send(kit.message(), key=SigningKey(kit.node.key.keyid, stranger.private)), 401, 403)


def _idempotency(kit: Kit) -> None:
    answers(kit.send(kit.message(), once=str(uuid4())), 400, 422)


def _repeated(kit: Kit) -> None:
    message = kit.message()
    first = kit.receipt(message, kit.send(message))
    if kit.receipt(message, kit.send(message)) != first:
        raise Fails("a repeat got another receipt")


def _at_once(kit: Kit) -> None:
    message = kit.message()
    with ThreadPoolExecutor(4) as pool:
        receipts = {kit.receipt(message, reply) for reply in pool.map(lambda _: kit.send(message), range(4))}
    if len(receipts) != 1:
        raise Fails("four at the same moment got different receipts")


def _other_content(kit: Kit) -> None:
    message = kit.message()
    kit.receipt(message, kit.send(message))
    answers(kit.send({**message, "letter": {**message["letter"], "subject": "altered"}}), 409)
    kit.receipt(message, kit.send(message))


def _wrong_file(kit: Kit) -> None:
    message, files = _with_file(kit, PDF)
    answers(kit.send(message, {sha256: content + b"x" for sha256, content in files.items()}), 422)
    kit.receipt(message, kit.send(message, files))


def _not_here(kit: Kit) -> None:
    answers(kit.send(kit.message(receiver={"id": str(uuid4()), "name": "ไม่มีหน่วยงานนี้"})), 404)


def _expired(kit: Kit) -> None:
    answers(kit.send(kit.message(expires=(kit.clock() - timedelta(minutes=10)).isoformat())), 422)


def _types(kit: Kit) -> None:
    answers(kit.send(*_with_file(kit, b"<html><script>alert(1)</script></html>")), 422, 415)


def _secret(kit: Kit) -> None:
    message = kit.message()
    answers(kit.send({**message, "letter": {**message["letter"], "secrecy": "002"}}), 403, 422)


def _unknown_members(kit: Kit) -> None:
    message = kit.message(colour="green")
    message["letter"]["taste"] = {"sweet": True}
    kit.receipt(message, kit.send(message))


def _versions(kit: Kit) -> None:
    older = kit.message(version=envelopes.VERSION - 1)
    kit.receipt(older, kit.send(older))
    answers(kit.send(kit.message(version=envelopes.VERSION + 1)), 422)


def _fetching(kit: Kit) -> None:
    answers(kit.get("/exchange/outgoing"), 200)
    answers(kit.get("/exchange/ack", "POST", b'{"receipts": ["nothing"]}'), 422)
    answers(kit.get(f"/exchange/files/{'0' * 64}"), 404)


def _with_file(kit: Kit, content: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    sha256 = envelopes.sha256_of(content)
    file = {"name": "ทดสอบ.pdf", "type": "application/pdf", "size": len(content), "sha256": sha256, "main": True}
    return kit.message(files=[file]), {sha256: content}


def _checks() -> Iterator[tuple[str, Callable[[Kit], None]]]:
    yield from (
        ("2.1 signed document at /.well-known/phrom-exchange.json", _document),
        ("3.1 a letter is taken", _taken),
        ("3.2 a file comes along", _file_along),
        ("3.3 a file is fetched by its hash with ranges", _file_fetched),
        ("3.4 an office that is not served: 404", _not_here),
        ("4.1 unsigned: refused", _unsigned),
        ("4.2 altered body: refused", _altered),
        ("4.3 signed for another target or method: refused", _other_target),
        ("4.4 clocks may differ by five minutes, not by six", _clock),
        ("4.5 another key: refused", _other_key),
        ("4.6 Idempotency-Key is the delivery id", _idempotency),
    )
    yield from (
        ("5.1 a repeat gets the stored receipt", _repeated),
        ("5.2 four at the same moment get one receipt", _at_once),
        ("5.3 another content under the same id: 409, the first stays", _other_content),
        ("5.4 a file that is not the one named: refused, nothing kept", _wrong_file),
        ("6.1 expired: refused", _expired),
        ("7.1 fetching and acknowledging", _fetching),
        ("8.1 types by content", _types),
        ("8.2 secret letters are refused unless both sides allow them", _secret),
        ("9.1 unknown members are ignored", _unknown_members),
        ("9.2 versions n and n-1 are read, n+1 is refused", _versions),
    )


CHECKS = tuple(_checks())
