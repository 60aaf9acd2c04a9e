"""`phrom exchange ...`: this node's keys, its peers, and the conformance kit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from phrom.agencies.models import Membership, Person
from phrom.letters.actions import own_node, peers
from phrom.letters.exchange.conformance import conform
from phrom.letters.exchange.schema import schemas
from phrom.letters.models import OwnKey, Peer
from phrom.shared.thai import clock
from phrom.shared.ui.refusals import Refusal


class Command(BaseCommand):
    """keys: show or make them; peer: learn and approve; conformance: check another installation against the protocol."""

    help = "Keys and peers of the exchange between installations, and the conformance kit"

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with whom."""
        parser.add_argument("act", choices=("keys", "peer", "conformance", "schema"))
        parser.add_argument("url", nargs="?", default="")
        parser.add_argument("--name", default="")
        parser.add_argument("--rotate", action="store_true")
        parser.add_argument("--approve", default="")
        parser.add_argument("--by", default="")
        parser.add_argument("--listen", default="127.0.0.1:8765")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a refusal is printed in both languages and ends with exit code 1."""
        try:
            {"keys": self._keys, "peer": self._peer, "conformance": self._conformance, "schema": self._schema}[options["act"]](
                options
            )
        except Refusal as refusal:
            raise CommandError(f"{refusal.th} / {refusal.en}") from refusal

    def _keys(self, options: dict[str, Any]) -> None:
        own_node.ensure_node(name=options["name"], at=clock.now())
        if options["rotate"]:
            own_node.rotate_key(at=clock.now())
        for key in OwnKey.objects.order_by("-valid_from"):
            until = f" ถึง/until {key.valid_until:%Y-%m-%d}" if key.valid_until else ""
            self.stdout.write(f"{key.fingerprint}  {key.keyid}{until}")

    def _peer(self, options: dict[str, Any]) -> None:
        if not options["url"]:
            for peer in Peer.objects.all():
                self.stdout.write(f"{'อนุมัติ/approved' if peer.is_trusted else '-':<18} {peer.base_url}  {peer.name}")
            return
        peer = peers.learn(url=options["url"], at=clock.now())
        newest = peers.newest_key(peer)
        self.stdout.write(f"{newest.fingerprint if newest else '-'}  {peer.name}  {peer.base_url}")
        if options["approve"]:
            peers.approve(peer=peer, compared=options["approve"], by=_administrator(options["by"]), at=clock.now())
            self.stdout.write("อนุมัติแล้ว / approved")

    def _schema(self, options: dict[str, Any]) -> None:
        """Write the published schemas anew into the folder named."""
        for name, schema in schemas().items():
            text = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True)
            (Path(options["url"] or "docs/exchange") / name).write_text(text + "\n", encoding="utf-8")

    def _conformance(self, options: dict[str, Any]) -> None:
        folder = Path(settings.DATA) / "conformance"
        if not conform(options["url"], listen=options["listen"], folder=folder, say=self.stdout.write, clock=clock.now):
            raise CommandError("ไม่ผ่าน / not conforming")


def _administrator(email: str) -> Person:
    """Who approves: the administrator named, else the one that there is."""
    held = Membership.objects.filter(role="administrator", person__is_active=True).select_related("person").order_by("pk")
    found = held.filter(person__email=email).first() if email else held.first()
    if found is None:
        raise CommandError("ไม่พบผู้ดูแลระบบที่จะอนุมัติ ระบุด้วย --by อีเมล / name the administrator who approves with --by EMAIL")
    return found.person
