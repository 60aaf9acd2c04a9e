"""The answer pack as its reader opens it: every answer in every paper, every hash true, no formula, LibreOffice opens it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
from docx import Document as Word
from python_calamine import CalamineWorkbook

from phrom.shared.thai.digits import to_thai
from tests.journeys.people import Reply

SHEET, REPORT, DOCUMENT, MANIFEST = "คำตอบของจังหวัด.xlsx", "รายงาน", "ชุดคำตอบ.json", "บัญชีแฟ้ม.csv"
Sections = dict[str, dict[str, Reply]]


def holds_every_answer(path: Path, words_said: Iterable[str], *offices: Sections) -> None:
    """Whatever was said at the end stands in the table, the Word file and the PDF, and everybody's files are in the tree."""
    with zipfile.ZipFile(path) as pack:
        assert pack.testzip() is None
        manifest_is_true(pack)
        table = sheet_text(pack.read(SHEET))
        word, printed = word_text(pack.read(f"{REPORT}.docx")), pdf_text(pack.read(f"{REPORT}.pdf"))
        for words in words_said:
            assert bare(words) in bare(table)
            assert bare(words) in word
            assert bare(words) in printed
        names = {Path(name).name for name in pack.namelist()}
        assert {paper.name for reply in replies(*offices) for paper in reply.papers} <= names
        opens_in_libreoffice(pack, path.parent)


def answer_set(path: Path, folder: Path) -> Path:
    """The set of the pack as a file."""
    with zipfile.ZipFile(path) as pack:
        return Path(pack.extract(DOCUMENT, folder))


def manifest_is_true(pack: zipfile.ZipFile) -> None:
    """Each file of the manifest is there with its size and hash."""
    lines = list(csv.DictReader(io.StringIO(pack.read(MANIFEST).decode("utf-8-sig"))))
    assert len(lines) > 4
    for line in lines:
        content = pack.read(line["path"])
        assert len(content) == int(line["size"])
        assert hashlib.sha256(content).hexdigest() == line["sha256"]


def sheet_text(content: bytes) -> str:
    """Every cell of every sheet; none of them is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not [name for name in book.namelist() if name.startswith("xl/worksheets/") and b"<f" in book.read(name)]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return "\n".join(str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row)


def word_text(content: bytes) -> str:
    """The report's paragraphs and cells, without spaces."""
    paper = Word(io.BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return bare("\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells]))


def pdf_text(content: bytes) -> str:
    """What a reader copies out of the PDF, without spaces."""
    paper = pypdfium2.PdfDocument(content)
    return bare("".join(page.get_textpage().get_text_bounded() for page in paper))


def bare(words: str) -> str:
    """Without the spaces that line breaks make, and with the Thai digits that papers are written in."""
    return to_thai(re.sub(r"[\s\u00ad\u200b\ufffe]+", "", words))


def replies(*offices: Sections) -> Iterator[Reply]:
    """All replies of all offices."""
    for sections in offices:
        for section in sections.values():
            yield from section.values()


def opens_in_libreoffice(pack: zipfile.ZipFile, folder: Path) -> None:
    """Calc and Writer turn them into PDF; says so loudly where there is no LibreOffice."""
    office = shutil.which("soffice")
    if not office:
        warnings.warn(
            "!! ไม่พบ LibreOffice จึงไม่ได้ลองเปิด XLSX และ DOCX / no LibreOffice: the files were not opened", stacklevel=2
        )
        return
    for name in (SHEET, f"{REPORT}.docx"):
        pack.extract(name, folder)
        home = f"-env:UserInstallation=file://{folder}/office"
        command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "opened"), str(folder / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        assert len(pypdfium2.PdfDocument(folder / "opened" / f"{Path(name).stem}.pdf")) > 0
