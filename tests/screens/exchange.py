"""What an administrator does on the pages of the exchange before the picture is taken."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page


def open_node(tab: Page, mail: Path) -> None:
    """Name the node; the first time this makes its key."""
    if tab.get_by_role("button", name="สร้างกุญแจและเปิดใช้").count():
        tab.get_by_label("ชื่อระบบของเรา").fill("จังหวัดเชียงใหม่")
        tab.get_by_role("button", name="สร้างกุญแจและเปิดใช้").click()
        tab.wait_for_load_state()


def learn_nothing(tab: Page, mail: Path) -> None:
    """An address at which nobody answers."""
    tab.get_by_label("ที่อยู่ของระบบปลายทาง").fill("https://127.0.0.1:9")
    tab.get_by_role("button", name="อ่านข้อมูลระบบนั้น").click()
    tab.wait_for_load_state()


def host_an_office(tab: Page, mail: Path) -> None:
    """The first office of the list, from the first of July on."""
    tab.get_by_label("หน่วยงาน", exact=True).select_option(index=1)
    tab.get_by_label("ตั้งแต่วันที่").fill("1 ก.ค. 2567")
    tab.get_by_role("button", name="เพิ่มในทำเนียบ").click()
    tab.wait_for_load_state()
