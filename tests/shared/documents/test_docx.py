"""A Word file keeps the text and tells Word, in every run, that it is Thai."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

from phrom.shared.documents.content import Bar, Bars, Block, Bullets, Column, Document, Heading, PageBreak, Paragraph, Table
from phrom.shared.documents.docx import render_docx
from tests.shared.documents.reading import WORD, word_paragraphs, word_part
from tests.shared.hard_thai import HARD_TEXTS

EVERYTHING: tuple[Block, ...] = (
    Heading("สรุป"),
    Paragraph("ปี 2567", indent=True),
    Bullets(("แรก", "สอง"), numbered=True),
    Table((Column("ที่"), Column("ชื่อ", 3, "right")), (("1", "น้ำใจ"), ("2", "รวม")), caption="ตาราง 1", total=True),
    Bars((Bar("นโยบาย", Decimal(7), Decimal(13), "7 จาก 13"),)),
    PageBreak(),
    Paragraph("ท้าย", small=True, align="center"),
)


def paper(*blocks: Block, **options: str | bool) -> Document:
    return Document("รายงาน", blocks, **options)  # type: ignore[arg-type]


def test_paragraphs_read_back_as_written() -> None:
    texts = word_paragraphs(render_docx(paper(*map(Paragraph, HARD_TEXTS))))
    assert [text for text in HARD_TEXTS if text not in texts] == []


def test_cells_read_back_as_written() -> None:
    table = Table((Column("ที่"), Column("ข้อความ", 9)), tuple((str(n), text) for n, text in enumerate(HARD_TEXTS)))
    texts = word_paragraphs(render_docx(paper(table)))
    assert [text for text in HARD_TEXTS if text not in texts] == []


def test_every_run_is_dressed_for_thai() -> None:
    made = render_docx(paper(*EVERYTHING, note="ประมาณการ", digits="thai"))
    for part in ("document", "header1", "footer1", "footer2"):
        for run in word_part(made, part).iter(f"{WORD}r"):
            if run.find(f"{WORD}br") is None:
                assert_thai(run.find(f"{WORD}rPr"))


def assert_thai(properties: object) -> None:
    assert properties is not None
    assert properties.find(f"{WORD}rFonts").get(f"{WORD}cs") == "TH Sarabun New"
    assert properties.find(f"{WORD}lang").get(f"{WORD}bidi") == "th-TH"
    assert properties.find(f"{WORD}szCs") is not None
    assert (properties.find(f"{WORD}b") is None) == (properties.find(f"{WORD}bCs") is None)


def test_thai_digits_in_texts_lists_cells_and_page_numbers() -> None:
    made = render_docx(paper(*EVERYTHING, digits="thai"))
    texts = word_paragraphs(made)
    assert {"ปี ๒๕๖๗", "๑.แรก", "๑", "ตาราง ๑", "๗ จาก ๑๓"} <= set(texts)
    assert "PAGE \\* THAIARABIC" in [field.text for field in word_part(made, "header1").iter(f"{WORD}instrText")]


def test_the_header_row_is_repeated_and_no_row_is_cut() -> None:
    table = next(word_part(render_docx(paper(*EVERYTHING)), "document").iter(f"{WORD}tbl"))
    rows = list(table.iter(f"{WORD}trPr"))
    assert [row.find(f"{WORD}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{WORD}cantSplit") is not None for row in rows)


def test_a4_with_the_margins_of_official_papers_numbered_from_page_two() -> None:
    section = next(word_part(render_docx(paper(*EVERYTHING)), "document").iter(f"{WORD}sectPr"))
    margins = section.find(f"{WORD}pgMar")
    twips = {side: round(int(margins.get(f"{WORD}{side}")) / 567, 1) for side in ("left", "right", "top", "bottom")}
    assert twips == {"left": 3.0, "right": 2.0, "top": 2.5, "bottom": 2.0}
    assert section.find(f"{WORD}pgSz").get(f"{WORD}w") == "11906"
    assert section.find(f"{WORD}titlePg") is not None


def test_on_its_side_the_page_is_wide() -> None:
    size = next(word_part(render_docx(paper(*EVERYTHING, landscape=True)), "document").iter(f"{WORD}pgSz"))
    assert (size.get(f"{WORD}w"), size.get(f"{WORD}orient")) == ("16838", "landscape")


def test_the_second_font_is_named_for_machines_without_the_first() -> None:
    fonts = word_part(render_docx(paper()), "fontTable")
    assert "TH SarabunPSK" in [name.get(f"{WORD}val") for name in fonts.iter(f"{WORD}altName")]


def test_control_characters_do_not_stop_the_paper() -> None:
    assert "ก ข" in word_paragraphs(render_docx(paper(Paragraph("ก\x00\x0b ข\ud800"))))


def test_no_name_no_date_of_somebody_else_in_the_properties() -> None:
    core = ZipFile(BytesIO(render_docx(paper()))).read("docProps/core.xml").decode()
    assert "รายงาน" in core and "python-docx" not in core and "2013" not in core
