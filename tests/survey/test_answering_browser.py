"""The answering page in a real browser: it says "บันทึกแล้ว" only for what is stored, and never loses what was typed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.survey.models import Answer, Ask, EvidenceLink
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import make_answer, make_round, make_sheet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = tuple["Page", dict[str, Ask], Callable[[str], str]]


@pytest.fixture
def opened(chromium: Browser, live_server: Any) -> Iterator[Opened]:
    """An official's page with a clock that the test moves; console errors fail the test."""
    round = make_round()
    agency = make_agency(round.body)
    asks = make_sheet(round, agency)
    client = Client()
    client.force_login(make_member(agency))
    context = chromium.new_context(locale="th-TH")
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    page.clock.install()
    yield page, asks, lambda slug: live_server.url + reverse("answering_section", args=[round.pk, agency.pk, slug])
    context.close()
    assert wrong == []


def box(page: Page, ask: Ask) -> Any:
    """The row's part of the page."""
    return page.locator(f"#a{ask.pk}")


def state(page: Page, ask: Ask) -> Any:
    """Where the row says what is saved."""
    return box(page, ask).locator("[data-save-state]")


def says(page: Page, ask: Ask, words: str) -> None:
    """Wait until the row says so."""
    from playwright.sync_api import expect

    expect(state(page, ask)).to_contain_text(words)


def test_what_is_typed_is_saved_and_said(opened: Opened) -> None:
    page, asks, at = opened
    ask = asks["P1.3"]
    page.goto(at("p1-2"))
    box(page, ask).locator("textarea").first.fill("แผนปฏิบัติการดิจิทัล")
    says(page, ask, "ยังไม่ได้บันทึก")
    assert Answer.objects.count() == 0
    page.clock.run_for(1300)
    says(page, ask, "บันทึกแล้ว")
    assert Answer.objects.get().content["value"] == "แผนปฏิบัติการดิจิทัล"


def test_without_the_server_it_says_so_keeps_the_text_and_tries_again(opened: Opened) -> None:
    page, asks, at = opened
    ask = asks["P1.3"]
    page.goto(at("p1-2"))
    page.route("**/answer/", lambda route: route.abort())
    box(page, ask).locator("textarea").first.fill("พิมพ์ตอนเน็ตหลุด")
    page.clock.run_for(1300)
    says(page, ask, "ยังบันทึกไม่ได้ เพราะติดต่อเครื่องแม่ข่ายไม่ได้")
    page.unroute("**/answer/")
    page.clock.run_for(10_100)
    says(page, ask, "บันทึกแล้ว")
    assert Answer.objects.get().content["value"] == "พิมพ์ตอนเน็ตหลุด"


def test_after_a_reload_the_unsaved_text_is_offered_again(opened: Opened) -> None:
    page, asks, at = opened
    ask = asks["P1.3"]
    page.goto(at("p1-2"))
    page.route("**/answer/", lambda route: route.abort())
    box(page, ask).locator("textarea").first.fill("ข้อความที่ยังไม่ถึงเครื่องแม่ข่าย")
    page.clock.run_for(1300)
    says(page, ask, "ยังบันทึกไม่ได้")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute("**/answer/")
    offered = box(page, ask).get_by_text("ข้อความที่ยังไม่ถึงเครื่องแม่ข่าย")
    offered.wait_for()
    box(page, ask).get_by_role("button", name="นำกลับมาใช้").click()
    says(page, ask, "บันทึกแล้ว")
    assert Answer.objects.get().content["value"] == "ข้อความที่ยังไม่ถึงเครื่องแม่ข่าย"
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(("keep", "kept"), [("ใช้ข้อความของท่าน", "ของฉัน"), ("ใช้ข้อความที่บันทึกไว้", "<img src=x onerror=alert(1)>")])
def test_a_conflict_shows_both_texts_in_place(opened: Opened, keep: str, kept: str) -> None:
    page, asks, at = opened
    ask = asks["P1.3"]
    page.goto(at("p1-2"))
    make_answer(ask, "<img src=x onerror=alert(1)>")
    box(page, ask).locator("textarea").first.fill("ของฉัน")
    page.clock.run_for(1300)
    says(page, ask, "กรุณาเลือกข้อความ")
    assert box(page, ask).locator("[data-theirs]").inner_text() == "<img src=x onerror=alert(1)>"
    assert Answer.objects.get().version == 1
    box(page, ask).get_by_role("button", name=keep).click()
    says(page, ask, "บันทึกแล้ว")
    assert Answer.objects.get().content["value"] == kept == box(page, ask).locator("textarea").first.input_value()


