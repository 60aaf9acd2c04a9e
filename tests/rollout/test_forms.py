"""แบบฟอร์มทุกแบบของการขับเคลื่อน: กรอกถูกได้ผลหนึ่งครั้ง กรอกผิดบอกข้างช่องและสิ่งที่พิมพ์ยังอยู่ คนนอกไม่พบหน้า.

Every form of the drive's pages, honest and broken: done once for one key, told beside the field with what was typed still
there, and not there at all for whoever may not.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phrom.agencies.models import Person
from phrom.rollout.models import CaseNote, Enrolment, Holdback, Programme, StageRecord, SupportCase, Visit
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.rollout import make_case, make_enrolment, make_holdback, make_local, make_programme

pytestmark = pytest.mark.django_db
KEY = "a-key-that-nobody-used-yet"
STAGE = {"what": "stage", "stage": "trained", "happened_on": "1 มิ.ย. 2567", "evidence": "sign_in", "note": "รุ่นที่ 1"}
HELD = {"what": "holdback", "reason": "network", "words": "สายขาด", "since": "1/6/2567"}
VISIT = {"what": "visit", "kind": "visit", "visited_on": "๑ มิ.ย. ๒๕๖๗", "text": "สอนลงรับหนังสือ"}
CASE = {"subject": "ไม่เห็นเลขรับ", "text": "กดลงรับแล้วเลขไม่ขึ้น"}
DRIVE = {"name": "โครงการใหม่", "starts_on": "1/1/2567", "handled_within_days": 7, "active_within_days": 30}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="phrom.agencies.signin.backend.PersonBackend")
    return client


@pytest.fixture
def enrolment() -> Enrolment:
    return make_enrolment()


@pytest.fixture
def supporter(enrolment: Enrolment) -> Client:
    return signed_in(make_member(enrolment.programme.body, "supporter"))


@pytest.fixture
def coordinator(enrolment: Enrolment) -> Client:
    return signed_in(make_member(enrolment.programme.body, "coordinator"))


@pytest.fixture
def office(enrolment: Enrolment) -> Client:
    return signed_in(make_member(enrolment.local_government.agency, "local_clerk"))


@pytest.mark.parametrize(("posted", "rows"), [(STAGE, StageRecord), (HELD, Holdback), (VISIT, Visit)])
def test_a_record_is_made_once_for_one_key_and_again_for_another(
    supporter: Client, enrolment: Enrolment, posted: dict[str, str], rows: Any
) -> None:
    address = reverse("office_record", args=[enrolment.pk])
    for _ in range(2):
        answer = supporter.post(address, {**posted, "once": KEY})
        assert answer.headers["Location"] == reverse("local_office", args=[enrolment.pk])
    assert rows.objects.count() == 1
    supporter.post(address, {**posted, "once": f"{KEY}-2"})
    assert rows.objects.count() == 2


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({**STAGE, "happened_on": "32/1/2567"}, "วัน"),
        ({**STAGE, "happened_on": "1/1/2600"}, "วันที่นี้ยังมาไม่ถึง"),
        ({**STAGE, "stage": "fast"}, "govuk-error-message"),
        ({**STAGE, "evidence": ""}, "ฟิลด์|กรอก|เลือก|จำเป็น"),
        ({**STAGE, "stage": "dropped", "note": ""}, "การถอนตัวต้องมีเหตุผล"),
        ({**STAGE, "note": "ก" * 501}, "500"),
        ({**HELD, "reason": "mood"}, "govuk-error-message"),
        ({**HELD, "since": ""}, "กรอก|จำเป็น"),
        ({**HELD, "since": "1/1/2600"}, "วันที่นี้ยังมาไม่ถึง"),
        ({**HELD, "words": "ก" * 501}, "500"),
        ({**VISIT, "text": " "}, "กรอก|จำเป็น"),
        ({**VISIT, "text": "ก" * 1001}, "1000|1,000"),
        ({**VISIT, "visited_on": "1/1/2600"}, "วันที่นี้ยังมาไม่ถึง"),
    ],
)
def test_a_broken_record_is_told_and_nothing_is_made(
    supporter: Client, enrolment: Enrolment, posted: dict[str, str], told: str
) -> None:
    answer = supporter.post(reverse("office_record", args=[enrolment.pk]), {**posted, "once": KEY})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(word in page for word in told.split("|"))
    assert page.count("govuk-error-summary__title") == 1 and '<details class="section" open>' in page
    assert not StageRecord.objects.exists() and not Holdback.objects.exists() and not Visit.objects.exists()


@pytest.mark.parametrize("posted", [STAGE, HELD, VISIT])
def test_without_a_key_nothing_is_made(supporter: Client, enrolment: Enrolment, posted: dict[str, str]) -> None:
    assert supporter.post(reverse("office_record", args=[enrolment.pk]), posted).status_code >= 400
    assert not StageRecord.objects.exists() and not Holdback.objects.exists() and not Visit.objects.exists()


@pytest.mark.parametrize("holdback", ["", "x", "999999999", "9" * 30, "-1", "\0"])
def test_an_end_of_nothing_is_refused(supporter: Client, enrolment: Enrolment, holdback: str) -> None:
    held = make_holdback(enrolment)
    answer = supporter.post(reverse("office_record", args=[enrolment.pk]), {"what": "over", "holdback": holdback})
    assert answer.status_code == 409
    held.refresh_from_db()
    assert held.until is None


def test_a_holdback_is_over_by_its_own_button(supporter: Client, enrolment: Enrolment) -> None:
    held = make_holdback(enrolment)
    address = reverse("office_record", args=[enrolment.pk])
    assert supporter.post(address, {"what": "over", "holdback": held.pk}).status_code == 302
    held.refresh_from_db()
    assert held.until is not None
    assert supporter.post(address, {"what": "over", "holdback": held.pk}).status_code == 409


def test_a_case_for_an_office_is_opened_once_and_broken_ones_are_told(supporter: Client, enrolment: Enrolment) -> None:
    address = reverse("case_new", args=[enrolment.pk])
    for broken in (
        {**CASE, "subject": ""},
        {**CASE, "text": " "},
        {**CASE, "subject": "ก" * 301},
        {**CASE, "text": "ก" * 2001},
    ):
        answer = supporter.post(address, {**broken, "once": KEY})
        assert answer.status_code == 422 and "govuk-error-message" in answer.content.decode()
    assert not SupportCase.objects.exists()
    for _ in range(2):
        answer = supporter.post(address, {**CASE, "once": KEY})
    case = SupportCase.objects.get()
    assert answer.headers["Location"] == reverse("support_case", args=[case.pk])
    assert (case.from_office, case.answered_at) == (False, None)


def test_an_answer_is_written_once_an_empty_one_never_and_none_into_a_closed_case(
    supporter: Client, enrolment: Enrolment
) -> None:
    case = make_case(enrolment)
    address = reverse("case_write", args=[case.pk])
    assert supporter.post(address, {"text": "  ", "once": KEY}).status_code == 422
    for _ in range(2):
        supporter.post(address, {"text": "ลองเปิดใหม่", "once": f"{KEY}-2"})
    assert case.notes.count() == 2
    assert supporter.post(address, {"act": "close"}).status_code == 302
    assert supporter.post(address, {"act": "close"}).status_code == 409
    late = supporter.post(address, {"text": "สายไป", "once": f"{KEY}-3"})
    assert late.status_code == 409 and "ยังไม่ถูกบันทึก" in late.content.decode()
    assert case.notes.count() == 2


def test_the_office_writes_in_its_case_once_and_not_when_it_is_closed(office: Client, enrolment: Enrolment) -> None:
    case = make_case(enrolment)
    address = reverse("own_case", args=[case.pk])
    assert office.post(address, {"text": "", "once": KEY}).status_code == 422
    for _ in range(2):
        office.post(address, {"text": "ยังไม่ขึ้น", "once": f"{KEY}-2"})
    assert [note.from_office for note in case.notes.all()] == [True, True]
    SupportCase.objects.update(closed_at=case.opened_at, closed_by=case.opened_by)
    assert office.post(address, {"text": "สายไป", "once": f"{KEY}-3"}).status_code == 409
    assert CaseNote.objects.count() == 2


def test_a_broken_question_of_the_office_stays_on_its_page(office: Client) -> None:
    answer = office.post(reverse("rollout_own"), {"subject": "", "text": "กดส่งแล้วค้าง", "once": KEY})
    assert answer.status_code == 422 and "กดส่งแล้วค้าง" in answer.content.decode()
    assert not SupportCase.objects.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, ""),
        ({"name": "ก" * 301}, "300"),
        ({"starts_on": "30/2/2567"}, ""),
        ({"ends_on": "1/1/2566"}, "วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
        ({"handled_within_days": 0}, "1"),
        ({"active_within_days": 366}, "365"),
        ({"active_within_days": "สามสิบ"}, ""),
        ({"resolution": "999999"}, ""),
        ({"mandate": "ก" * 2001}, "2000"),
    ],
)
def test_a_broken_programme_is_told_on_both_pages_and_nothing_changes(
    coordinator: Client, enrolment: Enrolment, change: dict[str, Any], told: str
) -> None:
    kept = list(Programme.objects.values())
    for address in (reverse("programme_new"), reverse("programme_settings", args=[enrolment.programme_id])):
        answer = coordinator.post(address, {**DRIVE, **change, "once": KEY})
        page = answer.content.decode()
        assert answer.status_code == 422 and "govuk-error-message" in page and told in page
    assert list(Programme.objects.values()) == kept


def test_a_programme_is_made_once_for_one_key_and_a_name_only_once(coordinator: Client, enrolment: Enrolment) -> None:
    for _ in range(2):
        assert coordinator.post(reverse("programme_new"), {**DRIVE, "once": KEY}).status_code == 302
    again = coordinator.post(reverse("programme_new"), {**DRIVE, "once": f"{KEY}-2"})
    assert again.status_code == 422 and "มีโครงการชื่อนี้แล้ว" in again.content.decode()
    assert Programme.objects.count() == 2


@pytest.mark.parametrize(
    ("route", "posted"),
    [
        ("programme_party", {"name": "", "role": "signatory"}),
        ("programme_party", {"name": "ก", "role": "friend"}),
        ("programme_party", {"name": "ก" * 301, "role": "signatory"}),
        ("programme_target", {"stage": "invited", "number": 5, "by_day": "30/9/2567"}),
        ("programme_target", {"stage": "active", "number": -1, "by_day": "30/9/2567"}),
        ("programme_target", {"stage": "active", "number": 5, "by_day": "ปลายปี"}),
        ("programme_target", {"stage": "active", "number": 10_001, "by_day": "30/9/2567"}),
    ],
)
def test_a_broken_party_or_target_is_told_and_not_kept(
    coordinator: Client, enrolment: Enrolment, route: str, posted: dict[str, Any]
) -> None:
    programme = enrolment.programme
    answer = coordinator.post(reverse(route, args=[programme.pk]), posted)
    assert answer.status_code == 422 and "govuk-error-message" in answer.content.decode()
    assert not programme.parties.exists() and not programme.targets.exists()


@pytest.mark.parametrize("officer", ["x", "999999", "9" * 30])
def test_a_district_goes_to_nobody_who_is_not_offered(coordinator: Client, enrolment: Enrolment, officer: str) -> None:
    address = reverse("districts", args=[enrolment.programme_id])
    stranger = make_member(make_body(), "supporter")
    for each in (officer, stranger.pk):
        assert coordinator.post(address, {"d0": each}).status_code == 302
    assert not enrolment.programme.district_officers.exists()


def test_only_offices_of_the_province_are_invited_whatever_is_posted(coordinator: Client, enrolment: Enrolment) -> None:
    programme = enrolment.programme
    wanted, other, abroad = make_local(programme.body), make_local(programme.body), make_local()
    posted = {"office": [wanted.pk, abroad.pk, "x", "9" * 30]}
    assert coordinator.post(reverse("offices_enrol", args=[programme.pk]), posted).status_code == 302
    there = set(programme.enrolments.values_list("local_government", flat=True))
    assert there == {enrolment.local_government_id, wanted.pk} and other.pk not in there


PROVINCE = ("programme", "local_offices", "support_cases")
KEPT = ("programme_settings", "districts", "offices_import")


def scopes(enrolment: Enrolment) -> dict[str, list[Any]]:
    """Every page of the room with what stands in its address."""
    case = make_case(enrolment)
    by_programme = {route: [enrolment.programme_id] for route in (*PROVINCE, *KEPT)}
    by_office = {"local_office": [enrolment.pk], "case_new": [enrolment.pk], "support_case": [case.pk]}
    return {**by_programme, **by_office, "own_case": [case.pk]}


@pytest.mark.parametrize(
    ("who", "open_to"),
    [
        ("coordinator", {*PROVINCE, *KEPT, "local_office", "case_new", "support_case"}),
        ("supporter", {*PROVINCE, "local_office", "case_new", "support_case"}),
        ("chair", {*PROVINCE, "local_office", "support_case"}),
        ("auditor", {*PROVINCE, "local_office", "support_case"}),
        ("own local_clerk", {"own_case"}),
        ("own local_head", {"own_case"}),
        ("neighbouring local_clerk", set()),
        ("foreign coordinator", set()),
        ("foreign supporter", set()),
        ("official of an office", set()),
    ],
)
def test_who_reaches_which_page_and_finds_nothing_elsewhere(enrolment: Enrolment, who: str, open_to: set[str]) -> None:
    body = enrolment.programme.body
    place, role = who.rsplit(" ", 1) if " " in who else ("", who)
    agency = {"": body, "own": enrolment.local_government.agency, "foreign": make_body(name="จังหวัดลำพูน")}.get(place)
    agency = agency or (make_local(body).agency if "neighbour" in place else make_agency(body))
    client = signed_in(make_member(agency, "official" if "official" in who else role))
    found = {route: client.get(reverse(route, args=words)).status_code for route, words in scopes(enrolment).items()}
    assert found == {route: 200 if route in open_to else 404 for route in found}


@pytest.mark.parametrize("who", ["foreign coordinator", "foreign supporter", "neighbouring local_clerk", "chair"])
def test_no_post_of_a_stranger_or_a_reader_changes_anything(enrolment: Enrolment, who: str) -> None:
    body = enrolment.programme.body
    place, _, role = who.rpartition(" ")
    agency = make_body(name="จังหวัดลำพูน") if place == "foreign" else make_local(body).agency if place else body
    client, case = signed_in(make_member(agency, role)), make_case(enrolment)
    number = enrolment.programme_id
    posts: list[tuple[str, int, dict[str, Any]]] = [
        ("office_record", enrolment.pk, STAGE),
        ("case_new", enrolment.pk, CASE),
        ("case_write", case.pk, {"text": "ก"}),
        ("case_write", case.pk, {"act": "close"}),
        ("own_case", case.pk, {"text": "ก"}),
        ("programme_settings", number, DRIVE),
        ("programme_party", number, {"name": "ก", "role": "signatory"}),
        ("programme_target", number, {"stage": "active", "number": 5, "by_day": "30/9/2567"}),
        ("districts", number, {"d0": "1"}),
        ("offices_enrol", number, {}),
        ("offices_import", number, {"rows": "x"}),
    ]
    for route, pk, posted in posts:
        assert client.post(reverse(route, args=[pk]), {**posted, "once": KEY}).status_code == 404, route
    programme = Programme.objects.get(pk=number)
    assert (programme.name, programme.parties.count(), programme.targets.count()) == (enrolment.programme.name, 0, 0)
    assert case.notes.count() == 1 and not StageRecord.objects.exists()


def test_a_person_with_two_offices_sees_the_one_that_was_asked_for() -> None:
    programme = make_programme()
    one, other = make_enrolment(programme), make_enrolment(programme, make_local(programme.body, "อีกแห่ง"))
    person = make_member(one.local_government.agency, "local_clerk")
    person.memberships.create(agency=other.local_government.agency, role="local_clerk", starts_on="2024-01-01")
    client = signed_in(person)
    for each in (one, other):
        page = client.get(reverse("rollout_own") + f"?office={each.pk}").context["page"]
        assert page.enrolment == each and len(page.others) == 1
    client.post(reverse("rollout_own"), {**CASE, "office": other.pk, "once": KEY})
    assert SupportCase.objects.get().enrolment == other
