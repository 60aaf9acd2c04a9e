"""Acts on the reviewer's and the head's pages, and what these bring about on an agency's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from tests.screens import acts

PASSWORD = "ดอกเอื้องคำเชียงใหม่2567"  # of everybody in the demo


@contextmanager
def somebody(tab: Page, who: str) -> Iterator[Page]:
    """Another person at a machine of their own."""
    browser = tab.context.browser
    assert browser is not None
    context = browser.new_context(base_url="/".join(tab.url.split("/", 3)[:3]), locale="th-TH")
    other = context.new_page()
    other.goto("/account/login/")
    other.get_by_label("อีเมล").fill(f"{who}@demo.example")
    other.get_by_label("รหัสผ่าน").fill(PASSWORD)
    other.get_by_role("button", name="ลงชื่อเข้าใช้").click()
    other.get_by_role("button", name="ออกจากระบบ").wait_for()
    yield other
    context.close()


def coordinator_inquires(tab: Page, mail: Path) -> None:
    """The coordinator asks about the first row that waits; the page of its agency is drawn anew."""
    with somebody(tab, "coordinator") as other:
        other.goto("/rounds/1/review/")
        acts.follow(".row-text a")(other, mail)
        inquire(other, mail)
    tab.reload()


def answered_once(tab: Page, mail: Path) -> None:
    """The coordinator lets the provincial office answer P7.1 once for all; the page of who may confirm is drawn anew."""
    with somebody(tab, "coordinator") as other:
        other.goto("/rounds/1/matrix/?pillar=P7")
        other.locator('[id="lead-P7.1"]').select_option(index=1)
        other.locator('[name="asked-once"][value="P7.1"]').check()
        acts.press("บันทึกการมอบหมาย")(other, mail)
    tab.reload()


def agency_sends_again(tab: Page, mail: Path) -> None:
    """An agency changes a row that was given back and sends it; the reviewer sees what changed."""
    with somebody(tab, "provincial-office") as other:
        other.goto("/my/")
        acts.follow('a:has-text("แก้ไข")')(other, mail)
        row = other.locator(":target")
        row.locator("textarea").first.evaluate("(field) => field.closest('details')?.setAttribute('open', '')")
        row.locator("textarea").first.fill("แก้ตามที่ท้วง: คำสั่งลงนามเมื่อ 2 เมษายน 2567 ตามหน้า 2 ของเอกสารที่แนบ")
        other.get_by_role("button", name="บันทึก", exact=True).click()
        other.wait_for_load_state()
        other.goto(other.url.split("sections/")[0] + "submit/")
        acts.press("ส่ง")(other, mail)
    tab.reload()


def check_the_frozen_set(tab: Page, mail: Path) -> None:
    """The page that anybody may open with the code printed at the foot of a report."""
    tab.goto(f"/check/{tab.locator('code.hash').first.inner_text().strip()}/")


def inquire(tab: Page, mail: Path) -> None:
    """Ask about the row that is open."""
    acts.unfold(tab, mail)
    tab.get_by_label("ข้อความถึงหน่วยงาน").fill("คำสั่งฉบับนี้ลงนามเมื่อใด และมีคำสั่งฉบับก่อนหน้าหรือไม่")
    tab.get_by_role("button", name="ส่งข้อซักถาม").last.click()
    tab.wait_for_load_state()


def approve_nothing(tab: Page, mail: Path) -> None:
    """Give rows back without saying why."""
    tab.get_by_role("button", name="ส่งข้อที่เลือกกลับให้แก้").click()
    tab.wait_for_load_state()
