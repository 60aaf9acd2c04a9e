"""What is fetched is locked: every package by its hashes, none without somebody who uses it, none that is not asked for."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "phrom").rglob("*.py")).lower()
# Never imported by us: the module of Django that does.
THROUGH_DJANGO = {"psycopg": "django.db.backends.postgresql"}


def names_of(requirements: list[str]) -> set[str]:
    """The packages' names as pip compares them, without extras and versions."""
    names = (re.split(r"[\[<>=!~; ]", line)[0] for line in requirements)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def locked(file: str) -> set[str]:
    """The packages that a lock names."""
    return names_of(re.findall(r"^[A-Za-z].*$", (ROOT / "requirements" / file).read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_every_package_asked_for_is_locked() -> None:
    asked = names_of(PROJECT["project"]["dependencies"])
    assert asked - locked("app.txt") == set()
    assert (asked | names_of(PROJECT["dependency-groups"]["dev"])) - locked("dev.txt") == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_one_version_and_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE).strip())
    shape = re.compile(r"[A-Za-z0-9_.\-]+(\[[a-z,]+\])?==[^ ]+( ; [^\\]+)?( *\\\n    --hash=sha256:[0-9a-f]{64})+")
    assert [entry.splitlines()[0] for entry in entries if not shape.fullmatch(entry)] == []


def test_every_package_asked_for_is_used() -> None:
    modules: dict[str, list[str]] = {}
    for module, packages in packages_distributions().items():
        for package in names_of(list(packages)):
            modules.setdefault(package, []).append(module.lower())
    asked = names_of(PROJECT["project"]["dependencies"])
    used = {package for package in asked if any(module in CODE for module in modules[package])}
    used |= {package for package, through in THROUGH_DJANGO.items() if through in CODE}
    assert asked - used == set()


def test_the_style_files_are_locked_by_integrity_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert lock["packages"][""]["dependencies"] == wanted["dependencies"]
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []
