"""A pack of a whole province, read back and held against the database: set, tables, papers, files, and its own verifier."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from python_calamine import CalamineWorkbook

from phrom.rules.instrument.model import Edition
from tests.journeys.pack import DOCUMENT, MANIFEST, REPORT, SHEET, bare, manifest_is_true, word_text
from tests.journeys.stored import Stored

TREE = "หลักฐาน/"
VERIFIER = "verify.py"
HEAD = "คำตอบของจังหวัด"  # the column's head, printed anew on every page
FOOT = 100  # points: the foot with its code begins below, the page number stands above the half of it


def equals_what_is_stored(path: Path, stored: Stored, edition: Edition, folder: Path) -> None:
    """Every part of the pack says what the database says."""
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        manifest_is_true(pack)
        document = is_the_frozen_set(pack, stored)
        holds_every_file_under_its_row(pack, stored)
        tables_say_what_agencies_said(pack, stored, edition)
        papers_say_every_answer(pack, document)
        pack.extractall(folder / "opened")
    agrees_without_phrom(folder / "opened", path)


def is_the_frozen_set(pack: zipfile.ZipFile, stored: Stored) -> dict[str, Any]:
    """Byte for byte, and the hash is of these bytes."""
    document, sha256 = stored.frozen()
    assert pack.read(DOCUMENT).decode() == document
    assert hashlib.sha256(document.encode()).hexdigest() == sha256
    told: dict[str, Any] = json.loads(document)
    return told


def holds_every_file_under_its_row(pack: zipfile.ZipFile, stored: Stored) -> None:
    """The tree has each stored file once under its row and agency, by content."""
    lines = csv.DictReader(io.StringIO(pack.read(MANIFEST).decode("utf-8-sig")))
    there = Counter((*place(line["path"]), line["sha256"]) for line in lines if line["path"].startswith(TREE))
    assert there == Counter((one.code, one.agency, one.sha256) for one in stored.exhibits())
    assert sum(there.values()) > 300


def place(path: str) -> tuple[str, str]:
    """The row and the agency that a file of the tree stands under."""
    _, _, code, agency, _ = path.split("/")
    return code, agency


def tables_say_what_agencies_said(pack: zipfile.ZipFile, stored: Stored, edition: Edition) -> None:
    """The workbook has a line for each asked row, and one for each answer with its own words."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(pack.read(SHEET)))
    answers = [row for row in sheet(book, "คำตอบของจังหวัด") if row[0] in edition.by_code]
    assert [row[0] for row in answers] == [row.code for row in edition.asked_rows]
    said = {(row[1], row[0]): bare("".join(row)) for row in sheet(book, "ใครตอบอะไร") if row[0] in edition.by_code}
    for (agency, code), content in stored.answers().items():
        for text in texts(content):
            assert bare(text) in said[agency, code]


def sheet(book: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    """The lines of a sheet as texts."""
    for row in book.get_sheet_by_name(name).to_python():
        yield [str(cell) for cell in row]


def texts(content: dict[str, Any]) -> list[str]:
    """The words that somebody wrote into an answer."""
    said = (content["value"], content["detail"], content["cannot"])
    return [text for text in said if isinstance(text, str) and text and not text.replace(".", "").isdigit()]


def papers_say_every_answer(pack: zipfile.ZipFile, document: dict[str, Any]) -> None:
    """Word and PDF have every text of the provincial answers."""
    word = word_text(pack.read(f"{REPORT}.docx"))
    printed = bare("".join(answers_column(pack.read(f"{REPORT}.pdf")))).replace(HEAD, "")
    for answer in document["answers"].values():
        for text in texts(answer):
            for line in text.splitlines():
                assert bare(line) in word
                assert bare(line) in printed


def answers_column(content: bytes) -> Iterator[str]:
    """The column of provincial answers, page by page, read down: a cell may go on on the next page, beside other cells."""
    left = right = None
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        head, after = text.search(HEAD, match_case=True), text.search("ที่มา", match_case=True)
        found, beside = head.get_next(), after.get_next()
        while found and beside:
            left, right = text.get_charbox(found[0])[0] - 2, text.get_charbox(beside[0])[0] - 2
            found, beside = head.get_next(), after.get_next()
        if left is not None:
            yield text.get_text_bounded(left=left, right=right, bottom=FOOT, top=page.get_height() - FOOT / 2)


def agrees_without_phrom(folder: Path, path: Path) -> None:
    """The pack's own program, run by a bare Python, finds that all agrees; one changed letter of the set is found."""
    [program] = folder.rglob(VERIFIER)
    good = subprocess.run([sys.executable, "-I", program, path], capture_output=True, text=True)
    assert good.returncode == 0, good.stdout + good.stderr
    spoiled = folder / "spoiled.zip"
    with zipfile.ZipFile(path) as pack, zipfile.ZipFile(spoiled, "w") as copy:
        for name in pack.namelist():
            content = pack.read(name)
            copy.writestr(name, content.replace("น้ำ".encode(), "ดิน".encode()) if name == DOCUMENT else content)
    bad = subprocess.run([sys.executable, "-I", program, spoiled], capture_output=True, text=True)
    assert bad.returncode == 1, bad.stdout + bad.stderr
