"""What has to be done on the committee's pages before their pictures are taken. Orders recorded here hold from 2568 on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.committee.test_roster_file import CHAIR, PLANTED, book, but
from tests.screens.acts import Act, press

_numbers = iter(range(101, 999))
LONG = "ผู้อำนวยการสำนักงานส่งเสริมการปกครองท้องถิ่นและพัฒนาระบบบริหารราชการแบบบูรณาการจังหวัดเชียงใหม่ (กลุ่มที่ {})"
FULL = [CHAIR] + [
    (place, LONG.format(place), "องค์กรปกครองส่วนท้องถิ่น", "", "นางสาวกัลยาณีรัตน์ ศรีวิชัยพงศ์พันธุ์ ณ เชียงใหม่" if place % 3 else "", "", "")
    for place in range(2, 36)
]
FAULTY = [CHAIR] + [but(row, place=number) for number, (row, column) in enumerate(PLANTED.values(), 2) if column != "ลำดับ"]


def record(tab: Page, mail: Path) -> None:
    """An order of the coming year, recorded from the form; leads to its page."""
    typed = {
        "number": str(next(_numbers)),
        "year": "2568",
        "issued_on": "2 ม.ค. 2568",
        "title": "แต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่",
        "chair_post": "รองผู้ว่าราชการจังหวัดเชียงใหม่",
    }
    for name, text in typed.items():
        tab.locator(f'[name="{name}"]').fill(text)
    tab.locator('[name="relation"][value="new"]').check()
    press("บันทึกคำสั่ง")(tab, mail)


def amend(tab: Page, mail: Path) -> None:
    """An order that amends the one in force; leads to the seats that it ends."""
    tab.locator('[name="relation"][value="amends:2"]').check()
    chosen = tab.locator('[name="relation"][value="amends:2"]')
    for name, text in {"number": str(next(_numbers)), "year": "2568", "issued_on": "2 ม.ค. 2568"}.items():
        tab.locator(f'[name="{name}"]').fill(text)
    tab.locator('[name="title"]').fill("แก้ไขเพิ่มเติมคำสั่งแต่งตั้งคณะกรรมการ")
    tab.locator('[name="chair_post"]').fill("รองผู้ว่าราชการจังหวัดเชียงใหม่")
    chosen.check()
    press("บันทึกคำสั่ง")(tab, mail)


def upload(rows: Sequence[Sequence[object]]) -> Act:
    """From the page of an order without seats: choose a file with these rows and have it read."""

    def act(tab: Page, mail: Path) -> None:
        tab.get_by_role("link", name="นำรายชื่อจาก Excel").or_(tab.get_by_role("button", name="นำรายชื่อจาก Excel")).click()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        file = {"name": "รายชื่อ.xlsx", "mimeType": kind, "buffer": book(*rows)}
        tab.locator('[name="file"]').set_input_files([file])
        press("อ่านไฟล์")(tab, mail)

    return act


apply = press("นำเข้า")
