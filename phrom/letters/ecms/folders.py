"""The folder that a connector to a government eCMS node shares with us: one message a file, whole or not there at all.

outbox/           what we wrote; the connector takes a file by moving it into outbox/taken, never by deleting it
inbox/            what the connector brought (written under another name, then renamed to *.xml)
done/, refused/   what we read of the inbox, and what we did not, each with the reason beside it
"""

from __future__ import annotations

import os
from pathlib import Path

from phrom.shared.files.durable import sync_folder


def put(folder: Path, name: str, content: bytes) -> bool:
    """Lay a message into the outbox so that it is there whole, or not; False where it was laid there already."""
    outbox, taken = _made(folder / "outbox"), _made(folder / "outbox" / "taken")
    if (outbox / name).exists() or (taken / name).exists():
        return False
    write_durably(outbox / name, content)
    return True


def waiting(folder: Path, limit: int) -> list[Path]:
    """The messages in the inbox, the oldest first."""
    found = [path for path in _made(folder / "inbox").glob("*.xml") if path.is_file() and not path.is_symlink()]
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))[:limit]


def take_away(folder: Path, path: Path, *, reason: str = "") -> None:
    """Move a message out of the inbox: among those done, or, with a reason, among the refused with the reason beside it."""
    target = _made(folder / ("refused" if reason else "done")) / path.name
    number = 1
    while target.exists():
        number += 1
        target = target.with_name(f"{path.stem}-{number}{path.suffix}")
    if reason:
        write_durably(target.with_name(f"{target.name}.reason.txt"), reason.encode())
    os.replace(path, target)
    sync_folder(target.parent)
    sync_folder(path.parent)


def write_durably(path: Path, content: bytes) -> None:
    """Temporary file, fsync, rename, fsync of the folder."""
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
