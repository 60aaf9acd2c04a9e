"""One of two installations: what is done to it from outside its server, in processes of their own.

python -m tests.faults.node make | approve URL | issue COUNT FROM | send SECONDS | accept SECONDS | rotate | alter | state
PHROM_* as for the server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import ROOT


@dataclass
class Node:
    """Where an installation's data are, and how it is reached."""

    data: Path
    db: str
    url: str

    @property
    def settings(self) -> dict[str, str]:
        """Its settings: short waits, inside addresses allowed."""
        return {
            "PHROM_BASE_URL": self.url,
            "PHROM_PRIVATE_PEERS": "1",
            "PHROM_EXCHANGE_SECONDS": "2",
            "PHROM_EXCHANGE_PACE": "0.01",
            "PHROM_EXCHANGE_PER_MINUTE": "1000000",
        }

    def start(self, *words: object) -> subprocess.Popen[str]:
        """One act in a process of its own."""
        given = {key: value for key, value in os.environ.items() if not key.startswith(("PHROM_", "DJANGO_"))}
        given |= {**self.settings, "PHROM_DATA": str(self.data), "PHROM_DB": self.db}
        given["PHROM_MAIL_DIR"] = str(self.data / "mail")
        command = [sys.executable, "-m", "tests.faults.node", *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)

    def do(self, *words: object) -> Any:
        """One act; what it printed."""
        process = self.start(*words)
        out, _ = process.communicate(timeout=300)
        assert process.returncode == 0, words
        return json.loads(out or "null")


def make() -> object:
    """Tables, an office with its clerk and an administrator, the node's key, the office in the directory."""
    from django.core.management import call_command

    from phrom.letters.actions.hosting import host
    from phrom.letters.actions.own_node import ensure_node
    from phrom.shared.thai import clock
    from tests.factories.agencies import make_agency, make_body, make_member
    from tests.factories.letters import make_clerk, make_office

    call_command("migrate", verbosity=0)
    at = clock.now()
    body = make_body()
    office = make_office(make_agency(body))
    make_clerk(office)
    administrator = make_member(body, "administrator")
    ensure_node(name=os.environ["PHROM_BASE_URL"], at=at)
    host(office=office, starts_on=clock.local_date(at), by=administrator, at=at)
    return str(office.uuid)


def approve(url: str) -> object:
    """Know the other one and trust it."""
    from phrom.agencies.models import Person
    from phrom.letters.actions import peers
    from phrom.shared.thai import clock

    administrator = Person.objects.get(memberships__role="administrator")
    peer = peers.learn(url=url, at=clock.now())
    peers.approve(peer=peer, compared=peers.newest_key(peer).fingerprint, by=administrator, at=clock.now())
    return peer.pk


class TakenBack(Exception):
    """The fault: everything was done, number taken, and the transaction ends without a commit."""


def issue(count: str, start: str) -> object:
    """Issue letters to the other installation's office; every tenth is rolled back once after its number was taken."""
    from django.db import transaction

    from phrom.agencies.models import Person
    from phrom.letters.actions.issuing import issue_letter
    from phrom.letters.models import DirectoryEntry, Office, Via
    from phrom.shared.files.store import keep_made
    from phrom.shared.thai import clock
    from tests.factories.letters import make_draft, make_recipient
    from tests.shared.files.specimens import pdf

    entry, office = DirectoryEntry.objects.get(peer__isnull=False), Office.objects.select_related("agency__body").get()
    clerk = Person.objects.get(memberships__role="clerk")
    for number in range(int(start), int(start) + int(count)):
        at = clock.now()
        paper = keep_made([pdf(body=f"letter {number % 20}".encode())], content_type="application/pdf", at=at)
        letter = make_draft(office, by=clerk, at=at, subject=f"หนังสือฉบับที่ {number}", pdf=paper)
        make_recipient(letter, None, entry.name, via=Via.PEER, entry=entry)
        for fails in (True, False) if number % 10 == 0 else (False,):
            try:
                with transaction.atomic():
                    issue_letter(letter=letter, by=clerk, at=at)
                    if fails:
                        raise TakenBack
            except TakenBack:
                continue
    return None


def send(seconds: str) -> object:
    """Send what is due, again and again; to be killed."""
    from phrom.letters.actions.delivering import send_due
    from phrom.shared.thai import clock

    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        if not send_due(at=clock.now(), limit=20):
            time.sleep(0.05)
    return None


