"""สิ่งที่พิมพ์ไม่หาย: สองแท็บแก้ข้อเดียวกัน เครือข่ายขาด และเปิดหน้าใหม่ทั้งที่ยังไม่ได้บันทึก.

What was typed is never lost: two tabs on one row, a lost connection, a reload before anything was saved.
"""

from __future__ import annotations

import contextlib

import pysqlite3
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Province
from tests.journeys.people import OWN, PASSWORD, Person, Reply

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


def test_left_alone_too_long_nothing_typed_is_lost_and_signing_in_elsewhere_saves_it(
    kasalong: Person, opened: Province
) -> None:
    """หมดเวลาใช้งานระหว่างพิมพ์: ข้อความยังอยู่ ลงชื่อเข้าใช้ในแท็บใหม่แล้วข้อความถูกบันทึกเอง."""
    leave_alone(opened)
    write(kasalong.page, FIRST)
    expect(state(kasalong.page)).to_contain_text("ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน")
    expect(detail(kasalong.page)).to_have_value(FIRST)
    sign_in_beside(kasalong, kasalong.email)
    expect(state(kasalong.page)).to_contain_text("บันทึกแล้ว", timeout=15_000)
    expect(kasalong.row("P1.1").get_by_role("link", name="ลงชื่อเข้าใช้ในแท็บใหม่")).to_have_count(0)
    kasalong.page.reload()
    expect(detail(kasalong.page)).to_have_value(FIRST)
    kasalong.forgive("401")


def test_a_colleague_who_signs_in_in_the_same_browser_does_not_save_it(kasalong: Person, opened: Province) -> None:
    """ผู้อื่นลงชื่อเข้าใช้ในเบราว์เซอร์เดียวกัน: ข้อความไม่ถูกบันทึกในชื่อของผู้นั้น และยังอยู่ในหน้านี้."""
    leave_alone(opened)
    write(kasalong.page, FIRST)
    expect(state(kasalong.page)).to_contain_text("ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน")
    tab = sign_in_beside(kasalong, "khamkaew@test.example")
    expect(state(kasalong.page)).to_contain_text("มีผู้อื่นลงชื่อเข้าใช้", timeout=15_000)
    expect(detail(kasalong.page)).to_have_value(FIRST)
    tab.get_by_role("button", name="ออกจากระบบ").click()
    expect(state(kasalong.page)).to_contain_text("ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน", timeout=15_000)
    sign_in_beside(kasalong, kasalong.email)
    expect(state(kasalong.page)).to_contain_text("บันทึกแล้ว", timeout=15_000)
    kasalong.forgive("401")


def test_left_alone_too_long_without_javascript_every_word_is_shown_again(opened: Province) -> None:
    """ไม่มี JavaScript: กดบันทึกเมื่อหมดเวลาแล้ว ข้อความที่พิมพ์ยังอยู่ครบในหน้าที่ตอบกลับ."""
    kasalong = opened.person("kasalong", scripts=False)
    kasalong.page.goto(SHEET)
    leave_alone(opened)
    kasalong.type("P1.1", Reply(True, FIRST, OWN))
    kasalong.page.get_by_role("button", name="บันทึก", exact=True).click()
    kasalong.sees("ยังไม่ได้บันทึก เพราะหมดเวลาใช้งาน")
    expect(kasalong.page.get_by_label("ข้อความที่พิมพ์ไว้ ช่องที่ 1")).to_have_value(FIRST)
    sign_in_beside(kasalong, kasalong.email)
    kasalong.go("เปิดหน้าเดิม")
    expect(kasalong.row("P1.1")).to_be_visible()
    kasalong.forgive("401")


def leave_alone(province: Province) -> None:
    """As if nobody had touched any browser for longer than the limit."""
    with contextlib.closing(pysqlite3.connect(province.data / "phrom.sqlite3", timeout=20)) as database:
        database.execute("UPDATE django_session SET expire_date = '2020-01-01 00:00:00'")
        database.commit()


def sign_in_beside(person: Person, email: str) -> Page:
    """Somebody signs in in a new tab of the same browser; returns that tab."""
    link = person.page.get_by_role("link", name="ลงชื่อเข้าใช้ในแท็บใหม่")
    with person.context.expect_page() as waiting:
        link.first.click()
    tab = waiting.value
    tab.get_by_label("อีเมล").fill(email)
    tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    tab.get_by_role("button", name="ลงชื่อเข้าใช้").click()
    expect(tab.locator("body")).to_contain_text("งานของฉัน")
    return tab


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
