"""เส้นทางของคณะกรรมการ: จากคำสั่งใหม่ถึงรายงานการประชุมที่รับรองแล้ว และเรื่องค้างที่กลับมาเองในการประชุมครั้งถัดไป.

Order 3046/2567 replaces 2533/2563; 35 seats are invited; 1/2567 is held with three substitutes and a late item; what it
resolved goes to 22 offices; its minutes are circulated, commented and adopted in 2/2567, where what is late
comes back by itself.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pypdfium2
import pytest
from docx import Document
from playwright.sync_api import expect

from tests.journeys import committee
from tests.journeys.committee import adds_item, fill, inserts_figures, marks, resolves, takes_paper
from tests.journeys.conftest import Province, leave_pictures, phrom
from tests.journeys.people import Person
from tests.servers import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SURVEY_ITEM = "การประเมินระดับความพร้อมรัฐบาลดิจิทัลหน่วยงานภาครัฐของประเทศไทย ประจำปีงบประมาณ 2567"
DRIVE_ITEM = "การขับเคลื่อนการใช้ระบบ e-Document แก่องค์กรปกครองส่วนท้องถิ่น"
LATE_ITEM = "การเตรียมอินเทอร์เน็ตของหน่วยบริการในพื้นที่สูง"
LATE_REASON = "สำนักงานสถิติจังหวัดเพิ่งได้รับหนังสือแจ้งเมื่อวันที่ 10 มิถุนายน 2567"
RESOLVED = "มอบหมายทุกหน่วยงานให้ข้อมูลและหลักฐานประกอบภายในวันที่ 21 มิถุนายน 2567"
TASK = "ตอบแบบสำรวจในข้อที่ได้รับมอบหมาย พร้อมหลักฐาน"
REPORT = "ส่งคำตอบครบทุกข้อแล้วเมื่อวันที่ 20 มิถุนายน 2567"
MEND = "ขอแก้ข้อความวาระที่ 3.1 ให้ระบุว่าสำนักงานสถิติจังหวัดเป็นหน่วยงานหลักของข้อมูลเปิด"
SAID = "ที่ประชุมอภิปรายแล้วเห็นว่าสำนักงานสถิติจังหวัดเป็นหน่วยงานหลักของข้อมูลเปิด"
SUBSTITUTES = {
    9: ("นางสาวแทนหนึ่ง ดอยงาม", "นักวิชาการพัฒนาชุมชนชำนาญการ"),
    14: ("นายแทนสอง ดอยสูง", "นักวิชาการสาธารณสุขชำนาญการ"),
    28: ("นายแทนสาม ดอยใหญ่", "รองนายกองค์การบริหารส่วนจังหวัดเชียงใหม่"),
}


@contextmanager
def on_the_day(browser: Browser, data: Path, moment: str) -> Iterator[Province]:
    """The province served on another day; nobody's browser complains."""
    committee.turn_clock_to(data, moment)
    with serving(data) as server:
        here = Province(f"http://127.0.0.1:{server.port}", data, browser)
        try:
            yield here
        except BaseException:
            leave_pictures(here, "committee")
            raise
        complaints = [words for person in here.people for words in person.complaints]
        for person in here.people:
            person.context.close()
    assert complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_order_to_the_adopted_minutes(chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    """คำสั่งใหม่ เชิญ 35 ตำแหน่ง ประชุม มติ ติดตาม 22 หน่วยงาน รายงานการประชุม รับรองในครั้งที่ 2/2567."""
    seed, data = tmp_path / "seed.json", tmp_path / "data"
    seed.write_text(json.dumps(committee.seed_before_the_order()), "utf-8")
    phrom("seed", seed, "--data", data)

    # กำหนดให้ วันที่ 7 มิ.ย. มีคำสั่งใหม่ 35 ตำแหน่ง ผู้ประสานงานดูข้อแตกต่างจากคำสั่งเดิม แล้วเชิญประชุม
    with on_the_day(chromium, data, "2024-06-07T09:00:00+07:00") as province:
        clerk = province.person("coordinator", scripts=scripts)
        committee.records_the_order(clerk)
        sees_the_difference(clerk)
        calls_the_first_meeting(clerk)
        everybody_was_invited_once(data)

    # เมื่อ วันประชุม มีวาระเพิ่มเติม ผู้แทนสามคน และมติ
    with on_the_day(chromium, data, "2024-06-11T15:45:00+07:00") as province:
        clerk = province.person("coordinator", scripts=scripts)
        adds_a_late_item_and_freezes(clerk)
        holds_the_meeting(clerk)
        names_the_offices(clerk)
        writes_and_circulates(clerk)

    # และ กรรมการที่มาประชุมขอแก้ หน่วยงานหนึ่งรายงานว่าเสร็จ
    with on_the_day(chromium, data, "2024-06-20T10:00:00+07:00") as province:
        asks_for_a_correction(province.person("chair", scripts=scripts, width=390))
        reports_done(province.person("statistics", scripts=scripts))
        corrects(province.person("coordinator", scripts=scripts))

    # แล้ว ในครั้งที่ 2/2567 เรื่องที่เลยกำหนดกลับมาเอง และรายงานครั้งก่อนได้รับการรับรอง เก็บถาวร
    with on_the_day(chromium, data, "2024-07-16T14:30:00+07:00") as province:
        clerk = province.person("coordinator", scripts=scripts)
        what_is_late_comes_back(clerk)
        adopts(clerk)
    assert "ครบถ้วน" in phrom("verify", "--data", data)


def sees_the_difference(clerk: Person) -> None:
    """What the new order changes, on the screen and as a paper."""
    clerk.go("คณะกรรมการ", "ดูข้อแตกต่าง")
    for words in ("2533/2563", "3046/2567", "รองผู้ว่าราชการจังหวัดเชียงใหม่ (หัวหน้ากลุ่มภารกิจด้านกิจการพิเศษ)"):
        clerk.sees(words)
    assert "๓๐๔๖/๒๕๖๗" in words_of_pdf(takes_paper(clerk, "PDF"))
    assert "๒๕๓๓/๒๕๖๓" in words_of_docx(takes_paper(clerk, "Word"))


def calls_the_first_meeting(clerk: Person) -> None:
    """An agenda of four heads with its tables from the figures; with the letter it becomes 1/2567."""
    committee.calls_the_meeting(clerk, day="11 มิ.ย. 2567", clock="13.30", template="สี่วาระ")
    adds_item(clerk, "3", SURVEY_ITEM)
    adds_item(clerk, "3", DRIVE_ITEM)
    inserts_figures(clerk, "3.1", "ตัวชี้วัด")
    committee.issues_the_invitation(clerk)
    clerk.sees("1/2567")
    letter = words_of_pdf(takes_paper(clerk, "PDF ระเบียบวาระการประชุม"))
    assert "ครั้งที่ ๑/๒๕๖๗" in letter
    assert "๔๒.๘๗" in letter


def everybody_was_invited_once(data: Path) -> None:
    """One mail a person with an account, each with the same event; 35 seats stand in the letters."""
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted((data / "mail").glob("*.eml"))]
    addressed = [mail["To"] for mail in mails]
    assert len(addressed) == len(set(addressed)) >= 22
    events = [part for mail in mails for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(events) == len(mails)
    uids = {str(icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]["UID"]) for part in events}
    assert len(uids) == 1


