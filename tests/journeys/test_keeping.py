"""สิ่งที่พิมพ์ไม่หาย: สองแท็บแก้ข้อเดียวกัน เครือข่ายขาด และเปิดหน้าใหม่ทั้งที่ยังไม่ได้บันทึก.

What was typed is never lost: two tabs on one row, a lost connection, a reload before anything was saved.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Province
from tests.journeys.people import OWN, Person, Reply

pytestmark = pytest.mark.browser

SHEET = "/rounds/1/agencies/2/sections/p1-1/"  # the provincial office's Digital Policy, where P1.1 stands
FIRST, SECOND = "แผนดิจิทัลฉบับแท็บแรก ซึ่งผู้ว่าฯ ลงนามแล้ว", "แผนดิจิทัลฉบับแท็บที่สอง ยังเป็นร่าง"


@pytest.fixture
def kasalong(opened: Province) -> Person:
    """The provincial office's official before P1.1."""
    person = opened.person("kasalong")
    person.page.goto(SHEET)
    return person


def test_two_tabs_on_one_row_are_both_shown_and_one_is_chosen(kasalong: Person) -> None:
    """แท็บที่สองบันทึกก่อน แท็บแรกเห็นทั้งสองข้อความ เลือกของตน แล้วจึงบันทึก."""
    other = kasalong.open_tab()
    other.goto(SHEET)
    write(other, SECOND)
    expect(state(other)).to_contain_text("บันทึกแล้ว")

    write(kasalong.page, FIRST)
    row = kasalong.row("P1.1")
    expect(state(kasalong.page)).to_contain_text("ยังไม่ได้บันทึก กรุณาเลือกข้อความ")
    expect(row).to_contain_text(SECOND)
    expect(row.locator("[data-mine]")).to_contain_text(FIRST)
    row.get_by_role("button", name="ใช้ข้อความของท่าน").click()
    expect(state(kasalong.page)).to_contain_text("บันทึกแล้ว")
    other.reload()
    expect(detail(other)).to_have_value(FIRST)
    kasalong.forgive("409")


def test_two_tabs_without_javascript(opened: Province) -> None:
    """ไม่มี JavaScript: หน้าที่บันทึกไม่ได้แสดงทั้งสองข้อความในแถวนั้น เลือกแล้วกดบันทึกอีกครั้ง."""
    kasalong = opened.person("kasalong", scripts=False)
    kasalong.page.goto(SHEET)
    other = kasalong.open_tab()
    other.goto(SHEET)
    write(other, SECOND)
    other.get_by_role("button", name="บันทึก", exact=True).click()

    kasalong.type("P1.1", Reply(True, FIRST, OWN))
    kasalong.page.get_by_role("button", name="บันทึก", exact=True).click()
    row = kasalong.row("P1.1")
    expect(row).to_contain_text(SECOND)
    expect(detail(kasalong.page)).to_have_value(FIRST)
    row.get_by_label("ใช้ข้อความของท่าน").check()
    kasalong.wait_until_saved("P1.1")
    expect(detail(kasalong.page)).to_have_value(FIRST)
    kasalong.forgive("409")


def test_a_lost_connection_keeps_what_is_typed_and_saves_when_it_is_back(kasalong: Person) -> None:
    """ออฟไลน์: บอกว่ายังบันทึกไม่ได้ ข้อความยังอยู่ กลับมาแล้วบันทึกเอง."""
    kasalong.context.set_offline(True)
    write(kasalong.page, FIRST)
    expect(state(kasalong.page)).to_contain_text("ยังบันทึกไม่ได้ เพราะติดต่อเครื่องแม่ข่ายไม่ได้")
    expect(detail(kasalong.page)).to_have_value(FIRST)
    kasalong.context.set_offline(False)
    expect(state(kasalong.page)).to_contain_text("บันทึกแล้ว", timeout=15_000)
    kasalong.page.reload()
    expect(detail(kasalong.page)).to_have_value(FIRST)
    kasalong.forgive("ERR_INTERNET_DISCONNECTED")


def test_after_a_reload_the_unsaved_text_is_offered_again(kasalong: Person) -> None:
    """เปิดหน้าใหม่ทั้งที่ยังไม่ได้บันทึก: ระบบเสนอข้อความเดิมให้นำกลับมาใช้."""
    kasalong.page.route("**/answer/", lambda route: route.abort())
    kasalong.page.on("dialog", lambda dialog: dialog.accept())
    write(kasalong.page, FIRST)
    expect(state(kasalong.page)).to_contain_text("ยังบันทึกไม่ได้")
    kasalong.page.reload()
    kasalong.page.unroute("**/answer/")
    row = kasalong.row("P1.1")
    expect(row).to_contain_text("มีข้อความที่พิมพ์ไว้ก่อนหน้านี้และยังไม่ได้บันทึก")
    expect(row).to_contain_text(FIRST)
    row.get_by_role("button", name="นำกลับมาใช้").click()
    expect(state(kasalong.page)).to_contain_text("บันทึกแล้ว")
    expect(detail(kasalong.page)).to_have_value(FIRST)
    kasalong.forgive("ERR_FAILED")


def write(tab: Page, words: str) -> None:
    """Type the detail of P1.1 and say yes."""
    tab.locator('.ask[data-code="P1.1"] input[name$="-value"][value="yes"]').check()
    detail(tab).fill(words)


def detail(tab: Page) -> Locator:
    """The text field of P1.1."""
    return tab.locator('.ask[data-code="P1.1"] [name$="-detail"]')


def state(tab: Page) -> Locator:
    """What the row says about itself."""
    return tab.locator('.ask[data-code="P1.1"] [data-save-state]')
