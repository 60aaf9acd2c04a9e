"""The user guide shows pictures that are there, made by the screens, and small enough to fetch on a weak line."""

from __future__ import annotations

import re

from tests.screens.table import SCREENS
from tests.servers import ROOT

PICTURES = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").glob("*.png")}
PAGES = {
    path.name: re.findall(r"pictures/([\w-]+\.png)", path.read_text("utf-8")) for path in (ROOT / "docs/guide").glob("*.md")
}
SHOWN = {name for names in PAGES.values() for name in names}


def test_every_picture_of_the_guide_is_there_and_none_is_unused() -> None:
    assert set(PICTURES) == SHOWN


def test_every_picture_is_made_by_a_screen() -> None:
    assert set(PICTURES) == {f"{screen.name}-{screen.picture}.png" for screen in SCREENS if screen.picture}


def test_pictures_are_small() -> None:
    assert max(PICTURES.values()) < 150_000
    assert max(sum(PICTURES[name] for name in names) for names in PAGES.values()) < 1_500_000
