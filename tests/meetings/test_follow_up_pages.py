"""The pages about follow-ups: who sees which, what may be done there, once, and what is kept when something is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Person
from phrom.committee.models import Seat
from phrom.meetings.models import FollowUp, FollowUpNote, Resolution
from phrom.meetings.pages.follow_ups import follow_ups_page
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.follow_ups import DUE, make_follow_up, make_note
from tests.factories.meetings import HELD, make_item, make_resolution

pytestmark = pytest.mark.django_db
LATE = date(2024, 6, 30)
DONE = "ส่งคำสั่งแต่งตั้งคณะทำงานแล้ว"


@pytest.fixture
def resolution() -> Resolution:
    return make_resolution()


@pytest.fixture
def body(resolution: Resolution) -> Agency:
    return resolution.item.meeting.body


@pytest.fixture
def office(body: Agency) -> Agency:
    return make_agency(body, "สำนักงานเกษตรจังหวัดเชียงใหม่")


@pytest.fixture
def one(resolution: Resolution, office: Agency) -> FollowUp:
    return make_follow_up(resolution, office)


@pytest.fixture
def official(client: Client, office: Agency) -> Person:
    person = make_member(office)
    client.force_login(person)
    return person


@pytest.fixture
def coordinator(client: Client, body: Agency) -> Person:
    person = make_member(body, "coordinator")
    client.force_login(person)
    return person


def key(words: str) -> dict[str, str]:
    return {"once": f"{words:k<20}"}


def words_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_office_sees_its_own_part_and_the_coordinator_all(body: Agency, one: FollowUp, office: Agency) -> None:
    other = make_follow_up(one.resolution)
    make_follow_up()
    seen = follow_ups_page(access_of(make_member(office), LATE), "", LATE)
    assert [matter.follow_up for matter in seen.mine] == [one]
    assert seen.resolutions == ()
    everything = follow_ups_page(access_of(make_member(body, "coordinator"), LATE), "", LATE)
    assert everything.mine == ()
    assert [m.follow_up for found in everything.resolutions for m in found.matters] == [one, other]


@pytest.mark.parametrize("show", ["", "late", "all"])
def test_an_office_sees_each_matter_once_in_any_filter(client: Client, official: Person, one: FollowUp, show: str) -> None:
    page = words_of(client.get(f"/follow-ups/?show={show}"))
    assert page.count(f'href="/follow-ups/{one.pk}/"') == 1
    assert f'href="/resolutions/{one.resolution_id}/"' in page


def test_what_the_office_reported_stands_under_what_it_still_owes(client: Client, official: Person, one: FollowUp) -> None:
    other = make_resolution(make_item(one.resolution.item.meeting, "3.2"))
    reported = make_follow_up(other, one.agency, answered_at=HELD)
    page = words_of(client.get("/follow-ups/"))
    assert "หน่วยงานของท่านต้องดำเนินการ 1 เรื่อง" in page
    assert "รายงานแล้ว รอผู้ประสานงานตรวจ" in page
    assert page.count(f'href="/follow-ups/{reported.pk}/"') == 1


def test_the_filters_count_what_they_show(body: Agency, one: FollowUp) -> None:
    make_follow_up(one.resolution, due_on=date(2024, 7, 31))
    make_follow_up(one.resolution, answered_at=HELD)
    make_follow_up(one.resolution, answered_at=HELD, closed_at=HELD)
    access = access_of(make_member(body, "auditor"), LATE)
    page = follow_ups_page(access, "", LATE)
    assert {show.key: show.count for show in page.shows} == {"open": 3, "late": 1, "check": 1, "closed": 1, "all": 4}
    for show in page.shows:
        chosen = follow_ups_page(access, show.key, LATE)
        assert sum(len(found.matters) for found in chosen.resolutions) == show.count


def test_an_unknown_filter_shows_what_is_open(body: Agency, one: FollowUp) -> None:
    page = follow_ups_page(access_of(make_member(body, "chair"), LATE), "'; DROP", LATE)
    assert [show.key for show in page.shows if show.here] == ["open"]


def test_what_waits_longest_stands_first_among_mine(one: FollowUp, office: Agency) -> None:
    later = make_follow_up(make_resolution(make_item(one.resolution.item.meeting, "3.2")), office, date(2024, 6, 12))
    page = follow_ups_page(access_of(make_member(office), LATE), "", LATE)
    assert [matter.follow_up for matter in page.mine] == [later, one]


def test_the_resolution_tells_everybody_who_owes_what_but_opens_only_the_own_line(
    client: Client, official: Person, one: FollowUp
) -> None:
    other = make_follow_up(one.resolution)
    page = words_of(client.get(f"/resolutions/{one.resolution_id}/"))
    assert other.agency.name in page
    assert f'href="/follow-ups/{one.pk}/"' in page
    assert f'href="/follow-ups/{other.pk}/"' not in page
    assert client.get(f"/follow-ups/{other.pk}/").status_code == 404


def test_a_resolution_of_another_province_does_not_exist(client: Client, official: Person) -> None:
    assert client.get(f"/resolutions/{make_resolution().pk}/").status_code == 404


def test_an_office_reports_with_evidence_and_says_it_is_done(client: Client, official: Person, one: FollowUp) -> None:
    upload = SimpleUploadedFile("คำสั่ง ๑-๒๕๖๗.txt", "คำสั่ง".encode())
    data = {"text": DONE, "kind": "answered", "file": upload, **key("done")}
    answer = client.post(f"/follow-ups/{one.pk}/report/", data)
    assert answer.headers["Location"] == f"/follow-ups/{one.pk}/"
    step = one.notes.get()
    assert (FollowUp.objects.get().waits_for_check, step.file_name) == (True, "คำสั่ง ๑-๒๕๖๗.txt")
    file = client.get(f"/follow-ups/files/{step.pk}/")
    assert b"".join(file.streaming_content) == "คำสั่ง".encode()  # type: ignore[attr-defined]
    assert "filename*=UTF-8''" in file.headers["Content-Disposition"]


def test_a_double_click_reports_once(client: Client, official: Person, one: FollowUp) -> None:
    data = {"text": "รวบรวมแล้วครึ่งหนึ่ง", "kind": "progress", **key("progress")}
    for _ in range(2):
        assert client.post(f"/follow-ups/{one.pk}/report/", data).status_code == 302
    assert FollowUpNote.objects.count() == 1


def test_a_short_report_keeps_what_was_typed_and_asks_for_the_file_again(
    client: Client, official: Person, one: FollowUp
) -> None:
    data = {"text": "ทำ", "kind": "answered", "file": SimpleUploadedFile("a.txt", b"a"), **key("short")}
    page = client.post(f"/follow-ups/{one.pk}/report/", data)
    assert page.status_code == 422
    assert ">ทำ</textarea>" in words_of(page).replace("\n", "")
    assert "กรุณาเลือกไฟล์อีกครั้ง" in words_of(page)
    assert not FollowUpNote.objects.exists()


def test_an_office_reports_only_for_itself(client: Client, official: Person, one: FollowUp) -> None:
    other = make_follow_up(one.resolution)
    data = {"text": DONE, "kind": "answered", **key("other")}
    assert client.post(f"/follow-ups/{other.pk}/report/", data).status_code == 404
    assert client.post(f"/follow-ups/{one.pk}/decide/", {"reason": DONE, "verdict": "close"}).status_code == 404


def test_a_file_of_another_office_is_not_handed_out(client: Client, official: Person, one: FollowUp) -> None:
    note = make_note(make_follow_up(one.resolution))
    assert client.get(f"/follow-ups/files/{note.pk}/").status_code == 404
    assert client.get(f"/follow-ups/files/{make_note(one).pk}/").status_code == 404  # no file there


@pytest.mark.parametrize(
    ("verdict", "answered", "closed", "state"),
    [("close", True, False, "closed"), ("return", True, False, "open"), ("reopen", True, True, "open")],
)
def test_the_coordinator_decides_and_comes_back_to_the_resolution(
    client: Client, coordinator: Person, resolution: Resolution, verdict: str, answered: bool, closed: bool, state: str
) -> None:
    one = make_follow_up(resolution, answered_at=HELD if answered else None, closed_at=HELD if closed else None)
    data = {"reason": "ตรวจเอกสารแล้ว", "verdict": verdict, **key(verdict)}
    answer = client.post(f"/follow-ups/{one.pk}/decide/", data)
    assert answer.headers["Location"] == f"/resolutions/{resolution.pk}/"
    found = FollowUp.objects.get()
    assert ("open" if found.is_open else "closed", found.waits_for_check) == (state, False)


def test_a_decision_without_a_reason_is_told_at_its_field(client: Client, coordinator: Person, one: FollowUp) -> None:
    page = client.post(f"/follow-ups/{one.pk}/decide/", {"reason": "", "verdict": "close", **key("none")})
    assert page.status_code == 422
    assert "<details open" in words_of(page).replace('class="govuk-details" ', "") or " open>" in words_of(page)
    assert FollowUp.objects.get().is_open


def test_a_decision_that_came_too_late_is_told(client: Client, coordinator: Person, one: FollowUp) -> None:
    data = {"reason": "ขอเอกสารเพิ่ม", "verdict": "return", **key("late")}
    page = client.post(f"/follow-ups/{one.pk}/decide/", data)
    assert page.status_code == 409
    assert "สถานะล่าสุด" in words_of(page)


def opened(**more: object) -> dict[str, object]:
    return {"task": "ตอบแบบสำรวจ", "due_on": "๒๑ มิ.ย. ๒๕๖๗", "whom": "all", **key("open"), **more}


def test_all_offices_of_the_body_are_named(client: Client, coordinator: Person, resolution: Resolution) -> None:
    offices = [make_agency(resolution.item.meeting.body) for _ in range(3)]
    make_agency(make_body())
    answer = client.post(f"/resolutions/{resolution.pk}/follow-ups/open/", opened())
    assert answer.headers["Location"] == f"/resolutions/{resolution.pk}/"
    assert set(FollowUp.objects.values_list("agency", "due_on")) == {(office.pk, DUE) for office in offices}


def test_only_the_offices_with_a_seat_or_only_those_ticked(client: Client, coordinator: Person, resolution: Resolution) -> None:
    meeting = resolution.item.meeting
    seated, ticked, neither = (make_agency(meeting.body) for _ in range(3))
    Seat.objects.create(order=meeting.order, precedence=1, title="เกษตรจังหวัด", category="regional", agency=seated)
    address = f"/resolutions/{resolution.pk}/follow-ups/open/"
    client.post(address, opened(whom="seats"))
    client.post(address, opened(whom="some", agencies=[str(ticked.pk)], **key("second")))
    assert set(FollowUp.objects.values_list("agency", flat=True)) == {seated.pk, ticked.pk}
    page = words_of(client.get(address))
    assert neither.name in page
    assert seated.name not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"whom": "some"}, "ยังไม่มีหน่วยงานที่เลือก"),
        ({"due_on": "๓๐ ก.พ. ๒๕๖๗"}, "due_on"),
        ({"task": "ทำ"}, "เขียนอย่างน้อย"),
        ({"whom": "some", "agencies": ["999999999"]}, "ไม่มีในรายการ"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_and_nobody_is_named(
    client: Client, coordinator: Person, office: Agency, resolution: Resolution, change: dict[str, object], words: str
) -> None:
    page = client.post(f"/resolutions/{resolution.pk}/follow-ups/open/", opened(**change))
    assert page.status_code == 422
    assert words in words_of(page)
    assert not FollowUp.objects.exists()


def test_naming_is_the_coordinators(client: Client, official: Person, resolution: Resolution) -> None:
    assert client.get(f"/resolutions/{resolution.pk}/follow-ups/open/").status_code == 404


def test_when_everybody_is_named_the_page_says_so(client: Client, coordinator: Person, one: FollowUp) -> None:
    page = words_of(client.get(f"/resolutions/{one.resolution_id}/follow-ups/open/"))
    assert "มอบครบทุกหน่วยงานแล้ว" in page
    assert '<button class="govuk-button">มอบหน่วยงาน' not in page


def test_an_empty_list_teaches(client: Client, official: Person) -> None:
    assert "ยังไม่มีเรื่องที่ต้องติดตาม" in words_of(client.get("/follow-ups/"))


@pytest.mark.parametrize("offices", [2, 30])
def test_the_queries_do_not_grow(
    client: Client, coordinator: Person, resolution: Resolution, offices: int, django_assert_max_num_queries: Any
) -> None:
    meeting = resolution.item.meeting
    for number in range(2):
        found = make_resolution(make_item(meeting, f"4.{number}"))
        for _ in range(offices):
            make_note(make_follow_up(found))
    client.get("/follow-ups/")
    one = FollowUp.objects.first()
    assert one is not None
    for address, most in (("/follow-ups/", 6), (f"/resolutions/{one.resolution_id}/", 8), (f"/follow-ups/{one.pk}/", 7)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_page_is_read_at_the_day_in_thailand(
    client: Client, official: Person, one: FollowUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    late_evening = datetime(2024, 6, 21, 17, 30, tzinfo=UTC)  # half past midnight on the 22nd in Bangkok
    monkeypatch.setattr("phrom.shared.thai.clock.timezone.now", lambda: late_evening)
    assert client.get(f"/follow-ups/{one.pk}/").context["page"].matter.days_late == 1
    monkeypatch.setattr("phrom.shared.thai.clock.timezone.now", lambda: late_evening - timedelta(hours=1))
    assert client.get(f"/follow-ups/{one.pk}/").context["page"].matter.days_late == 0
