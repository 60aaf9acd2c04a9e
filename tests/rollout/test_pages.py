"""หน้าของการขับเคลื่อน: 211 แห่งกับหนังสือหมื่นฉบับ คำถามต่อฐานข้อมูลไม่เพิ่มตามจำนวน และใครเห็นอะไร.

The drive's pages at full size: queries do not grow, pages stay small; and who sees what.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phrom.agencies.models import Agency, Person
from phrom.rollout.models import Programme, SupportCase
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.rollout import (
    DISTRICTS,
    full_province,
    make_case,
    make_district_officer,
    make_enrolment,
    make_holdback,
    make_local,
    make_party,
    make_programme,
    make_stage,
    make_target,
    make_visit,
    many_letters,
)
from tests.rollout.lists import generated_list

pytestmark = pytest.mark.django_db
KEY = "a-key-that-nobody-used-yet"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="phrom.agencies.signin.backend.PersonBackend")
    return client


def text_of(client: Client, route: str, *arguments: object, ask: str = "") -> str:
    answer = client.get(reverse(route, args=arguments) + ask)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(scope="module")
def province(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Programme, Client]]:
    """211 offices, 2,000 letters, every district with its officer."""
    with django_db_blocker.unblock(), transaction.atomic():
        programme = full_province()
        many_letters(programme, 2000)
        coordinator = make_member(programme.body, "coordinator")
        for district in DISTRICTS:
            make_district_officer(programme, district, coordinator)
        make_target(programme)
        yield programme, signed_in(coordinator)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("route", "most_queries", "most_kilobytes"),
    [("programme", 20, 75), ("local_offices", 16, 300), ("districts", 14, 60), ("support_cases", 10, 20)],
)
def test_211_offices_in_few_queries_and_a_page_of_sane_size(
    province: tuple[Programme, Client], route: str, most_queries: int, most_kilobytes: int
) -> None:
    programme, client = province
    with CaptureQueriesContext(connection) as queries:
        page = text_of(client, route, programme.pk)
    print(f"\n{route}: {len(queries)} queries, {len(page.encode()) // 1024} KiB")
    assert len(queries) <= most_queries
    assert len(page.encode()) <= most_kilobytes * 1024


@pytest.mark.parametrize("route", ["people", "invite", "rounds", "orders", "meetings", "follow_ups", "desk"])
def test_the_other_pages_stay_as_they_were_with_211_more_agencies(province: tuple[Programme, Client], route: str) -> None:
    _, client = province
    with CaptureQueriesContext(connection) as queries:
        page = text_of(client, route)
    assert len(queries) <= 30
    assert len(page.encode()) <= 80 * 1024
    if route not in ("invite", "desk"):
        assert "เทศบาลตำบลตัวอย่างที่ 17" not in page


def test_a_local_government_can_be_invited_to_sign_in(province: tuple[Programme, Client]) -> None:
    assert "เทศบาลตำบลตัวอย่างที่ 17" in text_of(province[1], "invite")


def test_the_dashboard_says_in_one_sentence_where_the_drive_stands_and_names_one_next_step(
    province: tuple[Programme, Client],
) -> None:
    page = text_of(province[1], "programme", province[0].pk)
    assert "จาก 211 แห่ง" in page and "เป้าหมาย “ใช้งานจริง” 100 แห่งภายใน 30 ก.ย. 2567" in page
    assert page.count('class="govuk-button"') == 1
    assert "ไม่นับหนังสือที่มีชั้นความลับ" in page


def test_every_district_stands_on_the_map_with_its_figures_and_in_the_table(province: tuple[Programme, Client]) -> None:
    page = text_of(province[1], "programme", province[0].pk)
    for district in DISTRICTS:
        assert page.count(f">{district}<") == 2
    assert page.count("tile--row") == 25


@pytest.mark.parametrize(
    ("ask", "there", "away"),
    [
        ("?district=แม่ริม", "แม่ริมทดลอง", "สันทรายทดลอง"),
        ("?stage=trained", "สันทรายทดลอง", "แม่ริมทดลอง"),
        ("?reason=network", "แม่ริมทดลอง", "สันทรายทดลอง"),
        ("?apart=1", "แม่ริมทดลอง", "สันทรายทดลอง"),
        ("?district=-", "ทั้งจังหวัดทดลอง", "แม่ริมทดลอง"),
        ("?name=แม่ริม", "แม่ริมทดลอง", "สันทรายทดลอง"),
    ],
)
def test_the_list_is_narrowed(ask: str, there: str, away: str) -> None:
    programme = make_programme()
    one, other, _ = (
        make_enrolment(programme, make_local(programme.body, f"{place}ทดลอง", district))
        for place, district in (("แม่ริม", "แม่ริม"), ("สันทราย", "สันทราย"), ("ทั้งจังหวัด", ""))
    )
    make_stage(one, "active")
    make_holdback(one)
    make_stage(other, "trained")
    page = text_of(signed_in(make_member(programme.body, "chair")), "local_offices", programme.pk, ask=ask)
    assert there in page and away not in page


def test_an_offices_page_holds_all_that_is_known_of_it_and_forms_only_for_who_supports() -> None:
    enrolment = make_enrolment()
    body = enrolment.programme.body
    make_stage(enrolment, "trained", note="ใบลงชื่อวันที่ 30")
    make_holdback(enrolment, words="สายเคเบิลขาด")
    make_visit(enrolment)
    make_case(enrolment)
    clerk = make_member(enrolment.local_government.agency, "local_clerk", name="นางสาวสารบรรณ ท้องถิ่น")
    for role, may in (("supporter", True), ("coordinator", True), ("chair", False), ("auditor", False)):
        page = text_of(signed_in(make_member(body, role)), "local_office", enrolment.pk)
        for words in ("ใบลงชื่อวันที่ 30", "สายเคเบิลขาด", "สอนลงรับหนังสือ", "ลงรับแล้วไม่เห็นเลขรับ", clerk.name):
            assert words in page
        assert ("บันทึกการช่วยเหลือ" in page) == may


def test_an_office_sees_itself_alone_and_asks_for_help_once() -> None:
    programme = make_programme()
    mine, other = make_enrolment(programme), make_enrolment(programme)
    client = signed_in(make_member(mine.local_government.agency, "local_clerk"))
    posted = {"office": other.pk, "subject": "ขอคำแนะนำ", "text": "กดส่งแล้วค้าง", "once": KEY}
    for _ in range(2):
        assert client.post(reverse("rollout_own"), posted).status_code == 302
    assert [case.enrolment for case in SupportCase.objects.all()] == [mine]
    assert client.get(reverse("own_case", args=[make_case(other).pk])).status_code == 404
    assert client.get(reverse("programme", args=[programme.pk])).status_code == 404


def test_the_answer_of_the_province_reaches_the_offices_own_page() -> None:
    enrolment = make_enrolment()
    case = make_case(enrolment)
    supporter = signed_in(make_member(enrolment.programme.body, "supporter"))
    supporter.post(reverse("case_write", args=[case.pk]), {"text": "ลองเปิดหน้าใหม่", "once": KEY})
    own = signed_in(make_member(enrolment.local_government.agency, "local_head"))
    assert "ลองเปิดหน้าใหม่" in text_of(own, "own_case", case.pk)
    supporter.post(reverse("case_write", args=[case.pk]), {"act": "close"})
    page = text_of(own, "own_case", case.pk)
    assert "ปิดเรื่องแล้ว" in page and "<textarea" not in page


def test_an_office_outside_any_drive_is_told_so() -> None:
    client = signed_in(make_member(make_local().agency, "local_clerk"))
    assert "ยังไม่ได้อยู่ในโครงการ" in text_of(client, "rollout_own")


def test_a_list_is_read_shown_and_then_imported_once() -> None:
    programme = make_programme()
    client = signed_in(make_member(programme.body, "coordinator"))
    address = reverse("offices_import", args=[programme.pk])
    shown = client.post(address, {"file": SimpleUploadedFile("a.csv", generated_list(30))})
    assert "อ่านไฟล์ได้ครบ 30 แห่ง" in shown.content.decode()
    assert not Agency.objects.filter(body=programme.body).exists()
    signed = shown.context["page"].signed
    for _ in range(2):
        assert client.post(address, {"rows": signed, "once": KEY}).status_code == 302
    assert Agency.objects.filter(body=programme.body, answers_survey=False).count() == 30
    again = client.post(address, {"file": SimpleUploadedFile("a.csv", generated_list(30))}).content.decode()
    assert "ไม่มีอะไรต้องนำเข้า" in again and 'name="rows"' not in again
    assert client.post(address, {"rows": signed + "x", "once": KEY + "2"}).status_code == 422
    wrong = client.post(address, {"file": SimpleUploadedFile("a.csv", b"x,y\n1,2\n")})
    assert wrong.status_code == 422
    client.post(reverse("offices_enrol", args=[programme.pk]))
    assert programme.enrolments.count() == 30


def test_what_the_coordinator_keeps_is_kept() -> None:
    programme = make_programme()
    make_enrolment(programme)
    client, officer = signed_in(make_member(programme.body, "coordinator")), make_member(programme.body, "supporter")
    number = programme.pk
    client.post(reverse("districts", args=[number]), {"d0": officer.pk})
    client.post(reverse("programme_party", args=[number]), {"name": "กระทรวงมหาดไทย", "role": "signatory"})
    client.post(reverse("programme_target", args=[number]), {"stage": "active", "number": 5, "by_day": "30/9/2567"})
    page = text_of(client, "programme", number)
    assert officer.name in page and "กระทรวงมหาดไทย" in page and "ใช้งานจริง 5 แห่ง" in page
    client.post(reverse("programme_party", args=[number]), {"remove": programme.parties.get().pk})
    assert "กระทรวงมหาดไทย" not in text_of(client, "programme_settings", number)
    words = {"name": "ชื่อใหม่", "starts_on": "1/1/2567", "handled_within_days": 3, "active_within_days": 14}
    client.post(reverse("programme_settings", args=[number]), words)
    programme.refresh_from_db()
    assert (programme.name, programme.handled_within_days) == ("ชื่อใหม่", 3)


def test_a_wrong_record_is_shown_with_what_was_typed() -> None:
    enrolment = make_enrolment()
    client = signed_in(make_member(enrolment.programme.body, "supporter"))
    typed = {"stage": "trained", "happened_on": "1 ม.ค. 2600", "evidence": "letter", "note": "ที่พิมพ์ไว้"}
    posted = {"what": "stage", "once": KEY, **typed}
    answer = client.post(reverse("office_record", args=[enrolment.pk]), posted)
    assert answer.status_code == 422
    assert "วันที่นี้ยังมาไม่ถึง" in answer.content.decode() and "ที่พิมพ์ไว้" in answer.content.decode()


def test_a_made_programme_opens_at_its_dashboard() -> None:
    body = make_body()
    client = signed_in(make_member(make_agency(body), "coordinator"))
    assert "สร้างโครงการ" in text_of(client, "rollout")
    words = {"name": "โครงการ", "starts_on": "1/1/2567", "handled_within_days": 7, "active_within_days": 30, "once": KEY}
    made = client.post(reverse("programme_new"), words)
    programme = Programme.objects.of_bodies([body.pk]).get()
    assert made.headers["Location"] == reverse("programme", args=[programme.pk])
    make_party(programme)
    assert client.get(reverse("rollout")).status_code == 302
