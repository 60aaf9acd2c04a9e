"""An agency's workbook: filled offline, brought back, told line by line, applied as a whole or not at all."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Person
from phrom.rules.instrument.model import Choice, Detail, Edition, Kind, Merge, Points
from phrom.shared.files.kinds import WrongKind
from phrom.shared.journal.models import AuditEvent
from phrom.survey.models import Answer, AnswerVersion, Ask, AskState, Round
from phrom.survey.pages.answering import sheet_for
from phrom.survey.pages.workbook import Preview, all_workbooks, name_of, preview_of, workbook_file
from phrom.survey.workbook.shape import ANSWER, CANNOT, CODE, DETAIL, PROVIDER, VERSION
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.survey import (
    AT,
    make_answer,
    make_ask,
    make_evidence,
    make_extension,
    make_round,
    other_edition,
    row,
    tiny_edition,
)
from tests.survey.filling import Failed, filled, parts, rewritten, row_of, tables, with_rows, without_row

BACKEND = "phrom.agencies.signin.backend.PersonBackend"
CHOICES = (Choice(code="ai", text="ปัญญาประดิษฐ์ (AI)"), Choice(code="iot", text="IoT"))


@cache
def wide_edition() -> Edition:
    """Twenty-eight asked rows of every kind, so that thirty mistakes fit into different cells."""
    worth = {"points": Points(out_of=Decimal(1))}
    rows = (
        row("P1.1", Kind.YES_NO),
        row("P1.2", Kind.MANY, choices=CHOICES, merge=Merge.UNION),
        row("P1.3", Kind.TEXT, merge=Merge.TEXT),
        row("P1.4", Kind.URL),
        row("P1.5", Kind.DATE),
        row("P1.6", Kind.COUNT, merge=Merge.SUM),
        row("P1.7", Kind.PERCENT, merge=Merge.OWNER),
        row("P1.8", Kind.YES_NO, beyond_parent_department=True, detail=Detail(kind=Kind.TEXT, label="โปรดระบุ")),
        row("P1.9", Kind.YES_NO, detail=Detail(kind=Kind.PERCENT, label="ร้อยละ")),
        row("P1.10", Kind.YES_NO, detail=Detail(kind=Kind.YES_NO, label="มีการวัดผลหรือไม่")),
        *(row(f"P1.{number}", Kind.YES_NO) for number in (11, 12, 13, 14)),
        *(row(f"P1.{number}", Kind.COUNT, merge=Merge.SUM) for number in (15, 16, 17)),
        row("P1.18", Kind.TEXT, merge=Merge.TEXT),
        row("P1.19", Kind.DATE),
        row("P1.20", Kind.YES_NO),
        row("P1.21", Kind.YES_NO),
        row("P1.22", Kind.MANY, choices=CHOICES, merge=Merge.UNION),
        row("P1.23", Kind.URL),
        row("P2.1", Kind.HEADING, "Service Provision"),
        row("P2.1.1", Kind.COUNT, "Service Provision", merge=Merge.SUM),
        row("P2.1.2", Kind.YES_NO, "Service Provision"),
        row("P2.1.3", Kind.PERCENT, "Service Provision", merge=Merge.OWNER),
        row("P2.1.4", Kind.YES_NO, "Service Provision", **worth),
    )
    return other_edition(tiny_edition(), id="wide-2567", rows=rows)


@dataclass
class Office:
    """An agency with every row but P1.20 put to it, and somebody who answers."""

    round: Round
    agency: Agency
    official: Person
    asks: dict[str, Ask]

    def download(self) -> bytes:
        return workbook_file(self.sheet())[0]

    def sheet(self) -> Any:
        return sheet_for(access_of(self.official, AT.date()), "answer.edit", self.round.pk, self.agency.pk)

    def preview(self, data: bytes) -> Preview:
        return preview_of(self.sheet(), data)

    @property
    def take(self) -> str:
        return reverse("workbook_take", args=[self.round.pk, self.agency.pk])

    @property
    def url(self) -> str:
        return reverse("workbook", args=[self.round.pk, self.agency.pk])


@pytest.fixture
def office(db: None) -> Office:
    body = make_body()
    round, agency = make_round(body, wide_edition()), make_agency(body)
    asked = [question.code for question in wide_edition().asked_rows if question.code != "P1.20"]
    return Office(round, agency, make_member(agency), {code: make_ask(round, agency, code) for code in asked})


@pytest.fixture
def page(client: Client, office: Office) -> Client:
    client.force_login(office.official, backend=BACKEND)
    return client


def upload(data: bytes, name: str = "แบบกรอก.xlsx") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def stored(office: Office) -> dict[str, tuple[int, Any]]:
    found = Answer.objects.filter(ask__agency=office.agency).select_related("ask")
    return {answer.ask.code: (answer.version, answer.content) for answer in found}


def counts() -> tuple[int, int, int]:
    return Answer.objects.count(), AnswerVersion.objects.count(), AuditEvent.objects.count()


def content(value: Any = None, detail: Any = None, provider: str = "", cannot: str = "") -> dict[str, Any]:
    return {"value": value, "detail": detail, "provider": provider, "cannot": cannot}


WRONG: dict[tuple[str, str], Any] = {
    ("P1.1", ANSWER): "อาจจะมี",
    ("P1.1", DETAIL): "ข้อนี้ไม่มีรายละเอียด",
    ("P1.1", PROVIDER): "หน่วยงานจัดทำเอง",
    ("P1.2", ANSWER): "AI และ IoT",
    ("P1.2:ai", ANSWER): "เลือกแน่นอน",
    ("P1.2:iot", DETAIL): "เขียนผิดแถว",
    ("P1.3", ANSWER): "ยาว" * 3334,
    ("P1.4", ANSWER): "www.chiangmai.go.th",
    ("P1.5", ANSWER): "31/2/2567",
    ("P1.6", ANSWER): "ห้าบริการ",
    ("P1.7", ANSWER): 101,
    ("P1.8", PROVIDER): "ผู้รับจ้าง",
    ("P1.9", DETAIL): "ร้อยละ 120",
    ("P1.10", DETAIL): "บ้าง",
    ("P1.11", CANNOT): "ไม่มีเวลา",
    ("P1.12", VERSION): "หนึ่ง",
    ("P1.13", VERSION): 9,
    ("P1.14", ANSWER): "มี",  # sent already
    ("P1.15", ANSWER): -3,
    ("P1.16", ANSWER): 2.5,
    ("P1.17", ANSWER): 2_000_000,
    ("P1.18", ANSWER): "เสียง\x07กระดิ่ง",
    ("P1.19", ANSWER): "เมื่อวาน",
    ("P1.21", ANSWER): Failed(),
    ("P1.22", ANSWER): "ไม่มีรายการใด",
    ("P1.23", ANSWER): "ftp://chiangmai.go.th",
    ("P2.1", ANSWER): "มี",
    ("P2.1.3", ANSWER): "12.345",
}
RIGHT_BESIDE = {("P1.11", ANSWER): "มี", ("P1.22:ai", ANSWER): "เลือก"}
ADDED = ({CODE: "P9.9"}, {CODE: "P1.1"}, {ANSWER: "มี"}, {CODE: "P2.1.1"}, {CODE: "P1.20"}, {CODE: "P1.2:vr"})


def planted(data: bytes) -> tuple[bytes, set[tuple[str, int, str]]]:
    """The workbook with mistakes, and where each of them stands."""
    last = len(tables(data)["P1"])
    data = without_row(with_rows(data, "P1", *ADDED), "P2.1.2")
    wrong = {(*row_of(data, code), title) for code, title in WRONG} | {("P2", 0, CODE)}
    wrong |= {("P1", last + place, CODE) for place in range(1, len(ADDED) + 1)}
    return filled(data, WRONG | RIGHT_BESIDE), wrong


def test_thirty_planted_errors_are_told_at_sheet_row_and_column_and_nothing_is_written(page: Client, office: Office) -> None:
    Ask.objects.filter(pk=office.asks["P1.14"].pk).update(state=AskState.SUBMITTED)
    before = counts()
    data, wrong = planted(office.download())
    preview = office.preview(data)
    found = [(problem.sheet, problem.row, problem.column) for problem in preview.problems]
    assert len(wrong) == 35
    assert set(found) == wrong and len(found) == len(wrong)
    assert found == sorted(found, key=lambda each: each[:2])
    assert all(problem.th and problem.en for problem in preview.problems)
    answer = page.post(office.take, upload(data))
    shown = " ".join(answer.content.decode().split())
    assert answer.status_code == 422 and "พบ 35 จุดที่ต้องแก้ในไฟล์ ยังไม่มีอะไรถูกบันทึก" in shown
    for sheet, line, title in wrong:
        if line:
            assert f'{sheet} แถวที่ {line} </th> <td class="govuk-table__cell" data-label="คอลัมน์">{title}</td>' in shown
    assert 'name="rows"' not in shown and counts() == before


GOOD: dict[tuple[str, str], Any] = {
    ("P1.1", ANSWER): "มี",
    ("P1.2:ai", ANSWER): "เลือก",
    ("P1.3", ANSWER): "=1+1 คือข้อความ\nไม่ใช่สูตร",
    ("P1.4", ANSWER): "https://www.chiangmai.go.th",
    ("P1.5", ANSWER): "๑๑ มิ.ย. ๖๗",
    ("P1.6", ANSWER): "๑,๒๐๐",
    ("P1.7", ANSWER): 12.5,
    ("P1.8", ANSWER): "มี",
    ("P1.8", DETAIL): "ระบบจองคิว",
    ("P1.8", PROVIDER): "หน่วยงานจัดทำเอง",
    ("P1.9", ANSWER): "มี",
    ("P1.9", DETAIL): "๓๓.๓๓%",
    ("P1.10", ANSWER): "ไม่มี",
    ("P1.10", DETAIL): "ไม่มี",
    ("P1.11", CANNOT): "อยู่ระหว่างจัดทำ",
    ("P1.15", ANSWER): 0,
    ("P1.19", ANSWER): date(2024, 6, 11),
    ("P1.22", ANSWER): "ไม่มีรายการใด",
    ("P2.1.1", ANSWER): "12",
}
WRITTEN = {
    "P1.1": content(True),
    "P1.2": content(["ai"]),
    "P1.3": content("=1+1 คือข้อความ\nไม่ใช่สูตร"),
    "P1.4": content("https://www.chiangmai.go.th"),
    "P1.5": content("2024-06-11"),
    "P1.6": content(1200),
    "P1.7": content("12.5"),
    "P1.8": content(True, "ระบบจองคิว", "own"),
    "P1.9": content(True, "33.33"),
    "P1.10": content(False, False),
    "P1.11": content(cannot="อยู่ระหว่างจัดทำ"),
    "P1.15": content(0),
    "P1.19": content("2024-06-11"),
    "P1.22": content([]),
    "P2.1.1": content(12),
}


def apply(page: Client, office: Office, data: bytes, **more: Any) -> Any:
    shown = page.post(office.take, upload(data))
    assert shown.status_code == 200
    form = {"rows": shown.context["page"].preview.sealed, "once": "workbook-test-0123456789", **more}
    return page.post(office.take, form)


def test_corrected_it_writes_exactly_what_it_says(page: Client, office: Office) -> None:
    before = AuditEvent.objects.count()
    answer = apply(page, office, filled(office.download(), GOOD))
    assert answer.status_code == 302 and answer["Location"] == reverse("answering", args=[office.round.pk, office.agency.pk])
    assert stored(office) == {code: (1, said) for code, said in WRITTEN.items()}
    assert AnswerVersion.objects.filter(by=office.official).count() == len(WRITTEN)
    told = list(AuditEvent.objects.order_by("id")[before:].values_list("event", flat=True))
    assert told == ["answers.saved", "workbook.applied"]


def test_what_was_written_comes_out_again_and_changes_nothing(page: Client, office: Office) -> None:
    apply(page, office, filled(office.download(), GOOD))
    again = office.preview(office.download())
    assert (again.problems, again.fresh, again.changed, again.conflicts) == ((), (), (), ())
    assert again.unchanged == len(office.asks) and not again.sealed


def test_sending_the_same_form_twice_writes_once(page: Client, office: Office) -> None:
    data = filled(office.download(), GOOD)
    sealed = page.post(office.take, upload(data)).context["page"].preview.sealed
    form = {"rows": sealed, "once": "workbook-test-9876543210"}
    first, second = page.post(office.take, form), page.post(office.take, form)
    assert first["Location"] == second["Location"]
    assert AuditEvent.objects.filter(event="workbook.applied").count() == 1


def test_the_preview_tells_new_changed_and_unchanged_with_both_texts(office: Office) -> None:
    make_answer(office.asks["P1.1"], False)
    make_answer(office.asks["P1.3"], "ข้อความเดิม")
    make_answer(office.asks["P1.6"], 5)
    data = filled(office.download(), {("P1.1", ANSWER): "มี", ("P1.4", ANSWER): "https://a.go.th", ("P1.6", ANSWER): ""})
    preview = office.preview(data)
    assert [(c.question.code, c.before, c.after) for c in preview.changed] == [
        ("P1.1", "ไม่มี", "มี"),
        ("P1.6", "5 รายการ", "ยังไม่ได้ตอบ"),
    ]
    assert [c.question.code for c in preview.fresh] == ["P1.4"]
    assert preview.unchanged == len(office.asks) - 3


def newer(ask: Ask, value: object, by: Person) -> None:
    """Somebody saves a second version meanwhile."""
    said = content(value)
    AnswerVersion.objects.create(ask=ask, version=2, content=said, by=by, at=AT)
    Answer.objects.filter(ask=ask).update(version=2, content=said, by=by)


@pytest.mark.parametrize(("mine", "kept"), [(False, "ในระบบ"), (True, "ในไฟล์")])
def test_a_newer_answer_in_the_system_stays_unless_the_file_is_chosen(
    page: Client, office: Office, mine: bool, kept: str
) -> None:
    ask = office.asks["P1.3"]
    make_answer(ask, "เดิม")
    data = filled(office.download(), {("P1.3", ANSWER): "ในไฟล์", ("P1.1", ANSWER): "มี"})
    newer(ask, "ในระบบ", make_member(office.agency, name="นางสาวฟองจันทร์"))
    preview = office.preview(data)
    (clash,) = preview.conflicts
    assert (clash.before, clash.after, clash.by) == ("ในระบบ", "ในไฟล์", "นางสาวฟองจันทร์")
    apply(page, office, data, **({"mine": str(ask.pk)} if mine else {}))
    assert stored(office)["P1.3"][1]["value"] == kept
    assert stored(office)["P1.1"] == (1, content(True))


def test_a_row_that_nobody_touched_in_the_file_is_no_conflict(office: Office) -> None:
    make_answer(office.asks["P1.3"], "เดิม")
    data = office.download()
    newer(office.asks["P1.3"], "ในระบบ", office.official)
    preview = office.preview(data)
    assert preview.conflicts == () and preview.unchanged == len(office.asks)


def test_when_something_changed_since_looking_nothing_is_written(page: Client, office: Office) -> None:
    data = filled(office.download(), GOOD)
    sealed = page.post(office.take, upload(data)).context["page"].preview.sealed
    make_answer(office.asks["P1.3"], "บันทึกระหว่างนั้น")
    before = counts()
    answer = page.post(office.take, {"rows": sealed, "once": "workbook-test-0123456789"})
    assert answer.status_code == 409 and counts() == before
    assert "ยังไม่ได้บันทึกข้อใดจากไฟล์" in answer.content.decode() and "P1.3" in answer.content.decode()


def test_what_was_shown_cannot_be_altered_or_used_elsewhere(page: Client, office: Office) -> None:
    other = make_agency(office.round.body)
    for code in office.asks:
        make_ask(office.round, other, code)
    make_member(other)
    sealed = page.post(office.take, upload(filled(office.download(), GOOD))).context["page"].preview.sealed
    page.force_login(make_member(other), backend=BACKEND)
    theirs = reverse("workbook_take", args=[office.round.pk, other.pk])
    answer = page.post(theirs, {"rows": sealed, "once": "workbook-test-0123456789"})
    assert answer.status_code == 422 and "ตัวอย่างที่ตรวจไว้หมดอายุ" in answer.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("place", "mark", "said"),
    [(0, "other", "ไม่ใช่แบบกรอก"), (1, "999999", "รอบอื่น"), (2, "zz", "หน่วยงานอื่น"), (3, "f" * 64, "แบบสำรวจเปลี่ยนไป")],
)
def test_a_workbook_of_something_else_is_named(office: Office, place: int, mark: str, said: str) -> None:
    sheets = tables(office.download())
    sheets["phrom"][place][0] = mark
    (problem,) = office.preview(rewritten(sheets)).problems
    assert said in problem.th and (problem.sheet, problem.row) == ("", 0)


def test_a_lost_sheet_and_a_changed_header_are_told(office: Office) -> None:
    sheets = tables(office.download())
    del sheets["P2"]
    sheets["P1"][1][2] = "คำตอบของเรา"
    found = [(p.sheet, p.row, p.column) for p in office.preview(rewritten(sheets)).problems]
    assert found == [("P1", 2, ANSWER), ("P2", 0, "")]


def test_cells_to_fill_are_open_lists_are_offered_and_the_version_is_hidden(office: Office) -> None:
    make_answer(office.asks["P1.3"], '=HYPERLINK("http://evil")')
    make_evidence(office.asks["P1.1"], "คำสั่งที่ 3046-2567.pdf")
    data = office.download()
    sheet = parts(data, r"worksheets/sheet2\.xml")["xl/worksheets/sheet2.xml"]
    assert "<sheetProtection" in sheet and 'type="list"' in sheet and "<f>" not in sheet
    assert 'hidden="1"' in sheet and 'orientation="landscape"' in sheet
    assert 'state="veryHidden"' in parts(data, "xl/workbook.xml")["xl/workbook.xml"]
    cells = tables(data)["P1"]
    said = {line[0]: line for line in cells if line[0]}
    assert said["P1.3"][2] == '=HYPERLINK("http://evil")'
    assert "แนบแล้ว: คำสั่งที่ 3046-2567.pdf" in said["P1.1"][6]
    assert said["P1.2:ai"][1] == "– ปัญญาประดิษฐ์ (AI)"


def test_a_file_saved_by_libreoffice_is_read_the_same(office: Office, tmp_path: Path) -> None:
    make_answer(office.asks["P1.3"], "บรรทัดแรก\nบรรทัดสอง")
    make_answer(office.asks["P1.7"], "12.50")
    make_answer(office.asks["P1.5"], "2024-02-29")
    untouched = office.preview(saved_by_libreoffice(office.download(), tmp_path))
    assert untouched.problems == () and untouched.unchanged == len(office.asks)
    changed = office.preview(saved_by_libreoffice(filled(office.download(), GOOD), tmp_path))
    assert changed.problems == ()
    codes = {c.question.code: c.content for c in (*changed.fresh, *changed.changed)}
    assert codes == WRITTEN


def saved_by_libreoffice(data: bytes, folder: Path) -> bytes:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not on this machine")
    (folder / "in.xlsx").write_bytes(data)
    (folder / "out").mkdir(exist_ok=True)
    told = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*told, "--outdir", folder / "out", folder / "in.xlsx"], check=True, capture_output=True, timeout=120)
    return (folder / "out" / "in.xlsx").read_bytes()


def test_what_is_no_workbook_is_refused_beside_its_field(page: Client, office: Office) -> None:
    with pytest.raises(WrongKind):
        office.preview(b"%PDF-1.7 not a workbook")
    answer = page.post(office.take, upload(b"MZ\x90\x00", "แบบกรอก.xlsx"))
    assert answer.status_code == 422 and "govuk-error-message" in answer.content.decode()
    assert page.post(office.take, {}).status_code == 422


def test_a_closed_round_gives_workbooks_and_takes_none(page: Client, office: Office) -> None:
    data = filled(office.download(), GOOD)
    Round.objects.filter(pk=office.round.pk).update(frozen_by=office.official, frozen_at=AT)
    shown = page.get(office.url).content.decode()
    assert "รอบนี้ปิดแล้ว" in shown and 'type="file"' not in shown
    assert page.post(office.take, upload(data)).status_code == 422
    assert not Answer.objects.exists()


def test_the_coordinator_gets_all_workbooks_in_few_queries(client: Client, office: Office) -> None:
    for _ in range(3):
        other = make_agency(office.round.body)
        make_ask(office.round, other, "P1.1")
    client.force_login(make_member(office.round.body, "coordinator"), backend=BACKEND)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(reverse("workbooks", args=[office.round.pk]))
    assert answer.status_code == 200 and len(queries) <= 10
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 4
        assert all(name.endswith(".xlsx") for name in archive.namelist())
    client.force_login(office.official, backend=BACKEND)
    assert client.get(reverse("workbooks", args=[office.round.pk])).status_code in (403, 404)


def test_the_neighbour_has_no_such_workbook(client: Client, office: Office) -> None:
    client.force_login(make_member(make_agency(office.round.body)), backend=BACKEND)
    assert client.get(office.url).status_code == 404
    assert client.post(office.take, upload(office.download())).status_code == 404


def test_the_file_says_the_agencys_own_last_day(office: Office) -> None:
    """An agency that was given more time reads its own day, alone and among all files; its neighbour reads the round's."""
    neighbour = make_agency(office.round.body)
    make_ask(office.round, neighbour, "P1.1")
    make_extension(office.round, office.agency, until=date(2024, 6, 28))
    coordinator = make_member(office.round.body, "coordinator")
    archive, _ = all_workbooks(access_of(coordinator, AT.date()), office.round.pk)
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        texts = {name[3:]: words_in(files.read(name)) for name in files.namelist()}
    own, other = texts[name_of(office.agency)], texts[name_of(neighbour)]
    for words in (own, words_in(office.download())):
        assert "28 มิ.ย. 2567" in words and "21 มิ.ย. 2567" not in words
    assert "21 มิ.ย. 2567" in other and "28 มิ.ย. 2567" not in other


def words_in(data: bytes) -> str:
    return "\n".join(str(cell) for rows in tables(data).values() for row in rows for cell in row)
