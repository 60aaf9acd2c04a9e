"""What has to be done on the pages of a meeting before their pictures are taken. The meeting of 25 December is the newest."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.screens.acts import Act, follow, press

TITLE = (
    "การประเมินระดับความพร้อมรัฐบาลดิจิทัลหน่วยงานภาครัฐของประเทศไทย ประจำปีงบประมาณ 2567 และการขับเคลื่อนการใช้ระบบ e-Document "
    "แก่องค์กรปกครองส่วนท้องถิ่นจังหวัดเชียงใหม่"
)
TEXT = (
    "สพร. ได้กำหนดกลุ่มเป้าหมายในการสำรวจ จำนวนรวมทั้งสิ้น 378 หน่วยงาน ประกอบด้วยหน่วยงานภาครัฐระดับกรมหรือเทียบเท่า "
    "และคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด\nฝ่ายเลขานุการขอความอนุเคราะห์คณะกรรมการให้ข้อมูลภายในวันที่ 21 มิถุนายน 2567"
)
newest = follow("tbody th a")


def fill(**fields: str) -> Act:
    """Type into the page's visible fields of these names."""

    def act(tab: Page, mail: Path) -> None:
        for name, text in fields.items():
            tab.locator(f'main [name="{name}"]:visible').first.fill(text)

    return act


def create(tab: Page, mail: Path) -> None:
    """A meeting with the heads of 1/2567; leads to its agenda."""
    venue = "ห้องประชุม 3 ชั้น 3 อาคารอำนวยการ ศาลากลางจังหวัดเชียงใหม่ ตำบลช้างเผือก อำเภอเมืองเชียงใหม่"
    fill(day="25 ธ.ค. 2567", clock="13.30", venue=venue, online_link="https://meet.example/pcio-chiangmai")(tab, mail)
    tab.locator('[name="template"][value="first"]').check()
    press("สร้างการประชุม")(tab, mail)


def create_after_being_signed_out(tab: Page, mail: Path) -> None:
    """The session ended while somebody typed; afterwards it is there again for the next screen."""
    fill(day="25 ธ.ค. 2567", clock="13.30", venue="ห้องประชุม 3 ชั้น 3 อาคารอำนวยการ ศาลากลางจังหวัดเชียงใหม่")(tab, mail)
    kept = [each for each in tab.context.cookies() if "session" in each["name"]]
    for each in kept:
        tab.context.clear_cookies(name=each["name"])
    press("สร้างการประชุม")(tab, mail)
    tab.context.add_cookies(kept)  # type: ignore[arg-type]


def desk(tab: Page, mail: Path) -> None:
    """From the list to the newest meeting's agenda on the desk."""
    newest(tab, mail)
    follow('a:has-text("แก้ไขระเบียบวาระ"), a.govuk-button:has-text("จัดระเบียบวาระ")')(tab, mail)


def add_item(title: str, *, reason: str = "") -> Act:
    """An item under head 3; leads to its page."""

    def act(tab: Page, mail: Path) -> None:
        tab.locator('summary:has-text("เพิ่มเรื่องในวาระที่ 3")').click()
        fill(title=title, presenter="สำนักงานสถิติจังหวัดเชียงใหม่", **({"reason": reason} if reason else {}))(tab, mail)
        tab.locator('details[open] button:has-text("เพิ่มเรื่อง")').click()
        tab.wait_for_load_state()

    return act


def put_text(tab: Page, mail: Path) -> None:
    """A text under the item."""
    fill(text=TEXT)(tab, mail)
    press("เพิ่มข้อความ")(tab, mail)


def edit_in_two_tabs(tab: Page, mail: Path) -> None:
    """Somebody else saves the same text first."""
    other = tab.context.new_page()
    other.goto(tab.url)
    fill(text=TEXT + "\nแก้โดยอีกคนหนึ่ง")(other, mail)
    press("บันทึกข้อความ")(other, mail)
    other.close()
    fill(text=TEXT + "\nแก้โดยฝ่ายเลขานุการ")(tab, mail)
    press("บันทึกข้อความ")(tab, mail)


def invite(tab: Page, mail: Path) -> None:
    """The invitation, from its page."""
    press("ออกหนังสือเชิญ")(tab, mail)


def withdraw(tab: Page, mail: Path) -> None:
    """The item goes out, with a reason; leads to the agenda."""
    tab.locator('summary:has-text("ถอนระเบียบวาระนี้")').click()
    fill(reason="หน่วยงานเจ้าของเรื่องขอเสนอในการประชุมครั้งถัดไป เพราะข้อมูลยังไม่ครบ")(tab, mail)
    press("ถอนระเบียบวาระ")(tab, mail)


def answer_for_the_first(tab: Page, mail: Path) -> None:
    """The first seat sends somebody."""
    tab.locator('[name="kind"][value="substitute"]').check()
    fill(name="นางสาวรัตนาภรณ์ วงศ์สุวรรณพิทักษ์", position="ผู้อำนวยการกลุ่มงานยุทธศาสตร์และข้อมูลเพื่อการพัฒนาจังหวัด")(tab, mail)
    press("บันทึกคำตอบรับ")(tab, mail)
