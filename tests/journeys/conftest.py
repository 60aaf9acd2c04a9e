"""A small province, seeded once, served by the real server; each journey works on a copy."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.people import Person
from tests.servers import ROOT, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SEED = Path(__file__).with_name("seed.json")
LAST = ROOT / "build/journeys"
EDITION = ROOT / "editions/dga-province-2567"


@dataclass
class Province:
    """A served province: its address, its data folder, and whoever sat down at a browser."""

    address: str
    data: Path
    browser: Browser
    people: list[Person] = field(default_factory=list)

    def person(self, email: str, *, width: int = 1280, scripts: bool = True) -> Person:
        """Somebody signs in at a browser of their own."""
        person = Person(self.browser, self.address, f"{email}@test.example", width=width, scripts=scripts)
        self.people.append(person)
        person.sign_in()
        return person


def phrom(*arguments: str | Path) -> str:
    """Run a `phrom` command as an administrator would; returns what it prints."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PHROM_", "DJANGO_"))}
    command = [sys.executable, "-m", "phrom.config", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The province on the afternoon of the meeting, before the round opens."""
    data = tmp_path_factory.mktemp("province") / "data"
    phrom("seed", SEED, "--data", data)
    return data


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """A journey that fails leaves the last screen of everybody in build/journeys."""
    report = yield
    here = (found := getattr(item, "funcargs", {})).get("province") or found.get("opened")
    if here and report.when == "call" and report.failed:
        leave_pictures(here, re.sub(r"[^a-zA-Z0-9]+", "-", item.name))
    return report


def leave_pictures(here: Province, name: str) -> None:
    """The last screen of everybody, for whoever looks for the reason."""
    LAST.mkdir(parents=True, exist_ok=True)
    for person in here.people:
        person.page.screenshot(path=LAST / f"{name} {person.email}.png", full_page=True)


@pytest.fixture(scope="session")
def seeded_open(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same province with its round open and nothing answered."""
    folder = tmp_path_factory.mktemp("opened")
    seed = json.loads(SEED.read_text("utf-8"))
    times = {"opened_at": "2024-06-11T14:00:00+07:00", "internal_deadline": "2024-06-21"}
    seed["rounds"] = [{"body": "chiangmai", "edition": EDITION.name, "opened_by": "khamkaew@test.example", **times}]
    (folder / "seed.json").write_text(json.dumps(seed), "utf-8")
    phrom("seed", folder / "seed.json", "--data", folder / "data")
    return folder / "data"


@pytest.fixture
def province(chromium: Browser, seeded: Path, tmp_path: Path) -> Iterator[Province]:
    """A fresh copy before the round opens, served."""
    with served(chromium, seeded, tmp_path) as here:
        yield here


@pytest.fixture
def opened(chromium: Browser, seeded_open: Path, tmp_path: Path) -> Iterator[Province]:
    """A fresh copy with the round open, served."""
    with served(chromium, seeded_open, tmp_path) as here:
        yield here


@contextlib.contextmanager
def served(browser: Browser, seeded: Path, folder: Path) -> Iterator[Province]:
    """A province of its own for one journey, which may leave no error in any browser's console."""
    data = shutil.copytree(seeded, folder / "data")
    with serving(data) as server:
        here = Province(f"http://127.0.0.1:{server.port}", data, browser)
        yield here
        complaints = [words for person in here.people for words in person.complaints]
        for person in here.people:
            person.context.close()
    assert complaints == []


@pytest.fixture
def score() -> Callable[[Path], str]:
    """`phrom score` on an answer set of this year's edition."""
    return lambda answers: phrom("score", EDITION, answers)
