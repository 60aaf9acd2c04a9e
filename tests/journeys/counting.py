"""What a person does with their hands: every click, every field filled, every choice of files counts one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator

from tests.journeys.papers import Paper


@dataclass
class Hands:
    """Clicks, fields and files in their order, each with a word about it."""

    done: list[str] = field(default_factory=list)

    def click(self, where: Locator) -> None:
        """One click."""
        self.done.append(f"คลิก {' '.join(where.inner_text().split())[:40]}")
        where.click()

    def tick(self, where: Locator) -> None:
        """One click on a choice."""
        self.done.append("เลือก")
        where.check()

    def fill(self, where: Locator, text: str) -> None:
        """One field."""
        self.done.append(f"กรอก {text[:40]}")
        where.fill(text)

    def choose_files(self, where: Locator, papers: Sequence[Paper]) -> None:
        """One choice of files, however many."""
        self.done.append(f"เลือกไฟล์ {len(papers)}")
        where.set_input_files([paper.payload for paper in papers])

    def take(self) -> list[str]:
        """What was done since the last taking."""
        done, self.done = self.done, []
        return done
