"""The rooms' pages in a real browser, wide and narrow: no axe violation, nothing cut. PHROM_SHOTS keeps pictures."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from phrom.agencies.models import Membership, Person
from tests.factories.agencies import PASSWORD, make_agency, make_body, make_member, make_post
from tests.factories.committee import make_order
from tests.factories.meetings import make_item, make_meeting, make_resolution
from tests.house.cast import make_invitation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNED_OUT = {
    "login": "/account/login/",
    "reset": "/account/reset/",
    "reset-sent": "/account/reset/sent/",
    "reset-dead": "/account/reset/1-abc-def/",
    "reset-done": "/account/reset/done/",
    "invitation": "/invitation/good-token/",
    "invitation-dead": "/invitation/bad-token/",
}
SIGNED_IN = {
    "people": "/people/",
    "people-never": "/people/?show=never",
    "people-none": "/people/?q=ไม่มีใคร",
    "invite": "/people/invite/",
    "end": "/people/memberships/{membership}/end/",
    "hand-over": "/people/memberships/{membership}/hand-over/",
    "sessions": "/sessions/",
    "password": "/account/password/",
    "logout": "/account/logout/",
    "orders": "/orders/",
    "meetings": "/meetings/",
    "meeting": "/meetings/{meeting}/",
}


@pytest.fixture
def coordinator() -> Person:
    """A coordinator with something on every page."""
    body = make_body()
    office = make_agency(body, "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดเชียงใหม่")
    keeper = make_member(body, "coordinator", "นางวันดี ผู้ประสานงาน", password=PASSWORD)
    official = make_member(office, name="นายบุญมี ศรีสุวรรณภูมิวัฒนา")
    Membership.objects.filter(person=official).update(post=make_post(office), ends_on=date(2099, 9, 30))
    Person.objects.filter(pk=make_member(office, "head", "นางแสงดา คำแสน").pk).update(last_login=datetime.now(UTC))
    Person.objects.filter(pk=make_member(office, name="นายปิดบัญชี แล้ว").pk).update(is_active=False)
    make_member(body, "administrator", "นายผู้ดูแล ระบบ")
    make_agency(body, "สำนักงานที่ยังไม่มีผู้รับผิดชอบ")
    make_invitation(office, keeper, token="good-token")
    expired = make_invitation(make_agency(body), keeper, token="expired")
    expired.expires_at = expired.invited_at - timedelta(days=1)
    expired.save()
    old = make_order(body, 120, date(2023, 2, 1), year=2566)
    make_order(
        body, 3046, date(2024, 5, 31), replaces=old, composition="ผู้ว่าราชการจังหวัด ประธานกรรมการ\nหัวหน้าสำนักงานจังหวัด กรรมการ"
    )
    meeting = make_meeting(body)
    make_item(meeting, "3")
    make_resolution(make_item(meeting, "3.1"))
    return keeper


@pytest.fixture
def tab(chromium: Any, live_server: Any) -> Any:
    context = chromium.new_context(base_url=live_server.url, locale="th-TH")
    page = context.new_page()
    yield page
    context.close()


def look(tab: Any, name: str, address: str) -> list[str]:
    """What is wrong with a page at two widths."""
    from axe_playwright_python.sync_playwright import Axe

    wrong = []
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto(address)
        tab.evaluate("document.fonts.ready")
        if folder := os.environ.get("PHROM_SHOTS"):
            tab.screenshot(path=Path(folder) / f"agencies-{name}-{width}.png", full_page=True)
        results = Axe().run(tab, options={"preload": False})
        if results.violations_count:
            wrong.append(f"{name} {width}: {results.generate_report()}")
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{name} {width}: wider than the screen")
    return wrong


def sign_in(tab: Any, person: Person, password: str = PASSWORD) -> None:
    tab.goto("/account/login/")
    tab.get_by_label("อีเมล").fill(person.email)
    tab.get_by_label("รหัสผ่าน").fill(password)
    tab.get_by_role("button", name="ลงชื่อเข้าใช้").click()


def test_pages_for_people_who_are_not_signed_in(tab: Any, coordinator: Person) -> None:
    wrong = [problem for name, address in SIGNED_OUT.items() for problem in look(tab, name, address)]
    assert wrong == []


def test_pages_for_the_coordinator(tab: Any, coordinator: Person) -> None:
    ids = {
        "membership": Membership.objects.get(person__name__startswith="นายบุญมี").pk,
        "meeting": coordinator.memberships.get().agency.meetings.get().pk,
    }
    sign_in(tab, coordinator)
    wrong = [problem for name, address in SIGNED_IN.items() for problem in look(tab, name, address.format(**ids))]
    assert wrong == []


def test_a_wrong_password_and_a_lock_out_are_read_out_plainly(tab: Any, coordinator: Person) -> None:
    for _ in range(11):
        sign_in(tab, coordinator, "ไม่ใช่รหัสผ่านนี้แน่นอน")
    assert "พักการลงชื่อเข้าใช้ชั่วคราว" in tab.locator("main").inner_text()
    from axe_playwright_python.sync_playwright import Axe

    assert Axe().run(tab, options={"preload": False}).violations_count == 0
