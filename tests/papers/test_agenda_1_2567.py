"""The agenda of 1/2567 comes out of the system: word for word as printed, its three tables made from data."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser
from pytest_django import Settings

from phrom.meetings.models import KeptPaper, Meeting, Paper, PaperKind
from phrom.shared.documents.canonical import from_json
from phrom.shared.documents.content import Block, Document, Table
from phrom.shared.documents.docx import render_docx
from tests.papers.comparing import SAID, WORDS, letters, likeness, normal_source, source_words
from tests.papers.province import demo_committee
from tests.shared.documents.reading import pdf_pages, word_paragraphs

LEAST = 99.0
# Words of the source that our paper says otherwise, on purpose: a sentence begins anew where last year's result is put in, and
# the pillar's English name is that of the questionnaire ("Policies & Practices").
SAID_OTHERWISE = ("และ", "and")
SEGMENT = """lines => lines.map(line => [...new Intl.Segmenter('th', {granularity: 'word'}).segment(line)]
    .filter(part => part.isWordLike).map(part => part.segment))"""


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> KeptPaper:
    """The agenda as it was frozen in the demo."""
    settings.PHROM_FILES = tmp_path / "files"
    demo_committee()
    return KeptPaper.objects.get(form="agenda")


@pytest.mark.django_db
def test_the_agenda_holds_the_printed_words_in_their_order(kept: KeptPaper, tmp_path: Path) -> None:
    told = io.StringIO()
    call_command("paper", "agenda", "1/2567", f"--out={tmp_path}", stdout=told)
    word, pdf = (Path(line) for line in told.getvalue().split())
    for made in ("\n".join(pdf_pages(pdf.read_bytes())), "\n".join(word_paragraphs(word.read_bytes()))):
        found = likeness(made)
        print(found)
        assert found.share >= LEAST
        assert found.missing == SAID_OTHERWISE


@pytest.mark.django_db
def test_its_three_tables_are_generated_not_typed(kept: KeptPaper) -> None:
    papers = Paper.objects.filter(kind=PaperKind.GENERATED)
    assert [paper.source for paper in papers.order_by("item__position", "position")] == [
        "last_year",
        "kpi",
        "pillars",
        "rows_by_agency",
    ]
    assert sum(isinstance(block, Table) for block in from_json(kept.content).blocks) == 3
    typed = " ".join(Paper.objects.filter(kind=PaperKind.TEXT).values_list("text", flat=True))
    assert "27.87" not in typed and "P1.1" not in typed and "(Policies & Practices)" not in typed


def without_a_table(place: int) -> Callable[[Document], Document]:
    def spoil(document: Document) -> Document:
        tables = [block for block in document.blocks if isinstance(block, Table)]
        return replace(document, blocks=tuple(block for block in document.blocks if block is not tables[place]))

    return spoil


def with_two_rows_swapped(one: int) -> Callable[[Document], Document]:
    def spoil(document: Document) -> Document:
        *_, last = (block for block in document.blocks if isinstance(block, Table))
        rows = list(last.rows)
        rows[one], rows[one + 1] = rows[one + 1], rows[one]
        return replace(document, blocks=tuple(_in_place(block, last, rows) for block in document.blocks))

    return spoil


def _in_place(block: Block, table: Table, rows: list[tuple[str, ...]]) -> Block:
    return replace(table, rows=tuple(rows), sections=()) if block is table else block


@pytest.mark.django_db
def test_a_missing_table_and_swapped_rows_are_seen(kept: KeptPaper) -> None:
    document = from_json(kept.content)
    for spoil in (without_a_table(0), without_a_table(1), without_a_table(2)):
        assert likeness("\n".join(word_paragraphs(render_docx(spoil(document))))).share < LEAST
    for spoil in (with_two_rows_swapped(3), with_two_rows_swapped(40)):
        assert len(likeness("\n".join(word_paragraphs(render_docx(spoil(document))))).missing) > len(SAID_OTHERWISE)


def test_the_source_compared_with_itself_lacks_nothing() -> None:
    assert likeness(normal_source()).missing == ()


@pytest.mark.parametrize("lost", ["คณะรัฐมนตรี", "๓๗.๘๗", "ภาคเอกชน", "Blockchain"])
def test_one_lost_word_is_named(lost: str) -> None:
    found = likeness(normal_source().replace(lost, "", 1))
    assert set(found.missing) & set(source_words()) and len(found.missing) <= 3
    assert letters(lost) in letters("".join(found.near))


def test_the_words_are_those_of_the_source_and_nothing_else() -> None:
    assert "".join(source_words()) == letters(normal_source())
    assert len(source_words()) > 3000
    assert all(SAID.fullmatch(word) for word in source_words())


@pytest.mark.browser
def test_the_words_are_cut_as_a_word_breaker_cuts_them(chromium: Browser) -> None:
    page = chromium.new_page()
    lines = page.evaluate(SEGMENT, [line for line in normal_source().splitlines() if letters(line)])
    page.close()
    cut = ["|".join(word for word in map(letters, line) if word) for line in lines]
    assert cut == WORDS.read_text(encoding="utf-8").splitlines()


@pytest.mark.django_db
def test_the_meeting_knows_what_was_decided_and_by_when(kept: KeptPaper) -> None:
    meeting = Meeting.objects.get(number=1, year=2567)
    resolution = meeting.items.get(number="3.1").resolutions.get()
    assert str(resolution.due_on) == "2024-06-21"
    assert resolution.follow_ups.count() == 22
    marks = meeting.attendance
    assert marks.exclude(seat=None).count() == 35
    assert marks.filter(kind="substitute").count() == 3
