"""The catalogue of editions, and a table read from pasted text, Word or Excel: the same report from all three."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pytest_django import Settings
from ruamel.yaml import YAML

from phrom.agencies.models import Person
from phrom.rules.instrument.load import EditionProblems, load_edition
from phrom.rules.instrument.questionnaire import Questionnaire, draft_of, lines_of_text, read_questionnaire
from phrom.rules.instrument.questionnaire.draft import DECIDE
from phrom.rules.instrument.twin import edition_of_tables, tables_of, twin_problems
from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.workbook import TableTooLarge
from phrom.survey.edition_files import edition_of_file
from phrom.survey.questionnaire_file import lines_of_file
from tests.factories.agencies import make_body, make_member
from tests.factories.survey import make_survey
from tests.rules.instrument.broken import EDITION, copy_edition, plant
from tests.survey.filling import tables

AGENDA = Path(__file__).resolve().parents[1] / "papers" / "agenda-1-2567.txt"
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def part() -> str:
    """Item 3.1 of the agenda."""
    text = AGENDA.read_text("utf-8")
    return text[text.index("๓.๑ การประเมิน") : text.index("๓.๒ การขับเคลื่อน")]


def as_excel(text: str) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("ตาราง")
    for at, line in enumerate(text.split("\n")):
        for column, cell in enumerate(line.split("\t")):
            page.write_string(at, column, cell)
    book.close()
    return stream.getvalue()


def as_word(text: str) -> bytes:
    """Lines without a tab as paragraphs, neighbouring lines with one as a table."""
    document, table = Document(), None
    for line in text.split("\n"):
        cells = line.split("\t")
        if len(cells) == 1:
            document.add_paragraph(line)
            table = None
            continue
        table = table or document.add_table(rows=0, cols=2)
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = cells[0], cells[1]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def said(read: Questionnaire) -> list[tuple[object, ...]]:
    """A report without the numbers of lines, which each source counts in its own way."""
    found = read.found
    rows = [(r.code, r.text, r.section, r.informants, r.beyond, r.window, r.kind) for r in found.rows]
    told = sorted((a.code, a.kind, a.found, a.guess) for a in read.anomalies)
    return [*rows, *((p.number, p.title, p.title_en, p.weight) for p in found.pillars), *told]


@pytest.mark.parametrize(("make", "name"), [(as_excel, "ตาราง.xlsx"), (as_word, "ตาราง.docx")], ids=["excel", "word"])
def test_the_same_comes_out_of_pasted_text_excel_and_word(make: Callable[[str], bytes], name: str) -> None:
    pasted = read_questionnaire(lines_of_text(part()))
    brought = read_questionnaire(lines_of_file(make(part()), name))
    assert len(pasted.found.rows) == 51
    assert said(brought) == said(pasted)


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.docx", "a"])
def test_what_is_no_table_is_refused(name: str) -> None:
    with pytest.raises(WrongKind):
        lines_of_file(b"%PDF-1.7 hello", name)


def with_body(inside: str) -> bytes:
    """A Word file with this inside its body."""
    kept, stream = io.BytesIO(as_word("ก")), io.BytesIO()
    with zipfile.ZipFile(kept) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = re.sub(rb"(<w:body>).*(</w:body>)", rb"\1" + inside.encode() + rb"\2", data, flags=re.DOTALL)
            made.writestr(entry.filename, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    "inside",
    [
        "<w:p><w:r><w:t>P1.1 มีหรือไม่</w:t></w:r></w:p>" * 5001,
        "<w:tbl><w:tr><w:tc>" * 700 + "</w:tc></w:tr></w:tbl>" * 700,
    ],
    ids=["more lines than any questionnaire", "tables within tables"],
)
def test_a_small_word_file_that_would_take_minutes_is_refused(inside: str) -> None:
    with pytest.raises(TableTooLarge):
        lines_of_file(with_body(inside), "ตาราง.docx")


@pytest.fixture
def coordinator(db: None) -> Person:
    return make_member(make_body(), "coordinator")


@pytest.fixture
def page(client: Client, coordinator: Person) -> Client:
    client.force_login(coordinator, backend=BACKEND)
    return client


def test_the_catalogue_shows_what_lies_there_and_marks_what_is_invented(page: Client) -> None:
    edition = load_edition(EDITION)
    make_survey(edition)
    with CaptureQueriesContext(connection) as queries:
        shown = page.get(reverse("editions")).content.decode()
    assert len(queries) <= 8
    assert edition.hash in shown and "51 แถว ถาม 47 ข้อ" in shown and "รวม 100" in shown
    assert "สมมติขึ้น ไม่มีหน่วยงานใดพิมพ์" in shown and shown.count("เปิดรอบแล้ว แก้ไม่ได้") == 1


def test_a_broken_edition_says_why_and_gives_nothing(page: Client, tmp_path: Path, settings: Settings) -> None:
    folder = copy_edition(tmp_path)
    line = plant(folder, "edition.yaml", "P1.2", "kind: yes_no", "kind: maybe")
    settings.PHROM_EDITIONS = tmp_path
    shown = page.get(reverse("editions")).content.decode()
    assert f"edition.yaml บรรทัด {line}" in shown and "ใช้ไม่ได้" in shown
    assert page.get(reverse("edition_twin", args=["edition"])).status_code == 404
    assert page.get(reverse("edition_xlsform", args=["no-such"])).status_code == 404


def test_the_twin_that_is_downloaded_is_the_edition(page: Client) -> None:
    answer = page.get(reverse("edition_twin", args=[EDITION.name]))
    assert answer["Content-Type"] == XLSX
    assert edition_of_file(answer.content).hash == load_edition(EDITION).hash
    form = page.get(reverse("edition_xlsform", args=[EDITION.name]))
    assert list(tables(form.content)) == ["survey", "choices", "settings"]


def test_a_pasted_table_is_reported_and_its_draft_taken_along(page: Client) -> None:
    answer = page.post(reverse("edition_import"), {"text": part()})
    shown = answer.content.decode()
    assert answer.status_code == 200 and "พบ 51 แถว" in " ".join(shown.split())
    assert "ทุกหน่วยงาน 29" in shown and "สำนักงานจังหวัด 14" in shown and "ทุกหน่วยงาน/สถิติจังหวัด 8" in shown
    assert "โครงการสร้างพื้นฐาน" in shown and "&lt;ol" in shown and "<ol style" not in shown
    sealed = answer.context["page"].sealed
    made = page.post(reverse("edition_import"), {"rows": sealed, "as": "xlsx"})
    sheets = tables(made.content)
    assert made["Content-Type"] == XLSX and len(sheets["rows"]) == 52 and len(sheets["review"]) > 20
    assert all(DECIDE in row[sheets["rows"][0].index("hint")] for row in sheets["rows"][1:])
    yaml = page.post(reverse("edition_import"), {"rows": sealed, "as": "yaml"})
    data = YAML(typ="safe").load(yaml.content.decode())
    assert [row["code"] for row in data["rows"]] == [row.code for row in load_edition(EDITION).rows]
    assert data["pillars"][0] == {"code": "G", "title": "", "title_en": "", "weight": None}


def test_a_file_is_read_as_well_and_neither_or_both_is_asked_again(page: Client) -> None:
    file = SimpleUploadedFile("ตาราง.docx", as_word(part()))
    assert "พบ 51 แถว" in " ".join(page.post(reverse("edition_import"), {"file": file}).content.decode().split())
    assert page.post(reverse("edition_import"), {}).status_code == 422
    file = SimpleUploadedFile("ตาราง.xlsx", as_excel(part()))
    assert page.post(reverse("edition_import"), {"text": "ก", "file": file}).status_code == 422
    broken = SimpleUploadedFile("ตาราง.xlsx", b"PK nothing")
    answer = page.post(reverse("edition_import"), {"file": broken})
    assert answer.status_code == 422 and "govuk-error-message" in answer.content.decode()


def test_a_sealed_report_that_was_altered_is_lost(page: Client) -> None:
    answer = page.post(reverse("edition_import"), {"rows": "x:y:z", "as": "xlsx"})
    assert answer.status_code == 422 and "ตัวอย่างที่ตรวจไว้หมดอายุ" in answer.content.decode()


def test_nobody_but_who_opens_rounds_sees_it(client: Client, db: None) -> None:
    client.force_login(make_member(make_body(), "auditor"), backend=BACKEND)
    for name in ("editions", "edition_import"):
        assert client.get(reverse(name)).status_code in (403, 404)


def test_a_draft_that_is_completed_becomes_an_edition() -> None:
    """The 51 rows of the agenda with scales and KPI of the edition of 2567: only what a person must decide is told."""
    draft = {table.name: table for table in draft_of(read_questionnaire(lines_of_text(part())))}
    real = {table.name: table for table in tables_of(load_edition(EDITION))}
    mixed = [draft[name] if name in ("pillars", "rows") else real[name] for name in real]
    with pytest.raises(EditionProblems) as found:
        edition_of_tables(mixed)
    told = twin_problems(found.value)
    assert {each.sheet for each in told} <= {"rows", "pillars", "choices", "evidence", "corrections"}
    assert any(each.column == "text" and "HTML" in each.th for each in told)
