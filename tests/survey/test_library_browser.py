"""คลังหลักฐานในเบราว์เซอร์จริง: หลายไฟล์ทีละไฟล์เห็นผลทันที ดูไฟล์ในหน้าได้ และไม่มีสิ่งใดในไฟล์ทำงาน."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.shared.files.store import keep
from phrom.survey.models import Ask, Evidence, EvidenceLink
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_evidence, make_round, make_sheet
from tests.shared.files import specimens

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = tuple["Page", dict[str, Ask], str, list[str]]
OPENS_A_SCRIPT = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n3 0 obj<</S/URI/URI(http://127.0.0.1:9/out)>>endobj\n"
)


@pytest.fixture
def opened(chromium: Browser, live_server: Any) -> Iterator[Opened]:
    """An official's browser; what asks to go out, opens a dialog or breaks the policy is noted and fails the test."""
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
    page.on("dialog", lambda dialog: told(wrong, dialog.message, dialog.dismiss))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    page.on("request", lambda asked: told(wrong, asked.url) if goes_out(asked.url, live_server.url) else None)
    yield page, asks, live_server.url, wrong
    context.close()
    assert wrong == []


def goes_out(address: str, ours: str) -> bool:
    """True for a request to anybody else; the browser's own PDF viewer is an extension."""
    return address.startswith("http") and not address.startswith(ours)


def told(wrong: list[str], words: str, after: Callable[[], None] = lambda: None) -> None:
    """Note it and go on."""
    wrong.append(words)
    after()


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_many_files_each_say_at_once_what_became_of_them(opened: Opened) -> None:
    page, asks, url, _ = opened
    ask = asks["P1.3"]
    page.goto(url + reverse("bulk", args=[ask.round_id, ask.agency_id]))
    good = [payload(f"P1.3 แผน {n}.pdf", specimens.pdf(b"%" + str(n).encode() + b"\n")) for n in range(3)]
    rest = [
        payload("ไม่มีรหัส.pdf", specimens.pdf()),
        payload("P1.3 ร้าย.pdf", specimens.HTML),
        payload("P1.3 ซ้ำ.pdf", good[0]["buffer"]),
    ]
    page.locator("#files").set_input_files([*good, *rest])
    page.get_by_role("button", name="แนบทั้งหมด").click()
    page.get_by_text("ส่งครบ 6 ไฟล์แล้ว").wait_for()
    words = page.locator("[data-bulk-lines] > li .state").all_inner_texts()
    assert [word.strip() for word in words] == ["แนบแล้ว"] * 3 + ["ยังไม่รู้ข้อ", "ไม่รับ", "มีอยู่แล้ว"]
    assert (EvidenceLink.objects.count(), Evidence.objects.count()) == (3, 4)


def test_what_was_not_filed_goes_under_a_row_from_its_line(opened: Opened) -> None:
    page, asks, url, _ = opened
    ask = asks["P1.3"]
    page.goto(url + reverse("bulk", args=[ask.round_id, ask.agency_id]))
    page.locator("#files").set_input_files([payload("ไม่มีรหัส.pdf", specimens.pdf())])
    page.get_by_role("button", name="แนบทั้งหมด").click()
    page.get_by_text("ส่งครบ 1 ไฟล์แล้ว").wait_for()
    page.get_by_label("แนบในข้อ").select_option(label="P1.3")
    page.get_by_role("button", name="แนบ", exact=True).click()
    page.get_by_text("เป็นหลักฐานข้อ P1.3 แล้ว").wait_for()
    assert EvidenceLink.objects.get().ask == ask


def test_a_line_gone_dead_is_told_and_the_other_files_go_on(opened: Opened) -> None:
    page, asks, url, _ = opened
    ask = asks["P1.3"]
    page.goto(url + reverse("bulk", args=[ask.round_id, ask.agency_id]))
    broken = iter((True, False))
    page.route("**/bulk/", lambda route: route.abort() if next(broken) else route.continue_())
    page.locator("#files").set_input_files([payload(f"P1.3 {n}.pdf", specimens.pdf(b"%" + n.encode() + b"\n")) for n in "กข"])
    page.get_by_role("button", name="แนบทั้งหมด").click()
    page.get_by_text("ส่งครบ 2 ไฟล์แล้ว").wait_for()
    assert "ติดต่อเครื่องแม่ข่ายไม่ได้" in page.locator("[data-bulk-lines] > li").first.inner_text()
    assert EvidenceLink.objects.count() == 1


def stored(ask: Ask, name: str, content: bytes) -> EvidenceLink:
    """A piece under the row with these bytes."""
    link = make_evidence(ask, name)
    Evidence.objects.filter(pk=link.evidence_id).update(file=keep([content], name=name, at=AT), url="")
    return link


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("ภาพ.png", specimens.png(4, 4), "img.preview"),
        ("มีสคริปต์.pdf", specimens.pdf(OPENS_A_SCRIPT), "iframe.preview"),
    ],
)
def test_a_piece_is_shown_in_the_page_and_nothing_in_it_runs(opened: Opened, name: str, content: bytes, where: str) -> None:
    page, asks, url, _ = opened
    link = stored(asks["P1.3"], name, content)
    for address in (reverse("evidence", args=[link.pk]), reverse("library_item", args=[link.evidence_id])):
        page.goto(url + address)
        shown = page.locator(where)
        shown.wait_for()
        page.wait_for_load_state("networkidle")
        if where == "img.preview":
            assert shown.evaluate("each => each.complete && each.naturalWidth") == 4


def test_another_site_cannot_frame_a_piece(opened: Opened) -> None:
    page, asks, url, wrong = opened
    link = stored(asks["P1.3"], "แผน.pdf", specimens.pdf())
    address = url.replace("localhost", "127.0.0.1") + reverse("evidence", args=[link.pk])
    page.goto("about:blank")
    page.set_content(f'<iframe src="{address}"></iframe>')
    page.wait_for_load_state("networkidle")
    assert not any("คลังหลักฐาน" in (frame.content() or "") for frame in page.frames[1:])
    wrong[:] = [each for each in wrong if "frame-ancestors" not in each and not each.startswith(address)]
