"""เส้นทางทั้งรอบ: ตั้งแต่มติที่ประชุมจนถึงชุดคำตอบที่ยื่นได้ ในเบราว์เซอร์จริง ทั้งมีและไม่มี JavaScript.

The main journey, read from top to bottom: who does what (`people.py` knows how it is clicked), and what they must see.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import pack
from tests.journeys.conftest import Province, phrom
from tests.journeys.dashboard import Figures, read_figures
from tests.journeys.people import Person
from tests.journeys.replies import AGRICULTURE, MENDED, PROVINCIAL, STATISTICS

pytestmark = pytest.mark.browser

PROVINCIAL_OFFICE = "สำนักงานจังหวัดเชียงใหม่"
STATISTICAL_OFFICE = "สำนักงานสถิติจังหวัดเชียงใหม่"
AGRICULTURAL_OFFICE = "สำนักงานเกษตรจังหวัดเชียงใหม่"
REASON = "ภาพหน้าจอยังไม่แสดงว่าตอบกลับภายในกี่วัน ขอให้ระบุจำนวนกลุ่มไลน์ และวิธีสรุปเรื่องให้พื้นที่ทราบ"
OVERRIDE = "สำนักงานจังหวัดมีข้อมูลเกณฑ์ของปีที่ผ่านมา ซึ่งที่ประชุมรับรองแล้ว จึงใช้จำนวนนี้แทนผลรวม"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_round_of_2567(province: Province, score: Callable[[Path], str], tmp_path: Path, scripts: bool) -> None:
    """ผู้ประสานงานเปิดรอบ สามหน่วยงานตอบ หนึ่งข้อส่งกลับและแก้ แล้วรวม ปิดรอบ ดูผล และรับชุดคำตอบ."""
    # กำหนดให้ มีคำสั่ง มติที่ให้เสร็จภายใน 21 มิ.ย. 2567 และผลปีก่อน 37.87
    coordinator = province.person("khamkaew", scripts=scripts)

    # เมื่อ ผู้ประสานงานเปิดรอบ และสามหน่วยงานตอบ โดยสำนักงานเกษตรตอบจากโทรศัพท์จอกว้าง 390 จุด
    opens_the_round(coordinator)
    kasalong = province.person("kasalong", scripts=scripts)
    answers_and_sends(kasalong, PROVINCIAL_OFFICE, PROVINCIAL)
    buatong = province.person("buatong", scripts=scripts)
    answers_and_sends(buatong, STATISTICAL_OFFICE, STATISTICS)
    fongchan = province.person("fongchan", width=390, scripts=scripts)
    answers_and_sends(fongchan, AGRICULTURAL_OFFICE, AGRICULTURE)

    # และ ข้อ P4.6 ของสำนักงานเกษตรถูกส่งกลับพร้อมเหตุผล แก้แล้วส่งใหม่ ข้ออื่นรับทั้งหมด
    returns(coordinator, AGRICULTURAL_OFFICE, "P4.6")
    mends_and_sends_again(fongchan, "P4.6")
    for agency in (PROVINCIAL_OFFICE, STATISTICAL_OFFICE, AGRICULTURAL_OFFICE):
        accepts_all(coordinator, agency)

    # และ ผู้ประสานงานกำหนดข้อ P4.1 เองพร้อมเหตุผล ประธานเห็นชอบชุดคำตอบจากโทรศัพท์ แล้วผู้ประสานงานปิดรอบ
    overrides(coordinator, "P4.1", 9)
    lays_the_set(coordinator)
    approves_the_set(province.person("kriangkrai", width=390, scripts=scripts))
    freezes(coordinator)

    # แล้ว เห็นผล ชุดคำตอบครบถ้วน และทุกทางที่คิดคะแนนได้เท่ากัน
    figures = reads_the_results(coordinator)
    answers = takes_the_pack(coordinator, tmp_path)
    pack.holds_every_answer(answers, said_at_the_end(), PROVINCIAL, STATISTICS, AGRICULTURE)
    document = pack.answer_set(answers, tmp_path)
    assert Figures.from_json(score(document)) == figures
    assert Figures.scored_again(document) == figures
    phrom("verify", "--data", province.data)


def said_at_the_end() -> list[str]:
    """Every text that somebody wrote; of the mended row, the second one."""
    said = PROVINCIAL | STATISTICS | AGRICULTURE
    texts = {code: str(reply.detail) for replies in said.values() for code, reply in replies.items() if reply.detail}
    return [*(texts | {"P4.6": MENDED}).values(), OVERRIDE]


def opens_the_round(coordinator: Person) -> None:
    """Everything on the checklist is in place; the deadline comes from the resolution."""
    coordinator.go("รอบสำรวจ", "เปิดรอบสำรวจ")
    coordinator.sees("ความพร้อมก่อนเปิดรอบ")
    coordinator.sees("มอบหมายทุกหน่วยงานให้ข้อมูลและหลักฐานประกอบภายในวันที่ 21 มิถุนายน 2567")
    expect(coordinator.page.get_by_label("กำหนดส่งภายในจังหวัด")).to_have_value("21 มิ.ย. 2567")
    coordinator.press("เปิดรอบ")
    coordinator.sees("เปิดรอบแล้ว")


def answers_and_sends(official: Person, agency: str, sections: dict) -> None:
    """An official answers section by section, looks it over and sends what is ready."""
    official.open_sheet(agency)
    for section, replies in sections.items():
        official.answer_section(section, replies)
    official.go("ตรวจและส่งให้ผู้ประสานงาน")
    official.press("ส่งให้ตรวจ")
    official.sees("ส่งให้ผู้ประสานงานตรวจแล้ว")


def returns(coordinator: Person, agency: str, code: str) -> None:
    """One row goes back with a reason."""
    opens_review(coordinator, agency)
    coordinator.page.locator("tr").filter(has_text=code).get_by_role("link").first.click()
    coordinator.page.get_by_label("เหตุผล").fill(REASON)
    coordinator.press("ส่งกลับแก้ไข")
    coordinator.sees(f"ส่งข้อ {code} กลับให้{agency}แก้ไขแล้ว")


def mends_and_sends_again(official: Person, code: str) -> None:
    """The official sees the row and the reason first, mends it and sends it."""
    official.page.goto("/")
    official.sees("ส่งกลับแก้ไข")
    official.go("คำถามของฉัน")
    official.sees(REASON)
    official.go("แก้ไข")
    expect(official.row(code)).to_contain_text(REASON)
    official.row(code).locator('[name$="-detail"]').fill(MENDED)
    official.wait_until_saved(code)
    official.go("ตรวจและส่งให้ผู้ประสานงาน")
    official.press("ส่งให้ตรวจ")
    official.sees("ส่งให้ผู้ประสานงานตรวจแล้ว")


def accepts_all(coordinator: Person, agency: str) -> None:
    """All of an agency's rows at once, after looking."""
    opens_review(coordinator, agency)
    coordinator.press("รับคำตอบ")
    coordinator.sees(f"รับคำตอบของ{agency}", within=".notice--success")


