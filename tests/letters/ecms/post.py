"""A stand-in for the government's node: carries what is in the outbox to the inbox, as the messages that a receiver pulls."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from phrom.letters.actions.ecms_inbox import Read, read_ecms_inbox
from phrom.letters.actions.ecms_outbox import write_ecms_outbox
from phrom.letters.ecms import messages as m
from phrom.letters.ecms.reading import read_message
from phrom.letters.ecms.writing import write_message
from phrom.letters.models import Letter, Office, Recipient, Via
from tests.factories.letters import AT, make_clerk, make_draft, make_office, make_recipient


class Node:
    """One node for all. `carried` are the bodies that passed, in order."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.carried, self.number = folder, list[m.Body](), 0

    def carry(self) -> None:
        """Take everything that was written, and bring it to who pulls."""
        for path in sorted((self.folder / "outbox").glob("*.xml"), key=lambda one: one.stat().st_mtime_ns):
            message = read_message(path.read_bytes())
            path.rename(path.parent / "taken" / path.name)
            self.carried.append(message.body)
            self.number += 1
            body = message.body
            if isinstance(body, m.OutboundRequest):
                body = m.InboundResponse(f"P-{self.number:04}", "2024-06-11T09:00:00", body.item)
            self.bring(replace(message, body=body))

    def bring(self, message: m.Message, name: str = "") -> Path:
        """A message into the inbox."""
        (self.folder / "inbox").mkdir(parents=True, exist_ok=True)
        path = self.folder / "inbox" / (name or f"{self.number:04}.xml")
        path.write_bytes(write_message(message))
        return path

    def round(self, at: datetime = AT + timedelta(minutes=1)) -> Read:
        """Write, carry and read once."""
        write_ecms_outbox(at=at)
        self.carry()
        return read_ecms_inbox(at=at)


def two_offices() -> tuple[Office, Office]:
    """Two offices with the codes that eCMS knows them by."""
    return (
        make_office(ministry_code="15", department_code="15050"),
        make_office(letter_code="ชม 0018", ministry_code="11", department_code="11008"),
    )


def ecms_draft(sender: Office, *receivers: Office, **more: Any) -> Letter:
    """A draft to offices that are reached by eCMS."""
    letter = make_draft(sender, by=make_clerk(sender), **more)
    for receiver in receivers:
        make_recipient(letter, receiver, via=Via.ECMS)
    return letter


def only(letter: Letter) -> Recipient:
    """Its one recipient as it is now."""
    return Recipient.objects.get(letter=letter)
