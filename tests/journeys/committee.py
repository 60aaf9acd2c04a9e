"""The committee's year in a browser: how its clerk clicks through orders, meetings, minutes and follow-ups.

The province is the demo's, before anything was called: 22 offices, order 2533/2563 with its 24 seats, nothing newer.
"""

from __future__ import annotations

import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from playwright.sync_api import expect

from phrom.committee.models import SeatCategory, SeatRole
from phrom.committee.roster_file import COLUMNS
from phrom.config import demo_clock
from tests.journeys.people import PASSWORD, PATIENCE, Person
from tests.servers import ROOT

DEMO = ROOT / "demo/chiangmai-2567/seed.json"


def seed_before_the_order() -> dict[str, Any]:
    """The demo's province on the day of order 3046/2567: only the old order is known."""
    demo = json.loads(DEMO.read_text("utf-8").replace("@demo.example", "@test.example"))
    for person in demo["people"]:
        person["password"] = PASSWORD
        person["memberships"] = [each for each in person["memberships"] if not each["agency"].startswith("full")]
    unwritten = ("letters", "incoming", "reservations", "elsewhere", "local_governments", "drives")
    known = {agency["code"] for body in demo["bodies"] if body["code"] == "chiangmai" for agency in body["agencies"]}
    for person in demo["people"]:
        person["memberships"] = [each for each in person["memberships"] if each["agency"] in known | {"chiangmai"}]
    demo["people"] = [each for each in demo["people"] if each["memberships"]]
    demo["offices"] = [each for each in demo["offices"] if each["agency"] in known]
    nothing: dict[str, Any] = {part: [] for part in unwritten}
    return (
        demo
        | nothing
        | {
            "clock": "2024-06-07T08:30:00+07:00",
            "bodies": [body for body in demo["bodies"] if body["code"] == "chiangmai"],
            "orders": [each for each in demo["orders"] if (each["body"], each["number"]) == ("chiangmai", 2533)],
            "meetings": [],
            "called_meetings": [],
            "rounds": [],
            "official_results": [each for each in demo["official_results"] if each["body"] == "chiangmai"],
        }
    )


def roster_of_3046() -> bytes:
    """The 35 seats of order 3046/2567 as the provincial office keeps them in Excel."""
    demo = json.loads(DEMO.read_text("utf-8"))
    [order] = [each for each in demo["orders"] if (each["body"], each["number"]) == ("chiangmai", 3046)]
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for place, seat in enumerate(order["seats"], 1):
            holder = seat["holders"][0]["name"] if seat.get("holders") else ""
            role, category = SeatRole(seat.get("role", "member")).label, SeatCategory(seat["category"]).label
            starts = "7/6/2567" if holder else ""
            sheet.write_row(place, 0, [place, seat["title"], category, role, holder, seat.get("agency", ""), starts])
    return kept.getvalue()


def turn_clock_to(data: Path, moment: str) -> None:
    """Let the days pass: the demo's clock stands at another moment when the server starts again."""
    demo_clock.keep(data, demo_now=datetime.fromisoformat(moment), real_now=datetime.now().astimezone())


def records_the_order(clerk: Person) -> None:
    """Order 3046/2567 replaces 2533/2563; its 35 seats come from the office's own Excel file."""
    clerk.go("คณะกรรมการ", "บันทึกคำสั่ง")
    fill(clerk, {"เลขที่คำสั่ง": "๓๐๔๖", "ปี พ.ศ. ของเลขคำสั่ง": "๒๕๖๗", "สั่ง ณ วันที่": "๗ มิ.ย. ๖๗"})
    clerk.page.get_by_label("ยกเลิกและใช้แทนคำสั่งที่ 2533/2563").check()
    title = "แต่งตั้งคณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่"
    fill(clerk, {"เรื่อง": title, "ตำแหน่งของประธานกรรมการ": "รองผู้ว่าราชการจังหวัดเชียงใหม่", "จำนวนตำแหน่งตามคำสั่ง": "35"})
    clerk.press("บันทึกคำสั่ง")
    clerk.go("นำรายชื่อจาก Excel")
    attach(clerk, "ไฟล์รายชื่อ (Excel .xlsx)", "รายชื่อคณะกรรมการ 3046-2567.xlsx", roster_of_3046())
    clerk.press("อ่านไฟล์")
    clerk.sees("อ่านไฟล์ได้ครบ 35 ตำแหน่ง")
    clerk.press("นำเข้า 35 ตำแหน่ง")
    clerk.sees("35 ตำแหน่ง")


