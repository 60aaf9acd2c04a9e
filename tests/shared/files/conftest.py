"""A store of its own for each test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

AT = datetime(2024, 6, 11, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The store's folder; the limit is 60 MB."""
    settings.PHROM_FILES = tmp_path / "files"
    settings.PHROM_MAX_UPLOAD = 60 * 1024 * 1024
    return tmp_path / "files"


def files_in(folder: Path) -> list[Path]:
    """Everything that lies in the store."""
    return sorted(path for path in folder.glob("**/*") if path.is_file())
