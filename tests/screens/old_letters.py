"""What has to be done before pictures of old registers and of lists of letters to be destroyed are taken.

The demonstration is one of June 2567 and has no letters of ten years ago: an old register of 2553 brings them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from playwright.sync_api import Page

from tests.factories.destruction import old_book_bytes
from tests.screens.acts import Act, press

SUBJECTS = ("ขอความอนุเคราะห์ข้อมูลสถิติการท่องเที่ยวจังหวัดเชียงใหม่", "การจัดทำแผนพัฒนาจังหวัด", "แจ้งเวียนหนังสือกระทรวงมหาดไทย")
DAY = date(2010, 3, 5)
SENDER, OURS = "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่", "ผู้ว่าราชการจังหวัดเชียงใหม่"
WHOLE = [
    (
        number,
        DAY,
        f"มท 0305/{number}",
        "1/3/2553",
        SENDER,
        OURS,
        SUBJECTS[number % 3],
        "",
        "",
        "ยกเลิก: พิมพ์ซ้ำ" if number == 5 else "",
    )
    for number in (1, 2, 3, 5, 6, 9)
]
FAULTY = [
    ("สอง", DAY, "", "", SENDER, OURS, SUBJECTS[0], "", "", ""),
    (3, "31/2/2553", "", "", SENDER, OURS, "", "", "", ""),
    (4, date(2011, 1, 1), "", "ไม่ทราบ", SENDER, OURS, SUBJECTS[1], "", "", "หาย"),
]


def bring(rows: list[tuple[object, ...]]) -> Act:
    """Choose a file with these rows for the receive book of 2553 and have it read."""

    def act(tab: Page, mail: Path) -> None:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        tab.locator('[name="book"]').select_option("receive")
        tab.locator('[name="year"]').fill("2553")
        file = {"name": "ทะเบียนรับ 2553.xlsx", "mimeType": kind, "buffer": old_book_bytes(rows)}
        tab.locator('[name="file"]').set_input_files([file])
        press("อ่านไฟล์")(tab, mail)

    return act


def name_committee(tab: Page, mail: Path) -> None:
    """Three people and the order."""
    tab.locator('[name="order_number"]').fill("12/2567")
    for place, name in enumerate(("นางสาวคำแก้ว ใจดี", "นายบุญมี มีสุข", "นายคำปัน แสนดี"), 1):
        tab.locator(f'[name="name_{place}"]').fill(name)
    press("บันทึกคณะกรรมการ")(tab, mail)


def keep_longer(tab: Page, mail: Path) -> None:
    """One letter is kept to the end of 2570; leads to the list."""
    tab.locator('[name="decision"][value="keep"]').check()
    tab.locator('[name="because"]').fill("คดีปกครองยังไม่ถึงที่สุด")
    tab.locator('[name="keep_until"]').fill("2570")
    press("บันทึกผลการพิจารณา")(tab, mail)


def beside(part: str) -> Act:
    """The page beside the open one."""

    def act(tab: Page, mail: Path) -> None:
        tab.goto(tab.url.split("?")[0].split("#")[0] + part)

    return act
