"""What is brought to the pages of workbooks and questionnaires: a filled workbook, one with mistakes, a pasted table."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.screens.acts import Act, press
from tests.survey.filling import filled

AGENDA = Path(__file__).resolve().parents[1] / "papers" / "agenda-1-2567.txt"
GOOD = {("P1.5", "คำตอบ"): "มี", ("P1.5", "ผู้จัดทำ"): "หน่วยงานจัดทำเอง"}
WRONG = {("P4.1", "คำตอบ"): "สิบสี่", ("P4.1.1", "คำตอบ"): -1, ("P1.5", "คำตอบ"): "อาจจะ", ("P1.5", "ผู้จัดทำ"): "ผู้รับจ้าง"}


def bring_workbook(*, wrong: bool = False) -> Act:
    """The agency's own workbook, downloaded, filled in and brought back."""

    def act(tab: Page, mail: Path) -> None:
        with tab.expect_download() as waiting:
            tab.get_by_role("link", name="ดาวน์โหลดแบบกรอก").click()
        data = filled(waiting.value.path().read_bytes(), WRONG if wrong else GOOD)
        tab.locator('[name="file"]').set_input_files([{"name": "แบบกรอก.xlsx", "mimeType": "application/zip", "buffer": data}])
        press("อ่านไฟล์")(tab, mail)

    return act


def paste_agenda(tab: Page, mail: Path) -> None:
    """Item 3.1 of the agenda."""
    text = AGENDA.read_text("utf-8")
    tab.locator('[name="text"]').fill(text[text.index("๓.๑ การประเมิน") : text.index("๓.๒ การขับเคลื่อน")])
    press("อ่านตาราง")(tab, mail)
