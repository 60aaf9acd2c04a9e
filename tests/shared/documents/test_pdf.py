"""A PDF says in Thai what it was given, code point by code point, on pages an office would print."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from phrom.shared.documents import fonts, pdf
from phrom.shared.documents.content import Bar, Bars, Block, Bullets, Column, Document, Heading, PageBreak, Paragraph, Table
from phrom.shared.documents.pdf import render_pdf
from tests.shared.documents.reading import pdf_lines, pdf_pages
from tests.shared.hard_thai import HARD_TEXTS

LONG = "จังหวัดเชียงใหม่ได้มีคำสั่งที่ 2533/2563 ลงวันที่ 11 มิถุนายน 2563 แต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูง "
FITS_A_LINE = [text for text in HARD_TEXTS if len(text) < 80]
CM = 72 / 2.54


def paper(*blocks: Block, **options: str | bool) -> Document:
    return Document("รายงาน", blocks, **options)  # type: ignore[arg-type]


def test_paragraphs_read_back_as_written() -> None:
    lines = pdf_lines(render_pdf(paper(*map(Paragraph, FITS_A_LINE))))
    assert [text for text in FITS_A_LINE if text not in lines] == []


def test_cells_read_back_as_written() -> None:
    rows = tuple((f"ข้อ {number}", text) for number, text in enumerate(FITS_A_LINE))
    lines = pdf_lines(render_pdf(paper(Table((Column("ที่"), Column("ข้อความ", 9)), rows))))
    assert [text for number, text in enumerate(FITS_A_LINE) if f"ข้อ {number} {text}" not in lines] == []


def test_a_text_longer_than_a_line_keeps_every_letter() -> None:
    long = max(HARD_TEXTS, key=len)
    assert long in "".join(pdf_lines(render_pdf(paper(Paragraph(long)))))


def test_a_text_of_thousands_of_words_is_printed_whole() -> None:
    words = [f"คำที่{number}" for number in range(3000)]
    lines = pdf_lines(render_pdf(paper(Paragraph(" ".join(words)))))
    read = "".join(line for line in lines if not line.startswith("- ")).replace(" ", "")
    assert [word for word in words if word not in read] == []


def test_headings_lists_and_bars_read_back() -> None:
    blocks = (
        Paragraph(LONG),
        Heading("สรุป", 2),
        Bullets(("น้ำใจ", "ผู้ กี่"), numbered=True),
        Bars((Bar("อยู่ ที่", Decimal("7.25"), Decimal(13), "7.25 จาก 13"),)),
    )
    lines = pdf_lines(render_pdf(paper(*blocks)))
    assert {"สรุป", "1. น้ำใจ", "2. ผู้ กี่"} <= set(lines)
    assert any("อยู่ ที่" in line and "7.25 จาก 13" in line for line in lines)


def test_a_line_break_in_a_text_is_kept() -> None:
    lines = pdf_lines(render_pdf(paper(Paragraph(LONG), Paragraph("บรรทัดหนึ่ง\r\nบรรทัดสอง"))))
    assert "บรรทัดหนึ่ง" in lines and "บรรทัดสอง" in lines


def test_markup_and_control_characters_are_only_text() -> None:
    lines = pdf_lines(render_pdf(paper(Paragraph('#eval("1+1") $x$ = หัว\x00\x0b\ud800 @ref'))))
    assert '#eval("1+1") $x$ = หัว @ref' in lines


def test_pages_are_numbered_from_the_second_on() -> None:
    first, second = pdf_pages(render_pdf(paper(Paragraph("หนึ่ง"), PageBreak(), Paragraph("สอง"))))
    assert "- 1 -" not in first
    assert second.startswith("- 2 -")


def test_thai_digits_reach_texts_lists_and_page_numbers_but_no_address() -> None:
    blocks = (Paragraph("ปี 2567 ดู https://a.go.th/2567"), Bullets(("แรก",), numbered=True), PageBreak(), Paragraph("ท้าย"))
    text = "\n".join(pdf_pages(render_pdf(paper(*blocks, digits="thai"))))
    for part in ("ปี ๒๕๖๗ ดู https://a.go.th/2567", "๑. แรก", "- ๒ -"):
        assert part in text


def test_the_note_stands_on_every_page() -> None:
    pages = pdf_pages(render_pdf(paper(Paragraph("ก"), PageBreak(), Paragraph("ข"), note="ประมาณการ: ถ่วงเท่ากัน")))
    assert all("ประมาณการ: ถ่วงเท่ากัน" in page for page in pages)


def test_the_header_of_a_table_is_repeated() -> None:
    rows = tuple((str(number), "มี") for number in range(80))
    pages = pdf_pages(render_pdf(paper(Table((Column("ลำดับ"), Column("คำตอบ")), rows))))
    assert len(pages) > 1 and all("ลำดับ คำตอบ" in page for page in pages)


def test_a4_upright_or_on_its_side_with_the_margins_of_official_papers() -> None:
    with pypdfium2.PdfDocument(render_pdf(paper(Paragraph(LONG * 9), landscape=True))) as made:
        assert [round(side / CM, 1) for side in made[0].get_size()] == [29.7, 21.0]
    with pypdfium2.PdfDocument(render_pdf(paper(Paragraph(LONG * 9)))) as made:
        bounds = [thing.get_bounds() for thing in made[0].get_objects()]
    assert min(left for left, _, _, _ in bounds) >= 3 * CM - 1
    assert max(right for _, _, right, _ in bounds) <= (21 - 2) * CM + 1


def test_twenty_long_paragraphs_break_between_words() -> None:
    lines = pdf_lines(render_pdf(paper(*(Paragraph(LONG * 6, indent=True) for _ in range(20)), digits="thai")))
    broken = [line for line in lines if line[:1] in tuple("ะัาำิีึืุู็่้๊๋์ๆฯ)") or line[-1:] in tuple("เแโใไ(")]
    assert broken == []
    assert not any(line.endswith(("ลง", "ลงวัน", "คณะ")) for line in lines)
    full = [line for line in lines if line.strip()]
    assert sum(len(line) for line in full) / len(full) > 50


def test_the_title_is_in_the_file() -> None:
    with pypdfium2.PdfDocument(render_pdf(paper(Paragraph("ก")))) as made:
        assert made.get_metadata_value("Title") == "รายงาน"


def test_the_same_paper_gives_the_same_file() -> None:
    document = paper(Paragraph("น้ำใจ"))
    assert render_pdf(document) == render_pdf(document)


def test_a_missing_font_is_an_error_not_an_unreadable_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    pdf._compiler.cache_clear()
    with pytest.raises(fonts.FontMissing, match=r"Sarabun-Bold\.ttf.*\./run"):
        render_pdf(paper(Paragraph("ก")))
    monkeypatch.undo()
    assert render_pdf(paper(Paragraph("ก"))).startswith(b"%PDF")


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 of the table has 1 cells for 2 columns"):
        Table((Column("ก"), Column("ข")), (("1", "2"), ("3",)))
