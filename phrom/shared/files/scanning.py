"""Asking clamd whether a content is malware, and failing closed: only its plain "OK" makes a file clean.

The INSTREAM command of clamd's protocol (clamd(8)): the bytes in pieces with their length before them, one line back. Whatever
else happens, the scanner away, hanging, talking rubbish, cutting its line, leaves the file waiting: kept, handed out to nobody,
looked at again by the tick.
"""

from __future__ import annotations

import logging
import re
import socket
import struct
import time
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from phrom.shared.files.models import Scan
from phrom.shared.ui.refusals import Refusal

log = logging.getLogger(__name__)
PIECE = 64 * 1024
SECONDS = 10.0  # for one step
WHOLE = 30.0  # for all of one file
PAUSE = 30.0  # after a failure nobody waits for the scanner so long: what comes meanwhile waits for the tick
LONGEST_ANSWER = 4096
_failed_at: dict[str, float] = {}  # by address, in this process
_FOUND = re.compile(rb"stream: (?P<name>[ -~]{1,200}) FOUND")


class Infected(Refusal):
    """The scanner found malware; the file was not kept."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"ไฟล์นี้มีมัลแวร์ ({name}) ระบบไม่ได้เก็บไฟล์ไว้ สิ่งที่บันทึกไว้แล้วยังอยู่ครบ กรุณาตรวจเครื่องของท่านและใช้ไฟล์ที่สะอาด",
            f"The file holds malware ({name}) and was not kept. What was saved is safe. Please check your computer.",
        )


@dataclass(frozen=True)
class Verdict:
    """What the scanner said; `name` is that of the malware."""

    scan: Scan
    name: str = ""


def look(file: BinaryIO) -> Verdict:
    """The scanner's verdict on an open file, which is left at its beginning. Raises nothing.

    Just after a failure nobody is kept waiting for another: the file waits for the tick at once.
    """
    if not settings.PHROM_CLAMD:
        return Verdict(Scan.NONE)
    if time.monotonic() - _failed_at.get(settings.PHROM_CLAMD, -PAUSE) < PAUSE:
        return Verdict(Scan.WAITING)
    verdict = look_again(file)
    if verdict.scan is Scan.WAITING:
        _failed_at[settings.PHROM_CLAMD] = time.monotonic()
    return verdict


def look_again(file: BinaryIO) -> Verdict:
    """The same without sparing anybody the wait."""
    try:
        file.seek(0)
        return _verdict(_asked(file))
    except (OSError, ValueError) as trouble:
        log.warning("the malware scanner at %s gave no verdict: %s", settings.PHROM_CLAMD, trouble)
        return Verdict(Scan.WAITING)
    finally:
        file.seek(0)


def scanner_trouble() -> str:
    """Why nothing can be scanned now; empty when it can, and where no scanner is set up."""
    if not settings.PHROM_CLAMD:
        return ""
    try:
        with _line() as line:
            line.sendall(b"zPING\0")
            answer = _answer(line, time.monotonic() + SECONDS)
    except (OSError, ValueError):
        answer = b""
    return (
        "" if answer == b"PONG" else "เครื่องตรวจมัลแวร์ไม่ตอบ ไฟล์ใหม่จะรอตรวจ / the malware scanner does not answer; new files wait"
    )


def _verdict(answer: bytes) -> Verdict:
    if answer == b"stream: OK":
        return Verdict(Scan.CLEAN)
    if found := _FOUND.fullmatch(answer):
        return Verdict(Scan.INFECTED, found["name"].decode("ascii"))
    raise ValueError(f"it said {answer[:200]!r}")


def _asked(file: BinaryIO) -> bytes:
    until = time.monotonic() + WHOLE
    with _line() as line:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            if time.monotonic() > until:
                raise TimeoutError("too slow")
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        return _answer(line, until)


def _answer(line: socket.socket, until: float) -> bytes:
    """One answer up to its closing zero. Refuses with ValueError or OSError what is cut, endless or late."""
    answer = b""
    while not answer.endswith(b"\0"):
        if time.monotonic() > until:
            raise TimeoutError("no whole answer in time")
        piece = line.recv(LONGEST_ANSWER)
        answer += piece
        if not piece or len(answer) > LONGEST_ANSWER:
            raise ValueError(f"cut or endless answer {answer[:100]!r}")
    return answer[:-1]


def _line() -> socket.socket:
    """A connection to host:port, or to the socket file where the setting is a path."""
    address = settings.PHROM_CLAMD
    if "/" not in address:
        host, _, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line
