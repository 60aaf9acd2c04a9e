"""Letters in a browser: how clerks, a coordinator and administrators click through trays, letters, follow-ups and peers.

The province is the demo's on 14 June: meeting 1/2567 was held, item 3.1 has a follow-up for each of its offices, 22 besides the
one that writes; five local governments were added, each with a clerk. A second installation is a town of its own.
"""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.committee import DEMO, fill
from tests.journeys.people import PASSWORD, PATIENCE, Person

START = "2024-06-14T09:30:00+07:00"
LATER = "2024-06-25T09:30:00+07:00"
SUBJECT = "ให้ดำเนินการตามมติที่ประชุม"
TASK = "ตอบแบบสำรวจในข้อที่ได้รับมอบหมายพร้อมหลักฐาน แล้วแจ้งผลเป็นหนังสือ"
OFFICE = "สำนักงานจังหวัดเชียงใหม่"
LOCALS = {f"local-{number}": f"เทศบาลตำบลทดสอบ{number}" for number in range(1, 6)}
TOWN, TOWN_OFFICE = "เทศบาลนครทดสอบ", "สำนักปลัดเทศบาลนครทดสอบ"


def seed_after_the_meeting() -> dict[str, Any]:
    """The demo's first province with five local governments and nothing written yet."""
    demo = json.loads(DEMO.read_text("utf-8").replace("@demo.example", "@test.example"))
    for person in demo["people"]:
        person["password"] = PASSWORD
    [body] = [each for each in demo["bodies"] if each["code"] == "chiangmai"]
    body["agencies"].append({"code": "treasury", "name": "สำนักงานคลังจังหวัดเชียงใหม่", "kind": "regional"})
    body["agencies"] += [{"code": code, "name": name, "kind": "local_government"} for code, name in LOCALS.items()]
    known = {each["code"] for each in body["agencies"]}
    demo["offices"] = [each for each in demo["offices"] if each["agency"] in known]
    for person in demo["people"]:
        person["memberships"] = [each for each in person["memberships"] if each["agency"] in known | {"chiangmai"}]
    demo["people"] = [each for each in demo["people"] if each["memberships"]]
    clerks = [_person(code, f"นางสาวสารบรรณ {name}", [(code, "local_clerk")]) for code, name in LOCALS.items()]
    only: dict[str, Any] = {"bodies": [body], "clock": START, "people": demo["people"] + clerks, "rounds": [], "meetings": []}
    of_body = {part: [each for each in demo[part] if each["body"] == "chiangmai"] for part in ("orders", "official_results")}
    called = [each for each in demo["called_meetings"] if each["body"] == "chiangmai"][:1]
    unwritten = ("letters", "incoming", "reservations", "elsewhere", "local_governments", "drives")
    nothing: dict[str, Any] = {part: [] for part in unwritten}
    return demo | only | of_body | nothing | {"called_meetings": called}


def seed_of_the_town() -> dict[str, Any]:
    """The second installation: one office, its clerk and its administrator."""
    agency = {"code": "town-office", "name": TOWN_OFFICE, "kind": "local_government"}
    return {
        "about": "ระบบที่สองสำหรับทดสอบการแลกเปลี่ยนหนังสือ",
        "demo": True,
        "clock": START,
        "bodies": [{"code": "town", "name": TOWN, "kind": "department", "agencies": [agency]}],
        "offices": [{"agency": "town-office", "letter_code": "ชม 52001"}],
        "people": [
            _person("town-clerk", "นายรับส่ง เมืองใหม่", [("town-office", "clerk"), ("town-office", "official")]),
            _person("town-admin", "นางดูแล เมืองใหม่", [("town-office", "administrator")]),
        ],
    }


def _person(login: str, name: str, roles: list[tuple[str, str]]) -> dict[str, Any]:
    memberships = [{"agency": agency, "role": role, "since": "2023-10-01"} for agency, role in roles]
    return {"email": f"{login}@test.example", "name": name, "password": PASSWORD, "memberships": memberships}


