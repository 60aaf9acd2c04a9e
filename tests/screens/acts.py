"""What has to be done on a page before its picture is taken."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

OPEN = ".ask[data-save]:not([data-off])"  # a row that is asked and may be answered
Act = Callable[[Page, Path], None]


def follow(selector: str) -> Act:
    """Follow the first link of this kind."""

    def act(tab: Page, mail: Path) -> None:
        tab.locator(selector).first.click()
        tab.wait_for_load_state()

    return act


def unfold(tab: Page, mail: Path) -> None:
    """Open everything that is folded on the page; the menu stays as it is."""
    tab.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")


def press(words: str) -> Act:
    """Press a button."""

    def act(tab: Page, mail: Path) -> None:
        tab.get_by_role("button", name=re.compile("^" + re.escape(words))).first.click()
        tab.wait_for_load_state()

    return act


def type_into(name: str, words: str) -> Act:
    """Fill a field."""

    def act(tab: Page, mail: Path) -> None:
        tab.locator(f'[name="{name}"]').fill(words)

    return act


def post_a_broken_page(tab: Page, mail: Path) -> None:
    """A page saved without scripts, with a row that cannot be understood."""
    tab.locator(f'{OPEN} input[name$="-value"][inputmode="numeric"]').first.fill("สามสิบ")
    tab.get_by_role("button", name="บันทึก", exact=True).click()


def post_upon_an_old_version(tab: Page, mail: Path) -> None:
    """Two tabs: what this one saves was written upon a version that is no longer the newest."""
    row = tab.locator(OPEN).first
    asked, address = row.get_attribute("data-ask"), tab.url
    other = tab.context.new_page()
    for each, words in ((other, "ข้อความของอีกแท็บ"), (tab, "ข้อความของแท็บนี้ ซึ่งยาวกว่าเล็กน้อยและยังไม่ได้บันทึก")):
        if each is other:
            each.goto(address)
        each.locator(f'[name="a{asked}-cannot"]').evaluate("(field) => field.closest('details').open = true")
        each.locator(f'[name="a{asked}-cannot"]').fill(words)
    other.get_by_role("button", name="บันทึก", exact=True).click()
    other.close()
    tab.get_by_role("button", name="บันทึก", exact=True).click()


def type_in_two_tabs(tab: Page, mail: Path) -> None:
    """The same with scripts: the choice stands in the row."""
    row = tab.locator(OPEN).first
    asked, address = row.get_attribute("data-ask"), tab.url
    other = tab.context.new_page()
    other.goto(address)
    for each, words in ((other, "ไม่มีข้อมูล เพราะระบบเดิมเลิกใช้แล้ว"), (tab, "ไม่มีข้อมูล รอหนังสือตอบจากกรมต้นสังกัด")):
        each.locator(f'[name="a{asked}-cannot"]').evaluate("(field) => field.closest('details').open = true")
        each.locator(f'[name="a{asked}-cannot"]').fill(words)
        each.locator(f"#a{asked} [data-save-state]").filter(has_text=re.compile("บันทึกแล้ว|กรุณาเลือก")).wait_for()
    other.close()


def lose_the_server(tab: Page, mail: Path) -> None:
    """Typing while the server does not answer."""
    tab.route("**/answer/", lambda route: route.abort())
    row = tab.locator(OPEN).first
    row.locator('[name$="-cannot"]').evaluate("(field) => field.closest('details').open = true")
    row.locator('[name$="-cannot"]').fill("พิมพ์ระหว่างที่เครือข่ายขาด")
    row.locator("[data-save-state]").filter(has_text="ยังบันทึกไม่ได้").wait_for()
    tab.unroute("**/answer/")


def attach_nothing(tab: Page, mail: Path) -> None:
    """Evidence without a file or an address: a refusal as a page."""
    tab.locator("details.attach summary").first.click()
    tab.get_by_role("button", name="แนบ", exact=True).first.click()


def bring_many_files(tab: Page, mail: Path) -> None:
    """Files whose names say much, little and too much, one of them no document at all."""
    names = (
        "P7.1 ภาพการใช้แชตบอต.txt",
        "P4.1 ทะเบียนบริการ.txt",
        "รายงานประจำปีที่ไม่มีรหัสข้อและมีชื่อยาวมากจนต้องขึ้นบรรทัดใหม่ในทุกจอ.txt",
        "P4.1 และ P4.2.txt",
        "P9.9.txt",
    )
    files = [{"name": name, "mimeType": "text/plain", "buffer": name.encode()} for name in names]
    tab.locator("#files").set_input_files([*files, {"name": "P4.1.exe", "mimeType": "application/x-dosexec", "buffer": b"MZ"}])
    tab.get_by_role("button", name="แนบทั้งหมด").click()
    tab.locator(".pieces li").first.wait_for()


def resend_to_another_day(tab: Page, mail: Path) -> None:
    """A date that does not exist."""
    tab.get_by_label("กำหนดส่งภายในจังหวัด").fill("๓๐ ก.พ. ๒๕๖๗")
    tab.get_by_role("button", name="ตรวจความพร้อมอีกครั้ง").click()


def sign_in_wrongly(times: int) -> Act:
    """A wrong password, several times."""

    def act(tab: Page, mail: Path) -> None:
        for _ in range(times):
            if not tab.get_by_label("อีเมล").count():
                return
            tab.get_by_label("อีเมล").fill("nobody@demo.example")
            tab.get_by_label("รหัสผ่าน").fill("ผิดแน่นอน")
            tab.get_by_role("button", name="ลงชื่อเข้าใช้").click()
            tab.wait_for_load_state()

    return act


def ask_for_a_new_password(tab: Page, mail: Path) -> None:
    """The mail's link is opened by `open_the_mail`."""
    tab.get_by_label("อีเมล").fill("culture@demo.example")
    tab.locator("main form button").click()
    tab.wait_for_load_state()


def invite_somebody(tab: Page, mail: Path) -> None:
    """An invitation goes out."""
    tab.get_by_label("ชื่อ").first.fill("นางสาวเอื้องผึ้ง ดอกไม้")
    tab.get_by_label("อีเมล").fill("new@demo.example")
    tab.locator("main form select").first.select_option(index=3)
    tab.locator("main form").get_by_label("เจ้าหน้าที่ผู้ตอบ").or_(tab.locator("main form select").nth(1)).first.evaluate(
        "(field) => field.type === 'radio' ? field.click() : field.selectedIndex = 1"
    )
    tab.get_by_role("button", name="ส่งคำเชิญ").click()
    tab.wait_for_load_state()


def open_the_mail(pattern: str) -> Act:
    """Open the newest address of this kind that was sent by mail."""

    def act(tab: Page, mail: Path) -> None:
        for message in sorted(mail.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True):
            parsed = email.message_from_bytes(message.read_bytes(), policy=email.policy.default)
            if found := re.search(pattern, parsed.get_body().get_content()):
                tab.goto(re.sub("https?://[^/]+", "", found[0]))
                return
        raise AssertionError(f"no mail with {pattern}")

    return act


def set_a_password(tab: Page, mail: Path) -> None:
    """Through to the page that says it is done."""
    for field in tab.locator('input[type="password"]').all():
        field.fill("แม่ปิงไหลผ่านเมือง-2567")
    tab.locator("main form button").click()
    tab.wait_for_load_state()


def wait_for_the_pack(tab: Page, mail: Path) -> None:
    """A pack is asked for and made."""
    tab.get_by_role("button", name="จัดทำชุด").click()
    tab.get_by_text("พร้อมดาวน์โหลด").wait_for(timeout=60_000)
