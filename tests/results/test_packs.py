"""The answer pack, made for real and read back."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from docx import Document
from python_calamine import CalamineWorkbook

from phrom.results.actions.packs import give_up_unfinished
from phrom.results.actions.packs import make_pack as build
from phrom.results.actions.scores import freeze
from phrom.results.models import AnswerPack, PackState, Snapshot
from phrom.shared.files.store import path_of
from phrom.survey.models import AnswerSet, Round
from tests.factories.agencies import make_person
from tests.factories.results import HARD_NAME, make_answered_round, make_pack
from tests.factories.survey import AT, make_approved
from tests.shared.documents.test_seal import codes

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
        name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist() if name != "บัญชีแฟ้ม.csv"
    }


def test_thai_names_of_evidence_stay_as_they_are(round: Round) -> None:
    assert any(name.endswith(f"/{HARD_NAME}") for name in made(round).namelist())


def test_the_workbook_holds_the_answers_and_no_formula(round: Round, tmp_path: Path) -> None:
    content = made(round).read("คำตอบของจังหวัด.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["คำตอบของจังหวัด", "ใครตอบอะไร", "หลักฐาน", "ความก้าวหน้า", "กรอกระบบผู้สำรวจ", "ข้อซักถามและเหตุผล"]
    rows = {row[0]: row for row in book.get_sheet_by_index(0).to_python()}
    assert rows["P4.1"][3] == "7 รายการ"
    sheets = [zipfile.ZipFile(io.BytesIO(content)).read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, 7)]
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


def test_a_pack_that_cannot_be_made_says_so(round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = make_pack(Round.objects.select_related("body", "survey").get(pk=round.pk))
    monkeypatch.setattr("phrom.results.actions.packs.keep_made", lambda *_, **__: 1 / 0)
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


def verified(pack: bytes, folder: Path, *more: str) -> tuple[int, str]:
    """The pack checked by the programs that lie in it, somewhere else, without anything of ours."""
    (folder / "pack.zip").write_bytes(pack)
    with zipfile.ZipFile(folder / "pack.zip") as inside:
        for name in ("verify.py", "merge_again.py"):
            (folder / name).write_bytes(inside.read(name))
    command = [sys.executable, "-I", "-S", folder / "verify.py", folder / "pack.zip", *more]
    done = subprocess.run([str(one) for one in command], capture_output=True, text=True, encoding="utf-8", cwd=folder)
    return done.returncode, done.stdout + done.stderr


def frozen_pack(round: Round) -> bytes:
    make_approved(round)
    freeze(round=round, by=make_person(), at=AT, confirmed=True)
    pack = made(round)
    assert pack.fp is not None
    return Path(str(pack.filename)).read_bytes()


def with_member(pack: bytes, name: str, content: bytes) -> bytes:
    """The pack with one file's content replaced, or with one file more."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as old, zipfile.ZipFile(kept, "w") as new:
        for each in {*old.namelist(), name}:
            new.writestr(each, content if each == name else old.read(each))
    return kept.getvalue()


def test_a_frozen_pack_is_verified_and_scored_again_by_what_lies_in_it(round: Round, tmp_path: Path) -> None:
    pack = frozen_pack(round)
    kept = AnswerSet.objects.get(round=round)
    code, said = verified(pack, tmp_path, "--sha256", kept.sha256)
    assert (code, said.splitlines()[-1]) == (0, "ตรงกันทั้งหมด / all agrees")
    total = Snapshot.objects.get(round=round, is_final=True).scorecard["total"]
    assert f"total {total} (estimated)" in said


def test_a_draft_verifies_too_and_says_that_it_is_one(round: Round, tmp_path: Path) -> None:
    draft = Path(str(made(round).filename)).read_bytes()
    assert verified(draft, tmp_path)[0] == 0
    assert "ร่าง" in zipfile.ZipFile(io.BytesIO(draft)).read("อ่านก่อน.txt").decode()


@pytest.mark.parametrize(
    "name", ["รายงาน.pdf", "คำตอบของจังหวัด.xlsx", "คะแนน.json", "แบบสำรวจ.json", "บัญชีลิงก์.csv", "verify.py", "ใหม่.txt"]
)
def test_a_file_that_was_changed_or_put_in_is_named(round: Round, tmp_path: Path, name: str) -> None:
    pack = frozen_pack(round)
    inside = zipfile.ZipFile(io.BytesIO(pack))
    content = inside.read(name) + b"\n" if name in inside.namelist() else b"new"
    code, said = verified(with_member(pack, name, content), tmp_path)
    assert code == 1
    assert f"WRONG {name!r}" in said


def test_printed_figures_that_were_made_better_are_named(round: Round, tmp_path: Path) -> None:
    """Whoever changes the figures and the manifest too is found by the figures themselves."""
    pack = frozen_pack(round)
    inside = zipfile.ZipFile(io.BytesIO(pack))
    old = inside.read("คะแนน.json")
    figures = json.loads(old)
    figures["scorecard"]["total"] = "99.99"
    new = json.dumps(figures, ensure_ascii=False).encode()
    manifest = inside.read("บัญชีแฟ้ม.csv").replace(
        hashlib.sha256(old).hexdigest().encode(), hashlib.sha256(new).hexdigest().encode()
    )
    code, said = verified(with_member(with_member(pack, "คะแนน.json", new), "บัญชีแฟ้ม.csv", manifest), tmp_path)
    assert (code, "printed 99.99" in said) == (1, True)


def test_the_code_on_every_page_leads_to_the_page_that_knows_the_set(round: Round, settings: Any) -> None:
    settings.PHROM_URL = "https://phrom.example.go.th"
    pack = zipfile.ZipFile(io.BytesIO(frozen_pack(round)))
    address = f"https://phrom.example.go.th/check/{AnswerSet.objects.get(round=round).sha256}/"
    for name in ("รายงาน.pdf", "ภาคผนวก.pdf"):
        assert {tuple(page) for page in codes(pack.read(name))} == {(address,)}
    assert Client().get(address.removeprefix("https://phrom.example.go.th")).status_code == 200


def test_without_an_address_the_code_is_the_hash_itself(round: Round, settings: Any) -> None:
    settings.PHROM_URL = ""
    pack = zipfile.ZipFile(io.BytesIO(frozen_pack(round)))
    assert {tuple(page) for page in codes(pack.read("รายงาน.pdf"))} == {(AnswerSet.objects.get(round=round).sha256,)}


def test_a_draft_carries_no_code(round: Round) -> None:
    assert not any(codes(made(round).read("รายงาน.pdf")))
