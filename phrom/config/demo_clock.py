"""A demo stands in the days of its own round: the offset is fixed when it is loaded and kept in the data folder."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

FILE = "demo-clock.txt"


def keep(data: Path, *, demo_now: datetime, real_now: datetime) -> None:
    """Remember by how much the demo's clock differs from the real one."""
    (data / FILE).write_text(str(int((demo_now - real_now).total_seconds())))


def offset_in(data: Path) -> timedelta:
    """The offset kept in a data folder; none where nothing is kept."""
    file = data / FILE
    return timedelta(seconds=int(file.read_text())) if file.exists() else timedelta(0)


def demo_accounts(listing: str) -> list[tuple[str, str, str]]:
    """E-mail, password and role of the accounts that a seed printed and wants shown."""
    people = json.loads(listing)["people"]
    return [(person["email"], person["password"], person["note"]) for person in people if person.get("note")]
