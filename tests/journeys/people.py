"""People at a browser. A journey says what they do; how that is clicked stands here, with and without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.papers import Paper

PASSWORD = "ดอกเอื้องคำ-ทดสอบ-2567"
OWN, BOTH, PARENT = "own", "both", "parent"
PATIENCE = 15_000  # milliseconds


@dataclass(frozen=True)
class Reply:
    """What somebody answers to one row, with the evidence put under it. `issued` is the day on the papers."""

    value: bool | int | str | tuple[str, ...]
    detail: str | bool = ""
    provider: str = ""
    papers: tuple[Paper, ...] = ()
    issued: str = ""
    link: str = ""


class Person:
    """Somebody at a browser of their own. `complaints` are errors that the browser wrote down."""

    def __init__(self, browser: Browser, address: str, email: str, *, width: int = 1280, scripts: bool = True) -> None:
        viewport = {"width": width, "height": 844}
        self.context = browser.new_context(base_url=address, viewport=viewport, locale="th-TH", java_script_enabled=scripts)
        self.context.set_default_timeout(PATIENCE)
        self.email, self.scripts, self.complaints = email, scripts, list[str]()
        self.page = self.open_tab()

    def open_tab(self) -> Page:
        """A new tab whose errors are noted."""
        tab = self.context.new_page()
        tab.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        return tab

    def forgive(self, words: str) -> None:
        """These complaints belong to the story; there must have been at least one."""
        assert any(words in each for each in self.complaints)
        self.complaints = [each for each in self.complaints if words not in each]

    def sign_in(self) -> None:
        """Through the real page; ends on "งานของฉัน"."""
        self.page.goto("/account/login/")
        self.page.get_by_label("อีเมล").fill(self.email)
        self.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        self.press("ลงชื่อเข้าใช้")
        self.sees("งานของฉัน")

    def go(self, *links: str) -> None:
        """Follow links by the words on them."""
        for words in links:
            self.page.get_by_role("link", name=words).first.click()

    def press(self, words: str) -> None:
        """Press the button that starts with these words."""
        self.page.get_by_role("button", name=re.compile("^" + re.escape(words))).first.click()

    def sees(self, words: str, *, within: str = "body") -> None:
        """The words stand on the page."""
        expect(self.page.locator(within).first).to_contain_text(words, timeout=PATIENCE)

    def row(self, code: str) -> Locator:
        """One row of the sheet."""
        return self.page.locator(f'.ask[data-code="{code}"]')

    def answer_section(self, section: str, replies: dict[str, Reply]) -> None:
        """Open a section from the list at the side, answer its rows, put evidence under them."""
        self.page.locator(".side-list a").filter(has_text=section).click()
        for code, reply in replies.items():
            self.type(code, reply)
        self.wait_until_saved(*replies)
        for code, reply in replies.items():
            self.attach(code, reply)

    def type(self, code: str, reply: Reply) -> None:
        """Fill the fields of a row."""
        row = self.row(code)
        choose(row, "value", reply.value)
        if reply.detail != "":
            choose(row, "detail", reply.detail)
        if reply.provider:
            choose(row, "provider", (reply.provider,))

    def wait_until_saved(self, *codes: str) -> None:
        """With scripts each row says so by itself; without, the page is saved by its button."""
        if not self.scripts:
            self.page.get_by_role("button", name="บันทึก", exact=True).click()
            self.sees("บันทึกแล้ว", within=".notice--success")
        for code in codes:
            expect(self.row(code).locator("[data-save-state]")).to_contain_text("บันทึกแล้ว")

    def attach(self, code: str, reply: Reply) -> None:
        """Put the papers and the web address under the row; what was put there stands in its list."""
        row = self.row(code)
        if not reply.papers and not reply.link:
            return
        details = row.locator("details.attach").first
        if details.get_attribute("open") is None:
            details.locator("summary").first.click()
        slots = row.locator('select[name="slot"]')
        if slots.count():
            slots.select_option(index=1)
        row.get_by_label("วันที่ออกเอกสาร").fill(reply.issued)
        row.get_by_label("ไฟล์ (เลือกได้หลายไฟล์)").set_input_files([paper.payload for paper in reply.papers])
        row.get_by_label("หรือที่อยู่เว็บของหลักฐาน").fill(reply.link)
        row.get_by_role("button", name="แนบ", exact=True).click()
        for name in [*(paper.name for paper in reply.papers), *([reply.link] if reply.link else [])]:
            expect(row.locator("[data-evidence]")).to_contain_text(name)

    def open_sheet(self, agency: str) -> None:
        """From the first page to the sheet of one's office."""
        self.go("คำถามของฉัน")
        self.page.get_by_role("heading", name=agency).wait_for()
        self.page.locator(".sections a").first.click()

    def download(self, words: str, folder: Path) -> Path:
        """Take a file by the link that starts with these words; returns where it lies."""
        with self.page.expect_download() as waiting:
            self.go(words)
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path


def choose(row: Locator, name: str, value: bool | int | str | tuple[str, ...]) -> None:
    """Fill or tick the fields of a row whose name ends so."""
    if isinstance(value, bool):
        value = ("yes",) if value else ("no",)
    if isinstance(value, tuple):
        for each in value:
            row.locator(f'input[name$="-{name}"][value="{each}"]').check()
    else:
        row.locator(f'[name$="-{name}"]').fill(str(value))
