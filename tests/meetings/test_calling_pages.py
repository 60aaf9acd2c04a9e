"""From the list to a frozen agenda and back, on the pages: what is shown, what a second click does, who does not see it."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.agenda import add_item
from phrom.meetings.actions.papers import put_text
from phrom.meetings.models import AgendaItem, Meeting, Paper
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.calling import CALLED, head_of, make_called, make_committee, make_invited

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
KEY = "a-key-of-one-form-0001"
ANNOUNCED = {"day": "25 ธ.ค. 2567", "clock": "๑๓.๓๐ น.", "venue": "ห้องประชุม 3", "template": "first", "once": KEY}


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def by(body: Agency) -> Person:
    return make_member(body, "coordinator")


@pytest.fixture
def desk(by: Person) -> Client:
    return signed_in(by)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def text_of(response: Any) -> str:
    """What stands on the page, without tags and double blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_meeting_is_created_once_however_often_the_button_is_pressed(body: Agency, desk: Client) -> None:
    make_committee(body)
    first, second = (desk.post("/meetings/new/", ANNOUNCED) for _ in range(2))
    assert first["Location"] == second["Location"]
    meeting = Meeting.objects.get()
    assert meeting.items.count() == 4
    assert meeting.day == date(2024, 12, 25)
    assert "วันที่ 25 ธ.ค. 2567 (ยังไม่ออกเลขครั้งที่)" in text_of(desk.get(first["Location"]))


def test_what_is_missing_is_told_and_what_was_typed_stays(body: Agency, desk: Client) -> None:
    make_committee(body)
    wrong = ({"day": "32/1/2567"}, {"clock": "25.00"}, {"venue": ""}, {"template": "none"}, {"day": "1 ม.ค. 2560"})
    for change in wrong:
        answer = desk.post("/meetings/new/", {**ANNOUNCED, **change})
        assert answer.status_code == 422, change
        assert "ห้องประชุม 3" in answer.content.decode() or "venue" in change
    assert not Meeting.objects.exists()


def test_the_invitation_page_gives_the_number_and_a_second_click_finds_it(body: Agency, by: Person, desk: Client) -> None:
    meeting = make_called(body, by)
    address = f"/meetings/{meeting.pk}/invite/"
    before = text_of(desk.get(address))
    assert "ครั้งที่ 1/2567" in before
    assert "บันทึกข้อความ 6 ตำแหน่ง" in before
    assert desk.post(address, {"letter_number": "", "letter_date": "4 มิ.ย. 2567"}).status_code == 422
    letter = {"letter_number": "ชม 0017.2/ว 1", "letter_date": "4 มิ.ย. 2567"}
    answers = [desk.post(address, letter, follow=True) for _ in range(2)]
    assert ["การประชุมครั้งที่ 1/2567" in text_of(answer) for answer in answers] == [True, True]
    assert meeting.kept_papers.count() == 2


def test_items_and_texts_are_added_on_the_desk(body: Agency, by: Person, desk: Client) -> None:
    meeting = make_called(body, by)
    agenda = f"/meetings/{meeting.pk}/agenda/"
    head = head_of(meeting, "3")
    assert desk.post(agenda, {"head": head.pk, "title": "", "once": KEY}).status_code == 422
    answers = [desk.post(agenda, {"head": head.pk, "title": "เรื่องใหม่", "once": KEY}) for _ in range(2)]
    item = AgendaItem.objects.get(title="เรื่องใหม่")
    assert {answer["Location"] for answer in answers} == {f"/agenda-items/{item.pk}/"}
    for _ in range(2):
        desk.post(f"/agenda-items/{item.pk}/papers/", {"text": "ความเป็นมา", "once": KEY + "-2"})
    assert item.papers.count() == 1
    assert "ความเป็นมา" in text_of(desk.get(agenda))
    desk.post(f"/agenda-items/{item.pk}/", {"title": "ชื่อใหม่", "presenter": "สำนักงานสถิติ"})
    item.refresh_from_db()
    assert (item.title, item.resolves) == ("ชื่อใหม่", False)


def test_a_file_is_attached_and_handed_out_to_members_once_the_meeting_is_called(
    body: Agency, by: Person, desk: Client
) -> None:
    meeting = make_called(body, by)
    item = head_of(meeting, "2")
    sent = io.BytesIO(b"%PDF-1.7\ntrailer <<>>\n%%EOF\n")
    sent.name = "plan.pdf"
    desk.post(f"/agenda-items/{item.pk}/papers/", {"what": "file", "file": sent, "title": "แผน"})
    address = f"/papers/{item.papers.get().pk}/file/"
    member = signed_in(make_member(body, "member"))
    assert [client.get(address).status_code for client in (desk, member)] == [200, 404]
    Meeting.objects.filter(pk=meeting.pk).update(number=1, year=2567)
    assert member.get(address).status_code == 200
    assert desk.post(f"/agenda-items/{item.pk}/papers/", {"what": "file"}).status_code == 422


def test_somebody_elses_text_is_shown_beside_ones_own(body: Agency, by: Person, desk: Client) -> None:
    paper = put_text(item=head_of(make_called(body, by), "2"), text="เดิม", by=by, at=CALLED)
    address = f"/papers/{paper.pk}/"
    assert desk.post(address, {"text": "ของคนแรก", "version": 1}).status_code == 302
    refused = desk.post(address, {"text": "ของคนหลัง", "version": 1})
    assert refused.status_code == 409
    assert "ของคนแรก" in text_of(refused)
    assert "ของคนหลัง" in text_of(refused)
    assert 'value="2"' in refused.content.decode()


