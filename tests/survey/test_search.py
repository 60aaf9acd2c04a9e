"""The one box: what I may see is found by any part of a word, with its place; what is others' is neither shown nor counted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Person
from phrom.letters.actions.finding import keep_letter_findable
from phrom.letters.actions.receiving import record_by_hand
from phrom.letters.arrived import Arrived
from phrom.letters.models import Via
from phrom.shared.files.models import FileText, Scan, StoredFile, TextState
from phrom.shared.files.words import key_of
from phrom.shared.thai.clock import local_date
from phrom.survey.models import Evidence
from phrom.survey.pages.search import FIRST, PER_PAGE, Group, SearchPage, search_page
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.letters import make_clerk, make_office, make_secret
from tests.factories.survey import make_answer, make_ask, make_round
from tests.factories.texts import make_texts
from tests.house.cast import BACKEND

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def look(person: Person, typed: str, only: str = "", page: int = 1) -> SearchPage:
    return search_page(access_of(person, local_date(NOW)), NOW, typed=typed, only=only, page=page)


def group(person: Person, key: str, typed: str, **more: Any) -> Group | None:
    return next((each for each in look(person, typed, **more).groups if each.key == key), None)


def titles(person: Person, key: str, typed: str) -> list[str]:
    found = group(person, key, typed)
    return [hit.title for hit in found.hits] if found else []


def bring(agency: Agency, name: str, text: str = "", number: int = 0, **more: Any) -> Evidence:
    """Evidence of an agency with a file in which these words were read."""
    owner = make_member(agency, "official")
    file = StoredFile.objects.create(
        sha256=f"{StoredFile.objects.count():064x}", size=1, content_type="application/pdf", stored_at=NOW
    )
    if text:
        FileText.objects.create(file=file, state=TextState.READ, text=text, key=key_of(text), at=NOW)
    return Evidence.objects.create(agency=agency, name=name, file=file, added_by=owner, added_at=NOW, **more)


@pytest.fixture
def body() -> Agency:
    return make_body()


def test_rows_by_code_and_by_their_words(body: Agency) -> None:
    agency = make_agency(body)
    ask = make_ask(make_round(body), agency, "P1.1")
    official = make_member(agency, "official")
    for typed in ("P1.1", "p1.1", "p๑.๑", "ดำเนินการตาม"):
        found = group(official, "row", typed)
        assert found, typed
        assert [hit.title.split()[0] for hit in found.hits] == ["P1.1"]
        assert found.hits[0].url.endswith(f"#a{ask.pk}")
    assert group(official, "row", "P2.1.1") is None  # it is not asked of this agency


def test_answers_in_words_with_their_place(body: Agency) -> None:
    agency, neighbour = make_agency(body), make_agency(body)
    round = make_round(body)
    for whose, said in ((agency, "ใช้โดรนสำรวจแปลงนา"), (neighbour, "ใช้โดรนพ่นยา")):
        make_answer(make_ask(round, whose, "P1.3"), said)
    official, coordinator = make_member(agency, "official"), make_member(body, "coordinator")
    mine = group(official, "answer", "โดรน")
    assert mine
    assert mine.count == 1
    assert mine.hits[0].place
    assert (mine.hits[0].place.before, mine.hits[0].place.hit, mine.hits[0].place.after) == ("ใช้", "โดรน", "สำรวจแปลงนา")
    everybody = group(coordinator, "answer", "โดรน")
    assert everybody
    assert everybody.count == 2


def test_evidence_by_name_by_letter_number_and_by_the_words_in_it(body: Agency) -> None:
    agency = make_agency(body)
    official = make_member(agency, "official")
    bring(agency, "คำสั่งแต่งตั้ง ๒๕๖๗.pdf", "หน้าปก\fธรรมาภิบาลข้อมูล\nภาครัฐ\f", letter="ชม 0017.2/ว 1234")
    for typed in ("แต่งตั้ง 2567", "ว ๑๒๓๔", "0017.2", "ธรรมาภิบาลข้อมูลภาครัฐ", "แต่งตั้ง ธรรมา", "ข้", "ภ"):
        assert titles(official, "evidence", typed) == ["คำสั่งแต่งตั้ง ๒๕๖๗.pdf"], typed
    found = group(official, "evidence", "ข้อมูลภาครัฐ")
    assert found
    place = found.hits[0].place
    assert place
    assert (place.page, place.hit) == (2, "ข้อมูล ภาครัฐ")
    assert titles(official, "evidence", "แต่งตั้ง ไม่มี") == []


def test_evidence_of_others_only_when_shared_and_never_counted_otherwise(body: Agency) -> None:
    agency, neighbour, abroad = make_agency(body), make_agency(body), make_agency(make_body(name="จังหวัดลำพูน"))
    official, coordinator = make_member(agency, "official"), make_member(body, "coordinator")
    sharer = make_member(neighbour, "official")
    bring(agency, "ของเรา.pdf", "แผนแม่บทดิจิทัล")
    bring(neighbour, "ของเขา.pdf", "แผนแม่บทดิจิทัล")
    bring(neighbour, "ให้ใช้ร่วม.pdf", "แผนแม่บทดิจิทัล", shared_by=sharer, shared_at=NOW)
    bring(abroad, "ต่างจังหวัด.pdf", "แผนแม่บทดิจิทัล", shared_by=make_member(abroad, "official"), shared_at=NOW)
    found = group(official, "evidence", "แม่บทดิจิทัล")
    assert found
    assert found.count == 2
    assert sorted(hit.title for hit in found.hits) == ["ของเรา.pdf", "ให้ใช้ร่วม.pdf"]
    whole = group(coordinator, "evidence", "แม่บทดิจิทัล")
    assert whole
    assert whole.count == 3
    assert "ลำพูน" not in str(look(coordinator, "ลำพูน").groups)


@pytest.mark.parametrize("scan", [Scan.WAITING, Scan.INFECTED])
def test_the_words_of_a_held_file_are_not_shown(body: Agency, scan: str) -> None:
    agency = make_agency(body)
    evidence = bring(agency, "ก.pdf", "ความลับในไฟล์")
    StoredFile.objects.filter(pk=evidence.file_id).update(scan=scan)
    assert titles(make_member(agency, "official"), "evidence", "ความลับ") == []


def test_agencies_open_on_their_newest_sheet(body: Agency) -> None:
    agency = make_agency(body, name="สำนักงานเกษตรจังหวัด")
    make_agency(make_body(), name="สำนักงานเกษตรจังหวัดอื่น")
    round = make_round(body)
    make_ask(round, agency)
    found = group(make_member(body, "coordinator"), "agency", "เกษตร")
    assert found
    assert [(hit.title, hit.url) for hit in found.hits] == [
        ("สำนักงานเกษตรจังหวัด", reverse("answering", args=[round.pk, agency.pk]))
    ]


def test_letters_that_i_may_see_and_never_a_secret_one() -> None:
    office = make_office()
    clerk = make_clerk(office)
    record_by_hand(office=office, arrived=Arrived(via=Via.HAND, from_name="กรม", subject="การประชุมโดรน"), by=clerk, at=NOW)
    keep_letter_findable(make_secret(office, subject="โดรนลับ"))
    outsider = make_member(make_agency(office.agency.body), "official")
    assert titles(clerk, "letter", "โดรน") == ["การประชุมโดรน"]
    assert titles(outsider, "letter", "โดรน") == []


def test_a_kind_alone_is_paged_through(body: Agency) -> None:
    agency = make_agency(body)
    official = make_member(agency, "official")
    for number in range(PER_PAGE + 3):
        bring(agency, f"รายงาน {number}.pdf")
    first = group(official, "evidence", "รายงาน")
    assert first
    assert (first.count, len(first.hits)) == (PER_PAGE + 3, FIRST)
    assert "only=evidence&page=1" in first.more
    pages = [group(official, "evidence", "รายงาน", only="evidence", page=page) for page in (1, 2)]
    assert [len(page.hits) for page in pages if page] == [PER_PAGE, 3]
    assert [bool(page.more) for page in pages if page] == [True, False]
    assert len({hit.url for page in pages if page for hit in page.hits}) == PER_PAGE + 3
    beyond = group(official, "evidence", "รายงาน", only="evidence", page=9_999)
    assert beyond is None or beyond.hits == ()


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200b", "%", "_", '"', "'", "*", "\\", "ก" * 500, "a b c d e f g h i j k l", "\x00ก", "🙂"]
)
def test_anything_may_be_typed(body: Agency, typed: str) -> None:
    agency = make_agency(body)
    bring(agency, "รายงาน.pdf", "เนื้อหา")
    client = Client()
    client.force_login(make_member(agency, "official"), backend=BACKEND)
    for more in ({}, {"only": "evidence", "page": "2"}, {"only": "ผิด", "page": "-1"}, {"page": "๙" * 30}):
        assert client.get(reverse("search"), {"q": typed, **more}).status_code == 200


def test_the_page_marks_the_word_says_what_is_empty_and_keeps_what_was_typed(body: Agency) -> None:
    agency = make_agency(body)
    bring(agency, "<b>รายงาน</b>.pdf", "ก่อน <script>alert(1)</script> ธรรมาภิบาล หลัง")
    client = Client()
    client.force_login(make_member(agency, "official"), backend=BACKEND)
    page = client.get(reverse("search"), {"q": "ธรรมาภิบาล"}).content.decode()
    assert "<mark>ธรรมาภิบาล</mark>" in page
    assert "<script>alert" not in page
    assert 'value="ธรรมาภิบาล"' in page
    empty = client.get(reverse("search"), {"q": "ไม่มีคำนี้"}).content.decode()
    assert "ไม่พบ “ไม่มีคำนี้” ในสิ่งที่ท่านดูได้" in empty
    assert 'class="frame-search"' not in empty  # the page's own box is enough
    assert 'class="frame-search"' in client.get("/").content.decode()


def test_the_queries_do_not_grow(body: Agency, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    round, texts = make_round(body), make_texts(60)
    agencies = [make_agency(body) for _ in range(4)]
    owner = make_member(agencies[0], "official")
    for number, text in enumerate(texts):
        Evidence.objects.create(agency=agencies[number % 4], name=f"{number}.pdf", file=text.file, added_by=owner, added_at=NOW)
    for agency in agencies:
        for code in ("P1.3", "P1.4"):
            make_answer(make_ask(round, agency, code), "https://บริการ.example" if code == "P1.4" else "บริการ")
    coordinator = make_member(body, "coordinator")
    with django_assert_max_num_queries(16):
        assert look(coordinator, "บริการ").count > 20
