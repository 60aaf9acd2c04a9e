"""เส้นทางของหนังสือ: มติกลายเป็นหนังสือเวียน ปลายทางลงรับด้วยเลขของตน คืน เรียกคืน เลยกำหนด ตอบกลับ แล้วเรื่องปิด.

A resolution of 1/2567 becomes one circular to 22 offices and five local governments; then the same with an office of a second
installation, whose administrators compared each other's keys.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys import letters
from tests.journeys.committee import fill, turn_clock_to
from tests.journeys.conftest import Province, leave_pictures, phrom
from tests.journeys.letters import (
    LATER,
    LOCALS,
    OFFICE,
    START,
    TOWN_OFFICE,
    accepts,
    answers,
    recalls_one,
    returns,
    row_of,
    writes_the_letter,
)
from tests.journeys.people import Person
from tests.servers import Server, free_port, start_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WRONG_OFFICE = "ภารกิจนี้โอนไปหน่วยงานอื่นแล้วตามคำสั่งที่ 12/2567"
MISTAKEN = "ส่งผิดหน่วยงาน ขออภัยในความไม่สะดวก"
DONE = "ได้ตอบแบบสำรวจครบทุกข้อพร้อมหลักฐานแล้ว จึงเรียนมาเพื่อโปรดทราบ"


@contextmanager
def open_on(browser: Browser, data: Path, moment: str, port: int = 0) -> Iterator[Province]:
    """The installation served at this moment; nobody's browser complains."""
    turn_clock_to(data, moment)
    port = port or free_port()
    server: Server = start_server(
        data, port=port, workers=1, more={"PHROM_PRIVATE_PEERS": "1", "PHROM_BASE_URL": f"http://127.0.0.1:{port}"}
    )
    here = Province(f"http://127.0.0.1:{port}", data, browser)
    try:
        yield here
    except BaseException:
        leave_pictures(here, "letters")
        raise
    finally:
        complaints = [words for person in here.people for words in person.complaints]
        for person in here.people:
            person.context.close()
        server.stop()
    assert complaints == []


