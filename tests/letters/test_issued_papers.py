"""Letters of all six forms, issued for good: what their papers say when they are read back is what the rows say."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from phrom.agencies.models import Letterhead
from phrom.letters.actions.issuing import issue_letter
from phrom.letters.models import Letter, LetterKind, Reference, Secrecy, Speed
from phrom.letters.papers.metadata import letter_metadata
from phrom.letters.papers.rendering import document_of, letter_docx, letter_pdf
from phrom.shared.documents.canonical import sha256_of
from phrom.shared.thai.digits import to_thai
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_draft, make_office, make_recipient
from tests.letters.test_letter_papers import files_in, in_order
from tests.shared.documents.reading import pdf_pages, word_paragraphs

pytestmark = pytest.mark.django_db
each_kind = pytest.mark.parametrize("kind", LetterKind, ids=lambda kind: kind.label)
BY_YEAR = (LetterKind.ORDER, LetterKind.ANNOUNCEMENT, LetterKind.CERTIFICATE)
REFERENCE = "หนังสือกรมการปกครอง ที่ มท 0305/ว 1234 ลงวันที่ 7 มิถุนายน 2567"
ENCLOSED = ("ระเบียบวาระ จำนวน 1 ชุด", "แบบตอบรับ จำนวน 2 ฉบับ")
TEXT = "ด้วยจังหวัดจะประชุมในวันที่ 21 มิถุนายน 2567 เวลา 13.30 น.\n\nจึงเรียนมาเพื่อโปรดพิจารณา"


def issued(kind: str, recipients: int = 1, **more: Any) -> Letter:
    """A letter with every part that a letter can have, with its number."""
    office = make_office(make_agency(make_body(), "สำนักงานจังหวัดเชียงใหม่"))
    words: dict[str, Any] = {
        "kind": kind,
        "subject": "ขอเชิญประชุมครั้งที่ 2/2567",
        "addressed_to": "นายอำเภอแม่ริม",
        "text": TEXT,
        "signer_name": "นายชรินทร์ ทองสุข",
        "signer_position": "ปลัดจังหวัด",
        "acting_for": "รักษาราชการแทน ผู้ว่าราชการจังหวัดเชียงใหม่",
        "contact": "กลุ่มงานยุทธศาสตร์\nโทร. 0 5311 2708",
        "copies_to": "สำนักงานสถิติจังหวัดเชียงใหม่",
    }
    letter = make_draft(office, **{**words, **more})
    Letterhead.objects.create(
        body=office.agency, office="ศาลากลางจังหวัด", address="ถนนโชตนา ชม 50300", changed_by=letter.drafted_by, changed_at=AT
    )
    Reference.objects.create(letter=letter, text=REFERENCE)
    for place, described in enumerate(ENCLOSED):
        letter.attachments.create(described=described, position=place)
    for number in range(1, recipients + 1):
        make_recipient(letter, name=f"นายอำเภอแห่งที่ {number}")
    return issue_letter(letter=letter, by=letter.drafted_by, at=AT)


def number_of(letter: Letter) -> str:
    assert letter.entry is not None
    return letter.entry.number_text


SIGNED = "นายชรินทร์ ทองสุข", "ปลัดจังหวัด", "รักษาราชการแทน ผู้ว่าราชการจังหวัดเชียงใหม่"
DAY, DAY_IN_FULL = "11 มิถุนายน 2567", "11 มิถุนายน พ.ศ. 2567"
FIRST, LAST = TEXT.split("\n\n")
PARTS: dict[str, tuple[str, ...]] = {
    LetterKind.EXTERNAL: (
        *("ชม 0017.2/1", "ศาลากลางจังหวัด", "ถนนโชตนา ชม 50300", DAY, "เรื่อง ขอเชิญประชุมครั้งที่ 2/2567", "เรียน นายอำเภอแม่ริม"),
        *(f"อ้างถึง {REFERENCE}", f"สิ่งที่ส่งมาด้วย 1. {ENCLOSED[0]}", f"2. {ENCLOSED[1]}", FIRST, LAST),
        *("ขอแสดงความนับถือ", *SIGNED, "กลุ่มงานยุทธศาสตร์", "โทร. 0 5311 2708", "สำเนาส่ง สำนักงานสถิติจังหวัดเชียงใหม่"),
    ),
    LetterKind.MEMO: (
        *("บันทึกข้อความ", "ส่วนราชการ", "กลุ่มงานยุทธศาสตร์ โทร. 0 5311 2708", "ชม 0017.2/1", DAY, "ขอเชิญประชุมครั้งที่ 2/2567"),
        *("เรียน นายอำเภอแม่ริม", f"อ้างถึง {REFERENCE}", FIRST, LAST, f"พร้อมนี้ได้ส่ง {ENCLOSED[0]} และ{ENCLOSED[1]} มาด้วยแล้ว"),
        *(*SIGNED, "สำเนาส่ง สำนักงานสถิติจังหวัดเชียงใหม่"),
    ),
    LetterKind.STAMPED: (
        *("ชม 0017.2/1", "ถึง นายอำเภอแม่ริม", FIRST, LAST, f"1. {ENCLOSED[0]}", f"2. {ENCLOSED[1]}"),
        *("สำนักงานจังหวัดเชียงใหม่", DAY, "กลุ่มงานยุทธศาสตร์", "โทร. 0 5311 2708"),
    ),
    LetterKind.ORDER: (
        *("คำสั่งสำนักงานจังหวัดเชียงใหม่", "ที่ 1/2567", "เรื่อง ขอเชิญประชุมครั้งที่ 2/2567", FIRST, LAST),
        *(f"สั่ง ณ วันที่ {DAY_IN_FULL}", *SIGNED, *ENCLOSED),
    ),
    LetterKind.ANNOUNCEMENT: (
        *("ประกาศสำนักงานจังหวัดเชียงใหม่", "เรื่อง ขอเชิญประชุมครั้งที่ 2/2567", FIRST, LAST),
        *(f"ประกาศ ณ วันที่ {DAY_IN_FULL}", *SIGNED),
    ),
    LetterKind.CERTIFICATE: ("1/2567", FIRST, LAST, f"ให้ไว้ ณ วันที่ {DAY_IN_FULL}", *SIGNED),
}


@each_kind
def test_the_word_file_says_every_part_in_its_order_and_in_thai_digits(kind: LetterKind) -> None:
    letter = issued(kind)
    read = "".join(word_paragraphs(letter_docx(letter)))
    assert in_order(read, *(to_thai(part) for part in PARTS[kind])), read
    assert not any(digit in read.replace("(", "") for digit in "123456789")


@each_kind
def test_the_pdf_says_every_part_and_its_data_are_those_of_the_row(kind: LetterKind) -> None:
    letter = issued(kind)
    pdf = letter_pdf(letter)
    read = "".join("".join(pdf_pages(pdf)).split())
    for part in PARTS[kind]:
        assert "".join(to_thai(part).split()) in read, part
    data = json.loads(files_in(pdf)["letter.json"])
    assert data == json.loads(json.dumps(letter_metadata(letter)))
    assert (data["number"], data["date"], data["kind"]) == (number_of(letter), "2024-06-11", kind)
    assert (data["references"], [one["described"] for one in data["attachments"]]) == ([REFERENCE], list(ENCLOSED))
    assert data["content_sha256"] == sha256_of(document_of(letter)) == letter.sha256
    assert data["sender"]["acting_for"] == letter.acting_for and data["sender"]["uuid"] == str(letter.office.uuid)


@each_kind
def test_the_number_is_that_of_the_book_of_the_form(kind: LetterKind) -> None:
    assert number_of(issued(kind)) == ("1/2567" if kind in BY_YEAR else "ชม 0017.2/1")


@pytest.mark.parametrize("speed", Speed, ids=lambda one: one.label)
@pytest.mark.parametrize("secrecy", (Secrecy.NORMAL, Secrecy.VERY_SECRET), ids=lambda one: one.label)
def test_marks_of_urgency_and_secrecy_are_on_the_paper_when_set(speed: Speed, secrecy: Secrecy) -> None:
    letter = issued(LetterKind.EXTERNAL, speed=speed, secrecy=secrecy)
    docx = letter_docx(letter)
    body = "".join(word_paragraphs(docx))
    with ZipFile(BytesIO(docx)) as parts:
        edges = [parts.read(name).decode() for name in parts.namelist() if re.search("(header|footer)[0-9]*[.]xml$", name)]
    assert [one.label for one in Speed if body.startswith(one.label)][-1:] == ([] if speed == Speed.NORMAL else [speed.label])
    marked = [edge for edge in edges if "ลับมาก" in edge]
    assert (len(marked) >= 2) == (secrecy != Secrecy.NORMAL)  # above and below on every page
    pdf = "".join(pdf_pages(letter_pdf(letter)))
    assert (speed.label in pdf or speed == Speed.NORMAL, pdf.count("ลับมาก")) == (True, 0 if secrecy == Secrecy.NORMAL else 2)
    assert number_of(letter) == ("ชม 0017.2/1" if secrecy == Secrecy.NORMAL else "ชม 0017.2/ลับ 1")


@pytest.mark.parametrize("kind", [LetterKind.EXTERNAL, LetterKind.MEMO, LetterKind.STAMPED], ids=lambda kind: kind.label)
def test_a_circular_says_so_and_lists_whom_it_went_to(kind: LetterKind) -> None:
    letter = issued(kind, recipients=12, is_circular=True)
    pages = pdf_pages(letter_pdf(letter))
    assert number_of(letter) == "ชม 0017.2/ว 1"
    assert "ตามบัญชีรายชื่อแนบท้าย" in "".join("".join(pages).split())
    names = [f"นายอำเภอแห่งที่ {number}" for number in range(1, 13)]
    assert in_order(pages[-1], "บัญชีรายชื่อแนบท้าย", to_thai("ชม 0017.2/ว 1"), *(to_thai(name) for name in names))
    assert json.loads(files_in(letter_pdf(letter))["letter.json"])["recipients"] == names


def test_the_second_page_has_its_number_and_the_first_has_none() -> None:
    letter = issued(LetterKind.EXTERNAL, text="\n\n".join(f"ย่อหน้าที่ {number} {'ความ' * 60}" for number in range(1, 25)))
    pages = pdf_pages(letter_pdf(letter))
    assert len(pages) >= 2
    numbers = ["".join(page.split())[:20] for page in pages]
    assert "๒" in numbers[1], numbers
    assert "-๑-" not in numbers[0]
