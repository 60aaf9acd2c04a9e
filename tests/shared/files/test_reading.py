"""The words of real files are read as they stand; what cannot be read is given up with a reason, and stops nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django_tasks_db.models import DBTaskResult

from phrom.shared.files import words
from phrom.shared.files.models import FileText, Scan, StoredFile, TextState
from phrom.shared.files.reading import want_text
from phrom.shared.files.removal import let_go
from phrom.shared.files.searching import search_files
from phrom.shared.files.store import keep
from phrom.shared.files.words import ONLY_BEGINNING, TOO_HARD, read_one, read_waiting
from tests.factories.agencies import make_agency, make_body
from tests.factories.survey import make_piece
from tests.shared.files.conftest import AT
from tests.shared.files.papers import SENTENCE, docx_of, odt_of, pdf_of, pptx_of, xlsx_of
from tests.shared.files.specimens import GOOD, office, pdf, png

pytestmark = pytest.mark.django_db


def read(content: bytes, name: str) -> FileText:
    """Keep, ask, and let the tick read."""
    stored = keep([content], name=name, at=AT)
    with transaction.atomic():
        want_text(stored)
    read_waiting(at=AT)
    return FileText.objects.get(file=stored)


REAL = [
    ("ก.pdf", pdf_of("หน้าปก", SENTENCE)),
    ("ก.docx", docx_of("หัวเรื่อง", SENTENCE, cell="ในตาราง", foot="ท้ายกระดาษ")),
    ("ก.xlsx", xlsx_of(ข้อมูล=[["ชื่อ", "จำนวน"], [SENTENCE, 1250.5]], อื่น=[[True]])),
    ("ก.pptx", pptx_of("หน้าแรก", *["ต่อ"] * 9, SENTENCE)),
    ("ก.odt", odt_of("แรก", SENTENCE)),
    ("ก.ods", odt_of(SENTENCE, extension="ods")),
    ("ก.txt", SENTENCE.encode()),
    ("ก.csv", f"\ufeffชื่อ,ค่า\n{SENTENCE},1\n".encode()),
    ("เก่า.csv", SENTENCE.encode("cp874")),
]


@pytest.mark.parametrize(("name", "content"), REAL, ids=[name for name, _ in REAL])
def test_words_of_every_kind_are_read_as_they_stand_and_found(name: str, content: bytes) -> None:
    read_text = read(content, name)
    assert (read_text.state, read_text.why, read_text.tries, read_text.at) == (TextState.READ, "", 1, AT)
    if not name.endswith(".pdf"):  # where programs write marks in their own way
        assert SENTENCE in read_text.text
    for typed in ("ธรรมาภิบาลข้อมูล", "น้ำท่วม", "2567", "จังหวัดเชียงใหม่ได้จัดทำ"):
        assert search_files(typed, [read_text.file_id]), typed


def test_what_stands_where_in_office_files() -> None:
    assert "ในตาราง" in (word := read(REAL[1][1], "ก.docx").text)
    assert word.rstrip().endswith("ท้ายกระดาษ")
    sheet = read(REAL[2][1], "ก.xlsx").text
    assert sheet.startswith("ข้อมูล\nอื่น\nชื่อ\tจำนวน\n")
    assert f"{SENTENCE}\t1250.5\n\f" in sheet
    slides = read(REAL[3][1], "ก.pptx")
    assert slides.text.split("\f")[10].strip() == SENTENCE  # the eleventh, though its name sorts before the second
    assert search_files("ธรรมาภิบาล", [slides.file_id])[0].snippet.page == 11
    assert f"{SENTENCE} ต่อ\tท้าย\n" in read(REAL[4][1], "ก.odt").text


def test_deleted_words_and_field_codes_are_not_said() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    inside = "<w:t>อยู่</w:t><w:delText>ลบแล้ว</w:delText><w:instrText>PAGEREF</w:instrText><w:tab/><w:t>ท้าย</w:t>"
    part = f"<w:document {space}><w:body><w:p><w:r>{inside}</w:r></w:p></w:body></w:document>"
    assert read(office("docx", ("word/document.xml", part.encode())), "ก.docx").text.strip() == "อยู่\tท้าย"


@pytest.mark.parametrize(("name", "content"), [("ก.png", png()), ("ก.doc", GOOD[-2][1])])
def test_what_has_no_words_is_not_asked_for(name: str, content: bytes) -> None:
    want_text(keep([content], name=name, at=AT))
    assert not FileText.objects.exists()


def test_an_empty_file_says_so_and_asking_twice_is_asking_once() -> None:
    stored = keep([pdf_of("")], name="สแกน.pdf", at=AT)
    for _ in range(2):
        want_text(stored)
    assert DBTaskResult.objects.count() == 1
    read_one(text_id=FileText.objects.get().pk, at=AT)
    assert FileText.objects.get().state == TextState.EMPTY
    read_one(text_id=FileText.objects.get().pk, at=AT)
    assert FileText.objects.get().tries == 1


def test_what_waits_for_the_scanner_is_not_opened() -> None:
    stored = keep([SENTENCE.encode()], name="ก.txt", at=AT)
    want_text(stored)
    StoredFile.objects.update(scan=Scan.WAITING)
    assert read_waiting(at=AT) == 0
    StoredFile.objects.update(scan=Scan.CLEAN)
    assert read_waiting(at=AT) == 1


DAMAGED = [
    ("เสีย.pdf", pdf()),
    ("เสีย.docx", office("docx", ("word/document.xml", b"<w:document"))),
    ("เสีย.xlsx", office("xlsx", ("xl/sharedStrings.xml", b"\xff\xff"))),
    ("เกิน.xlsx", office("xlsx", ("xl/worksheets/sheet1.xml", b'<s><row><c t="s"><v>9</v></c></row></s>'))),
]


@pytest.mark.parametrize(("name", "content"), DAMAGED, ids=[name for name, _ in DAMAGED])
def test_a_damaged_file_is_given_up_at_once_with_a_reason(name: str, content: bytes) -> None:
    given_up = read(content, name)
    assert (given_up.state, given_up.text, given_up.key) == (TextState.FAILED, "", "")
    assert "เสียหาย" in given_up.why


CHILD = "import sys; sys.path.insert(0, {root!r}); from phrom.shared.files.texts.limits import shut_in; shut_in(); {what}"
FORBIDDEN = {
    "eats memory": "x = bytearray(3 * 1024**3)",
    "writes a file": "open('/tmp/phrom-must-not-be', 'w')",
    "appends to a file": "open('/tmp/phrom-must-not-be', 'ab')",
    "speaks to the network": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "starts a program": "import subprocess; subprocess.run(['true'])",
    "starts a shell": "import os; os.system('true')",
    "forks": "import os; os.fork()",
    "fills the disk through an open file": "sys.stdout.buffer.write(b'x'); sys.stdout.flush()",
}


@pytest.mark.parametrize("what", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_reading_process_is_shut_in(what: str, tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        command = [sys.executable, "-c", CHILD.format(root=str(words.ROOT), what=what)]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, timeout=30, cwd=words.ROOT)
    assert done.returncode != 0
    assert not Path("/tmp/phrom-must-not-be").exists()


def test_three_bad_ends_and_the_file_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(words.READERS, "text/plain", "no such reader")
    stored = keep([SENTENCE.encode()], name="ก.txt", at=AT)
    want_text(stored)
    for tries in (1, 2, 3):
        assert FileText.objects.get().state == TextState.WAITING
        read_waiting(at=AT)
        assert FileText.objects.get().tries == tries
    text = FileText.objects.get()
    assert (text.state, text.why) == (TextState.FAILED, TOO_HARD)
    assert read_waiting(at=AT) == 0


def test_a_reading_that_killed_everything_is_given_up_too() -> None:
    want_text(keep([SENTENCE.encode()], name="ก.txt", at=AT))
    FileText.objects.update(tries=3)
    read_waiting(at=AT)
    assert FileText.objects.get().state == TextState.FAILED


def test_a_slow_file_ends_in_time_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "SECONDS", 0.01)
    want_text(keep([SENTENCE.encode()], name="ก.txt", at=AT))
    read_waiting(at=AT)
    assert (FileText.objects.get().state, FileText.objects.get().tries) == (TextState.WAITING, 1)
    monkeypatch.setattr(words, "SECONDS", 60)
    read_waiting(at=AT)
    assert FileText.objects.get().state == TextState.READ


def test_a_long_file_is_found_by_its_beginning_and_says_so() -> None:
    long = read(("ต้นเรื่อง " + "ก" * 1_200_000 + " ปลายเรื่อง").encode(), "ยาว.txt")
    assert (long.state, long.why, len(long.text)) == (TextState.READ, ONLY_BEGINNING, 1_000_000)
    assert search_files("ต้นเรื่อง", [long.file_id])
    assert not search_files("ปลายเรื่อง", [long.file_id])


def test_one_text_that_ten_thousand_cells_refer_to_fills_nothing() -> None:
    shared = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    rows = b"<s>" + b'<row><c t="s"><v>0</v></c></row>' * 10_000 + b"</s>"
    book = office("xlsx", ("xl/sharedStrings.xml", shared), ("xl/worksheets/sheet1.xml", rows))
    assert len(read(book, "ก.xlsx").text) == 1_000_000


def test_letters_that_a_database_refuses_are_left_out() -> None:
    assert read("ก่อน\ufffe\x1f\u200bหลัง".replace("\x1f", "\f").encode(), "ก.txt").text == "ก่อน\f\u200bหลัง"


def test_what_was_destroyed_is_found_by_none_of_its_words(django_capture_on_commit_callbacks: Any) -> None:
    text = read(SENTENCE.encode(), "ก.txt")
    sha256 = text.file.sha256
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go([text.file]) == [sha256]
    assert not FileText.objects.exists()
    assert not search_files("ธรรมาภิบาล", StoredFile.objects.all())


def test_what_somebody_still_refers_to_keeps_its_words() -> None:
    text = read(SENTENCE.encode(), "ก.txt")
    make_piece(make_agency(make_body()), file=text.file)
    with pytest.raises(ProtectedError), transaction.atomic():
        text.file.delete()
    assert let_go([text.file]) == []
    assert search_files("ธรรมาภิบาล", [text.file_id])
