"""A journal of three chains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from phrom.shared.journal.record import record

START = datetime(2024, 6, 11, 2, 0, 0, 123456, tzinfo=UTC)
CHAINS = ("system", "chiangmai", "ลำพูน")


@dataclass
class Clerk:
    """Somebody who does things."""

    pk: int = 7
    name: str = "นางสาวคำแก้ว ใจดี"


def write_entries(count: int, start: int = 0) -> None:
    """Entries over the three chains in turn, one transaction."""
    with transaction.atomic():
        for number in range(start, start + count):
            details = {"code": "P2.1", "version": number, "late": False, "rows": ["P1.1", "เอกสาร"]}
            at = START + timedelta(seconds=number)
            record("answer.saved", by=Clerk(), about=f"ask:{number}", at=at, chain=CHAINS[number % 3], details=details)


@pytest.fixture
def journal(db: None) -> None:
    """Sixty entries, twenty a chain."""
    write_entries(60)