def writes_the_letter(clerk: Person, *, elsewhere: str = "", only_elsewhere: bool = False) -> None:
    """From the resolution to an issued circular; ends on the letter's page."""
    clerk.go("การติดตามมติ")
    clerk.page.get_by_role("link", name=re.compile(r"มติ.*3\.1|3\.1")).first.click()
    if not clerk.page.get_by_role("link", name="ออกหนังสือตามมติ").count():
        clerk.page.get_by_role("link", name=re.compile("มติ")).first.click()
    clerk.go("ออกหนังสือตามมติ")
    if only_elsewhere:
        for _ in range(clerk.page.get_by_role("checkbox", checked=True).count()):
            clerk.page.get_by_role("checkbox", checked=True).first.uncheck()
    else:
        assert clerk.page.get_by_role("checkbox", checked=True).count() == 22
        for name in LOCALS.values():
            clerk.page.get_by_label(name, exact=True).check()
    if elsewhere:
        clerk.page.get_by_label(elsewhere).check()
    fill(clerk, {"ให้ดำเนินการอะไร": TASK, "ภายในวันที่": "21 มิ.ย. 2567"})
    clerk.press("ร่างหนังสือ")
    clerk.sees("ยังไม่ออกเลข")
    clerk.go("ออกเลขและส่ง")
    clerk.press("ออกเลขและส่ง")
    clerk.sees("ผู้รับ")


def opens_tray(clerk: Person, subject: str = SUBJECT) -> None:
    """From anywhere to the letter in one's own tray."""
    clerk.go("หนังสือ")
    clerk.page.get_by_role("link", name=re.compile(subject)).first.click()


def accepts(clerk: Person, subject: str = SUBJECT) -> str:
    """Accept from the letter's own page; returns the number that the stamp shows."""
    opens_tray(clerk, subject)
    clerk.press("ลงรับ")
    stamp = clerk.page.locator(".stamp, [data-stamp]").first
    expect(stamp).to_contain_text("เลขรับ", timeout=PATIENCE)
    found = re.search(r"\d+", stamp.inner_text())
    assert found
    return found[0]


def returns(clerk: Person, because: str) -> None:
    """Send it back unnumbered."""
    opens_tray(clerk)
    fold = clerk.page.locator("details").filter(has_text="คืนผู้ส่ง").first
    fold.locator("summary").click()
    fold.get_by_label("เหตุผล").fill(because)
    fold.get_by_role("button", name="คืนผู้ส่ง").click()
    clerk.sees(because)


def recalls_one(clerk: Person, recipient: str, because: str) -> None:
    """On the letter's page: one recipient is called back."""
    clerk.page.get_by_role("link", name=recipient, exact=True).click()
    fold = clerk.page.locator("details").filter(has_text="เรียกคืนจากผู้รับรายนี้")
    fold.locator("summary").click()
    fold.get_by_label("เหตุผล").fill(because)
    fold.get_by_role("button", name="เรียกคืน").click()
    clerk.sees("เรียกคืนแล้ว")
    clerk.go("หนังสือนี้")


def answers(clerk: Person, *, signer: str, text: str, subject: str = SUBJECT) -> None:
    """Answer the letter that is in hand; ends on the issued answer."""
    clerk.page.get_by_role("button", name="ตอบหนังสือ").first.click()
    if "/edit/" not in clerk.page.url:
        clerk.go("แก้ไขร่าง")
    fill(clerk, {"ข้อความ": text, "ชื่อผู้ลงนาม": signer})
    clerk.page.get_by_role("button", name=re.compile("^บันทึก")).first.click()
    clerk.sees("ยังไม่ออกเลข")
    clerk.go("ออกเลขและส่ง")
    clerk.press("ออกเลขและส่ง")
    clerk.sees(subject)


def row_of(clerk: Person, recipient: str) -> str:
    """What the letter's page says about one recipient."""
    return clerk.page.locator("table tr").filter(has_text=recipient).first.inner_text()
