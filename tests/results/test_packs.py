"""The answer pack, made for real and read back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from phrom.results.actions.packs import give_up_unfinished
from phrom.results.actions.packs import make_pack as build
from phrom.results.actions.scores import freeze
from phrom.results.models import AnswerPack, PackState
from phrom.shared.files.store import path_of
from phrom.survey.models import AnswerSet, Round
from tests.factories.agencies import make_person
from tests.factories.results import HARD_NAME, make_answered_round, make_pack
from tests.factories.survey import AT, make_approved

pytestmark = pytest.mark.django_db


def made(round: Round) -> zipfile.ZipFile:
    pack = make_pack(Round.objects.select_related("body", "survey").get(pk=round.pk))
    build(pack=pack, clock=lambda: AT)
    pack = AnswerPack.objects.get(pk=pack.pk)
    assert (pack.state, pack.progress, pack.message) == (PackState.DONE, 100, "")
    assert pack.file is not None
    return zipfile.ZipFile(path_of(pack.file))


@pytest.fixture
def round() -> Round:
    return make_answered_round()


def test_the_manifest_names_every_file_with_its_true_hash(round: Round) -> None:
    pack = made(round)
    rows = list(csv.DictReader(io.StringIO(pack.read("บัญชีแฟ้ม.csv").decode("utf-8-sig"))))
    assert {row["path"]: row["sha256"] for row in rows} == {
        name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist() if not name.endswith(".csv")
    }


def test_thai_names_of_evidence_stay_as_they_are(round: Round) -> None:
    assert any(name.endswith(f"/{HARD_NAME}") for name in made(round).namelist())


def test_the_workbook_holds_the_answers_and_no_formula(round: Round, tmp_path: Path) -> None:
    content = made(round).read("คำตอบของจังหวัด.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["คำตอบของจังหวัด", "ใครตอบอะไร", "หลักฐาน", "ความก้าวหน้า"]
    rows = {row[0]: row for row in book.get_sheet_by_index(0).to_python()}
    assert rows["P4.1"][3] == "7 รายการ"
    sheets = [zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2, 3, 4)]
    assert [sheet for sheet in sheets if re.search(r"<f[ >]", sheet)] == []


def test_the_report_reads_the_same_in_word_and_pdf(round: Round) -> None:
    pack = made(round)
    word = Document(io.BytesIO(pack.read("รายงาน.docx")))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    pdf = pypdfium2.PdfDocument(pack.read("รายงาน.pdf"))
    text = re.sub(r"\s", "", "".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf))))
    for wanted in ("P4.1", "7 รายการ", "สำนักงานเกษตรจังหวัดเชียงใหม่"):
        assert any(wanted in cell for cell in cells)
        assert wanted.replace(" ", "") in text
    assert "ประมาณการ" in text


def test_a_draft_says_so_and_the_frozen_pack_carries_the_very_set(round: Round) -> None:
    draft = pypdfium2.PdfDocument(made(round).read("รายงาน.pdf"))
    assert "ร่าง" in draft[0].get_textpage().get_text_range()
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    kept = AnswerSet.objects.get(round=round)
    document = made(round).read("ชุดคำตอบ.json")
    assert hashlib.sha256(document).hexdigest() == kept.sha256
    assert json.loads(document)["answers"]["P4.1"]["value"] == 7


def test_a_pack_that_cannot_be_made_says_so(round: Round) -> None:
    pack = make_pack(Round.objects.select_related("body", "survey").get(pk=round.pk))
    for file in Path(path_of_any()).rglob("*"):
        if file.is_file():
            file.unlink()
    build(pack=pack, clock=lambda: AT)
    pack.refresh_from_db()
    assert pack.state == PackState.FAILED
    assert "ยังอยู่ครบ" in pack.message


def test_a_pack_whose_maker_was_killed_is_not_waited_for_for_ever(round: Round) -> None:
    killed, queued = make_pack(round), make_pack(round)
    AnswerPack.objects.filter(pk=killed.pk).update(state=PackState.WORKING, progress=40)
    give_up_unfinished(at=AT)
    killed.refresh_from_db()
    queued.refresh_from_db()
    assert (killed.state, killed.finished_at) == (PackState.FAILED, AT)
    assert "ยังอยู่ครบ" in killed.message
    assert queued.state == PackState.WAITING


def path_of_any() -> Path:
    from django.conf import settings

    return Path(settings.PHROM_FILES)
