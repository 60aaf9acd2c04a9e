"""เอกสารของคำสั่ง: แผ่นเทียบคำสั่งสองฉบับ และคำสั่งตามแบบ อ่านกลับจาก Word และ PDF ได้ครบ."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdfium2
import pytest
from django.test import Client

from phrom.committee.difference import difference
from phrom.committee.models import Order, SeatRole
from phrom.committee.papers.difference import Comparison, difference_document
from phrom.committee.papers.order import NOTE, order_document
from phrom.shared.documents.canonical import from_json, to_json
from phrom.shared.documents.content import DateLine, Document, Paragraph, People
from tests.factories.agencies import make_member
from tests.factories.committee import make_order, make_seat

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"


@pytest.fixture
def old() -> Order:
    """Order 2533/2563 with three seats."""
    order = make_order(number=2533, issued_on=date(2020, 6, 11), year=2563, chair_post="รองผู้ว่าราชการจังหวัด (เศรษฐกิจ)")
    make_seat(order, "รองผู้ว่าราชการจังหวัด (เศรษฐกิจ)", SeatRole.CHAIR)
    make_seat(order, "ปลัดจังหวัด")
    make_seat(order, "สถิติจังหวัด")
    return order


@pytest.fixture
def new(old: Order) -> Order:
    """Order 3046/2567, which replaces it."""
    post = "รองผู้ว่าราชการจังหวัด (กิจการพิเศษ)"
    order = make_order(old.body, 3046, date(2024, 6, 7), replaces=old, chair_post=post)
    make_seat(order, post, SeatRole.CHAIR)
    make_seat(order, "ปลัดจังหวัด")
    make_seat(order, "สถิติจังหวัด", SeatRole.MEMBER_SECRETARY)
    return order


def texts(document: Document) -> str:
    """All texts of a paper."""
    return str(to_json(document))


def compared(old: Order, new: Order) -> Comparison:
    """The two orders by their seats."""
    before, after = list(old.seats.all()), list(new.seats.all())
    found = difference(before, after) if before and after else None
    return Comparison(old, new, len(before), len(after), found)


def test_the_sheet_tells_what_came_what_went_and_what_changed(old: Order, new: Order) -> None:
    comparison = compared(old, new)
    assert comparison.summary == "เพิ่มใหม่ 1 ตำแหน่ง สิ้นสุด 1 ตำแหน่ง เปลี่ยนแปลง 1 ตำแหน่ง คงเดิม 1 ตำแหน่ง"
    assert comparison.chair_changed
    words = texts(difference_document(comparison))
    assert "บทบาท กรรมการ เป็น กรรมการและเลขานุการ" in words
    assert "เปลี่ยนจาก รองผู้ว่าราชการจังหวัด (เศรษฐกิจ) เป็น รองผู้ว่าราชการจังหวัด (กิจการพิเศษ)" in words


def test_orders_without_seats_are_not_said_to_differ_in_them(old: Order, new: Order) -> None:
    """คำสั่งเดิมไม่มีรายตำแหน่งในระบบ จึงไม่บอกว่าทุกตำแหน่งเพิ่มใหม่."""
    old.seats.all().delete()
    comparison = compared(old, new)
    assert comparison.summary == "คำสั่งที่ 2533/2563 ไม่มีรายชื่อตำแหน่งในระบบ จึงเทียบรายตำแหน่งไม่ได้"
    assert comparison.chair_changed
    assert "ตำแหน่งที่เพิ่มใหม่" not in texts(difference_document(comparison))


def test_the_same_seats_are_said_to_be_the_same(new: Order) -> None:
    assert compared(new, new).summary == "ตำแหน่งในคำสั่งทั้งสองฉบับตรงกันทุกตำแหน่ง"


def test_the_order_paper_names_its_seats_in_precedence(new: Order) -> None:
    document = order_document(new, list(new.seats.all()))
    [people] = [block for block in document.blocks if isinstance(block, People)]
    assert [person.number for person in people.people] == ["1.", "2.", "3."]
    assert people.people[2].position == "กรรมการและเลขานุการ"
    assert DateLine("สั่ง ณ วันที่ 7 มิถุนายน พ.ศ. 2567") in document.blocks
    assert (document.form, document.head.number, document.note) == ("order", "3046/2567", NOTE)
    assert from_json(to_json(document)) == document


def test_an_amending_order_says_what_it_ends_and_adds(new: Order) -> None:
    amending = make_order(new.body, 4000, date(2024, 7, 1), amends=new, effective_on=date(2024, 8, 1))
    document = order_document(amending, [make_seat(amending, "เกษตรจังหวัด")], [new.seats.all()[1]])
    said = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert said[0].endswith("ที่ 3046/2567 ลงวันที่ 7 มิถุนายน 2567 ดังนี้")
    assert said[1:3] == ["ให้ตำแหน่งต่อไปนี้สิ้นสุด", "ให้เพิ่มตำแหน่งต่อไปนี้"]
    assert said[3] == "ทั้งนี้ ตั้งแต่วันที่ 1 สิงหาคม 2567 เป็นต้นไป"


@pytest.mark.parametrize("address", ["/orders/{}/paper/", "/orders/{}/difference/"])
def test_papers_are_taken_away_as_word_and_pdf_in_thai_digits(client: Client, new: Order, address: str) -> None:
    client.force_login(make_member(new.body, "member"), backend=BACKEND)
    word, pdf = (client.get(address.format(new.pk) + f"{kind}/") for kind in ("docx", "pdf"))
    assert client.get(address.format(new.pk) + "odt/").status_code == 404
    assert "attachment" in pdf.headers["Content-Disposition"]
    read = pypdfium2.PdfDocument(pdf.content)
    printed = "".join(page.get_textpage().get_text_range() for page in read)
    body = docx.Document(io.BytesIO(word.content)).element.body
    written = "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
    for text in (printed, written):
        assert "๓๐๔๖/๒๕๖๗" in text
        assert "ปลัดจังหวัด" in text or address.endswith("difference/")
