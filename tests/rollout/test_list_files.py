"""แฟ้มรายชื่อจากโปรแกรมต่าง ๆ: อ่านได้ถูกต้อง หรือบอกเป็นประโยคว่าอ่านไม่ได้ ไม่มีชื่อใดเพี้ยน และข้อผิดทุกข้อบอกตามแถวและคอลัมน์.

Lists as programs really write them: read as they stand or refused in a sentence; no name is ever altered on the way.
"""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Agency
from phrom.rollout.actions.local_governments import ImportRefused, compare, import_local_governments
from phrom.rollout.models import LocalGovernment
from phrom.rollout.table_file import RowProblem, read_table
from phrom.shared.files.kinds import WrongKind
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body, make_member
from tests.factories.rollout import AT, make_programme

HEAD = ["รหัส อปท.", "ประเภท", "ชื่อ", "ชื่ออังกฤษ", "อำเภอ", "รหัสอำเภอ", "รหัสพื้นที่", "ขนาด"]
ROWS = [
    ["5990101", "เทศบาลตำบล", "แม่ริม", "Mae Rim", "แม่ริม", "9901", "990101", "S"],
    ["5990102", "อบต.", "น้ำแพร่", "", "หางดง", "9902", "990102", "M"],
    ["5990103", "เทศบาลเมือง", 'ต้นเปา (เดิม "สันกำแพง")', "Ton Pao, town", "สันกำแพง", "9903", "990103", "L"],
]
NAMES = ["แม่ริม", "น้ำแพร่", 'ต้นเปา (เดิม "สันกำแพง")']