def test_a_late_item_and_a_withdrawn_one_stay_visible_with_their_reasons(body: Agency, by: Person, desk: Client) -> None:
    meeting = make_invited(body, by)
    agenda = f"/meetings/{meeting.pk}/agenda/"
    late = {"head": head_of(meeting, "3").pk, "title": "เรื่องด่วน", "once": KEY}
    assert desk.post(agenda, late).status_code == 422
    assert desk.post(agenda, {**late, "reason": "เพิ่งได้รับสั่งการ"}).status_code == 302
    item = head_of(meeting, "3.1")
    withdraw = f"/agenda-items/{item.pk}/withdraw/"
    assert desk.post(withdraw, {"reason": "ไม่"}).status_code == 422
    desk.post(withdraw, {"reason": "ข้อมูลยังไม่ครบ"})
    seen = signed_in(make_member(body, "member")).get(f"/meetings/{meeting.pk}/")
    assert f"<del>{item.title}</del>" in seen.content.decode()
    assert "ถอนวาระ เพราะข้อมูลยังไม่ครบ" in text_of(seen)
    assert "เพิ่มหลังเชิญ เพราะเพิ่งได้รับสั่งการ" in text_of(seen)


def test_the_frozen_agenda_is_handed_out_as_it_was_frozen(body: Agency, by: Person, desk: Client) -> None:
    meeting = make_invited(body, by)
    freeze = f"/meetings/{meeting.pk}/freeze/"
    assert "เอกสาร 2 ฉบับ" in text_of(desk.get(freeze))
    for _ in range(2):
        assert desk.post(freeze)["Location"] == f"/meetings/{meeting.pk}/"
    kept = meeting.kept_papers.get(form="agenda")
    for address in (f"/meetings/{meeting.pk}/papers/agenda/pdf/", f"/kept-papers/{kept.pk}/pdf/"):
        assert b"".join(desk.get(address)).startswith(b"%PDF-")
    assert desk.get(f"/kept-papers/{kept.pk}/docx/").content.startswith(b"PK")
    assert desk.get(f"/kept-papers/{kept.pk}/exe/").status_code == 404
    assert signed_in(make_member(make_body(), "coordinator")).get(f"/kept-papers/{kept.pk}/pdf/").status_code == 404


def test_a_change_and_a_cancellation_are_told_on_the_page(body: Agency, by: Person, desk: Client) -> None:
    meeting = make_invited(body, by)
    new = {"day": "18 มิ.ย. 2567", "clock": "9:00", "venue": "", "online_link": "https://meet.example/1"}
    assert desk.post(f"/meetings/{meeting.pk}/change/", {**new, "day": "18 ม.ค. 2568"}).status_code == 422
    assert "18 มิถุนายน 2567 09.00 น." in text_of(desk.post(f"/meetings/{meeting.pk}/change/", new, follow=True))
    assert desk.post(f"/meetings/{meeting.pk}/cancel/", {"reason": ""}).status_code == 422
    for _ in range(2):
        page = text_of(desk.post(f"/meetings/{meeting.pk}/cancel/", {"reason": "น้ำท่วมศาลากลาง"}, follow=True))
    assert "เหตุผล: น้ำท่วมศาลากลาง" in page
    assert "เลขครั้งที่ 1/2567 ใช้ไปแล้ว" in page
    assert desk.get(f"/meetings/{meeting.pk}/calendar/").content.count(b"METHOD:CANCEL") == 1


def test_what_is_being_prepared_is_seen_by_whoever_prepares_it_only(body: Agency, by: Person, desk: Client) -> None:
    meeting = make_called(body, by)
    add_item(meeting=meeting, head=head_of(meeting, "3"), title="ยังไม่เปิดเผย", by=by, at=CALLED)
    official = signed_in(make_member(make_agency(body)))
    assert "ยังไม่เปิดเผย" in text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert "ยังไม่เปิดเผย" not in text_of(official.get(f"/meetings/{meeting.pk}/"))
    for kind in ("agenda", "letter", "memo"):
        address = f"/meetings/{meeting.pk}/papers/{kind}/docx/"
        assert [client.get(address).status_code for client in (desk, official)] == [200, 404], kind


def test_the_list_says_where_each_meeting_stands_and_what_comes_next(body: Agency, by: Person, desk: Client) -> None:
    make_invited(body, by)
    make_called(body, by)
    page = text_of(desk.get("/meetings/"))
    assert "เชิญแล้ว ตรึงระเบียบวาระ" in page
    assert "กำลังเตรียม ออกหนังสือเชิญ" in page
    assert "ออกหนังสือเชิญ" not in text_of(signed_in(make_member(body, "member")).get("/meetings/"))


def test_a_full_meeting_costs_as_many_queries_as_a_small_one(
    body: Agency, by: Person, desk: Client, django_assert_max_num_queries: Any
) -> None:
    meeting = make_invited(body, by)
    for number in range(12):
        item = add_item(
            meeting=meeting, head=head_of(meeting, "3"), title=f"เรื่องที่ {number}", reason="เพิ่งได้รับ", by=by, at=CALLED
        )
        put_text(item=item, text="ข้อความ", by=by, at=CALLED)
    limits = {"": 14, "agenda/": 8, "replies/": 11, "freeze/": 8}
    for page, limit in limits.items():
        with django_assert_max_num_queries(limit):
            assert desk.get(f"/meetings/{meeting.pk}/{page}").status_code == 200
    assert Paper.objects.count() == 14
