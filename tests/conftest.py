"""One real browser for the whole run, shared by the gallery, the screens and the journeys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
).split()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine (PHROM_BROWSER). Without one: skipped, or failed when PHROM_REQUIRE_BROWSER=1."""
    path = os.environ.get("PHROM_BROWSER") or shutil.which("chromium")
    if not path:
        refuse = pytest.fail if os.environ.get("PHROM_REQUIRE_BROWSER") == "1" else pytest.skip
        refuse("!! ไม่พบ Chromium จึงไม่ได้ทดสอบในเบราว์เซอร์ / no Chromium: not tested in a browser; set PHROM_BROWSER")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in this thread; Django's own work stays synchronous
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
