"""The code at the foot of every page is read back from the picture of the page, as a telephone would."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pypdfium2
import pytest
import zxingcpp

from phrom.shared.documents.content import Document, PageBreak, Paragraph, Seal
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.pdf import render_pdf

ADDRESS = f"https://phrom.example.go.th/check/{'0123456789abcdef' * 4}/"
WORDS = "รหัสตรวจสอบ 0123 4567 89ab cdef"
SEALED = Document(
    "รายงาน",
    (Paragraph("หน้าแรก"), PageBreak(), Paragraph("หน้าที่สอง"), PageBreak(), Paragraph("หน้าสุดท้าย")),
    note="ประมาณการ " * 30,
    seal=Seal(ADDRESS, WORDS),
)


def codes(pdf: bytes, scale: float = 3) -> list[list[str]]:
    """What stands in the codes of each page, from its picture."""
    pages = pypdfium2.PdfDocument(pdf)
    pictures = (np.asarray(pages[number].render(scale=scale, grayscale=True).to_numpy()) for number in range(len(pages)))
    return [[code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(picture.squeeze()))] for picture in pictures]


@pytest.mark.parametrize("scale", [2, 3, 6], ids=["a poor photograph", "a photograph", "a scan"])
def test_every_page_of_the_pdf_carries_its_address(scale: float) -> None:
    assert codes(render_pdf(SEALED), scale) == [[ADDRESS]] * 3


def test_the_words_beside_it_stand_in_the_text_of_every_page() -> None:
    pages = pypdfium2.PdfDocument(render_pdf(SEALED))
    assert ["0123 4567 89ab cdef" in pages[n].get_textpage().get_text_range() for n in range(len(pages))] == [True] * 3


def test_the_word_file_carries_the_same_code_in_every_foot() -> None:
    file = zipfile.ZipFile(io.BytesIO(render_docx(SEALED)))
    feet = [file.read(name).decode() for name in file.namelist() if name.startswith("word/footer")]
    assert len(feet) == 2
    assert all("<pic:pic" in foot and "0123 4567" in foot for foot in feet)


def test_a_paper_without_a_seal_has_no_code_and_keeps_its_foot() -> None:
    assert codes(render_pdf(Document("รายงาน", (Paragraph("หน้าแรก"),)))) == [[]]