def opens_review(coordinator: Person, agency: str) -> None:
    """The reviewer's desk, at one agency."""
    coordinator.page.goto("/")
    coordinator.go("ตรวจ")
    coordinator.page.locator(".side-list a").filter(has_text=agency).click()
    coordinator.page.get_by_role("heading", name=agency).wait_for()


def overrides(coordinator: Person, code: str, value: int) -> None:
    """The province answers otherwise than the rule proposes, and says why."""
    coordinator.page.goto("/")
    coordinator.go("รอบสำรวจ", "แบบสำรวจระดับความพร้อม", "รวมคำตอบ")
    coordinator.page.locator(".province-row").filter(has_text=code).get_by_role("link").first.click()
    coordinator.page.get_by_label("จำนวน").fill(str(value))
    coordinator.page.get_by_label("เหตุผลที่ไม่ใช้ข้อเสนอ").fill(OVERRIDE)
    coordinator.press("บันทึกคำตอบของจังหวัด")
    coordinator.sees("จังหวัดกำหนดเอง")
    coordinator.sees(OVERRIDE)


def lays_the_set(coordinator: Person) -> None:
    """Nobody closes a round alone: the set is laid before a second person first."""
    coordinator.page.goto("/")
    coordinator.go("ดูผล", "ปิดรอบ", "ไปเสนอชุดคำตอบ")
    coordinator.press("เสนอชุดคำตอบให้เห็นชอบ")
    coordinator.sees("รอความเห็นชอบ")
    coordinator.sees("ผู้เสนอเห็นชอบเองไม่ได้")


def approves_the_set(chair: Person) -> None:
    """The first screen says what waits; one page says what the set holds; one press approves it."""
    chair.go("ดูและเห็นชอบ")
    chair.sees("P4.1")
    chair.press("เห็นชอบชุดคำตอบนี้")
    chair.sees("เห็นชอบแล้ว")


def freezes(coordinator: Person) -> None:
    """What is open is listed before; after it nothing changes any more."""
    coordinator.page.goto("/")
    coordinator.go("ดูผล", "ปิดรอบ")
    coordinator.sees("ข้อที่ผู้ประสานงานกำหนดคำตอบเอง 1 ข้อ: P4.1")
    coordinator.press("ปิดรอบและเก็บผลคะแนน")
    coordinator.sees("ปิดรอบแล้ว")


def reads_the_results(coordinator: Person) -> Figures:
    """The dashboard names estimates as estimates and last year beside; returns its figures."""
    coordinator.sees("37.87")
    coordinator.sees("ประมาณการ")
    return read_figures(coordinator.page)


def takes_the_pack(coordinator: Person, folder: Path) -> Path:
    """The pack is made in the background while the page tells how far it is."""
    coordinator.go("จัดทำชุดเอกสารคำตอบ")
    coordinator.press("จัดทำชุดเอกสาร")
    coordinator.sees("ชุดที่จัดทำไว้")
    if not coordinator.scripts:
        look_again_until_ready(coordinator)
    coordinator.sees("พร้อมดาวน์โหลด")
    return coordinator.download("ดาวน์โหลด", folder)


def look_again_until_ready(coordinator: Person) -> None:
    """Without JavaScript the page offers a link."""
    for _ in range(60):
        again = coordinator.page.get_by_role("link", name="ดูความคืบหน้าล่าสุด")
        if not again.count():
            return
        again.click()
        coordinator.page.wait_for_timeout(500)
