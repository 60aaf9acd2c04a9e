"""Workbooks of many bodies and PDF pages."""

from __future__ import annotations

import time
from pathlib import Path

from phrom.rules.instrument.load import load_edition
from phrom.shared.documents.content import Column, Document, Heading, Table
from phrom.shared.documents.pdf import render_pdf
from phrom.shared.documents.xlsx import Sheet, write_workbook
from tests.bench.table import Line

ROOT = Path(__file__).resolve().parents[2]
AIMS = {378: "0.15 s CPU", 7850: "1.35 s CPU, 150 MB"}


def measure(folder: Path) -> list[Line]:
    """XLSX of 378 and 7,850 bodies with a column for each asked row; a Thai report of tables."""
    return [_workbook(folder, 378), _workbook(folder, 7850), _pdf()]


def _workbook(folder: Path, count: int) -> Line:
    codes = [row.code for row in load_edition(ROOT / "editions/dga-province-2567").asked_rows]
    rows = (
        [f"หน่วยที่ {number} จังหวัดเชียงใหม่", *(["มี", "ไม่มี", "=1+1"][(number + n) % 3] for n in range(len(codes)))]
        for number in range(count)
    )
    started = time.process_time()
    write_workbook(folder / f"{count}.xlsx", [Sheet("คำตอบ", ["หน่วย", *codes], rows)])
    used = time.process_time() - started
    size = (folder / f"{count}.xlsx").stat().st_size / 1e6
    return Line(f"XLSX of {count:,} bodies x {len(codes)} rows", f"{used:.2f} s CPU", AIMS[count], f"{size:.1f} MB")


def _pdf() -> Line:
    edition = load_edition(ROOT / "editions/dga-province-2567")
    columns = (Column("ข้อ", 1), Column("ประเด็นคำถาม", 4), Column("คำตอบ", 2))
    table = Table(columns, tuple((row.code, row.text, "มี (หลักฐาน ๓ รายการ)") for row in edition.rows))
    document = Document("รายงานวัดความเร็ว", (Heading("คำตอบ"), *([table] * 10)), digits="thai")
    render_pdf(document)
    started = time.process_time()
    made = render_pdf(document)
    used = time.process_time() - started
    pages = made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") + made.count(b"/Type/Page/")
    return Line("PDF in Thai", f"{pages / used:.0f} pages per CPU second", "20", f"{pages} pages in {used:.2f} s")