def adds_a_late_item_and_freezes(clerk: Person) -> None:
    """What comes after the invitation says why; then the agenda stands."""
    clerk.go("การประชุม", "1/2567", "แก้ไขระเบียบวาระ")
    adds_item(clerk, "3", LATE_ITEM, late=LATE_REASON)
    clerk.sees("เพิ่มหลังเชิญ")
    clerk.go("กลับไปหน้าการประชุม", "ตรึงระเบียบวาระ")
    clerk.press("ตรึงระเบียบวาระ")
    clerk.sees("ตรึง")


def holds_the_meeting(clerk: Person) -> None:
    """27 of 33 members, three of them by substitutes; two resolutions."""
    clerk.go("การประชุม", "1/2567", "ผู้มาประชุมและบัญชีลงชื่อ")
    for seat in range(1, 36):
        if seat in SUBSTITUTES:
            name, position = SUBSTITUTES[seat]
            marks(clerk, seat, "มาแทน", name=name, position=position)
        else:
            marks(clerk, seat, "ลา" if seat in (16, 19, 23, 26, 27, 32) else "มา")
    clerk.press("บันทึกทุกแถว")
    clerk.sees("มาแล้ว 27 จาก 33")
    clerk.sees("ครบองค์ประชุม")
    fill(clerk, {"เริ่มประชุมเวลา": "13.35"})
    clerk.press("เริ่มประชุม")
    clerk.go("บันทึกมติ")
    resolves(clerk, "3.1", "มอบหมาย", RESOLVED, due="21/6/2567")
    resolves(clerk, "3.3", "รับทราบ", "รับทราบ")
    clerk.go("การประชุม", "1/2567", "ผู้มาประชุมและบัญชีลงชื่อ")
    clerk.page.locator("#close_clock").fill("15.40")
    clerk.press("เลิกประชุม")
    clerk.sees("เลิกประชุมแล้ว")


def names_the_offices(clerk: Person) -> None:
    """All 22 offices are to answer by 21 June."""
    clerk.go("การประชุม", "1/2567", "บันทึกมติและคัดสำเนามติ")
    clerk.page.locator(".side-list a").filter(has_text="3.1").click()
    assert "๓.๑" in words_of_pdf(takes_paper(clerk, "PDF สำเนามติ"))
    clerk.go("ผู้รับผิดชอบและการติดตาม", "มอบหน่วยงาน")
    fill(clerk, {"ให้ดำเนินการอะไร": TASK, "ภายในวันที่": "21 มิ.ย. 2567"})
    clerk.page.get_by_label("ทุกหน่วยงานของจังหวัด (22 แห่ง)").check()
    clerk.press("มอบหน่วยงาน")
    committee.expects_rows(clerk, "21 มิ.ย. 2567", 22)


