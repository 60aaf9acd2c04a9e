"""The demo province and an empty one, each seeded once and served; everybody signs in once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import SEED, phrom
from tests.servers import ROOT, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "ดอกเอื้องคำเชียงใหม่2567"
EMPTY_PASSWORD = "ดอกเอื้องคำ-ทดสอบ-2567"


@dataclass
class Place:
    """A served province. `tabs` are the open tabs by who sits there; `agencies` are ids by code."""

    address: str
    data: Path
    browser: Browser
    domain: str
    password: str
    agencies: dict[str, int]
    tabs: dict[tuple[str, bool], Page] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def tab(self, who: str, scripts: bool) -> Page:
        """The tab of somebody, signed in; "" is nobody. Without `scripts` none of ours reaches the page."""
        if (who, scripts) not in self.tabs:
            context = self.browser.new_context(base_url=self.address, locale="th-TH")
            if not scripts:  # axe itself needs JavaScript, so only ours is kept away
                context.route("**/*.js", lambda route: route.abort())
            tab = self.tabs[who, scripts] = context.new_page()
            tab.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
            tab.on("pageerror", lambda error: self.complaints.append(str(error)))
            if who:
                sign_in(tab, f"{who}@{self.domain}", self.password)
        return self.tabs[who, scripts]


def sign_in(tab: Page, email: str, password: str) -> None:
    """Through the real page."""
    tab.goto("/account/login/")
    tab.get_by_label("อีเมล").fill(email)
    tab.get_by_label("รหัสผ่าน").fill(password)
    tab.get_by_role("button", name="ลงชื่อเข้าใช้").click()
    tab.get_by_role("button", name="ออกจากระบบ").wait_for()


@pytest.fixture(scope="session")
def places(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Place]]:
    """The demo province ("demo") and one in which nothing has happened yet ("empty")."""
    folder = tmp_path_factory.mktemp("screens")
    bare = json.loads(SEED.read_text("utf-8")) | {"orders": [], "meetings": [], "official_results": []}
    (folder / "bare.json").write_text(json.dumps(bare), "utf-8")
    seeds = {"demo": ROOT / "demo/chiangmai-2567/seed.json", "empty": folder / "bare.json"}
    made = {name: json.loads(phrom("seed", seed, "--data", folder / name)) for name, seed in seeds.items()}
    with serving(folder / "demo", workers=1) as demo, serving(folder / "empty", workers=1) as empty:
        both = {
            "demo": Place(_at(demo.port), folder / "demo", chromium, "demo.example", PASSWORD, made["demo"]["agencies"]),
            "empty": Place(
                _at(empty.port), folder / "empty", chromium, "test.example", EMPTY_PASSWORD, made["empty"]["agencies"]
            ),
        }
        yield both.__getitem__
        for place in both.values():
            for tab in place.tabs.values():
                tab.context.close()


def _at(port: int) -> str:
    return f"http://127.0.0.1:{port}"