def planted(folder: Path, seed: dict[str, Any]) -> Path:
    """An installation's data folder, filled from a seed."""
    folder.mkdir()
    (folder / "seed.json").write_text(json.dumps(seed), "utf-8")
    phrom("seed", folder / "seed.json", "--data", folder / "data")
    return folder / "data"


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_resolution_goes_out_and_comes_back_closed(chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    """มติ > หนังสือเวียนถึง 27 แห่ง > ลงรับ คืน เรียกคืน เลยกำหนด > ตอบ > ปิดเรื่อง."""
    data = planted(tmp_path / "province", letters.seed_after_the_meeting())

    # กำหนดให้ วันที่ 14 มิ.ย. ผู้ประสานงานออกหนังสือเวียนตามมติ
    with open_on(chromium, data, START) as province:
        coordinator = province.person("coordinator", scripts=scripts)
        writes_the_letter(coordinator)
        for words in ("ชม 0017.2/ว 1", "ผู้รับ 27 ราย", "ถึงปลายทาง 27"):
            coordinator.sees(words)
        recalls_one(coordinator, LOCALS["local-5"], MISTAKEN)

        # เมื่อ ปลายทางลงรับด้วยเลขของตน และแห่งหนึ่งคืน
        number = accepts(province.person("statistics", scripts=scripts))
        accepts(province.person("local-1", width=390, scripts=scripts))
        returns(province.person("local-2", scripts=scripts), WRONG_OFFICE)
        recalled = province.person("local-5", scripts=scripts)
        recalled.page.goto("/letters/in/?show=back")
        recalled.sees("เรียกคืน")

        coordinator.page.reload()
        assert "ลงรับแล้ว" in (told := row_of(coordinator, "สำนักงานสถิติจังหวัดเชียงใหม่")) and number in told
        assert WRONG_OFFICE in row_of(coordinator, LOCALS["local-2"])
        assert "เรียกคืนแล้ว" in row_of(coordinator, LOCALS["local-5"])

        # และ หน่วยงานหนึ่งตอบเป็นหนังสือ
        clerk = province.people[1]
        answers(clerk, signer="นางสาวสถิติ ดอยงาม", text=DONE)

    # แล้ว หลังวันครบกำหนด ผู้ประสานงานเห็นว่าใครตอบ ใครเลยกำหนด และปิดเรื่องของผู้ที่ตอบ
    with open_on(chromium, data, LATER) as province:
        coordinator = province.person("coordinator", scripts=scripts)
        opens_the_letter(coordinator)
        coordinator.sees("ตอบแล้ว 1")
        coordinator.sees("เลยวันที่ขอให้ตอบ")
        closes_what_was_answered(coordinator)
        coordinator.go("หนังสือ")
        coordinator.sees("สำนักงานสถิติจังหวัดเชียงใหม่", within="table")
    assert "ครบถ้วน" in phrom("verify", "--data", data)


def test_the_same_through_a_second_installation(chromium: Browser, tmp_path: Path) -> None:
    """สองระบบ: เทียบกุญแจ ส่ง ลงรับที่ปลายทาง ตอบกลับ ต้นทางเห็นเลขรับและคำตอบ."""
    here = planted(tmp_path / "province", letters.seed_after_the_meeting())
    there = planted(tmp_path / "town", letters.seed_of_the_town())
    ports = free_port(), free_port()
    with open_on(chromium, here, START, ports[0]) as province, open_on(chromium, there, START, ports[1]) as town:
        # กำหนดให้ ผู้ดูแลทั้งสองฝ่ายเปิดใช้ เทียบลายนิ้วมือกุญแจ และอนุมัติกัน
        our_admin, their_admin = province.person("administrator"), town.person("town-admin")
        names_the_node(our_admin, "จังหวัดเชียงใหม่")
        names_the_node(their_admin, letters.TOWN)
        receives_for(their_admin, TOWN_OFFICE)
        receives_for(our_admin, OFFICE)
        trusts(our_admin, town.address)
        trusts(their_admin, province.address)

        # เมื่อ หนังสือตามมติส่งถึงหน่วยงานในระบบที่สอง ซึ่งลงรับและตอบ
        coordinator = province.person("coordinator")
        writes_the_letter(coordinator, elsewhere=TOWN_OFFICE, only_elsewhere=True)
        waits_for(clerk := town.person("town-clerk"), "/letters/in/", letters.SUBJECT)
        number = accepts(clerk)
        answers(clerk, signer="นายปลัด เมืองใหม่", text=DONE)

        # แล้ว ต้นทางเห็นเลขรับของปลายทางและคำตอบ และหนังสือตอบรออยู่ให้ลงรับ
        waits_for(coordinator, coordinator.page.url, "ชม 52001/1")
        told = row_of(coordinator, TOWN_OFFICE)
        assert "ลงรับแล้ว" in told and number in told and "ชม 52001/1" in told
        accepts(coordinator, letters.SUBJECT)
    for data in (here, there):
        assert "ครบถ้วน" in phrom("verify", "--data", data)


def opens_the_letter(clerk: Person) -> None:
    """From the out-tray."""
    clerk.go("หนังสือ", "หนังสือส่ง", letters.SUBJECT)


def closes_what_was_answered(clerk: Person) -> None:
    """The coordinator checks the answered follow-up and closes it."""
    clerk.go("การติดตามมติ")
    clerk.page.get_by_role("link", name=re.compile("^รอตรวจ")).click()
    clerk.page.get_by_role("link", name=re.compile("^สำนักงานสถิติจังหวัดเชียงใหม่")).click()
    clerk.sees("ตรวจรายงาน")
    clerk.sees("ตอบแล้ว")
    fill(clerk, {"เหตุผล": "ครบถ้วนตามหนังสือตอบ"})
    clerk.press("ปิดเรื่อง")
    clerk.sees("ปิดเรื่องของสำนักงานสถิติจังหวัดเชียงใหม่แล้ว")


def names_the_node(admin: Person, name: str) -> None:
    """Its key was made when it was served under an address; other installations see this name."""
    admin.page.goto("/exchange/")
    admin.sees("ลายนิ้วมือกุญแจ")
    admin.page.get_by_text("เปลี่ยนชื่อระบบ").click()
    fill(admin, {"ชื่อระบบของเรา": name})
    admin.press("บันทึกชื่อ")
    admin.sees("บันทึกชื่อระบบแล้ว")


def receives_for(admin: Person, office: str) -> None:
    """Put an office into the node's directory."""
    admin.page.goto("/exchange/offices/")
    admin.page.get_by_label("หน่วยงาน", exact=True).select_option(label=office)
    fill(admin, {"ตั้งแต่วันที่": "1 มิ.ย. 2567"})
    admin.press("เพิ่มในทำเนียบ")
    admin.sees(office, within="table")


def trusts(admin: Person, address: str) -> None:
    """Learn the other node, compare its fingerprint over the telephone, approve."""
    admin.page.goto("/exchange/")
    fill(admin, {"ที่อยู่ของระบบปลายทาง": address})
    admin.page.get_by_role("button", name="อ่านข้อมูล").first.click()
    admin.press("ตรงกันทุกตัว อนุมัติระบบนี้")
    admin.sees("อนุมัติแล้ว")


def waits_for(clerk: Person, path: str, words: str) -> None:
    """Look again until the page says it: the other side's job sends within seconds."""
    until = time.monotonic() + 60
    clerk.page.goto(path)
    while words not in clerk.page.inner_text("body"):
        assert time.monotonic() < until, f"{words} did not come"
        time.sleep(0.5)
        clerk.page.reload()
