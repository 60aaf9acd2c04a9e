"""What has to be done on the pages about follow-ups before their pictures are taken."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.screens.acts import Act, follow, press
from tests.screens.calling import fill

WRITE = 'a:has-text("ออกหนังสือตามมติ")'
NAME_MORE = 'a:has-text("มอบหน่วยงานเพิ่ม")'
SAID = (
    "สำรวจองค์กรปกครองส่วนท้องถิ่นครบทั้ง 211 แห่งแล้ว ใช้ระบบ e-Document แล้ว 164 แห่ง อยู่ระหว่างติดตั้ง 31 แห่ง "
    "และยังไม่พร้อม 16 แห่งเพราะไม่มีเครือข่ายที่เสถียร ตามหนังสือที่แนบ"
)


def last_resolution(tab: Page, mail: Path) -> None:
    """The newest resolution with offices."""
    tab.locator('main a[href^="/resolutions/"]').last.click()
    tab.wait_for_load_state()


def first_resolution(tab: Page, mail: Path) -> None:
    """The resolution of item 3.1, for which the circular went out."""
    tab.locator('main a[href^="/resolutions/"]').first.click()
    tab.wait_for_load_state()


def write_to_nobody(tab: Page, mail: Path) -> None:
    """A letter without a recipient and without a day."""
    tab.evaluate("document.querySelectorAll('[name=agencies]').forEach(each => each.checked = false)")
    fill(due_on="32 มิ.ย. 2567")(tab, mail)
    press("ร่างหนังสือ")(tab, mail)


def name_all(due_on: str) -> Act:
    """Name every office that is not named yet."""

    def act(tab: Page, mail: Path) -> None:
        follow(NAME_MORE)(tab, mail)
        fill(due_on=due_on)(tab, mail)
        tab.locator('[name="whom"][value="all"]').check()
        press("มอบหน่วยงาน")(tab, mail)

    return act


def report(words: str) -> Act:
    """Report with a file; `words` is the button."""

    def act(tab: Page, mail: Path) -> None:
        fill(text=SAID)(tab, mail)
        file = {"name": "รายงานการใช้ระบบ e-Document ขององค์กรปกครองส่วนท้องถิ่น.txt", "mimeType": "text/plain", "buffer": b"164"}
        tab.locator('[name="file"]').set_input_files(file)  # type: ignore[arg-type]
        press(words)(tab, mail)

    return act


def decide(words: str, reason: str) -> Act:
    """The coordinator's decision, with its reason."""

    def act(tab: Page, mail: Path) -> None:
        tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        fill(reason=reason)(tab, mail)
        press(words)(tab, mail)

    return act
