"""แนบหลายไฟล์พร้อมกัน: 200 ไฟล์ชื่อปนกันเข้าข้อเอง ส่งซ้ำไม่เก็บซ้ำ และไฟล์อันตราย 50 ไฟล์ไม่ถูกรับ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from ruamel.yaml import YAML

from phrom.shared.files.models import StoredFile
from phrom.survey.models import Ask, AskState, Evidence, EvidenceLink, Round
from tests.factories.agencies import make_agency, make_member
from tests.factories.survey import AT, make_ask, make_round
from tests.shared.files import specimens

pytestmark = pytest.mark.django_db
TABLE = YAML(typ="safe", pure=True).load(Path(__file__).with_name("bulk.yaml").read_text("utf-8"))
JSON = {"Accept": "application/json"}


@pytest.fixture
def asks(client: Client) -> dict[str, Ask]:
    """Every row but P1.5 put to one agency, P1.4 sent; its official is signed in."""
    round = make_round()
    agency = make_agency(round.body)
    codes = ("P1.1", "P1.2", "P1.3", "P1.4", "P2.1.1", "P2.1.2", "P2.2", "P2.2.1")
    made = {code: make_ask(round, agency, code, AskState.SUBMITTED if code == "P1.4" else AskState.OPEN) for code in codes}
    client.force_login(make_member(agency))
    return made


def content_of(name: str) -> bytes:
    """A real small file of the kind that its name says, another one for each name."""
    mark = name.encode()
    return {
        "pdf": lambda: specimens.pdf(b"%" + mark + b"\n"),
        "docx": lambda: specimens.office("docx", ("word/note.xml", b"<a>" + mark + b"</a>")),
        "xlsx": lambda: specimens.office("xlsx", ("xl/note.xml", b"<a>" + mark + b"</a>")),
        "png": lambda: specimens.png(1 + int("".join(filter(str.isdigit, name))), 3),
        "txt": lambda: mark,
    }[name.rpartition(".")[2]]()


def expected() -> list[tuple[str, bytes, dict[str, Any]]]:
    """Name, content and fate of each of the 150 files."""
    files = []
    for case in TABLE:
        for n in range(1, case["จำนวน"] + 1):
            name = case["ไฟล์"].format(n=n)
            files.append((name, content_of(case.get("เนื้อหาเดียวกับ", case["ไฟล์"]).format(n=n)), case))
    return files


HOSTILE = [(f"P1.3 {name}", content) for name, content in specimens.HOSTILE if name != ".pdf"][:50]


def send(client: Client, asks: dict[str, Ask], files: list[tuple[str, bytes]], **more: Any) -> Any:
    ask = asks["P1.1"]
    posted = {"files": [SimpleUploadedFile(name, content) for name, content in files]}
    return client.post(reverse("bulk", args=[ask.round_id, ask.agency_id]), posted, **more)


def fates(told: Any) -> dict[str, str]:
    return {line.name: line.word for line in told.context["page"].lines}


WORDS = {"filed": "แนบแล้ว", "duplicate": "มีอยู่แล้ว", "unknown": "ยังไม่รู้ข้อ", "conflict": "แนบในข้อนั้นไม่ได้", "refused": "ไม่รับ"}


def test_two_hundred_files_of_mixed_names_are_filed_as_the_table_says_and_again_are_all_duplicates(
    client: Client, asks: dict[str, Ask]
) -> None:
    files = [(name, content) for name, content, _ in expected()]
    assert len(files) + len(HOSTILE) == 200
    told = send(client, asks, files + HOSTILE)
    wanted = {name: WORDS[case["ผล"]] for name, _, case in expected()} | {name: WORDS["refused"] for name, _ in HOSTILE}
    assert fates(told) == wanted
    links = {(link.evidence.name, link.ask.code, link.slot) for link in EvidenceLink.objects.select_related("evidence", "ask")}
    assert links == {(name, case["ข้อ"], case.get("รายการ", "")) for name, _, case in expected() if case["ผล"] == "filed"}
    assert Evidence.objects.count() == 145  # 150 without the five copies
    assert StoredFile.objects.count() == 145
    again = send(client, asks, files + HOSTILE)
    assert set(fates(again).values()) == {WORDS["duplicate"], WORDS["refused"]}
    assert [name for name, word in fates(again).items() if word == WORDS["refused"]] == [name for name, _ in HOSTILE]
    assert (Evidence.objects.count(), EvidenceLink.objects.count(), StoredFile.objects.count()) == (145, 90, 145)


def test_each_line_says_why_and_what_is_not_filed_offers_the_rows(client: Client, asks: dict[str, Ask]) -> None:
    cases = {case["ไฟล์"].format(n=1): case for case in TABLE}
    told = send(
        client, asks, [(name, content_of(case.get("เนื้อหาเดียวกับ", case["ไฟล์"]).format(n=1))) for name, case in cases.items()]
    )
    for line in told.context["page"].lines:
        assert cases[line.name].get("เพราะ", "") in line.words
        assert line.open is (cases[line.name]["ผล"] in ("unknown", "conflict"))
    page = told.content.decode()
    assert page.count('name="back" value="bulk"') == sum(case["ผล"] in ("unknown", "conflict") for case in TABLE)
    assert "เป็นหลักฐาน" not in page
    assert f'<option value="{asks["P1.4"].pk}">' not in page  # a sent row takes nothing


def test_hostile_files_leave_nothing_behind(client: Client, asks: dict[str, Ask]) -> None:
    before = sorted(path for path in Path(settings.PHROM_FILES).rglob("*") if path.is_file())
    told = send(client, asks, HOSTILE)
    assert set(fates(told).values()) == {WORDS["refused"]}
    assert all("ไฟล์" in line.words and line.evidence_id == 0 for line in told.context["page"].lines)
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert sorted(path for path in Path(settings.PHROM_FILES).rglob("*") if path.is_file()) == before


def test_what_was_not_filed_is_put_under_a_row_from_the_page(client: Client, asks: dict[str, Ask]) -> None:
    send(client, asks, [("รายงานประจำปี.pdf", specimens.pdf())])
    piece, ask = Evidence.objects.get(), asks["P1.3"]
    page = client.get(reverse("bulk", args=[ask.round_id, ask.agency_id]))
    assert "ยังไม่อยู่ใต้ข้อใด" in page.content.decode()
    done = client.post(reverse("library_use", args=[piece.pk]), {"ask": ask.pk, "back": "bulk"}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("bulk", args=[ask.round_id, ask.agency_id])
    assert "ยังไม่อยู่ใต้ข้อใด" not in done.content.decode()
    assert EvidenceLink.objects.get().ask == ask


def test_a_file_that_lies_in_the_library_is_used_and_not_kept_again(client: Client, asks: dict[str, Ask]) -> None:
    send(client, asks, [("รายงาน.pdf", specimens.pdf())])
    told = send(client, asks, [("P1.3 รายงาน.pdf", specimens.pdf()), ("P2.1.1 รายงาน.pdf", specimens.pdf())])
    assert set(fates(told).values()) == {WORDS["filed"]}
    assert (Evidence.objects.count(), EvidenceLink.objects.count()) == (1, 2)


def test_with_script_each_file_is_answered_with_its_line(client: Client, asks: dict[str, Ask]) -> None:
    told = send(client, asks, [("P1.3 <b>หนา.pdf", specimens.pdf())], headers=JSON)
    assert "P1.3 &lt;b&gt;หนา.pdf" in told.json()["html"]
    assert "แนบในข้อ P1.3 แล้ว" in told.json()["html"]


def test_nothing_chosen_and_a_frozen_round_are_sentences(client: Client, asks: dict[str, Ask]) -> None:
    assert send(client, asks, [], headers=JSON).status_code == 422
    Round.objects.update(frozen_at=AT, frozen_by=make_member(asks["P1.1"].agency))
    assert send(client, asks, [("P1.3 ก.pdf", specimens.pdf())], headers=JSON).status_code == 409
    assert StoredFile.objects.count() == 0
    page = client.get(reverse("bulk", args=[asks["P1.1"].round_id, asks["P1.1"].agency_id])).content.decode()
    assert "รอบนี้ปิดแล้ว" in page and "แนบทั้งหมด" not in page


def test_another_agency_has_no_such_page(client: Client, asks: dict[str, Ask]) -> None:
    ask = make_ask(asks["P1.1"].round)
    assert client.get(reverse("bulk", args=[ask.round_id, ask.agency_id])).status_code == 404


def test_the_page_costs_the_same_with_much_and_with_little(client: Client, asks: dict[str, Ask]) -> None:
    counted = []
    for files in (1, 40):
        send(client, asks, [(f"เล่ม {n}.pdf", specimens.pdf(b"%" + str((files, n)).encode() + b"\n")) for n in range(files)])
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("bulk", args=[asks["P1.1"].round_id, asks["P1.1"].agency_id]))
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 12
