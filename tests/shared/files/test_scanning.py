"""The malware scanner: what it finds is not kept; when it fails in whatever way, nothing is taken for clean."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from phrom.config.rescanning import rescan_waiting
from phrom.shared.files import scanning
from phrom.shared.files.download import answer
from phrom.shared.files.models import Scan, StoredFile
from phrom.shared.files.scanning import Infected
from phrom.shared.files.store import HeldFile, keep, keep_made
from phrom.shared.journal.models import AuditEvent
from tests.servers import free_port
from tests.shared.files.clamd import EICAR, real_clamd, says, scanner, takes_all
from tests.shared.files.conftest import AT, files_in
from tests.shared.files.specimens import office, pdf, png

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Each test begins without a failure just before."""
    scanning._failed_at.clear()
    yield
    scanning._failed_at.clear()


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real scanner."""
    if not (shutil.which("clamd") or Path("/usr/sbin/clamd").exists()):
        pytest.skip("no clamd on this machine")
    with real_clamd(tmp_path_factory.mktemp("clamd")) as address:
        yield address


INFECTED = [
    ("eicar.txt", EICAR),
    ("eicar.docx", office("docx", ("word/media/a.bin", EICAR))),
    ("eicar.pdf", pdf(body=b"1 0 obj<<>>stream\n" + EICAR + b"\nendstream endobj\n")),
]


@pytest.mark.parametrize(("name", "content"), INFECTED, ids=[name for name, _ in INFECTED])
def test_what_a_real_scanner_finds_is_refused_and_leaves_nothing(
    name: str, content: bytes, clamd: str, settings: Settings, folder: Path
) -> None:
    settings.PHROM_CLAMD = clamd
    with pytest.raises(Infected) as refused:
        keep([content], name=name, at=AT)
    assert refused.value.status == 422
    assert "มัลแวร์" in refused.value.th
    assert "Eicar-Test-Local" in refused.value.en
    assert files_in(folder) == []
    assert not StoredFile.objects.exists()


def test_what_a_real_scanner_calls_clean_is_handed_out(clamd: str, settings: Settings) -> None:
    settings.PHROM_CLAMD = clamd
    stored = keep([pdf(body=b"x" * 3_000_000)], name="ก.pdf", at=AT)
    assert (stored.scan, stored.scanned_at) == (Scan.CLEAN, AT)
    assert answer(stored, name="ก.pdf").status_code == 200


def test_without_a_scanner_nothing_is_asked_and_nothing_is_said(settings: Settings) -> None:
    settings.PHROM_CLAMD = ""
    stored = keep([pdf()], name="ก.pdf", at=AT)
    assert (stored.scan, stored.scanned_at, stored.is_held) == (Scan.NONE, None, False)


def hangs(line: socket.socket) -> None:
    time.sleep(1.5)


def cuts_in_the_middle(line: socket.socket) -> None:
    line.recv(10)


def drips(line: socket.socket) -> None:
    takes_all(line)
    for letter in b"stream: OK":
        line.sendall(bytes([letter]))
        time.sleep(0.2)


FAILURES: list[tuple[str, Callable[[socket.socket], None]]] = [
    ("hanging", hangs),
    ("closing at once", lambda line: None),
    ("closing in the middle", cuts_in_the_middle),
    ("dripping without end", drips),
    ("no answer", says(b"")),
    ("a cut answer", says(b"stream: OK")),
    ("a cut name", says(b"stream: Eicar FOU")),
    ("rubbish", says(b"\xff\xfe" * 50 + b"\0")),
    ("endless rubbish", says(b"OK" * 100_000)),
    ("a web server", says(b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0")),
    ("another file's answer", says(b"/tmp/other: OK\0")),
    ("two answers", says(b"stream: OK\0stream: OK\0")),
    ("a lower word", says(b"stream: ok\0")),
    ("its own error", says(b"INSTREAM size limit exceeded. ERROR\0")),
    ("an empty line", says(b"\0")),
]


@pytest.mark.parametrize(("why", "serve"), FAILURES, ids=[why for why, _ in FAILURES])
def test_a_scanner_that_fails_leaves_the_file_waiting(
    why: str, serve: Callable[[socket.socket], None], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "SECONDS", 0.5)
    monkeypatch.setattr(scanning, "WHOLE", 1.0)
    with scanner(serve) as settings.PHROM_CLAMD:
        stored = keep([pdf(body=b"x" * 400_000)], name="ก.pdf", at=AT)
    assert stored.scan == Scan.WAITING, why
    with pytest.raises(HeldFile) as held:
        answer(stored, name="ก.pdf")
    assert held.value.status == 409
    assert "รอตรวจมัลแวร์" in held.value.th


@pytest.mark.parametrize("address", ["127.0.0.1:{port}", "{folder}/no.sock", "127.0.0.1", "nowhere.invalid:3310"])
def test_a_scanner_that_is_not_there_leaves_the_file_waiting(address: str, settings: Settings, folder: Path) -> None:
    settings.PHROM_CLAMD = address.format(port=free_port(), folder=folder)
    assert keep([pdf()], name="ก.pdf", at=AT).scan == Scan.WAITING


def test_after_a_failure_nobody_else_waits_for_the_scanner(settings: Settings) -> None:
    asked = []

    def counts(line: socket.socket) -> None:
        asked.append(1)

    with scanner(counts) as settings.PHROM_CLAMD:
        for number in range(5):
            assert keep([pdf(body=b"%d" % number)], name="ก.pdf", at=AT).scan == Scan.WAITING
    assert len(asked) == 1


def test_the_tick_looks_again_once_the_scanner_answers(clamd: str, settings: Settings, folder: Path) -> None:
    settings.PHROM_CLAMD = f"{folder}/not-yet.sock"
    clean, infected = keep([pdf()], name="ก.pdf", at=AT), keep([EICAR], name="ข.txt", at=AT)
    later = AT + timedelta(minutes=5)
    assert rescan_waiting(at=later) == 0
    settings.PHROM_CLAMD = clamd
    assert rescan_waiting(at=later) == 2
    clean.refresh_from_db()
    infected.refresh_from_db()
    assert (clean.scan, clean.scanned_at, infected.scan) == (Scan.CLEAN, later, Scan.INFECTED)
    assert answer(clean, name="ก.pdf").status_code == 200
    with pytest.raises(HeldFile) as held:
        answer(infected, name="ข.txt")
    assert "พบมัลแวร์" in held.value.th
    told = AuditEvent.objects.get(event="file.infected")
    assert told.details == {"sha256": infected.sha256, "found": "Eicar-Test-Local.UNOFFICIAL"}
    assert rescan_waiting(at=later) == 0


def test_one_file_that_the_scanner_cannot_take_does_not_hold_up_the_others(settings: Settings) -> None:
    def takes_small(line: socket.socket) -> None:
        got = takes_all(line)
        line.sendall(
            b"PONG\0" if got == b"PING" else b"INSTREAM size limit exceeded. ERROR\0" if len(got) > 5_000 else b"stream: OK\0"
        )

    settings.PHROM_CLAMD = f"127.0.0.1:{free_port()}"
    big, small = keep([pdf(body=b"x" * 10_000)], name="ก.pdf", at=AT), keep([pdf()], name="ข.pdf", at=AT)
    with scanner(takes_small) as settings.PHROM_CLAMD:
        assert rescan_waiting(at=AT) == 1
    small.refresh_from_db()
    big.refresh_from_db()
    assert (big.scan, small.scan) == (Scan.WAITING, Scan.CLEAN)


def test_the_same_bytes_again(settings: Settings) -> None:
    settings.PHROM_CLAMD = f"127.0.0.1:{free_port()}"
    first = keep([png()], name="ก.png", at=AT)
    scanning._failed_at.clear()
    with scanner(says(b"stream: OK\0")) as settings.PHROM_CLAMD:
        assert keep([png()], name="ก.png", at=AT).scan == Scan.CLEAN
    settings.PHROM_CLAMD = f"127.0.0.1:{free_port()}"
    assert keep([png()], name="ก.png", at=AT).scan == Scan.CLEAN  # it was looked at; the bytes are the same
    StoredFile.objects.filter(pk=first.pk).update(scan=Scan.INFECTED)
    scanning._failed_at.clear()
    with pytest.raises(HeldFile):
        keep([png()], name="ก.png", at=AT)


def test_what_the_program_made_is_not_asked_about(settings: Settings) -> None:
    settings.PHROM_CLAMD = f"127.0.0.1:{free_port()}"
    assert keep_made([b"%PDF"], content_type="application/pdf", at=AT).scan == Scan.NONE


def test_the_ready_page_names_a_silent_scanner(client: Client, settings: Settings) -> None:
    assert "warnings" not in client.get("/readyz").json()
    with scanner(says(b"")) as settings.PHROM_CLAMD:
        assert "warnings" not in client.get("/readyz").json()
    settings.PHROM_CLAMD = f"127.0.0.1:{free_port()}"
    told = client.get("/readyz")
    assert (told.status_code, told.json()["ready"]) == (200, True)
    assert "เครื่องตรวจมัลแวร์ไม่ตอบ" in told.json()["warnings"]["scanner"]
