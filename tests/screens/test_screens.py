"""ทุกหน้าในหลายสภาพ: ไม่มีข้อบกพร่องด้านการเข้าถึง ไม่ล้นจอ 390 และ 320 จุด เบราว์เซอร์ไม่บ่น และเก็บภาพไว้ให้คนดู.

Every page in many states: no axe violation, nothing wider than a phone, nothing refused; pictures go to build/screens.
PHROM_PICTURES=1 also renews those that the user guide shows (docs/pictures).
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from phrom.config.access_table import RULES
from tests.screens.conftest import Place
from tests.screens.palette import smaller
from tests.screens.table import NOT_PAGES, SCREENS, Screen
from tests.servers import ROOT

pytestmark = pytest.mark.browser

PICTURES, GUIDE = ROOT / "build/screens", ROOT / "docs/pictures"
TALLEST = 5000  # pixels; below that, lists only go on
VISITED: set[str] = set()
LOOKED_AT: set[str] = set()
EXPECTED = ("status of 4", "net::ERR_FAILED")  # a refusal is shown on purpose
RUN_AXE = """async () => (await axe.run({preload: false, resultTypes: ['violations']})).violations.map(
  each => each.id + ': ' + each.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(' | '))"""


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_the_screen_is_in_order(places: Callable[[str], Place], screen: Screen) -> None:
    place = places(screen.place)
    tab = arrive(place, screen)
    complaints = [each for each in place.complaints if not any(words in each for words in EXPECTED)]
    assert complaints == []
    tab.evaluate(AXE_SCRIPT)
    for width in (1280, 390):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate(RUN_AXE) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        take_picture(tab, screen, width)
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_route_is_left_out() -> None:
    """After the screens: every page of the access table was seen, and what is called no page is none."""
    if len(LOOKED_AT) < len(SCREENS):
        pytest.skip("only some screens were looked at")
    assert sorted(set(RULES) - VISITED - set(NOT_PAGES) - api_routes()) == []
    assert sorted(VISITED & set(NOT_PAGES)) == []


def arrive(place: Place, screen: Screen) -> Page:
    """Open the page as the fitting person and bring it into its state."""
    tab = place.tab(screen.who, screen.scripts)
    LOOKED_AT.add(screen.name)
    tab.set_viewport_size({"width": 1280, "height": 900})
    place.complaints.clear()
    tab.goto(screen.path.format_map(place.agencies))
    note(tab)
    for act in screen.do:
        act(tab, place.data / "mail")
        note(tab)
    tab.evaluate("document.fonts.ready.then(() => true)")
    return tab


def note(tab: Page) -> None:
    """Remember which route is on the screen."""
    try:
        VISITED.add(resolve("/" + tab.url.split("/", 3)[3].split("?")[0].split("#")[0]).view_name)
    except Resolver404:
        return


def take_picture(tab: Page, screen: Screen, width: int) -> None:
    """The whole page for whoever looks it over; the first part of it for the guide."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    height = min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    tab.screenshot(path=PICTURES / f"{screen.name}-{width}.png", full_page=True, clip=clip)
    if screen.picture == width and os.environ.get("PHROM_PICTURES") == "1":
        GUIDE.mkdir(parents=True, exist_ok=True)
        tab.set_viewport_size({"width": width, "height": screen.tall})
        (GUIDE / f"{screen.name}-{width}.png").write_bytes(smaller(tab.screenshot()))


def api_routes() -> set[str]:
    """Routes for programs."""
    return {name for name in RULES if name.startswith("api")}
