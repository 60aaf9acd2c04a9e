"""Each component in a real browser: no axe violation, nothing cut, nothing refused. PHROM_SHOTS keeps pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.shared.ui import gallery

PAGES = [*gallery.BODIES, "404", "500", "refusal"]
WIDTHS = [1280, 390, 320]
CUT = """() => [...document.querySelectorAll('main *, header *')].filter(element => {
  const box = element.getBoundingClientRect()
  const hidden = element.closest('.govuk-visually-hidden, .estimate__name, thead, .scan[tabindex], svg')
  return box.width > 0 && !hidden && (box.right > innerWidth + 1 || box.left < -1)
}).map(element => element.outerHTML.slice(0, 120))"""
OTHER_TYPE = """() => [...document.querySelectorAll('body, body *')].flatMap(element =>
  ['', '::before', '::after', '::file-selector-button', '::placeholder'].filter(part =>
    !getComputedStyle(element, part || undefined).fontFamily.startsWith('Sarabun'))
    .map(part => element.outerHTML.slice(0, 80) + part))"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", PAGES)
def test_no_violation_and_nothing_refused(tab: Any, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto(f"/{name}")
        tab.evaluate("document.fonts.ready")
        complaints = list(tab.complaints)  # axe itself tries inline styles, which the policy refuses
        results = Axe().run(tab, options={"preload": False})
        assert results.violations_count == 0, results.generate_report()
        assert complaints == []
        tab.complaints.clear()
        keep_picture(tab, f"{name}-{width}")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_at_any_width(tab: Any, name: str) -> None:
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 700})
        tab.goto(f"/{name}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(CUT) == []


@pytest.mark.parametrize("name", PAGES)
def test_our_type_is_used_everywhere(tab: Any, name: str) -> None:
    tab.goto(f"/{name}")
    assert tab.evaluate(OTHER_TYPE) == []
    assert tab.evaluate("document.fonts.ready.then(() => document.fonts.check('600 17px Sarabun', 'ก'))")


def test_focus_is_seen(tab: Any) -> None:
    tab.goto("/form")
    for _ in range(14):
        tab.keyboard.press("Tab")
        style = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        label = tab.evaluate(
            "document.activeElement.labels?.[0] && getComputedStyle(document.activeElement.labels[0], '::before').outlineStyle"
        )
        assert "solid" in (style, label), tab.evaluate("document.activeElement.outerHTML")


def test_paper_has_no_frame_and_names_the_assumption(tab: Any) -> None:
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 794, "height": 1123})
    tab.goto("/charts")
    assert not tab.locator(".frame-nav").is_visible()
    assert tab.locator(".estimate__name").first.bounding_box()["width"] > 50
    keep_picture(tab, "charts-print")


def keep_picture(tab: Any, name: str) -> None:
    if folder := os.environ.get("PHROM_SHOTS"):
        tab.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
