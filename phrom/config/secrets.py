"""The installation's own secret: made once, kept readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key_in(folder: Path) -> str:
    """Return the key kept in the folder; made at the first start."""
    path = folder / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
