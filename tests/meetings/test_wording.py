"""The words of the form: minutes say รายงานการประชุม, เมื่อวันที่, ผู้มาประชุม, เริ่มประชุมเวลา, and never their wrong cousins."""

from __future__ import annotations

import json

import pytest

from phrom.meetings.actions.attendance import add_participant
from phrom.meetings.actions.minutes import Signers, name_signers
from phrom.meetings.papers.extract import extract_document
from phrom.meetings.papers.minutes import draft_of, minutes_document
from phrom.meetings.papers.sign_in import sign_in_document
from phrom.meetings.papers.wording import slips
from phrom.shared.documents.canonical import to_json
from phrom.shared.documents.content import Document, People
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.pdf import render_pdf
from tests.meetings.hall import AFTER, BEGAN, DAY, Hall, make_hall, write_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    hall = make_hall()
    add_participant(meeting=hall.meeting, name="นายแขก รับเชิญ", position="สื่อมวลชน", by=hall.secretary, at=BEGAN)
    minutes = write_minutes(hall)
    signers = Signers("นางสาวคำแก้ว ใจดี", "นักวิชาการคอมพิวเตอร์", "นายก้องเกียรติ ขยันยิ่ง", "ผู้อำนวยการกลุ่มงาน")
    name_signers(minutes=minutes, signers=signers, by=hall.secretary, at=AFTER)
    return hall


def words(document: Document) -> str:
    """Everything that the paper says."""
    return json.dumps(to_json(document), ensure_ascii=False)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("บันทึกการประชุม", "รายงานการประชุม"),
        ("ปิดประชุมเวลา", "เลิกประชุมเวลา"),
        ("เปิดประชุมเวลา", "เริ่มประชุมเวลา"),
        ("ผู้บันทึกการประชุม", "ผู้จดรายงานการประชุม"),
        ("วาระการประชุม", "ระเบียบวาระการประชุม"),
        ("ผู้ไม่เข้าร่วมประชุม", "ผู้ไม่มาประชุม"),
    ],
)
def test_each_wrong_word_is_named_with_the_right_one(wrong: str, right: str) -> None:
    assert [(slip.found, slip.right) for slip in slips(f"ประธาน{wrong} 13.30 น.")][-1][1] == right


def test_the_right_words_are_no_slips() -> None:
    good = "รายงานการประชุม ระเบียบวาระการประชุม ผู้มาประชุม ผู้ไม่มาประชุม ผู้เข้าร่วมประชุม เริ่มประชุมเวลา เลิกประชุมเวลา ผู้จดรายงานการประชุม"
    assert slips(good) == ()


def test_no_paper_of_a_meeting_uses_a_wrong_word(hall: Hall) -> None:
    resolution = hall.items["3.1"].resolutions.get()
    minutes = minutes_document(hall.meeting)
    for document in (minutes, draft_of(minutes), extract_document(resolution, on=DAY), sign_in_document(hall.meeting)):
        assert slips(words(document)) == ()


def test_the_parts_stand_in_the_order_of_the_form(hall: Hall) -> None:
    said = words(minutes_document(hall.meeting))
    parts = (
        "รายงานการประชุม",
        "ผู้มาประชุม",
        "ผู้ไม่มาประชุม",
        "ผู้เข้าร่วมประชุม",
        "เริ่มประชุมเวลา 13.35 น.",
        "ระเบียบวาระที่ 1",
        "มติที่ประชุม",
        "เลิกประชุมเวลา 15.20 น.",
        "ผู้จดรายงานการประชุม",
        "ผู้ตรวจรายงานการประชุม",
    )
    places = [said.index(f'"{part}' if part.startswith("ผู้") else part) for part in parts]
    assert places == sorted(places)
    assert "เมื่อวันที่ 11 มิถุนายน 2567" in said
    assert "มอบหมาย ทุกหน่วยงานตอบภายในวันที่ 21 มิถุนายน 2567" in said


def test_members_substitutes_and_guests_stand_in_the_right_lists(hall: Hall) -> None:
    came, away, guests = (block for block in minutes_document(hall.meeting).blocks if isinstance(block, People))
    assert [person.name for person in came.people] == ["นายวีรพงศ์ ดีงาม", "นางสาวบัวตอง สุขใจ", "นางคำปัน ใจเย็น"]
    assert came.people[1].position == f"รองหัวหน้าสำนักงาน\nมาประชุมแทน{hall.seats[1].title}"
    assert [person.note for person in away.people] == ["", "ลาประชุม (ติดราชการต่างจังหวัด)", ""]
    assert away.people[0].name == hall.seats[3].title
    assert [person.name for person in guests.people] == ["นายแขก รับเชิญ"]


def test_an_extract_says_whether_the_minutes_are_adopted_and_leaves_room_to_certify(hall: Hall) -> None:
    said = words(extract_document(hall.items["3.1"].resolutions.get(), on=DAY))
    assert "สำเนาถูกต้อง" in said
    assert "ยังไม่ได้รับรอง" in said
    assert "3.1" in said


def test_all_papers_print(hall: Hall) -> None:
    resolution = hall.items["3.1"].resolutions.get()
    for document in (minutes_document(hall.meeting), extract_document(resolution, on=DAY), sign_in_document(hall.meeting)):
        assert render_pdf(document).startswith(b"%PDF")
        assert render_docx(document).startswith(b"PK")
