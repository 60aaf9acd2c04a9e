"""A paper that was handed out never changes: whatever is done to it behind the program's back is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from phrom.config.verifying import verify_all
from phrom.meetings.models import AgendaItem, KeptPaper, Paper, PaperKind
from phrom.meetings.papers.hashing import paper_sha256
from phrom.shared.documents.canonical import sha256_of_json
from phrom.shared.files.models import StoredFile
from phrom.shared.files.store import place_of
from tests.papers.province import demo_committee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, settings: Settings) -> None:
    """Meeting 1/2567 of the demo: invited by letter and memo, its agenda frozen."""
    settings.DATA = tmp_path / "data"
    settings.PHROM_FILES = settings.DATA / "files"
    demo_committee()


def agenda() -> KeptPaper:
    return KeptPaper.objects.get(form="agenda")


def a_text() -> Paper:
    return Paper.objects.filter(kind=PaperKind.TEXT).order_by("pk")[0]


def a_table() -> Paper:
    return Paper.objects.get(source="kpi")


def one_figure_in_the_kept_agenda() -> None:
    paper = agenda()
    text = str(paper.content["blocks"])
    assert "37.87" in text
    paper.content["title"] = paper.content["title"][:-1]
    KeptPaper.objects.filter(pk=paper.pk).update(content=paper.content)


def content_and_its_hash() -> None:
    paper = agenda()
    paper.content["title"] = "ระเบียบวาระปลอม"
    KeptPaper.objects.filter(pk=paper.pk).update(content=paper.content, sha256=sha256_of_json(paper.content))


def another_pdf() -> None:
    other = KeptPaper.objects.filter(form="invitation")[0]
    KeptPaper.objects.filter(form="agenda").update(pdf=other.pdf)


def one_byte_of_the_pdf() -> None:
    place = place_of(agenda().pdf.sha256)
    content = bytearray(place.read_bytes())
    content[100] ^= 1
    place.chmod(0o600)
    place.write_bytes(content)


def a_kept_paper_gone() -> None:
    AgendaItem.objects.update(frozen_in=KeptPaper.objects.filter(form="agenda").get())
    KeptPaper.objects.filter(form="invitation").order_by("pk")[0].delete()


def one_letter_of_a_text() -> None:
    Paper.objects.filter(pk=a_text().pk).update(text=a_text().text[:-1])


def one_cell_of_a_table() -> None:
    paper = a_table()
    paper.content[0]["rows"][1][2] = "38.87 คะแนน (คะแนนปี 2566)"
    Paper.objects.filter(pk=paper.pk).update(content=paper.content)


def a_table_and_its_hash() -> None:
    one_cell_of_a_table()
    paper = Paper.objects.select_related("file").get(pk=a_table().pk)
    Paper.objects.filter(pk=paper.pk).update(sha256=paper_sha256(paper))


DAMAGE: list[tuple[str, Callable[[], object]]] = [
    ("kept_paper", one_figure_in_the_kept_agenda),
    ("kept_paper", content_and_its_hash),
    ("kept_paper", another_pdf),
    ("file", one_byte_of_the_pdf),
    ("file", lambda: place_of(agenda().pdf.sha256).unlink()),
    ("kept_paper", lambda: KeptPaper.objects.filter(form="agenda").update(sha256="0" * 64)),
    ("kept_paper", a_kept_paper_gone),
    ("frozen_paper", one_letter_of_a_text),
    ("frozen_paper", one_cell_of_a_table),
    ("frozen_paper", a_table_and_its_hash),
    ("frozen_paper", lambda: Paper.objects.filter(pk=a_text().pk).update(title="หัวเรื่องใหม่")),
    ("frozen_paper", lambda: Paper.objects.filter(pk=a_text().pk).update(position=9)),
    ("frozen_paper", lambda: Paper.objects.filter(pk=a_text().pk).update(sha256="")),
    ("frozen_paper", lambda: a_text().delete()),
    ("frozen_paper frozen_item", lambda: AgendaItem.objects.filter(number="3.1").update(frozen_in=None)),
    ("frozen_item", lambda: AgendaItem.objects.filter(number="4").update(frozen_in=None)),
    ("frozen_item", lambda: AgendaItem.objects.filter(number="3.2").update(title="เรื่องอื่นที่ไม่มีใครตรึง")),
    ("frozen_item", lambda: AgendaItem.objects.filter(number="3.2").update(presenter="ผู้อื่น")),
]


def test_all_is_whole() -> None:
    found = verify_all()
    assert found.problems == []
    assert found.checked["kept_papers"] == 3
    assert found.checked["frozen_papers"] == Paper.objects.count() == 11
    assert found.checked["files"] == StoredFile.objects.count()


@pytest.mark.parametrize(("kind", "damage"), DAMAGE, ids=range(len(DAMAGE)))
def test_damage_is_named(kind: str, damage: Callable[[], object]) -> None:
    damage()
    found = verify_all().problems
    assert {problem.kind for problem in found} == set(kind.split())
    assert all(problem.th and problem.en and problem.which for problem in found)
