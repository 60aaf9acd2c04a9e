"""What has to be done on the pages of a meeting that is being held. The meeting of 14 June is today's in the demo."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.screens.acts import Act, follow, press
from tests.screens.calling import fill

todays = follow('tr:has-text("14 มิ.ย. 2567") th a')
LONG = "ฝ่ายเลขานุการรายงานว่า หน่วยงานตอบรับแล้ว 19 แห่ง\nที่ประชุมอภิปรายอย่างกว้างขวาง แล้วประธานปิดประชุม"


def call_for_today(tab: Page, mail: Path) -> None:
    """A meeting of this afternoon, invited; leads to its page."""
    fill(day="14 มิ.ย. 2567", clock="13.30", venue="ห้องประชุม 3 ศาลากลางจังหวัดเชียงใหม่")(tab, mail)
    tab.locator('[name="template"][value="standard"]').check()
    press("สร้างการประชุม")(tab, mail)
    tab.goto("/meetings/")
    todays(tab, mail)
    follow("main a.govuk-button")(tab, mail)
    press("ออกหนังสือเชิญ")(tab, mail)


def at(words: str) -> Act:
    """From the list to a page of today's meeting, through its link."""

    def act(tab: Page, mail: Path) -> None:
        todays(tab, mail)
        follow(f'main a:has-text("{words}")')(tab, mail)

    return act


def beside(tail: str) -> Act:
    """Another page of the meeting whose page is open."""

    def act(tab: Page, mail: Path) -> None:
        tab.goto("/" + "/".join(tab.url.split("/")[3:5]) + f"/{tail}")

    return act


def desk(tab: Page, mail: Path) -> None:
    """The desk of today's minutes."""
    at("บันทึกมติ")(tab, mail)
    beside("minutes/edit/")(tab, mail)


def begin(tab: Page, mail: Path) -> None:
    """The meeting began at seven; three seats are ticked, one of them wrongly."""
    tab.locator("#open_clock").fill("07.00")
    press("เริ่มประชุม")(tab, mail)
    rows = tab.locator(".seats > li")
    rows.nth(0).locator('[value="came"]').check()
    rows.nth(1).locator('[value="leave"]').check()
    rows.nth(1).locator('[name$="-note"]').fill("ติดราชการต่างจังหวัด")
    rows.nth(2).locator('[value="substitute"]').check()
    for name in ("name", "position"):
        rows.nth(2).locator(f'[name$="-{name}"]').fill("")
    press("บันทึกทุกแถว")(tab, mail)


def tick(tab: Page, mail: Path) -> None:
    """Most seats came; a guest too."""
    for row in tab.locator(".seats > li").all()[:20]:
        row.locator('[value="came"]').check()
    press("บันทึกทุกแถว")(tab, mail)
    fill(name="นายอินถา ช่างภาพดี", position="สำนักงานประชาสัมพันธ์จังหวัดเชียงใหม่")(tab, mail)
    press("เพิ่มผู้เข้าร่วมประชุม")(tab, mail)


def end(tab: Page, mail: Path) -> None:
    """It ended at eight."""
    tab.locator("#close_clock").fill("08.00")
    press("เลิกประชุม")(tab, mail)


def resolve(tab: Page, mail: Path) -> None:
    """A resolution on the item that is open."""
    tab.locator('[name="kind"][value="assigned"]').check()
    fill(text="มอบหมายทุกหน่วยงานให้ข้อมูลภายในวันที่ 21 มิถุนายน 2567", due_on="21 มิ.ย. 2567")(tab, mail)
    press("บันทึกมติ")(tab, mail)


def write(tab: Page, mail: Path) -> None:
    """A text with a word that minutes do not use."""
    tab.locator("textarea").fill(LONG)
    press("บันทึก")(tab, mail)


def write_in_two_tabs(tab: Page, mail: Path) -> None:
    """Somebody else saves the same item first."""
    other = tab.context.new_page()
    other.goto(tab.url)
    other.locator("textarea").fill(LONG + "\nเพิ่มในอีกแท็บ")
    press("บันทึก")(other, mail)
    other.close()
    tab.locator("textarea").fill(LONG + "\nเพิ่มในแท็บนี้ <b>ตามที่เห็น</b>")
    press("บันทึก")(tab, mail)


def ask_for_a_correction(tab: Page, mail: Path) -> None:
    """A comment on the first item that may be commented."""
    tab.locator("details:has(form) summary").first.click()
    tab.locator("details[open] textarea").first.fill("ขอแก้ชื่อหน่วยงานเป็น สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่")
    tab.locator("details[open] button").first.click()
    tab.wait_for_load_state()
