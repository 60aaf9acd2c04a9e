"""Every official form says what it was given, in Word and in PDF: letter for letter, in Thai digits, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from phrom.shared.documents.content import (
    Blanks,
    Clause,
    DateLine,
    Document,
    Field,
    Form,
    OfficeLines,
    Paragraph,
    People,
    Person,
    Signature,
    Stamp,
    Table,
)
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.pdf import CannotPrint, render_pdf
from phrom.shared.thai.digits import to_thai
from tests.shared.documents.forms import AGENDA, BY_FORM, LETTER, LONG, MINUTES
from tests.shared.documents.reading import pdf_pages, word_paragraphs
from tests.shared.hard_thai import HARD_TEXTS

FORMS: tuple[Form, ...] = tuple(BY_FORM)
AT = datetime(2024, 6, 4, 9, 0, tzinfo=UTC)
WORDS_OF_FORMS = {
    "letter": ("ที่",),
    "stamped": ("ที่",),
    "certificate": ("เลขที่",),
    "order": ("ที่",),
    "memo": ("บันทึกข้อความ", "ส่วนราชการ", "ที่", "วันที่"),
}
EMBLEM = ("letter", "memo", "order", "stamped", "announcement", "certificate")
each_form = pytest.mark.parametrize("form", FORMS)


def words_of(document: Document) -> Iterator[str]:
    """Every text of the paper in reading order, in its digits."""
    head = document.head
    if document.form not in ("letter", "memo", "stamped", "certificate"):
        yield from (document.title, document.subtitle)
    yield from (*WORDS_OF_FORMS.get(document.form, ()), head.number, *head.office, head.date)
    for block in document.blocks:
        yield from words_of_block(block)


def words_of_block(block: object) -> Iterator[str]:
    match block:
        case Paragraph() | DateLine():
            yield block.text
        case Field():
            yield from (block.label, *block.lines)
        case Clause():
            yield from (block.number, block.text)
        case People():
            yield block.heading
            for one in block.people:
                yield from (one.number, one.name, one.position, one.note)
        case Signature():
            yield from (block.closing, block.name, *block.position)
        case Stamp():
            yield from (block.office, "ประทับตราลงชื่อย่อกำกับตรา", block.date)
        case OfficeLines():
            yield from block.lines
        case Blanks():
            yield from block.labels
        case Table():
            yield from (block.caption, *(column.title for column in block.columns))
            for row in block.rows:
                yield from row


def joined(text: str) -> str:
    """Without what lines and cells add or take: spaces, and the brackets that a signature's name is put into."""
    return re.sub(r"[\s()]+", "", text)


def letters(document: Document) -> dict[str, int]:
    """How often every text stands in the paper; what is short or said twice is counted."""
    told = [joined(document.say(text)) for text in words_of(document)]
    return {text: told.count(text) for text in told if text}


@each_form
def test_a_pdf_says_every_text_of_its_form(form: Form) -> None:
    read = joined("".join(pdf_pages(render_pdf(BY_FORM[form]))))
    assert [text for text, times in letters(BY_FORM[form]).items() if read.count(text) < times] == []


@each_form
def test_a_word_file_says_exactly_the_texts_of_its_form_in_their_order(form: Form) -> None:
    document = BY_FORM[form]
    read = joined("".join(word_paragraphs(render_docx(document))))
    if form not in ("memo", "order"):
        assert read.replace(".." * 20, "") == "".join(joined(document.say(text)) for text in words_of(document))
    assert [text for text, times in letters(document).items() if read.count(text) < times] == []


@each_form
def test_hard_thai_comes_back_from_every_part_of_a_form(form: Form) -> None:
    people = People(tuple(Person(text, text, text, str(number)) for number, text in enumerate(HARD_TEXTS, 1)), "ผู้มาประชุม")
    fields = tuple(Field(text, (text, text)) for text in HARD_TEXTS if len(text) < 20)
    clauses = tuple(Clause("1.1", text, level=2) for text in HARD_TEXTS)
    document = replace(
        BY_FORM[form], digits="arab", blocks=(people, *fields, *clauses, Signature(HARD_TEXTS[0], HARD_TEXTS[1:4]))
    )
    in_word = joined("".join(word_paragraphs(render_docx(document))))
    in_pdf = joined("".join(pdf_pages(render_pdf(document))))
    for read in (in_word, in_pdf):
        assert [text for text, times in letters(document).items() if read.count(text) < min(times, 3)] == []


@each_form
def test_a_form_is_in_thai_digits_unless_it_says_otherwise(form: Form) -> None:
    read = "".join(pdf_pages(render_pdf(BY_FORM[form])))
    assert "๒๕๖๗" in read and "2567" not in read.replace("https://example.go.th/2567", "")
    arab = "".join(pdf_pages(render_pdf(replace(BY_FORM[form], digits="arab"))))
    assert not re.search("[๐-๙]", arab)


@each_form
def test_every_form_is_kept_as_pdf_a(form: Form) -> None:
    made = render_pdf(BY_FORM[form], archival=True, at=AT)
    assert b"<pdfaid:part>2</pdfaid:part>" in made and b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert made == render_pdf(BY_FORM[form], archival=True, at=AT)
    with pypdfium2.PdfDocument(made) as pdf:
        assert pdf.get_metadata_value("CreationDate").startswith("D:20240604090000")


def test_a_pdf_for_the_archive_says_when_it_was_made() -> None:
    with pytest.raises(ValueError, match="pass `at`"):
        render_pdf(AGENDA, archival=True)


@pytest.mark.parametrize("letter", ["😀", "中", "\ue000"])
def test_a_letter_that_no_paper_can_show_is_named_before_anything_is_kept(letter: str) -> None:
    odd = replace(AGENDA, blocks=(Paragraph(f"น้ำใจ {letter}"),))
    with pytest.raises(CannotPrint):
        render_pdf(odd, archival=True, at=AT)
    assert render_pdf(odd).startswith(b"%PDF")


@each_form
def test_pages_after_the_first_are_numbered_and_carry_no_emblem(form: Form) -> None:
    first, *others = pdf_pages(render_pdf(replace(BY_FORM[form], blocks=LONG)))
    assert others and all(page.startswith(f"- {to_thai(number)} -") for number, page in enumerate(others, 2))
    assert "ตรา\nสัญลักษณ์" not in "".join(others)
    assert ("สัญลักษณ์" in first) == (form in EMBLEM)


def test_a_signature_is_never_cut_from_its_name() -> None:
    for lines in range(24, 34):
        blocks = (*(Paragraph(f"บรรทัด {number}") for number in range(lines)), *LETTER.blocks[-2:-1])
        with_name = [page for page in pdf_pages(render_pdf(replace(LETTER, blocks=blocks))) if "สมศักดิ์" in page]
        assert "ขอแสดงความนับถือ" in with_name[0] and "ผู้ว่าราชการจังหวัดเชียงใหม่" in with_name[0]


def test_without_a_name_there_is_a_line_to_write_it_on() -> None:
    unsigned = replace(MINUTES, blocks=(Signature("", ("ผู้จดรายงานการประชุม",)),))
    assert re.search(r"\(\.{20,}\)", "".join(word_paragraphs(render_docx(unsigned))))
    assert re.search(r"\([.\s]{20,}\)", "".join(pdf_pages(render_pdf(unsigned))))


def test_a_note_stands_at_the_foot_of_every_form() -> None:
    noted = replace(AGENDA, note="ประมาณการ: ถ่วงเท่ากัน", blocks=LONG)
    assert all("ประมาณการ: ถ่วงเท่ากัน" in page for page in pdf_pages(render_pdf(noted)))