def writes_and_circulates(clerk: Person) -> None:
    """The draft comes from the agenda; the clerk names who signs and sends it round."""
    clerk.go("การประชุม", "1/2567", "เขียนรายงานการประชุม")
    clerk.press("ร่างรายงานการประชุม")
    fill(clerk, {"ผู้จดรายงานการประชุม": "นางสาวคำแก้ว ใจดี", "ตำแหน่งของผู้จด": "นักวิเคราะห์นโยบายและแผนชำนาญการ"})
    clerk.press("บันทึก")
    clerk.go("แจ้งเวียนรายงานการประชุม")
    fill(clerk, {"ขอแก้ได้ถึงวันที่": "25 มิ.ย. 2567"})
    clerk.press("แจ้งเวียนรายงานการประชุม")
    clerk.sees("25 มิ.ย. 2567")


def asks_for_a_correction(chair: Person) -> None:
    """The chair reads on the phone and asks for one change."""
    chair.page.get_by_role("link", name="เปิดอ่าน").first.click()
    place = chair.page.locator("details").filter(has_text="ขอแก้ 3.1")
    place.locator("summary").click()
    place.get_by_label("ข้อความใด แก้เป็นอย่างไร").fill(MEND)
    place.get_by_role("button", name="ส่งข้อขอแก้").click()
    chair.sees(MEND)


def reports_done(official: Person) -> None:
    """The statistical office says that it is done, from its own first page."""
    official.page.get_by_role("link", name="รายงาน", exact=False).filter(has_text="รายงาน").first.click()
    fill(official, {"รายงาน": REPORT})
    official.press("รายงานว่าเสร็จแล้ว")
    official.sees(REPORT)


def corrects(clerk: Person) -> None:
    """The secretary takes the correction and answers it."""
    clerk.go("การประชุม", "1/2567", "อ่านรายงานและตอบข้อขอแก้")
    clerk.sees(MEND)
    place = clerk.page.locator("details").filter(has_text="ตอบข้อขอแก้นี้")
    place.locator("summary").click()
    place.get_by_label("แก้ตามที่ขอ").check()
    place.get_by_label("คำตอบ (ถ้าไม่แก้ เขียนเหตุผล)").fill("แก้ข้อความตามที่ขอแล้ว")
    place.get_by_role("button", name="บันทึกคำตอบ").click()
    clerk.go("เขียนและแก้ไข")
    if clerk.page.get_by_role("button", name="รับปากกามาเขียน").count():
        clerk.press("รับปากกามาเขียน")
    clerk.page.get_by_role("link", name="วาระที่ 3.1").click()
    clerk.page.get_by_label("ข้อความในรายงานการประชุม").fill(SAID)
    clerk.page.get_by_role("button", name="บันทึก", exact=True).click()
    clerk.sees("บันทึกวาระที่ 3.1 แล้ว")


def what_is_late_comes_back(clerk: Person) -> None:
    """The agenda of the next meeting names by itself what 21 offices still owe, 25 days late."""
    committee.calls_the_meeting(clerk, day="16 ก.ค. 2567", clock="14.00", template="ห้าวาระ")
    clerk.sees("ติดตามผลตามมติที่ประชุมครั้งที่ 1/2567")
    clerk.go("กลับไปหน้าการประชุม")
    committee.issues_the_invitation(clerk)
    clerk.sees("2/2567")
    agenda = words_of_docx(takes_paper(clerk, "Word ระเบียบวาระการประชุม"))
    assert agenda.count("๒๕ ยังไม่รายงาน") == 21
    assert "สำนักงานเกษตรจังหวัดเชียงใหม่" in agenda


def adopts(clerk: Person) -> None:
    """2/2567 adopts the minutes of 1/2567: the text as corrected, kept as PDF/A, open to nobody's pen any more."""
    clerk.go("การประชุม", "2/2567", "ผู้มาประชุมและบัญชีลงชื่อ")
    fill(clerk, {"เริ่มประชุมเวลา": "14.05"})
    clerk.press("เริ่มประชุม")
    clerk.go("การประชุม", "2/2567", "รับรองรายงานการประชุมครั้งก่อน")
    clerk.press("ที่ประชุมรับรองแล้ว")
    clerk.sees("รับรองแล้ว")
    clerk.go("รายงานการประชุมครั้งที่ 1/2567")
    kept = takes_paper(clerk, "PDF")
    assert b"pdfaid" in kept
    said = words_of_pdf(kept)
    for words in ("ผู้มาประชุม", "ผู้ไม่มาประชุม", "แทน", SAID.replace(" ", ""), "เลิกประชุมเวลา", "๑๕.๔๐"):
        assert words in said.replace(" ", ""), words
    expect(clerk.page.get_by_role("button", name="รับปากกามาเขียน")).to_have_count(0)


def words_of_pdf(content: bytes) -> str:
    """All text of a PDF on one line."""
    pages = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def words_of_docx(content: bytes) -> str:
    """All text of a Word file, tables included."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([paragraph.text for paragraph in document.paragraphs] + cells).split())