def calls_the_meeting(clerk: Person, *, day: str, clock: str, template: str) -> None:
    """A meeting without a number yet; ends on its agenda."""
    clerk.go("การประชุม", "เรียกประชุม")
    fill(clerk, {"วันประชุม": day, "เวลา": clock, "สถานที่": "ห้องประชุม 3 ชั้น 3 อาคารอำนวยการ ศาลากลางจังหวัดเชียงใหม่"})
    clerk.page.get_by_label(re.compile(template)).check()
    clerk.press("สร้างการประชุม")
    clerk.sees("จัดระเบียบวาระการประชุม")


def adds_item(clerk: Person, head: str, title: str, *, late: str = "") -> None:
    """Put an item under a head of the agenda; after the invitation a reason is needed."""
    place = clerk.page.locator("details").filter(has_text=f"เพิ่มเรื่องในวาระที่ {head}")
    if place.get_attribute("open") is None:
        place.locator("summary").click()
    place.get_by_label("เรื่อง", exact=True).fill(title)
    if late:
        place.get_by_label("เหตุผลที่เพิ่มหลังเชิญประชุม").fill(late)
    place.get_by_role("button").click()
    clerk.sees(title)
    clerk.go("จัดระเบียบวาระ")


def inserts_figures(clerk: Person, item: str, source: str) -> None:
    """Put a table from live figures under an item."""
    clerk.page.get_by_role("link", name=re.compile(rf"วาระที่ {re.escape(item)} ")).first.click()
    clerk.go("ใส่ตารางจากข้อมูลในระบบ", source)
    clerk.press("แทรกใต้วาระที่")


def issues_the_invitation(clerk: Person) -> None:
    """The meeting gets its number, its letters theirs from the register, everybody gets the calendar event."""
    clerk.go("ออกหนังสือเชิญ")
    clerk.sees("เลขที่หนังสือออกจากทะเบียนของสำนักงานจังหวัดเชียงใหม่")
    clerk.press("ออกหนังสือเชิญ")
    clerk.sees("ออกหนังสือเชิญแล้ว เป็นการประชุมครั้งที่")


def marks(clerk: Person, seat: int, kind: str, *, name: str = "", position: str = "") -> None:
    """Tick one seat of the sign-in list, on the page that is open; nothing is saved yet."""
    row = clerk.page.locator("ol.seats > li").nth(seat - 1)
    row.get_by_label(kind, exact=True).check()
    if name:
        row.get_by_label("ชื่อผู้มาประชุมแทน", exact=True).fill(name)
        row.get_by_label("ตำแหน่งผู้มาประชุมแทน").fill(position)


def resolves(clerk: Person, item: str, kind: str, text: str, due: str = "") -> None:
    """Record what was resolved on an item."""
    clerk.page.locator(".side-list a").filter(has_text=re.compile(rf"^\s*{re.escape(item)} ")).click()
    clerk.page.get_by_label(kind, exact=True).check()
    clerk.page.get_by_label("ข้อความมติ").fill(text)
    clerk.page.get_by_label("ให้แล้วเสร็จภายใน").fill(due)
    clerk.press("บันทึกมติ")
    clerk.sees("บันทึกมติของวาระที่")


def fill(person: Person, fields: dict[str, str]) -> None:
    """Fill fields by their labels."""
    for label, words in fields.items():
        found = re.compile(rf"^\s*{re.escape(label)}")
        person.page.get_by_role("textbox", name=found).first.fill(words)


def attach(person: Person, label: str, name: str, content: bytes) -> None:
    """Choose a file in a field."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if name.endswith("xlsx") else "application/pdf"
    person.page.get_by_label(label).set_input_files([{"name": name, "mimeType": kind, "buffer": content}])


def takes_paper(person: Person, link: str) -> bytes:
    """Download what stands behind a link."""
    with person.page.expect_download() as started:
        person.page.get_by_role("link", name=link).first.click()
    return Path(started.value.path()).read_bytes()


def expects_rows(person: Person, words: str, count: int) -> None:
    """So many rows of the tables on the page hold the words."""
    expect(person.page.locator("tr", has_text=words)).to_have_count(count, timeout=PATIENCE)
