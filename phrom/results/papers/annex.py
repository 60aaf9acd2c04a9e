"""The annex: a part for each pillar, every row with its answer and what proves it; and the list of all evidence with hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from phrom.results.papers.archive import placed
from phrom.results.papers.report import ESTIMATE, seal_of
from phrom.results.papers.source import Exhibit, PackRow, PackSource
from phrom.rules.scoring.words import in_words
from phrom.shared.documents.content import Block, Column, Document, Heading, PageBreak, Paragraph, Table
from phrom.shared.thai.dates import thai_date

NO_EVIDENCE = "ไม่มีหลักฐานแนบในข้อนี้"


def annex(source: PackSource) -> Document:
    """The annex as content; answers and quotations stay as they were typed."""
    draft = "ร่าง ยังไม่ปิดรอบ · " if source.is_draft else ""
    title = f"ภาคผนวก คำตอบและหลักฐานรายเสาหลัก ประจำปีงบประมาณ พ.ศ. {source.standing.edition.fiscal_year}"
    return Document(
        title=title,
        subtitle=f"{draft}{source.round.body.name}",
        blocks=(*_pillars(source), *_list(source)),
        note=draft + ESTIMATE,
        seal=seal_of(source),
    )


def _pillars(source: PackSource) -> Iterator[Block]:
    exhibits: dict[str, list[Exhibit]] = {}
    for exhibit in source.exhibits():
        exhibits.setdefault(exhibit.code, []).append(exhibit)
    for number, pillar in enumerate(source.standing.edition.pillars):
        rows = [row for row in source.rows if row.question.pillar == pillar.code]
        if not rows:
            continue
        if number:
            yield PageBreak()
        yield Heading(f"ภาคผนวก {pillar.code} {pillar.title}")
        for row in rows:
            yield from _row(row, exhibits.get(row.question.code, []))


def _row(row: PackRow, exhibits: Sequence[Exhibit]) -> Iterator[Block]:
    yield Heading(f"{row.question.code} {row.question.text}", 3)
    yield Paragraph(f"คำตอบของจังหวัด: {in_words(row.question, row.came.answer)}")
    yield Paragraph(f"คะแนน (ประมาณการ): {row.mark.because}", small=True)
    if not exhibits:
        yield Paragraph(NO_EVIDENCE, small=True)
        return
    columns = (Column("หลักฐาน", 4), Column("หน่วยงาน", 2.6), Column("วันที่และช่วงเวลา", 2.4), Column("เหตุที่ใช้", 3))
    yield Table(columns, tuple(_exhibit(one) for one in exhibits))


def _exhibit(one: Exhibit) -> tuple[str, ...]:
    proof = one.proof
    parts = (
        proof.name,
        f"หน้า {proof.page}" if proof.page else "",
        f"“{proof.quotation}”" if proof.quotation else "",
        f"หนังสือที่ {proof.letter}" if proof.letter else "",
        "" if one.sha256 else proof.ref,
    )
    days = (f"ลงวันที่ {thai_date(one.issued_on)}" if one.issued_on else "", f"ช่วง {one.period}" if one.period else "")
    counts = "ประกอบคำตอบที่ใช้" if one.used else "คำตอบของหน่วยงานนี้ไม่ได้ใช้เป็นคำตอบของจังหวัด"
    return (_lines(parts), one.agency_name, _lines(days) or "ไม่ระบุ", _lines((counts, one.place)))


def _list(source: PackSource) -> Iterator[Block]:
    """Every piece with its place in the pack and its hash, by which the file is told from any other."""
    found = [(one, path) for one, path in placed(source) if path]
    yield PageBreak()
    yield Heading("บัญชีหลักฐานพร้อมรหัสตรวจสอบ")
    if not found:
        yield Paragraph("ยังไม่มีไฟล์หลักฐานในรอบนี้")
        return
    columns = (Column("ลำดับ", 0.8, "center"), Column("ข้อ", 1.1), Column("ชื่อและหน่วยงาน", 4), Column("SHA-256", 4.4))
    rows = (
        (str(number), one.code, f"{one.proof.name}\n{one.agency_name}", _broken(one.sha256))
        for number, (one, _) in enumerate(found, 1)
    )
    yield Table(columns, tuple(rows))


def _broken(sha256: str) -> str:
    """Two lines of 32, so that a hash fits into its column and can be read aloud."""
    return f"{sha256[:32]}\n{sha256[32:]}"


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(part for part in parts if part)
