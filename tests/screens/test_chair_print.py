"""The chair's page on paper: no menu, no buttons, two sheets at most, and every estimate says on what it rests."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2 as pdfium
import pytest

from tests.screens.conftest import Place
from tests.servers import ROOT

pytestmark = pytest.mark.browser


def test_the_chairs_page_prints_on_two_sheets_at_most(places: Callable[[str], Place]) -> None:
    tab = places("demo").tab("chair", scripts=True)
    tab.goto("/chair/")
    printed = tab.pdf(prefer_css_page_size=True)
    (ROOT / "build/screens").mkdir(parents=True, exist_ok=True)
    (ROOT / "build/screens/chair-print.pdf").write_bytes(printed)
    pages = pdfium.PdfDocument(printed)
    assert len(pages) <= 2
    tab.emulate_media(media="print")
    seen = {name: tab.locator(name).first.is_visible() for name in (".frame-nav", ".frame-out", ".estimate__name", "progress")}
    tab.emulate_media(media="screen")
    assert seen == {".frame-nav": False, ".frame-out": False, ".estimate__name": True, "progress": True}
