"""The figures of a round, wherever they stand: on the dashboard, from `phrom score`, from the second program."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.rules.independent.score_again import Paper
from tests.servers import ROOT


@dataclass(frozen=True)
class Figures:
    """Total, its level under each assumption (in their order), percent of each pillar: as text, as shown."""

    total: str
    levels: tuple[int, ...]
    pillars: dict[str, str]

    @classmethod
    def of(cls, scored: dict[str, Any]) -> Figures:
        """From figures under the names that `phrom score` uses."""
        order = [each["code"] for each in Paper(ROOT / "editions/dga-province-2567", {"answers": {}}).assumptions]
        levels = tuple(level_of(scored["levels"][code]) for code in order)
        return cls(scored["total"], levels, {code: one["percent"] for code, one in pillars_of(scored).items()})

    @classmethod
    def from_json(cls, printed: str) -> Figures:
        """From what `phrom score` prints."""
        return cls.of(json.loads(printed))

    @classmethod
    def scored_again(cls, answers: Path) -> Figures:
        """From the program of another hand, which reads only the edition's files and this JSON."""
        document = json.loads(answers.read_text("utf-8"))
        return cls.of(Paper(ROOT / "editions/dga-province-2567", document).score())


def level_of(level: Any) -> int:
    """A level given as a number or as a band."""
    return int(level["level"] if isinstance(level, dict) else level)


def pillars_of(scored: dict[str, Any]) -> dict[str, Any]:
    """The pillars by code."""
    pillars = scored["pillars"]
    return pillars if isinstance(pillars, dict) else {one["code"]: one for one in pillars}


def read_figures(page: Page) -> Figures:
    """What the dashboard shows."""
    total = page.locator(".figure__value").first.inner_text().strip()
    levels = page.locator(".sheet").first.locator('td[data-label="ระดับ"]').all_inner_texts()
    bars = page.locator("table.bars:has(.pillar) tbody tr").all()
    percents = {bar.locator(".pillar").inner_text(): bar.locator("td.number").first.inner_text().strip() for bar in bars}
    return Figures(total, tuple(int(re.findall("[0-9]+", words)[0]) for words in levels), percents)
