"""The words of kept files, read in the background: by a job, and by the tick what a job left.

The file is read by a process of its own with little room and little time (`phrom/shared/files/texts`), so that a hostile one
stops nothing else. What was read stays as it is; only the key for searching is folded.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import F, QuerySet

from phrom.shared.files.models import FileText, Scan, StoredFile, TextState
from phrom.shared.files.store import path_of
from phrom.shared.files.texts.kinds import READERS
from phrom.shared.thai.words import text_key

ROOT = Path(__file__).resolve().parents[3]
MOST_TRIES = 3
SECONDS = 60  # for one file; a PDF of 500 pages takes four
TURN = 20  # seconds that one tick reads
MOST_TOLD = 16 * 1024 * 1024
TOO_HARD = "เปิดอ่านข้อความไม่สำเร็จ 3 ครั้ง ไฟล์อาจเสียหายหรือซับซ้อนผิดปกติ ไฟล์ยังเก็บไว้ครบ"
ONLY_BEGINNING = "ไฟล์ยาวมาก จึงค้นได้เฉพาะส่วนต้นของไฟล์"
# Some programs write a letter with two marks twice into a PDF's text layer: คำสั่สั่ง.
_TWICE = re.compile("([\u0e01-\u0e2e][\u0e31\u0e34-\u0e39\u0e4d][\u0e48-\u0e4c])\\1")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_one(*, text_id: int, at: datetime) -> None:
    """Read one file's words now, when it still waits."""
    for waiting in _waiting().filter(pk=text_id):
        _read(waiting, at)


def key_of(text: str) -> str:
    """What the text is found by; where letters may stand twice by mistake, both readings."""
    once = _TWICE.sub(r"\1", text)
    return text_key(text) if once == text else f"{text_key(text)}\n{text_key(once)}"


def read_waiting(*, at: datetime) -> int:
    """Read what still waits, for at most one turn; returns how many files were looked at. What was begun thrice is given up."""
    until, looked_at = time.monotonic() + TURN, 0
    for waiting in _waiting().order_by("tries", "pk")[:500]:
        if time.monotonic() > until:
            break
        _read(waiting, at)
        looked_at += 1
    return looked_at


@dataclass(frozen=True)
class _Told:
    """What the reading process said: the words, or why there are none to be had."""

    text: str = ""
    whole: bool = True
    why: str = ""


def _waiting() -> QuerySet[FileText]:
    return FileText.objects.filter(state=TextState.WAITING, file__scan__in=(Scan.NONE, Scan.CLEAN)).select_related("file")


def _read(waiting: FileText, at: datetime) -> None:
    """The try is counted before it begins, so that what kills even this process is given up too."""
    row = FileText.objects.filter(pk=waiting.pk, state=TextState.WAITING, tries=waiting.tries)
    if not row.update(tries=F("tries") + 1):
        return  # somebody else reads it
    told = _told_by_child(waiting.file) if waiting.tries < MOST_TRIES else None
    again = FileText.objects.filter(pk=waiting.pk, state=TextState.WAITING)
    if told is None:
        if waiting.tries + 1 >= MOST_TRIES:
            again.update(state=TextState.FAILED, why=TOO_HARD, at=at)
    elif told.why:
        again.update(state=TextState.FAILED, why=told.why, at=at)
    else:
        text = _CONTROLS.sub("", told.text)
        state = TextState.READ if text.strip() else TextState.EMPTY
        again.update(state=state, text=text, key=key_of(text), why="" if told.whole else ONLY_BEGINNING, at=at)


def _told_by_child(stored: StoredFile) -> _Told | None:
    """None when the process came to a bad end: crashed, out of room or time, or said something else than was asked."""
    command = [sys.executable, "-m", "phrom.shared.files.texts.child", READERS[stored.content_type]]
    try:
        with path_of(stored).open("rb") as file:
            done = subprocess.run(  # noqa: S603  our own command
                command, stdin=file, capture_output=True, timeout=SECONDS, cwd=ROOT, env={"PYTHONUTF8": "1"}, check=True
            )
        told = json.loads(done.stdout) if len(done.stdout) <= MOST_TOLD else {}
        return _Told(**told) if told else None
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return None