def test_a_row_appears_when_its_condition_is_met(opened: Opened) -> None:
    page, asks, at = opened
    page.goto(at("p2-1"))
    dependent = box(page, asks["P2.2.1"]).locator("input[inputmode=decimal]")
    assert not dependent.is_visible()
    box(page, asks["P2.2"]).get_by_label("มี", exact=True).check()
    page.clock.run_for(1300)
    dependent.wait_for(state="visible")
    box(page, asks["P2.2"]).get_by_label("ไม่มี", exact=True).check()
    page.clock.run_for(1300)
    dependent.wait_for(state="hidden")


def test_files_are_attached_in_place(opened: Opened) -> None:
    page, asks, at = opened
    ask = asks["P1.1"]
    page.goto(at("p1-1"))
    box(page, ask).get_by_text("แนบหลักฐาน", exact=True).click()
    papers = [{"name": name, "mimeType": "text/plain", "buffer": name.encode()} for name in ("คำสั่งที่ ๑.txt", "ภาพถ่าย ๒.txt")]
    box(page, ask).locator("input[type=file]").set_input_files(papers)
    box(page, ask).get_by_label("วันที่ออกเอกสาร").fill("๓๐ ก.พ. ๒๕๖๗")
    box(page, ask).get_by_role("button", name="แนบ", exact=True).click()
    box(page, ask).get_by_text("ไม่มีในปฏิทิน").first.wait_for()
    assert EvidenceLink.objects.count() == 0
    box(page, ask).get_by_label("วันที่ออกเอกสาร").fill("๑๑ มิ.ย. ๒๕๖๗")
    box(page, ask).get_by_role("button", name="แนบ", exact=True).click()
    box(page, ask).get_by_role("link", name="ภาพถ่าย ๒.txt", exact=True).wait_for()
    assert EvidenceLink.objects.count() == 2
    box(page, ask).get_by_role("button", name="นำออก คำสั่งที่ ๑.txt").click()
    box(page, ask).get_by_role("link", name="คำสั่งที่ ๑.txt", exact=True).wait_for(state="detached")


def test_signing_out_leaves_nothing_in_the_tab(opened: Opened) -> None:
    page, asks, at = opened
    page.goto(at("p1-2"))
    page.route("**/answer/", lambda route: route.abort())
    box(page, asks["P1.3"]).locator("textarea").first.fill("ความลับ")
    page.clock.run_for(1300)
    says(page, asks["P1.3"], "ยังบันทึกไม่ได้")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_load_state()
    assert page.evaluate("sessionStorage.length") == 0


def test_a_line_that_loses_replies_never_makes_the_page_lie(opened: Opened) -> None:
    """60 texts over a line that drops every fifth reply after the work was done, and some requests before."""
    page, asks, at = opened
    ask, dice = asks["P1.3"], random.Random(2567)

    def lossy(route: Route) -> None:
        luck = dice.random()
        if luck < 0.1:
            route.abort()
        elif luck < 0.3:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.goto(at("p1-2"))
    page.route("**/answer/", lossy)
    for number in range(60):
        box(page, ask).locator("textarea").first.fill(f"ข้อความที่ {number}")
        page.clock.run_for(1300)
        page.wait_for_function("id => !document.querySelector(`#a${id} .saving`)", arg=ask.pk)
        if "บันทึกแล้ว" in state(page, ask).inner_text():
            assert Answer.objects.get().content["value"] == f"ข้อความที่ {number}"
    page.unroute("**/answer/")
    page.clock.run_for(10_100)
    says(page, ask, "บันทึกแล้ว")
    assert Answer.objects.get().content["value"] == "ข้อความที่ 59"
    assert box(page, ask).locator("[data-keep]").count() == 0
