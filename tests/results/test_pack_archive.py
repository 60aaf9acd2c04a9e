"""The pack's tree of evidence: hostile and hard names, names that meet, links, and a manifest that anybody can check."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from phrom.results.papers.archive import DAMAGED, HELD, LINKS, MANIFEST, MISSING, NO_FILE, NO_SLOT, archive, gather
from phrom.shared.files.models import Scan, StoredFile
from phrom.shared.files.store import keep_made, place_of
from phrom.survey.editions import edition_of
from phrom.survey.models import Ask, AskState, Evidence, EvidenceLink, Round
from tests.factories.agencies import make_agency, make_person
from tests.factories.survey import AT, make_answer, make_ask, make_evidence, make_round
from tests.results.pack import accepted, prove, source_of
from tests.shared.hard_thai import HARD_TEXTS

pytestmark = pytest.mark.django_db
HOSTILE = ["../../etc/passwd", "..\\..\\ก.pdf", "/ราก.pdf", "a/b/c.pdf", "C:\\งาน\\ก.pdf"]


@pytest.fixture
def round() -> Round:
    return make_round()


@pytest.fixture
def ask(round: Round) -> Ask:
    return accepted(round, make_agency(round.body, "สำนักงานเกษตรจังหวัดเชียงใหม่", code="farms"), "P1.1", True)


def packed(round: Round, *papers: Path) -> zipfile.ZipFile:
    stream = io.BytesIO(b"".join(archive(source_of(round), papers, lambda done, of: None)))
    return zipfile.ZipFile(stream)


def table(pack: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pack.read(name).decode("utf-8-sig"), newline="")))


def evidence_in(pack: zipfile.ZipFile) -> list[str]:
    return [name for name in pack.namelist() if name.startswith("หลักฐาน/")]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_leads_out_of_its_folder(round: Round, ask: Ask, name: str) -> None:
    prove(ask, name, b"content")
    (path,) = evidence_in(packed(round))
    assert PurePosixPath(path).parent == PurePosixPath("หลักฐาน/P1/P1.1/farms")
    assert "\\" not in path


def test_hard_thai_names_stay_as_they_are_and_each_file_is_the_right_one(round: Round, ask: Ask) -> None:
    names = [text for text in HARD_TEXTS if not set(text) & set('/\\:*?"<>|')]
    for number, name in enumerate(names):
        prove(ask, f"{name}.pdf", str(number).encode())
    pack = packed(round)
    assert {path.split("/")[4]: pack.read(path) for path in evidence_in(pack)} == {
        f"{name}.pdf": str(number).encode() for number, name in enumerate(names)
    }


def test_names_that_meet_are_numbered_and_none_is_lost(round: Round, ask: Ask) -> None:
    for content in (b"1", b"2", b"3"):
        prove(ask, "คำสั่ง.pdf", content)
    pack = packed(round)
    assert {path.rpartition("/")[2]: pack.read(path) for path in evidence_in(pack)} == {
        "คำสั่ง.pdf": b"1",
        "คำสั่ง (2).pdf": b"2",
        "คำสั่ง (3).pdf": b"3",
    }


def test_capitals_alone_do_not_tell_two_files_apart_on_windows(round: Round, ask: Ask) -> None:
    prove(ask, "Order.PDF", b"1")
    prove(ask, "order.pdf", b"2")
    assert len({path.casefold() for path in evidence_in(packed(round))}) == 2


def test_a_name_that_is_already_numbered_is_not_overwritten(round: Round, ask: Ask) -> None:
    for name, content in (("ก.pdf", b"1"), ("ก (2).pdf", b"2"), ("ก.pdf", b"3")):
        prove(ask, name, content)
    pack = packed(round)
    assert sorted(pack.read(path) for path in evidence_in(pack)) == [b"1", b"2", b"3"]
    assert len(set(evidence_in(pack))) == 3


def test_names_without_an_ending_are_numbered_in_their_own_folder(round: Round, ask: Ask) -> None:
    for content in (b"1", b"2"):
        prove(ask, "คำสั่ง", content)
    assert {str(PurePosixPath(path).parent) for path in evidence_in(packed(round))} == {"หลักฐาน/P1/P1.1/farms"}


def test_the_same_file_under_two_rows_lies_under_both(round: Round, ask: Ask) -> None:
    other = accepted(round, ask.agency, "P2.2", True, provider="own")
    prove(ask, "ก.pdf", b"same")
    prove(other, "ก.pdf", b"same")
    assert [path.split("/")[2] for path in evidence_in(packed(round))] == ["P1.1", "P2.2"]


def test_offices_with_one_name_do_not_mix(round: Round, ask: Ask) -> None:
    twin = accepted(round, make_agency(round.body, ask.agency.name, code="twin"), "P1.1", True)
    prove(ask, "ก.pdf", b"farms")
    prove(twin, "ก.pdf", b"twin")
    pack = packed(round)
    assert {path.split("/")[3]: pack.read(path) for path in evidence_in(pack)} == {"farms": b"farms", "twin": b"twin"}


def test_what_was_taken_away_is_not_handed_on(round: Round, ask: Ask) -> None:
    prove(ask, "ผิดฉบับ.pdf", b"wrong")
    EvidenceLink.objects.update(removed_by=make_person(), removed_at=AT)
    assert evidence_in(packed(round)) == []


def test_the_manifest_is_true_for_papers_and_evidence(round: Round, ask: Ask, tmp_path: Path) -> None:
    prove(ask, "ก.pdf", b"content")
    paper = tmp_path / "รายงาน.pdf"
    paper.write_bytes(b"paper")
    pack = packed(round, paper)
    told = {row["path"]: (row["size"], row["sha256"]) for row in table(pack, MANIFEST)}
    assert told == {
        name: (str(len(pack.read(name))), hashlib.sha256(pack.read(name)).hexdigest())
        for name in ("รายงาน.pdf", "หลักฐาน/P1/P1.1/farms/ก.pdf", LINKS, MISSING)
    }


def test_links_are_listed_with_row_office_and_address(round: Round, ask: Ask) -> None:
    prove(ask, "ประกาศ")
    (row,) = table(packed(round), LINKS)
    assert row == {
        "code": "P1.1",
        "agency": "สำนักงานเกษตรจังหวัดเชียงใหม่",
        "name": "ประกาศ",
        "url": "https://www.chiangmai.go.th/a.pdf",
    }


@pytest.mark.parametrize("text", ["=1+1", "+66", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_no_cell_of_the_lists_is_a_formula(round: Round, text: str) -> None:
    prove(accepted(round, make_agency(round.body, text), "P1.1", True), text)
    (row,) = table(packed(round), LINKS)
    assert (row["agency"], row["name"]) == (f"'{text}", f"'{text.strip()}")


def test_commas_quotes_and_line_breaks_stay_in_their_cell(round: Round, ask: Ask) -> None:
    name = 'ก, "ข"\nค; ง'
    prove(ask, name)
    (row,) = table(packed(round), LINKS)
    assert row["name"] == name


def test_an_empty_round_has_three_lists_with_their_heads(round: Round) -> None:
    pack = packed(round)
    assert pack.namelist() == [LINKS, MISSING, MANIFEST]
    assert (table(pack, LINKS), table(pack, MISSING)) == ([], [])
    assert [row["path"] for row in table(pack, MANIFEST)] == [LINKS, MISSING]


def test_progress_is_told_after_every_file_and_ends_at_all(round: Round, ask: Ask) -> None:
    for number in range(5):
        prove(ask, f"{number}.pdf", str(number).encode())
    steps: list[tuple[int, int]] = []
    b"".join(archive(source_of(round), [], lambda done, of: steps.append((done, of))))
    assert steps == [(number, 8) for number in range(1, 9)]


def hurt(evidence: Evidence, how: str) -> None:
    """The disk loses the file, changes a letter of it, or the scanner has not said its word."""
    evidence.refresh_from_db()
    assert evidence.file is not None
    place = place_of(evidence.file.sha256)
    if how == "gone":
        place.unlink()
    elif how == "changed":
        place.chmod(0o644)
        place.write_bytes(b"gone late")
    else:
        StoredFile.objects.filter(pk=evidence.file_id).update(scan=how)


@pytest.mark.parametrize(("how", "why"), [("gone", DAMAGED), ("changed", DAMAGED), (Scan.WAITING, HELD), (Scan.INFECTED, HELD)])
def test_a_file_that_cannot_be_handed_on_is_left_out_and_named(round: Round, ask: Ask, how: str, why: str) -> None:
    hurt(prove(ask, "ก.pdf", b"gone soon"), how)
    prove(ask, "ข.pdf", b"whole")
    pack = packed(round)
    assert [path.rpartition("/")[2] for path in evidence_in(pack)] == ["ข.pdf"]
    assert {"code": "P1.1", "agency": ask.agency.name, "what": "ก.pdf", "why": why} in table(pack, MISSING)


def test_what_is_claimed_without_its_evidence_is_named_by_the_slots_name(round: Round, ask: Ask) -> None:
    found = {(row["what"], row["why"]) for row in table(packed(round), MISSING)}
    assert found == {(slot.name, NO_SLOT) for slot in edition_of(round.survey).by_code["P1.1"].evidence if slot.required}
    assert found


def test_an_address_without_a_file_is_named_as_such(round: Round, ask: Ask) -> None:
    prove(ask, "ประกาศบนเว็บ")
    assert ("ประกาศบนเว็บ", NO_FILE) in {(row["what"], row["why"]) for row in table(packed(round), MISSING)}


def test_the_manifest_says_of_each_piece_what_it_is(round: Round, ask: Ask) -> None:
    evidence = prove(ask, "คำสั่ง.pdf", b"1", issued_on=date(2024, 6, 11))
    Evidence.objects.filter(pk=evidence.pk).update(starts_on=date(2024, 1, 1), ends_on=date(2024, 6, 1))
    (row,) = [row for row in table(packed(round), MANIFEST) if row["code"]]
    assert (row["code"], row["agency"], row["evidence"]) == ("P1.1", ask.agency.name, "คำสั่ง.pdf")
    assert (row["issued_on"], row["period"]) == ("11 มิ.ย. 2567", "1 ม.ค. 2567 ถึง 1 มิ.ย. 2567")


@pytest.mark.parametrize("name", ['ก:ข*?"<>|.pdf', "จบด้วยจุด.", "จบด้วยวรรค "])
def test_windows_can_unpack_every_name(round: Round, ask: Ask, name: str) -> None:
    prove(ask, name, b"content")
    (path,) = evidence_in(packed(round))
    last = path.rpartition("/")[2]
    assert not set(last) & set('<>:"|?*\\') and min(last) >= " " and not last.endswith((".", " "))


def test_names_are_marked_as_unicode_for_windows(round: Round, ask: Ask) -> None:
    prove(ask, "คำสั่ง.pdf", b"content")
    thai = [info for info in packed(round).infolist() if not info.filename.isascii()]
    assert thai and all(info.flag_bits & 0x800 for info in thai)


def test_two_hundred_offices_with_one_name_of_file(round: Round, django_assert_max_num_queries: Any) -> None:
    by = make_person()
    for _ in range(200):
        ask = make_ask(round, code="P1.1", state=AskState.ACCEPTED)
        make_answer(ask, True, by=by)
        make_evidence(ask, "คำสั่ง.pdf")
    Evidence.objects.update(file=keep_made([b"one content"], content_type="application/pdf", at=AT), url="")
    source = source_of(round)
    with django_assert_max_num_queries(1):
        members = gather(source).members
    assert len({member.path for member in members}) == 200
    assert len({member.sha256 for member in members}) == 1
