"""The settings of papers: what a clerk does with letterhead, emblem and templates."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document as open_docx
from playwright.sync_api import Page

from phrom.shared.documents.docx_templates import default_template
from tests.screens.acts import Act, follow
from tests.shared.documents.pictures import png

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def edit(form: str) -> Act:
    """Open the template of this form."""
    return follow(f"a:has-text('แก้ไขแม่แบบของ{form}')")


def put_an_emblem(tab: Page, mail: Path) -> None:
    """A picture for the head of letters."""
    tab.get_by_label("ตราสัญลักษณ์ใหม่").set_input_files({"name": "ตรา.png", "mimeType": "image/png", "buffer": png(300, 300, 90)})
    tab.get_by_role("button", name="บันทึกหัวกระดาษ").click()
    tab.wait_for_load_state()


def use_a_template(tab: Page, mail: Path) -> None:
    """The default, as Word would save it."""
    _send(tab)


def send_a_broken_template(tab: Page, mail: Path) -> None:
    """Three mistakes at once."""
    _send(tab, "เรียน {{ chairman }}", "{{ subtitel }}", "ครั้งที่ {{ title")


def _send(tab: Page, *texts: str) -> None:
    made = open_docx(BytesIO(default_template("agenda")))
    for text in texts:
        made.add_paragraph(text)
    kept = BytesIO()
    made.save(kept)
    given = {"name": "แม่แบบระเบียบวาระ.docx", "mimeType": DOCX, "buffer": kept.getvalue()}
    tab.get_by_label("แม่แบบที่แก้ไขแล้ว").set_input_files(given)
    tab.get_by_role("button", name="ใช้แม่แบบนี้").click()
    tab.wait_for_load_state()
