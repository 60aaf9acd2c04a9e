"""How much of one file is read at most, and what ends a reading that goes on without end."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterable
from dataclasses import dataclass

PAGES = 500
CHARACTERS = 1_000_000  # some 400 pages; what comes after is not searched, and the file's row says so
MEMORY = 1024 * 1024 * 1024
SECONDS = 45
NEW_PAGE = "\f"
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.remove",
    "os.rename",
    "ctypes.dlopen",
)


class Unreadable(Exception):
    """The file cannot be read now or ever: the sentence, in Thai."""


@dataclass(frozen=True)
class Words:
    """What was read; pages apart by a form feed. `whole` is false when the file has more than is read."""

    text: str
    whole: bool


def shut_in() -> None:
    """Little memory, little time, no new file of any size, no other process, no line to anywhere, for good."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def gathered(pieces: Iterable[str]) -> Words:
    """The pieces as one text, no longer than what is kept."""
    taken: list[str] = []
    room = CHARACTERS
    for piece in pieces:
        if len(piece) > room:
            return Words("".join([*taken, piece[:room]]), whole=False)
        taken.append(piece)
        room -= len(piece)
    return Words("".join(taken), whole=True)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writes = event == "open" and len(arguments) > 1 and any(mode in str(arguments[1] or "r") for mode in "wax+")
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(event)
