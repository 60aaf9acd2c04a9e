"""Acts on the reviewer's and the head's pages."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.screens import acts


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