def accept(seconds: str) -> object:
    """Accept what came, every twelfth time rolled back once after the number was taken; to be killed."""
    from django.db import transaction

    from phrom.agencies.models import Person
    from phrom.letters.actions.receiving import accept as take_in
    from phrom.letters.models import Incoming
    from phrom.shared.thai import clock

    clerk = Person.objects.get(memberships__role="clerk")
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        waiting = list(Incoming.objects.filter(accepted_at=None, refused_at=None).order_by("pk")[:20])
        for incoming in waiting:
            for fails in (True, False) if incoming.pk % 12 == 0 else (False,):
                try:
                    with transaction.atomic():
                        take_in(incoming=incoming, by=clerk, at=clock.now())
                        if fails:
                            raise TakenBack
                except TakenBack:
                    continue
        if not waiting:
            time.sleep(0.1)
    return None


def rotate() -> object:
    """A new key."""
    from phrom.letters.actions.own_node import rotate_key
    from phrom.shared.thai import clock

    return rotate_key(at=clock.now()).keyid


def alter() -> object:
    """Send the last letter once more under its old delivery id, its subject changed by somebody with the database in hand."""
    from phrom.letters.actions.delivering import send_due
    from phrom.letters.exchange.envelope import digest_of
    from phrom.letters.models import Outgoing, Peer
    from phrom.shared.thai import clock

    sent = Outgoing.objects.filter(purpose="letter", done_at__isnull=False).latest("pk")
    changed = json.dumps(json.loads(sent.envelope), ensure_ascii=False).replace("หนังสือฉบับที่", "หนังสือปลอมฉบับที่")
    assert changed != sent.envelope
    opened = {"envelope": changed, "digest": digest_of(changed), "done_at": None, "held_until": None}
    Outgoing.objects.filter(pk=sent.pk).update(**opened, next_try_at=clock.now())
    Peer.objects.update(rests_until=None, failures=0)
    trouble, until = "", time.monotonic() + 60
    while not trouble and time.monotonic() < until:  # the server's own job may hold it
        send_due(at=clock.now(), limit=5)
        trouble = Outgoing.objects.values_list("last_trouble", flat=True).get(pk=sent.pk)
    Outgoing.objects.filter(pk=sent.pk).update(envelope=sent.envelope, digest=sent.digest, done_at=sent.done_at)
    return trouble


def waits() -> object:
    """How many are accepted at the sender, and how many messages wait: cheap, asked often."""
    from phrom.letters.models import Outgoing, Recipient

    waiting = Outgoing.objects.filter(done_at=None, given_up_at=None).count()
    return [Recipient.objects.filter(state="accepted").count(), waiting]


def state() -> object:
    """What an auditor counts: numbers, letters, states, receipts that hold, alarms."""
    from django.db.models import Count

    from phrom.letters.actions.delivering import checked_receipt
    from phrom.letters.models import Alarm, Arrival, Incoming, Outgoing, Recipient, RegisterEntry
    from phrom.shared.thai import clock

    valid = 0
    for sent in Outgoing.objects.filter(purpose="letter").exclude(receipt="").select_related("peer"):
        checked_receipt(sent.peer, sent, sent.receipt, clock.now())
        valid += 1
    books: dict[str, list[int]] = {}
    for book, number in RegisterEntry.objects.order_by("number").values_list("register__book", "number"):
        books.setdefault(book, []).append(number)
    return {
        "books": books,
        "states": dict(Recipient.objects.values_list("state").annotate(Count("pk"))),
        "subjects": list(Incoming.objects.values_list("subject", flat=True)),
        "numbers": dict(Recipient.objects.values_list("letter__subject", "accept_number")),
        "entries": dict(Incoming.objects.filter(entry__isnull=False).values_list("subject", "entry__number_text")),
        "receipts": valid,
        "waiting": Outgoing.objects.filter(done_at=None, given_up_at=None).count(),
        "given_up": Outgoing.objects.filter(given_up_at__isnull=False).count(),
        "tries": sum(Outgoing.objects.values_list("tries", flat=True)),
        "arrivals": Arrival.objects.count(),
        "alarms": sorted(set(Alarm.objects.values_list("kind", flat=True))),
    }


def main() -> None:
    """Do what the first word says."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phrom.config.settings")
    django.setup()
    acts: dict[str, Any] = {act.__name__: act for act in (make, approve, issue, send, accept, rotate, alter, waits, state)}
    print(json.dumps(acts[sys.argv[1]](*sys.argv[2:])))


if __name__ == "__main__":
    main()
