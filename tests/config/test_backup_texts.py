"""A backup carries the words of files along, and what is restored from it is searched at once, on either database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import Settings

from phrom.config import tables
from phrom.config.backup import DATABASE, make_backup
from phrom.config.restoring import checked, restore
from phrom.config.tables import opened, report
from phrom.shared.files.models import FileText
from phrom.shared.files.reading import want_text
from phrom.shared.files.searching import texts_with, words_of
from phrom.shared.files.store import keep
from phrom.shared.files.words import read_waiting
from tests.factories.agencies import make_body
from tests.factories.survey import AT
from tests.shared.files.papers import SENTENCE, docx_of

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = ("ธรรมาภิบาล", "2567", "น้ำ", "ที่")


@pytest.fixture(autouse=True)
def read(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> FileText:
    """A file with words, in a store of its own; the second database under the one other alias that the test runner allows."""
    monkeypatch.setattr(tables, "COPY", "__no_db__")
    settings.DATA = tmp_path / "data"
    settings.PHROM_FILES = settings.DATA / "files"
    make_body("chiangmai")
    stored = keep([docx_of(SENTENCE, "ที่ประชุม")], name="ก.docx", at=AT)
    want_text(stored)
    read_waiting(at=AT)
    return FileText.objects.get()


def finds(alias: str = "default") -> list[int]:
    return [texts_with(words_of(typed)).using(alias).count() for typed in TYPED]


def test_the_copy_inside_a_backup_is_searched_as_the_original(tmp_path: Path) -> None:
    made = make_backup(tmp_path / "phrom.zip", AT)
    staged = tmp_path / "staged"
    staged.mkdir()
    assert checked(made.path, staged)["tables"] == report()
    with opened(staged / DATABASE) as alias, connections[alias].cursor() as cursor:
        cursor.execute("INSERT INTO files_textindex (files_textindex, rank) VALUES ('integrity-check', 1)")
        found = cursor.execute("SELECT count(*) FROM files_textindex WHERE files_textindex MATCH ?", ['"ธรรมาภิบาล"'])
        assert found.fetchone() == (1,)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="moves rows into PostgreSQL")
def test_restored_into_the_other_database_it_is_found(tmp_path: Path, settings: Settings) -> None:
    made = make_backup(tmp_path / "phrom.zip", AT)
    assert finds() == [1, 1, 1, 1]
    FileText.objects.all().delete()
    assert finds() == [0, 0, 0, 0]
    restore(made.path, settings.DATA, AT, replace=True)
    assert connection.vendor == "postgresql"
    assert finds() == [1, 1, 1, 1]
