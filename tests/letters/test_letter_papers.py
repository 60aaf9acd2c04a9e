"""Letters on paper: each form has its parts in the order of the regulation, and what is issued carries its own data."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import AgencyKind, Letterhead
from phrom.letters.ecms.messages import GovernmentDocument, OutboundRequest
from phrom.letters.ecms.reading import read_message
from phrom.letters.models import Attachment, Letter, LetterKind, Reference, RegisterEntry, Secrecy, Speed
from phrom.letters.papers.letter import letter_document
from phrom.letters.papers.rendering import letter_docx, letter_pdf
from phrom.shared.documents.canonical import from_json, sha256_of, to_json
from phrom.shared.documents.content import Document, Field, Paragraph, Signature, Stamp, Table
from tests.factories.agencies import make_agency, make_body
from tests.factories.letters import AT, make_draft, make_issued, make_office, make_recipient
from tests.shared.documents.reading import pdf_pages, word_paragraphs
from tests.shared.documents.test_line_breaks import CANNOT_BEGIN, CANNOT_END

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 11)
LONG_NAME = "ว่าที่ร้อยตำรวจเอกหญิง ดร. ณัฐฐินันทน์ ธนาเศรษฐ์อังกูลพงศ์"
LONG_OFFICE = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่และศูนย์ประสานการขับเคลื่อนระบบสารบรรณอิเล็กทรอนิกส์ขององค์กรปกครองส่วนท้องถิ่น"


def full_letter(kind: str = LetterKind.EXTERNAL, **more: object) -> Letter:
    letter = make_draft(
        kind=kind,
        speed=Speed.MOST_URGENT,
        signer_name=LONG_NAME,
        signer_position="ปลัดจังหวัด รักษาราชการแทน",
        acting_for="ผู้ว่าราชการจังหวัดเชียงใหม่",
        contact="สำนักงานจังหวัดเชียงใหม่\nโทร. 0 5311 2708",
        copies_to="สำนักงานสถิติจังหวัดเชียงใหม่",
        **more,
    )
    Reference.objects.create(letter=letter, text="คำสั่งจังหวัดเชียงใหม่ ที่ 3046/2567 ลงวันที่ 7 มิถุนายน 2567")
    for number, words in enumerate(("ระเบียบวาระการประชุม จำนวน 1 ชุด", "แบบตอบรับ จำนวน 1 ฉบับ")):
        Attachment.objects.create(letter=letter, described=words, position=number)
    return letter


def made(letter: Letter, number: str = "ชม 0017.2/123") -> Document:
    return letter_document(letter, number_text=number, dated=DAY)


def in_order(read: str, *words: str) -> bool:
    """Whether these words stand in the text in this order, whatever lines and spaces lie between."""
    plain = re.sub(r"\s+", "", read)
    at = 0
    for word in words:
        at = plain.find(re.sub(r"\s+", "", word), at)
        if at < 0:
            return False
        at += 1
    return True


ORDERS = {
    LetterKind.EXTERNAL: (
        "เรื่อง เรียน อ้างถึง สิ่งที่ส่งมาด้วย ด้วยจังหวัด จึงเรียนมา ขอแสดงความนับถือ ณัฐฐินันทน์ ปลัดจังหวัด ผู้ว่าราชการ โทร. สำเนาส่ง"
    ),
    LetterKind.MEMO: "บันทึกข้อความ ส่วนราชการ เรื่อง เรียน อ้างถึง ด้วยจังหวัด จึงเรียนมา พร้อมนี้ได้ส่ง ณัฐฐินันทน์ ปลัดจังหวัด สำเนาส่ง",
    LetterKind.STAMPED: "ที่ ถึง ด้วยจังหวัด ประทับตรา ๑๑ โทร. สำเนาส่ง",
    LetterKind.ORDER: "คำสั่ง ที่ เรื่อง ด้วยจังหวัด สั่งณวันที่๑๑มิถุนายนพ.ศ.๒๕๖๗ ณัฐฐินันทน์ ปลัดจังหวัด ผู้ว่าราชการ",
    LetterKind.ANNOUNCEMENT: "ประกาศ เรื่อง ด้วยจังหวัด ประกาศณวันที่๑๑มิถุนายนพ.ศ.๒๕๖๗ ณัฐฐินันทน์ ปลัดจังหวัด ผู้ว่าราชการ",
    LetterKind.CERTIFICATE: "เลขที่ ด้วยจังหวัด ให้ไว้ณวันที่๑๑มิถุนายนพ.ศ.๒๕๖๗ ณัฐฐินันทน์ ปลัดจังหวัด ผู้ว่าราชการ",
}
each_kind = pytest.mark.parametrize("kind", LetterKind)


@each_kind
def test_the_parts_stand_in_the_order_of_the_form(kind: str) -> None:
    letter = full_letter(kind)
    letter.content = to_json(made(letter))
    parts = [one for one in ORDERS[LetterKind(kind)].split(" ") if one]
    assert in_order("".join(word_paragraphs(letter_docx(letter))), *parts)
    assert in_order("".join(pdf_pages(letter_pdf(letter))).replace("ตรา\nสัญลักษณ์", ""), *parts[-4:])


def test_an_order_of_parts_that_is_wrong_is_seen() -> None:
    assert not in_order("เรียน ... เรื่อง", "เรื่อง", "เรียน")


@each_kind
def test_a_kept_letter_reads_back_equal(kind: str) -> None:
    document = made(full_letter(kind))
    kept = json.loads(json.dumps(to_json(document)))
    assert from_json(kept) == document and sha256_of(from_json(kept)) == sha256_of(document)


def test_papers_kept_before_marks_and_stamps_were_known_keep_their_hash() -> None:
    plain = make_draft()
    assert "speed" not in to_json(made(plain))["head"] and "secrecy" not in to_json(made(plain))["head"]


def test_a_stamped_letter_has_no_signature_and_no_opening_but_to_whom() -> None:
    document = made(full_letter(LetterKind.STAMPED))
    kinds = [type(block) for block in document.blocks]
    assert Stamp in kinds and Signature not in kinds
    assert [block.label for block in document.blocks if isinstance(block, Field)] == ["ถึง", "สิ่งที่ส่งมาด้วย"]


def test_a_memo_ends_without_closing_words() -> None:
    signature = next(block for block in made(full_letter(LetterKind.MEMO)).blocks if isinstance(block, Signature))
    assert signature.closing == "" and signature.position == ("ปลัดจังหวัด รักษาราชการแทน", "ผู้ว่าราชการจังหวัดเชียงใหม่")


def test_marks_are_there_only_when_set() -> None:
    urgent = made(make_draft(speed=Speed.URGENT, secrecy=Secrecy.VERY_SECRET)).head
    assert (urgent.speed, urgent.secrecy) == ("ด่วน", "ลับมาก")
    plain = made(make_draft()).head
    assert (plain.speed, plain.secrecy) == ("", "")


def test_many_recipients_are_listed_at_the_end_and_the_line_says_so() -> None:
    letter = make_draft(addressed_to="นายอำเภอทุกอำเภอ")
    names = [f"ที่ว่าการอำเภอที่ {number}" for number in range(1, 26)]
    for name in names:
        make_recipient(letter, name=name)
    document = made(letter)
    assert Field("เรียน", ("นายอำเภอทุกอำเภอ ตามบัญชีรายชื่อแนบท้าย",)) in document.blocks
    table = document.blocks[-1]
    assert isinstance(table, Table) and [row[1] for row in table.rows] == names
    last = pdf_pages(letter_pdf(letter))[-1]
    assert "บัญชีรายชื่อแนบท้าย" in last and "ที่ว่าการอำเภอที่ ๒๕" in last


def test_one_recipient_needs_no_list() -> None:
    letter = make_draft(addressed_to="")
    make_recipient(letter, name="นายอำเภอแม่ริม")
    assert Field("เรียน", ("นายอำเภอแม่ริม",)) in made(letter).blocks
    assert not any(isinstance(block, Table) for block in made(letter).blocks)


def test_lines_of_the_text_become_indented_paragraphs() -> None:
    paragraphs = [block for block in made(make_draft()).blocks if isinstance(block, Paragraph)]
    assert [one.text for one in paragraphs] == ["ด้วยจังหวัดเชียงใหม่กำหนดประชุมคณะกรรมการ", "จึงเรียนมาเพื่อโปรดพิจารณา"]
    assert all(one.indent for one in paragraphs)


@each_kind
def test_long_names_stay_whole_and_inside_the_margins(kind: str) -> None:
    letter = full_letter(kind, addressed_to=f"ผู้อำนวยการ{LONG_OFFICE}")
    letter.subject = f"ขอความร่วมมือ{LONG_OFFICE}"
    pages = pdf_pages(letter_pdf(letter))
    assert kind == LetterKind.STAMPED or "ธนาเศรษฐ์อังกูลพงศ์" in "".join(pages)  # on one line
    for line in "\n".join(pages).split("\n"):
        assert not CANNOT_END.search(line), line
        assert not (line and CANNOT_BEGIN.match(line) and len(line) > 1 and not line[:1].isalpha()), line


def test_a_draft_prints_with_room_for_number_and_date() -> None:
    read = "".join(pdf_pages(letter_pdf(make_draft(kind=LetterKind.ORDER))))
    assert "สั่ง ณ วันที่ ......" in read


def test_an_office_prints_under_its_own_letterhead_and_the_provincial_office_under_that_of_the_province() -> None:
    body = make_body()
    province = make_agency(body, kind=AgencyKind.PROVINCIAL_OFFICE)
    clerk = make_draft(make_office(province)).drafted_by
    kept = {"changed_by": clerk, "changed_at": AT}
    Letterhead.objects.create(body=body, office="ศาลากลางจังหวัด", address="ถนนโชตนา", phone="0 5311 2708", **kept)
    letter = make_draft(make_office(province), by=clerk)
    assert made(letter).head.office == ("ศาลากลางจังหวัด", "ถนนโชตนา")
    assert made(make_draft(make_office(province), by=clerk, kind=LetterKind.ORDER)).title == f"คำสั่ง{body.name}"
    Letterhead.objects.create(body=province, office="สำนักงานจังหวัด", **kept)
    assert made(letter).head.office == ("สำนักงานจังหวัด",)
    other = make_draft(make_office(make_agency(body)), by=clerk)
    assert made(other).head.office == (other.office.agency.name,)


def test_reading_for_a_paper_takes_the_same_queries_for_one_recipient_and_for_thirty(
    django_assert_num_queries: object,
) -> None:
    letter = make_draft()
    for number in range(30):
        make_recipient(letter, name=f"หน่วยงานที่ {number}")
    again = Letter.objects.select_related("office__agency__body").get(pk=letter.pk)
    with django_assert_num_queries(5):  # type: ignore[operator]
        made(again)


def issued() -> Letter:
    """A letter issued with its true paper."""
    letter = make_issued(full_letter())
    assert letter.entry is not None
    document = letter_document(letter, number_text=letter.entry.number_text, dated=letter.dated)
    letter.content, letter.sha256 = to_json(document), sha256_of(document)
    letter.save()
    return letter


def files_in(pdf: bytes) -> dict[str, bytes]:
    with pypdfium2.PdfDocument(pdf) as opened:
        found = [opened.get_attachment(number) for number in range(opened.count_attachments())]
        return {one.get_name(): bytes(one.get_data()) for one in found}


def test_an_issued_letter_is_pdf_a_3_with_its_data_inside() -> None:
    letter = issued()
    make_recipient(letter, name="นายอำเภอแม่ริม")
    pdf = letter_pdf(letter)
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf and b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    data = json.loads(files_in(pdf)["letter.json"])
    assert letter.entry is not None
    assert (data["number"], data["date"], data["subject"]) == (letter.entry.number_text, "2024-06-11", letter.subject)
    assert data["content_sha256"] == letter.sha256 and data["speed"] == "004"
    assert data["recipients"] == ["นายอำเภอแม่ริม"] and data["sender"]["uuid"] == str(letter.office.uuid)
    assert pdf == letter_pdf(letter)  # the same bytes for the same letter


def test_a_letter_to_an_office_with_a_code_carries_its_ecms_message_too() -> None:
    letter = issued()
    office = letter.office
    office.ministry_code, office.department_code = "15", "15050"
    make_recipient(letter, make_office(department_code="11008"))
    message = read_message(files_in(letter_pdf(letter))["ecms.xml"])
    assert isinstance(message.body, OutboundRequest) and isinstance(message.body.item, GovernmentDocument)
    told = message.body.item.letter
    assert letter.entry is not None
    assert (told.id, told.dated, told.subject) == (letter.entry.number_text, letter.dated, letter.subject)
    assert (told.sender.department, told.receiver.department) == ("15050", "11008") and told.main is None


def test_a_draft_carries_no_data_and_no_number() -> None:
    assert files_in(letter_pdf(make_draft())) == {}


def test_what_was_issued_is_printed_from_the_frozen_content_not_from_the_row() -> None:
    letter = issued()
    Letter.objects.filter(pk=letter.pk).update(subject="ถูกแก้ลับหลัง", text="ถูกแก้ลับหลัง")
    again = Letter.objects.select_related("office__agency__body", "entry").get(pk=letter.pk)
    read = "".join(pdf_pages(letter_pdf(again))) + "".join(word_paragraphs(letter_docx(again)))
    assert "ถูกแก้ลับหลัง" not in read


def test_a_letter_in_arabic_digits_is_possible_for_what_was_kept_so() -> None:
    letter = make_draft()
    letter.content = to_json(replace(made(letter), digits="arab"))
    assert "0017.2" in "".join(pdf_pages(letter_pdf(letter)))


def test_a_letter_that_no_paper_can_show_is_refused_before_a_number_is_used(client: Client) -> None:
    letter = make_draft(text="ด้วยจังหวัด 😀")
    make_recipient(letter, name="นายอำเภอแม่ริม")
    client.force_login(letter.drafted_by)
    page = client.get(reverse("letter_issue", args=[letter.pk])).content.decode()
    key = re.search(r'name="([^"]*once[^"]*)" value="([^"]+)"', page)
    answer = client.post(reverse("letter_issue", args=[letter.pk]), {key[1]: key[2]} if key else {})
    assert answer.status_code == 422 and "😀" in answer.content.decode()
    assert RegisterEntry.objects.count() == 0
