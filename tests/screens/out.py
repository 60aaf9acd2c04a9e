"""What has to be done on the pages of letters out before their pictures are taken. The newest draft is the first row."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.screens.acts import Act, follow, press
from tests.screens.calling import fill

SUBJECT = (
    "ขอเชิญประชุมคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่ ครั้งที่ 2/2567 "
    "และขอให้ส่งรายชื่อผู้แทนสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่"
)
TEXT = (
    "ด้วยจังหวัดเชียงใหม่กำหนดประชุมคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด ครั้งที่ 2/2567\n\n"
    "จึงเรียนมาเพื่อโปรดมอบผู้แทนเข้าร่วมประชุมตามวันและเวลาดังกล่าว"
)
newest = follow("tbody th a")


def begin(kind: str, subject: str = SUBJECT) -> Act:
    """A new draft of a form; leads to its editor."""

    def act(tab: Page, mail: Path) -> None:
        tab.locator(f'[name="kind"][value="{kind}"]').check()
        fill(subject=subject)(tab, mail)
        press("เริ่มร่าง")(tab, mail)

    return act


def write(tab: Page, mail: Path) -> None:
    """The words, then on to the recipients."""
    fill(addressed_to="หัวหน้าส่วนราชการและนายอำเภอทุกอำเภอ", text=TEXT, answer_by="28 มิ.ย. 2567")(tab, mail)
    fill(signer_name="นายอินทนิล กองแก้ว", signer_position="หัวหน้าสำนักงานจังหวัดเชียงใหม่")(tab, mail)
    press("บันทึกแล้วเลือกผู้รับ")(tab, mail)


def write_in_two_tabs(tab: Page, mail: Path) -> None:
    """Somebody else saves the same draft first."""
    follow('a:has-text("แก้ไขร่าง")')(tab, mail)
    other = tab.context.new_page()
    other.goto(tab.url)
    for each, words in ((other, "แก้โดยอีกคนหนึ่ง"), (tab, "แก้โดยผู้ร่าง")):
        fill(text=f"{TEXT}\n\n{words}")(each, mail)
        press("บันทึกร่าง")(each, mail)
    other.close()


def choose_all(tab: Page, mail: Path) -> None:
    """Every office of the province and one by hand."""
    tab.locator("#group-agencies").check()
    fill(names="ชมรมเครือข่ายภาคประชาชนจังหวัดเชียงใหม่ | 9 ถนนท่าแพ")(tab, mail)
    press("บันทึกผู้รับ")(tab, mail)


def by_hand(tab: Page, mail: Path) -> None:
    """The recipient who gets it by hand, on its page."""
    newest(tab, mail)
    follow('tbody a:has-text("ชมรมเครือข่าย")')(tab, mail)


def because(words: str, button: str) -> Act:
    """A reason, and the button."""

    def act(tab: Page, mail: Path) -> None:
        fill(because=words)(tab, mail)
        press(button)(tab, mail)

    return act
