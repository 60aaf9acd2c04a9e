"""What must not be torn apart by the end of a page: a signature from its text, a section of a table from its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from phrom.shared.documents.canonical import ContentUnreadable, blocks_from_json, sha256_of, to_json
from phrom.shared.documents.content import (
    Blanks,
    Block,
    Column,
    DateLine,
    Document,
    OfficeLines,
    Paragraph,
    People,
    Person,
    Signature,
    Table,
)
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.measures import kept_with_next, people_columns
from phrom.shared.documents.pdf import render_pdf
from tests.shared.documents.forms import MINUTES, QUESTIONS
from tests.shared.documents.reading import WORD, pdf_pages, word_part

COLUMNS = (Column("ประเด็นคำถาม", 5), Column("หน่วยงาน", 2))
LAST = Paragraph("ย่อหน้าสุดท้ายก่อนลงชื่อ", indent=True)
SIGNED: tuple[Block, ...] = (LAST, Signature("นายตัวอย่าง ดีงาม", ("ผู้จด",)), Signature("นางตัวอย่าง ดีพร้อม", ("ผู้ตรวจ",)))
ORDERED: tuple[Block, ...] = (LAST, DateLine("สั่ง ณ วันที่ 7 มิถุนายน พ.ศ. 2567"), Signature("นายตัวอย่าง ดีงาม", ("ผู้ว่าราชการจังหวัด",)))
LETTERED: tuple[Block, ...] = (LAST, Signature("นายตัวอย่าง ดีงาม", ("ผู้ตรวจ",), "ขอแสดงความนับถือ"), OfficeLines(("ฝ่ายเลขานุการ",)))


def lines(count: int) -> tuple[Block, ...]:
    return tuple(Paragraph(f"บรรทัดที่ {number}") for number in range(count))


@pytest.mark.parametrize("closing", [SIGNED, ORDERED, LETTERED], ids=["two sign", "an order", "a letter"])
def test_a_signature_takes_the_last_paragraph_with_it_onto_its_page(closing: tuple[Block, ...]) -> None:
    torn = 0
    for count in range(8, 26):
        pages = pdf_pages(render_pdf(Document("รายงาน", (*lines(count), *closing), form="minutes")))
        [with_last] = [number for number, page in enumerate(pages) if "ย่อหน้าสุดท้าย" in page]
        assert with_last == len(pages) - 1
        torn += len(pages) > 1
    assert torn > 5  # papers of one page and of two were among them


def test_in_word_everything_before_the_signature_is_kept_with_what_follows() -> None:
    body = word_part(render_docx(Document("รายงาน", (*lines(3), *SIGNED), form="minutes")), "document")
    kept = {
        "".join(t.text or "" for t in p.iter(f"{WORD}t")): p.find(f"{WORD}pPr/{WORD}keepNext") is not None
        for p in body.iter(f"{WORD}p")
    }
    assert kept["ย่อหน้าสุดท้ายก่อนลงชื่อ"] and kept["(นายตัวอย่าง ดีงาม)"] and kept["ผู้จด"]
    assert not kept["ผู้ตรวจ"] and not kept["บรรทัดที่ ๑"]


def test_a_paragraph_longer_than_a_page_is_still_printed() -> None:
    long = Paragraph("ข้อความที่ยาวมาก" * 500, indent=True)
    pages = pdf_pages(render_pdf(Document("รายงาน", (long, Signature("นายตัวอย่าง ดีงาม")), form="minutes")))
    assert len(pages) >= 3 and "นายตัวอย่าง" in pages[-1]


def test_what_closes_a_paper_is_known() -> None:
    assert kept_with_next(LETTERED) == (True, True, False)
    assert kept_with_next(()) == ()


def test_a_section_never_ends_a_page() -> None:
    """The table is pushed down line by line, so that every row comes to stand at the foot once."""
    rows = tuple((f"หมวด {number}", "") if number % 2 == 0 else (f"ข้อ {number}", "ทุกหน่วยงาน") for number in range(60))
    table = Table(COLUMNS, rows, sections=tuple(range(0, 60, 2)))
    feet = set()
    for count in range(6):
        pages = pdf_pages(render_pdf(Document("ระเบียบวาระ", (*lines(count), table), form="agenda", digits="arab")))
        for page, _ in pairwise(pages):
            foot = re.findall(r"(?:หมวด|ข้อ)\d+", re.sub(r"\s", "", page))[-1]
            feet.add(foot)
            assert not foot.startswith("หมวด")
    assert len(feet) > 3


def test_a_section_is_one_bold_cell_in_word_kept_with_the_next_row() -> None:
    table = next(word_part(render_docx(Document("ระเบียบวาระ", (QUESTIONS,), form="agenda")), "document").iter(f"{WORD}tbl"))
    rows = list(table.iter(f"{WORD}tr"))
    cells = [len(list(row.iter(f"{WORD}tc"))) for row in rows]
    assert cells == [2, 1, 2, 1, 2]
    [span] = rows[1].iter(f"{WORD}gridSpan")
    assert span.get(f"{WORD}val") == "2"
    assert [next(row.iter(f"{WORD}keepNext"), None) is not None for row in rows] == [True, True, False, True, False]
    assert [next(row.iter(f"{WORD}bCs"), None) is not None for row in rows] == [True, True, False, True, False]


def test_a_table_without_sections_keeps_its_hash() -> None:
    plain = Table(COLUMNS, (("ก", "ข"),))
    assert "sections" not in str(to_json(Document("·", (plain,))))
    assert sha256_of(Document("·", (plain,))) == sha256_of(Document("·", (replace(plain, sections=()),)))


@pytest.mark.parametrize("sections", [(1,), (-1,), (0,)])
def test_what_is_no_section_is_refused(sections: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no section"):
        Table(COLUMNS, (("ก", "ข"),), sections=sections)
    kept = [{"kind": "Table", "columns": [{"title": "ก"}, {"title": "ข"}], "rows": [["ก", "ข"]], "sections": list(sections)}]
    with pytest.raises(ContentUnreadable, match="no section"):
        blocks_from_json(kept)


def test_people_without_notes_share_the_line_between_two_columns() -> None:
    """ชื่อตำแหน่งยาว บทบาทสั้น: ตำแหน่งได้ที่กว้าง."""
    order = People((Person("ผู้อำนวยการกลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด", "กรรมการ", number="1."),))
    number, name, role = people_columns(order, 16)
    assert name > 2 * role and number + name + role == pytest.approx(16)
    minutes = next(block for block in MINUTES.blocks if isinstance(block, People))
    assert len(people_columns(minutes, 16)) == 4
    assert people_columns(People((Person("ตำแหน่งที่ว่าง"),)), 16) == (1, 15)


def test_dots_lead_to_the_right_margin() -> None:
    body = word_part(render_docx(Document("แบบตอบรับ", (Blanks(("ชื่อ", "โทร.")),), form="letter")), "document")
    line = next(p for p in body.iter(f"{WORD}p") if "โทร." in "".join(t.text or "" for t in p.iter(f"{WORD}t")))
    stops = [int(stop.get(f"{WORD}pos") or 0) for stop in line.iter(f"{WORD}tab") if stop.get(f"{WORD}leader") == "dot"]
    assert stops == [pytest.approx(567 * 8, abs=4), pytest.approx(567 * 16, abs=4)]
