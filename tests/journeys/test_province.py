"""เส้นทางของจังหวัดเต็มขนาด: 22 หน่วยงาน ทุกข้อ หลักฐานจริง ตั้งแต่เปิดรอบจนได้ชุดคำตอบที่ใครก็ตรวจได้ และนับว่าแต่ละงานต้องคลิกกี่ครั้ง.

The mass goes in through the JSON API, as agencies' own systems would send it; what a person decides is done in the browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from phrom.rules.instrument.load import load_edition
from tests.journeys import mass, whole_pack
from tests.journeys.conftest import EDITION, SEED, Province, phrom, served
from tests.journeys.counting import Hands
from tests.journeys.papers import pdf
from tests.journeys.people import PATIENCE, Person
from tests.journeys.stored import Stored
from tests.servers import ROOT

pytestmark = pytest.mark.browser
LOADED = load_edition(EDITION)
OFFICIAL, COORDINATOR, CHAIR = "fongchan", "khamkaew", "kriangkrai"
ROW = "P2.1.1"  # answered by hand: a yes with one file
GUIDE = ROOT / "docs/guide/README.md"
AT_MOST = {
    "หาข้อที่เป็นของตน (หน้าแรก)": 0,
    "ตอบว่ามีพร้อมแนบหนึ่งไฟล์": 4,
    "รับคำตอบทั้งหน่วยงาน": 2,
    "รวมคำตอบทุกข้อที่ไม่มีข้อขัดแย้ง": 12,
    "จัดทำชุดคำตอบ": 2,
}


@pytest.fixture(scope="module")
def full(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    """Twenty-two agencies, the round open, nothing answered."""
    folder = tmp_path_factory.mktemp("full")
    seed = mass.full_seed(json.loads(SEED.read_text("utf-8")), EDITION.name)
    (folder / "seed.json").write_text(json.dumps(seed), "utf-8")
    phrom("seed", folder / "seed.json", "--data", folder / "seeded")
    with served(chromium, folder / "seeded", folder) as here:
        yield here


def test_a_whole_province(full: Province, tmp_path: Path) -> None:
    """22 หน่วยงานตอบทุกข้อ ผู้ประสานงานรับ รวม เสนอ ประธานเห็นชอบ ปิดรอบ แล้วชุดคำตอบตรงกับฐานข้อมูลทุกตัว."""
    counted: dict[str, int] = {}

    # เมื่อ ทุกหน่วยงานตอบทุกข้อและส่ง ข้อหนึ่งตอบด้วยมือในเบราว์เซอร์
    official = full.person(OFFICIAL)
    counted["หาข้อที่เป็นของตน (หน้าแรก)"] = sees_the_own_rows_at_once(official)
    counted["ตอบว่ามีพร้อมแนบหนึ่งไฟล์"] = answers_yes_with_one_file(official)
    everybody_answers(full)

    # และ ผู้ประสานงานรับทั้ง 22 หน่วยงาน แล้วรวมทุกข้อ
    coordinator = full.person(COORDINATOR)
    counted["รับคำตอบทั้งหน่วยงาน"] = accepts_every_agency(coordinator)
    assert Stored(full.data).states() == {"accepted"}
    counted["รวมคำตอบทุกข้อที่ไม่มีข้อขัดแย้ง"] = merges_what_has_no_conflict(coordinator)

    # และ ประธานเห็นชอบชุดคำตอบจากโทรศัพท์ ผู้ประสานงานปิดรอบ
    lays_the_set(coordinator)
    approves(full.person(CHAIR, width=390))
    freezes(coordinator)

    # แล้ว ชุดคำตอบอ่านกลับได้เท่ากับที่เก็บไว้ และตรวจได้โดยไม่ต้องมีระบบนี้
    path, counted["จัดทำชุดคำตอบ"] = takes_the_pack(coordinator, tmp_path)
    whole_pack.equals_what_is_stored(path, Stored(full.data), LOADED, tmp_path)
    phrom("verify", "--data", full.data)
    assert {name: count for name, count in counted.items() if count > AT_MOST[name]} == {}
    assert stands_in_the_guide(counted)


def sees_the_own_rows_at_once(official: Person) -> int:
    """The first screen after signing in says what is mine."""
    expect(official.page.locator("main")).to_contain_text("สำนักงานเกษตรจังหวัดเชียงใหม่")
    expect(official.page.locator("main")).to_contain_text(re.compile(r"33\s*ข้อ"))
    return 0


def answers_yes_with_one_file(official: Person) -> int:
    """With the section before one: yes, who provides it is part of a claim beyond the parent department, and one file."""
    hands, row = Hands(), official.row(ROW)
    official.open_sheet("สำนักงานเกษตรจังหวัดเชียงใหม่")
    official.page.locator(".side-list a").filter(has_text="Data Governance").first.click()
    hands.tick(row.locator('input[name$="-value"][value="yes"]'))
    hands.click(row.locator("details.attach summary").first)
    hands.choose_files(row.get_by_label("ไฟล์ (เลือกได้หลายไฟล์)"), [pdf("คำสั่งแต่งตั้ง.pdf", "คำสั่ง")])
    hands.click(row.get_by_role("button", name="แนบ", exact=True))
    expect(row.locator("[data-evidence]")).to_contain_text("คำสั่งแต่งตั้ง.pdf")
    expect(row.locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")
    return len(hands.take())


def everybody_answers(full: Province) -> None:
    """Each agency's program reads its rows, saves every answer with its papers, and sends the sheet."""
    stored = Stored(full.data)
    agencies, officials = stored.agencies(), stored.officials()
    assert len(officials) == 22
    for email, agency in officials:
        program = mass.Program(full.address, email)
        asks = {ask["code"]: ask for ask in program.asks() if ask["agency"] == agency}
        for said in mass.answers_of(LOADED, list(asks), mass.number_of(email)):
            program.answer(asks[said.code], said)
        told = program.send(next(iter(asks.values())), agencies[agency])
        assert (len(told["sent"]), told["missing"]) == (len(asks), [])


