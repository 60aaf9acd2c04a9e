"""When a checkpoint was written, confirmed by a server outside (RFC 3161): its token lies beside the file as `.tst`.

Nobody here can make such a token later, so that a checkpoint cannot be written anew for a day that has passed. The server is
asked softly: without its answer the checkpoint stands, standard error and `phrom verify` say so, and the next one asks again.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from pathlib import Path

from django.conf import settings

from phrom.letters.papers.signing import timestamper
from phrom.shared.files.durable import sync_folder

ASKED_AGAIN = 24  # the newest checkpoints that are still asked for, a day of them


def confirm_checkpoints(folder: Path) -> None:
    """Ask for a token for every new checkpoint that has none, the oldest first; stops at the first that gets no answer."""
    if not settings.PHROM_CHECKPOINT_TIMESTAMP_URL:
        return
    for path in sorted(folder.glob("journal-*.json"))[-ASKED_AGAIN:]:
        if not token_of(path).exists() and not _confirm(path, settings.PHROM_CHECKPOINT_TIMESTAMP_URL):
            return


def look_at_timestamps(folder: Path) -> tuple[int, list[str], list[str]]:
    """How many checkpoints are confirmed; names of those that wait for it; names of tokens that are not of their file."""
    paths = sorted(folder.glob("journal-*.json"))
    confirmed = [path for path in paths if token_of(path).exists()]
    waiting = [path.name for path in paths[-ASKED_AGAIN:] if path not in confirmed]
    wrong = [token_of(path).name for path in confirmed if not _fits(path)]
    orphans = {path.name for path in folder.glob("journal-*.tst")} - {token_of(path).name for path in paths}
    return len(confirmed), waiting if settings.PHROM_CHECKPOINT_TIMESTAMP_URL else [], wrong + sorted(orphans)


def token_of(path: Path) -> Path:
    """Where the token of a checkpoint lies."""
    return path.with_suffix(".tst")


def _confirm(path: Path, url: str) -> bool:
    digest = hashlib.sha256(path.read_bytes()).digest()
    try:
        if not url.startswith(("https://", "http://")):
            raise ValueError("no http address")
        token = asyncio.run(timestamper(url).async_timestamp(digest, "sha256"))
    except Exception as wrong:
        print(f"ยังไม่ได้ตราประทับเวลาของ {path.name} / no timestamp yet: {wrong}", file=sys.stderr)
        return False
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(token.dump())
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, token_of(path))
    sync_folder(path.parent)
    return True


def _fits(path: Path) -> bool:
    """True for a token that speaks of this file and whose signature holds. Whom to trust is for the auditor to say."""
    from asn1crypto import cms  # noqa: PLC0415 - heavy, rarely needed
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415

    # A token is bytes from outside: whatever goes wrong in reading it, it is not one.
    try:
        signed = cms.ContentInfo.load(token_of(path).read_bytes())["content"]
        said = signed["encap_content_info"]["content"]
        imprint, signer = said.parsed["message_imprint"], signed["signer_infos"][0]
        digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(said)).digest()
        speaks = imprint["hashed_message"].native == hashlib.sha256(path.read_bytes()).digest()
        holds = [validate_sig_integrity(signer, each.chosen, "tst_info", digest) for each in signed["certificates"]]
        return speaks and (True, True) in holds
    except Exception:
        return False
