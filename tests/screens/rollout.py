"""What has to be done on the pages of the e-Document drive before their pictures are taken."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.rollout.lists import generated_list
from tests.screens.acts import press
from tests.screens.calling import fill

WRONG = "รหัส อปท.,ประเภท,ชื่อ\n1,เทศบาลมหานคร,ก\n2,อบต.,\n2,อบต.,ข\n".encode()


def programme(tab: Page, mail: Path) -> None:
    """A programme of a province that has none."""
    fill(name="การขับเคลื่อน e-Document ปี 2567", starts_on="1 มิ.ย. 2567")(tab, mail)
    press("สร้างโครงการ")(tab, mail)


def bring(tab: Page, mail: Path) -> None:
    """The list of 211, looked at."""
    _read(tab, mail, "รายชื่อ.csv", generated_list())


def bring_wrong(tab: Page, mail: Path) -> None:
    """A list with mistakes."""
    _read(tab, mail, "รายชื่อ.csv", WRONG)


def take_all(tab: Page, mail: Path) -> None:
    """Import what was looked at, and invite all."""
    press("นำเข้า")(tab, mail)
    press("เชิญทั้ง")(tab, mail)


def _read(tab: Page, mail: Path, name: str, data: bytes) -> None:
    tab.locator('[name="file"]').set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})  # type: ignore[arg-type]
    press("อ่านไฟล์")(tab, mail)