def accepts_every_agency(coordinator: Person) -> int:
    """From the reviewer's desk: open the agency, accept what has no errors."""
    hands, most = Hands(), 0
    coordinator.page.goto("/")
    coordinator.go("ตรวจ")
    for name in coordinator.page.locator(".side-list a > span:first-child").all_inner_texts():
        hands.click(coordinator.page.locator(".side-list a").filter(has_text=name))
        coordinator.page.get_by_role("heading", name=name).wait_for()
        hands.click(coordinator.page.get_by_role("button", name=re.compile("^รับคำตอบ")).first)
        coordinator.sees(f"รับคำตอบของ{name}", within=".notice--success")
        most = max(most, len(hands.take()))
    return most


def merges_what_has_no_conflict(coordinator: Person) -> int:
    """All proposals without a conflict are taken together; what conflicts is looked at one by one."""
    hands = Hands()
    coordinator.page.goto("/")
    coordinator.go("รอบสำรวจ", "แบบสำรวจระดับความพร้อม")
    hands.click(coordinator.page.get_by_role("link", name=re.compile("รวมคำตอบ")).first)
    hands.click(coordinator.page.get_by_role("button", name=re.compile("^ยอมรับข้อเสนอ")).first)
    coordinator.page.locator(".notice--success").first.wait_for()
    return len(hands.take())


def lays_the_set(coordinator: Person) -> None:
    """The set goes to a second person, with the resolution where there is one."""
    coordinator.page.goto("/")
    coordinator.go("ดูผล", "ปิดรอบ", "ไปเสนอชุดคำตอบ")
    coordinator.press("เสนอชุดคำตอบให้เห็นชอบ")
    coordinator.sees("รอความเห็นชอบ")


def approves(chair: Person) -> None:
    """On a phone: one page, one press."""
    chair.go("ดูและเห็นชอบ")
    chair.press("เห็นชอบชุดคำตอบนี้")
    chair.sees("เห็นชอบแล้ว")


def freezes(coordinator: Person) -> None:
    """After it nothing changes any more."""
    coordinator.page.goto("/")
    coordinator.go("ดูผล", "ปิดรอบ")
    coordinator.press("ปิดรอบและเก็บผลคะแนน")
    coordinator.sees("ปิดรอบแล้ว")


def takes_the_pack(coordinator: Person, folder: Path) -> tuple[Path, int]:
    """From the results: to the packs, make it; then it is there to download."""
    hands = Hands()
    hands.click(coordinator.page.get_by_role("link", name="จัดทำชุดเอกสารคำตอบ").first)
    hands.click(coordinator.page.get_by_role("button", name=re.compile("^จัดทำชุด")).first)
    made = hands.take()
    expect(coordinator.page.get_by_role("link", name=re.compile("^ดาวน์โหลด")).first).to_be_visible(timeout=6 * PATIENCE)
    return coordinator.download("ดาวน์โหลด", folder), len(made)


def stands_in_the_guide(counted: dict[str, int]) -> bool:
    """The user guide's table says the same figures."""
    told = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|", GUIDE.read_text("utf-8"), re.MULTILINE))
    return {name: told.get(name) for name in counted} == {name: str(count) for name, count in counted.items()}
