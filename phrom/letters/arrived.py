"""A letter as it reaches an office, by whichever way it came: what the in-tray needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from phrom.letters.models import Office, Recipient, Secrecy, Speed, Via
from phrom.shared.files.models import StoredFile


@dataclass(frozen=True)
class ArrivedFile:
    """A file that is in the store already, under the name it came with."""

    file: StoredFile
    name: str
    is_main: bool = False


@dataclass(frozen=True)
class Arrived:
    """What came. `recipient` is our own row where the sender is in this installation; `content` the document as values."""

    via: Via
    from_name: str
    subject: str
    their_number: str = ""
    their_date: date | None = None
    to_name: str = ""
    speed: str = Speed.NORMAL
    secrecy: str = Secrecy.NORMAL
    note: str = ""
    due_on: date | None = None
    from_office: Office | None = None
    recipient: Recipient | None = None
    files: tuple[ArrivedFile, ...] = ()
    content: dict[str, Any] | None = None
    sha256: str = ""
