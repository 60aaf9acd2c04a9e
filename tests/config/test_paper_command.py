"""`phrom paper`: every kind as two files; what was handed out comes as it was kept; what is not there is told in a sentence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from phrom.agencies.models import Agency
from phrom.config.commands.paper import KINDS
from phrom.meetings.models import KeptPaper
from phrom.shared.files.store import path_of
from tests.factories.agencies import make_body
from tests.factories.meetings import make_meeting
from tests.papers.province import demo_committee
from tests.shared.documents.reading import pdf_pages, word_paragraphs

pytestmark = pytest.mark.django_db
# What a reader looks for in each paper.
SAYS = {
    "agenda 1/2567": "เรื่องเพื่อพิจารณา",
    "agenda ๑/๒๕๖๗": "ครั้งที่ ๑/๒๕๖๗",
    "invitation 1/2567": "ขอเชิญ",
    "minutes 1/2567": "ผู้ไม่มาประชุม",
    "extract 1/2567:3.1": "๒๑ มิถุนายน ๒๕๖๗",
    "order 3046/2567": "๓๐๔๖/๒๕๖๗",
    "difference 3046/2567": "ประธานหอการค้าจังหวัดเชียงใหม่",
    "sign-in-list 1/2567": "ลายมือชื่อ",
}


def paper(*words: str, out: Path) -> list[Path]:
    """The files that the command names."""
    told = io.StringIO()
    call_command("paper", *words, f"--out={out}", stdout=told)
    return [Path(line) for line in told.getvalue().splitlines()]


def test_every_kind_comes_as_word_and_pdf(tmp_path: Path, settings: Settings) -> None:
    settings.PHROM_FILES = tmp_path / "files"
    demo_committee()
    assert {words.split()[0] for words in SAYS} == set(KINDS)
    for words, said in SAYS.items():
        files = paper(*words.split(), out=tmp_path / "out")
        assert {file.suffix for file in files} == {".docx", ".pdf"}
        texts = ["\n".join(pdf_pages(f.read_bytes()) if f.suffix == ".pdf" else word_paragraphs(f.read_bytes())) for f in files]
        assert any(said in text for text in texts[::2]) and any(said in text for text in texts[1::2]), words
    kept = KeptPaper.objects.get(form="agenda")
    assert (tmp_path / "out/agenda-1-2567.pdf").read_bytes() == path_of(kept.pdf).read_bytes()


def test_a_draft_comes_as_it_stands_now(tmp_path: Path) -> None:
    make_meeting(make_body("nan", "จังหวัดน่าน"))
    assert len(paper("agenda", "1/2567", out=tmp_path)) == 2


def test_a_body_is_chosen_by_its_code(tmp_path: Path) -> None:
    make_body("first", "จังหวัดแรก")
    make_meeting(make_body("nan", "จังหวัดน่าน"))
    assert paper("agenda", "1/2567", "--body=nan", out=tmp_path)
    with pytest.raises(SystemExit) as left:
        paper("agenda", "1/2567", out=tmp_path)
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["poem", "1/2567"], "ไม่มีเอกสารชนิด poem"),
        (["agenda", "1"], "ให้เขียนเช่น 1/2567"),
        (["agenda", "9/2567"], "มีแต่ / no such meeting; there are: 1/2567"),
        (["order", "9/2567"], "ไม่มีคำสั่งที่ 9/2567"),
        (["extract", "1/2567:9.9"], "ไม่มีวาระที่ 9.9"),
        (["extract", "1/2567"], "1/2567:3.1"),
        (["minutes", "1/2567"], "ไม่มีเอกสาร minutes"),
        (["difference", "3046/2567"], "ไม่ได้แทนหรือแก้ไขคำสั่งใด"),
        (["agenda", "1/2567", "--body=mars"], "ไม่มีจังหวัดรหัส mars"),
    ],
)
def test_what_is_not_there_is_told_with_exit_code_2(tmp_path: Path, words: list[str], told: str) -> None:
    make_meeting(make_body("nan", "จังหวัดน่าน"))
    said = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("paper", *words, f"--out={tmp_path}", stderr=said)
    assert left.value.code == 2
    assert told in said.getvalue()
    assert not list(tmp_path.glob("*.pdf"))


def test_without_any_province_it_says_so(tmp_path: Path) -> None:
    assert not Agency.objects.exists()
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("paper", "agenda", "1/2567", f"--out={tmp_path}", stderr=said)
    assert "ไม่มีจังหวัด" in said.getvalue()