def as_text(rows: list[list[str]] | None = None, divider: str = ",", line: str = "\r\n") -> str:
    """The list as a program writes it."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=divider, lineterminator=line).writerows([HEAD, *(rows or ROWS)])
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp874", "tis-620"])
@pytest.mark.parametrize("divider", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("line", ["\r\n", "\n", "\r"], ids=["windows", "unix", "old mac"])
def test_every_encoding_divider_and_line_end_of_thai_spreadsheets_gives_the_same_rows(
    encoding: str, divider: str, line: str
) -> None:
    text = as_text(divider=divider, line=line)
    marked = encoding.endswith("-bom")
    data = ("\ufeff" + text).encode(encoding.removesuffix("-bom")) if marked else text.encode(encoding)
    read = read_table(data, "รายชื่อ.csv")
    assert read.problems == []
    assert [row.name for row in read.rows] == NAMES
    assert [row.name_en for row in read.rows] == ["Mae Rim", "", "Ton Pao, town"]


@pytest.mark.parametrize(
    "data",
    [
        as_text().encode()[:-1] + b"\xb8\r\n",
        as_text().encode("utf-8-sig").replace("แม่ริม".encode(), b"\xe0\xb9\x81\xff", 1),
        as_text().encode("cp874").replace(b"Mae Rim", b"Mae \x81\xfc", 1),
        b"\xff\xfe" + as_text().encode("utf-16-le") + b"\x00",
        "\ufeff".encode("utf-16-le") + b"\x00\xd8\x00\xd8" + as_text().encode("utf-16-le"),
        as_text().encode("utf-16-le"),
        as_text().encode("utf-32"),
        as_text().encode().replace(b"Mae Rim", b"Mae\x00Rim", 1),
    ],
    ids=[
        "cut in a letter",
        "a broken byte",
        "no thai code page",
        "half a letter",
        "lone halves",
        "utf-16 unmarked",
        "utf-32",
        "nul",
    ],
)
def test_what_cannot_be_read_without_loss_is_refused_in_a_sentence(data: bytes) -> None:
    """Better no list than 211 names of which one is wrong."""
    with pytest.raises(WrongKind) as refused:
        read_table(data, "list.csv")
    assert "ไฟล์" in refused.value.th and refused.value.en


def test_no_name_is_ever_read_with_the_sign_of_a_lost_letter() -> None:
    assert not any("\ufffd" in row.name for row in read_table(as_text().encode("cp874"), "a.csv").rows)


@pytest.mark.parametrize("above", ["รายชื่อองค์กรปกครองส่วนท้องถิ่น จังหวัดเชียงใหม่", "รายชื่อ, ปรับปรุง 1 มิ.ย. 2567", "sep=;"])
def test_lines_above_the_head_do_not_decide_what_divides_the_columns(above: str) -> None:
    data = f"{above}\r\n\r\n{as_text(divider=';')}".encode("utf-8-sig")
    assert [row.name for row in read_table(data, "a.csv").rows] == NAMES


def test_thai_digits_in_every_code_are_the_same_code() -> None:
    thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    rows = [[row[0].translate(thai), *row[1:5], row[5].translate(thai), row[6].translate(thai), row[7]] for row in ROWS]
    again = [(row.dla_code, row.district_code, row.geocode) for row in read_table(as_text(rows).encode(), "a.csv").rows]
    assert again == [(row[0], row[5], row[6]) for row in ROWS]


def test_codes_that_differ_only_in_the_case_of_a_letter_are_the_same_code() -> None:
    rows = [["A1", "อบต.", "ก"], ["a1", "อบต.", "ข"]]
    assert [(each.row, each.column) for each in read_table(as_text(rows).encode(), "a.csv").problems] == [(3, "รหัส อปท.")]


def planted() -> tuple[list[list[str]], list[tuple[int, str]]]:
    """Forty rows with one fault each among sixty good ones, and where each fault must be told."""
    rows, expected = [], []
    for place in range(100):
        row = [f"7{place:04}", "อบต.", f"ตัวอย่าง {place}", "", "แม่ริม", "", "", ""]
        number = place + 2
        if place >= 60:
            fault, what = place % 8, place
            column = ["รหัส อปท.", "รหัส อปท.", "รหัส อปท.", "ประเภท", "ประเภท", "ชื่อ", "ชื่อ", "อำเภอ"][fault]
            at = HEAD.index(column)
            row[at] = ["", f"7{what:04}/ก", f"7{what - 60:04}", "", "เทศบาลมหานคร", "", "ก" * 251, "อ" * 101][fault]
            expected.append((number, column))
        rows.append(row)
    return rows, expected


def test_forty_faults_are_all_told_by_row_and_column_each_with_what_to_do() -> None:
    rows, expected = planted()
    read = read_table(as_text(rows).encode("cp874"), "a.csv")
    assert len(expected) == 40
    assert Counter((each.row, each.column) for each in read.problems) == Counter(expected)
    assert [each.row for each in read.problems] == sorted(each.row for each in read.problems)
    assert all("กรุณา" in each.text and len(each.text) < 200 for each in read.problems)


@pytest.mark.django_db
def test_the_page_shows_all_forty_and_writes_nothing(client: Client) -> None:
    programme = make_programme()
    client.force_login(make_member(programme.body, "coordinator"), backend="phrom.agencies.signin.backend.PersonBackend")
    before, told = Agency.objects.count(), AuditEvent.objects.count()
    rows, expected = planted()
    file = SimpleUploadedFile("รายชื่อ.csv", as_text(rows).encode("utf-8-sig"))
    answer = client.post(reverse("offices_import", args=[programme.pk]), {"file": file})
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 422 and "พบ 40 จุดที่ต้องแก้ในไฟล์ ยังไม่มีอะไรถูกบันทึก" in page
    for row, column in expected:
        assert f'แถวที่ {row} </th> <td class="govuk-table__cell" data-label="คอลัมน์">{column}</td>' in page
    assert 'name="rows"' not in page
    assert (Agency.objects.count(), AuditEvent.objects.count()) == (before, told)


@pytest.mark.django_db
def test_a_broken_file_is_told_beside_its_field_and_the_page_stays(client: Client) -> None:
    programme = make_programme()
    client.force_login(make_member(programme.body, "coordinator"), backend="phrom.agencies.signin.backend.PersonBackend")
    file = SimpleUploadedFile("list.csv", as_text().encode()[:-1] + b"\xb8\r\n")
    answer = client.post(reverse("offices_import", args=[programme.pk]), {"file": file})
    assert answer.status_code == 422
    assert "govuk-error-message" in answer.content.decode() and "อ่านไฟล์" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("again", ["utf-8", "cp874", "utf-16"])
def test_the_same_list_from_another_program_changes_nothing(again: str) -> None:
    body = make_body()
    by = make_member(body, "coordinator")
    import_local_governments(body=body, rows=read_table(as_text().encode(), "a.csv").rows, by=by, at=AT)
    kept = list(LocalGovernment.objects.values())
    done = import_local_governments(body=body, rows=read_table(as_text().encode(again), "b.csv").rows, by=by, at=AT)
    assert (done.new, done.changed, done.missing, done.same) == ((), (), (), 3)
    assert list(LocalGovernment.objects.values()) == kept


@pytest.mark.django_db
def test_a_code_taken_by_an_office_that_is_in_no_list_is_refused_and_nothing_is_half_done() -> None:
    body = make_body()
    Agency.objects.create(code="lgo-5990103", name="ซ้ำ", kind="regional", body=body)
    before = AuditEvent.objects.count()
    with pytest.raises(Refusal) as refused:
        import_local_governments(body=body, rows=read_table(as_text().encode(), "a.csv").rows, by=None, at=AT)
    assert "5990103" in refused.value.th
    assert not LocalGovernment.objects.exists() and AuditEvent.objects.count() == before


@pytest.mark.django_db
def test_a_row_of_another_province_is_refused_with_its_row_number() -> None:
    rows = read_table(as_text().encode(), "a.csv").rows
    import_local_governments(body=make_body(), rows=rows[2:], by=None, at=AT)
    with pytest.raises(ImportRefused) as refused:
        compare(make_body(), rows)
    assert "แถวที่ 4" in refused.value.th and "Row 4" in refused.value.en


def test_a_problem_is_a_value_that_a_page_can_show() -> None:
    assert read_table("รหัส อปท.,ประเภท,ชื่อ\n,อบต.,ก\n".encode(), "a.csv").problems == [
        RowProblem(2, "รหัส อปท.", "ยังว่างอยู่ กรุณากรอก")
    ]
