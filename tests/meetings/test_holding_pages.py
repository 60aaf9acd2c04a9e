"""The pages of a held meeting: what they show, to whom, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from phrom.meetings.actions.pen import give_pen, take_pen
from phrom.meetings.models import Attendance, Meeting, Minutes, MinutesComment
from phrom.shared.thai import clock
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_seat
from tests.meetings.hall import (
    AFTER,
    BEGAN,
    NEXT,
    Hall,
    hold_meeting,
    make_hall,
    next_meeting,
    send_minutes,
    write_minutes,
)

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
EVIL = '<script>alert("1")</script>'


class Now:
    """The clock of the test."""

    at = AFTER


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> type[Now]:
    Now.at = AFTER
    monkeypatch.setattr(clock, "now", lambda: Now.at)
    return Now


@pytest.fixture
def hall() -> Hall:
    return make_hall()


def as_(person: object) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)  # type: ignore[arg-type]
    return client


def url(hall: Hall, tail: str) -> str:
    return f"/meetings/{hall.meeting.pk}/{tail}"


def key(page: str) -> str:
    """The one-time key of the first form that carries one."""
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_row_is_ticked_and_the_quorum_is_told(hall: Hall) -> None:
    secretary, seat = as_(hall.secretary), hall.seats[0].pk
    done = secretary.post(url(hall, "attendance/"), {"seat": [seat], f"s{seat}-kind": "came", "row": seat})
    assert done.headers["Location"].endswith(f"#seat-{seat}")
    assert "มาแล้ว 1 จาก 5 ยังไม่ครบองค์ประชุม" in secretary.get(url(hall, "attendance/")).content.decode()


def test_the_button_for_the_rest_says_what_is_left_and_goes_when_nothing_is(hall: Hall) -> None:
    secretary = as_(hall.secretary)
    assert "ที่เหลือมาประชุมทั้งหมด" in secretary.get(url(hall, "attendance/")).content.decode()
    page = secretary.post(url(hall, "attendance/"), {"rest": "came"}, follow=True).content.decode()
    assert "บันทึกแล้ว 5 ตำแหน่ง เหลือ 1 ตำแหน่งที่ต้องเลือกเอง" in page
    assert "มาแล้ว 4 จาก 5 ครบองค์ประชุม" in page
    assert "ที่เหลือมาประชุมทั้งหมด" not in page


def test_once_opened_the_meeting_tells_who_came_and_not_who_would(hall: Hall) -> None:
    Meeting.objects.update(invited_at=BEGAN, invited_by=hall.secretary)
    place = url(hall, "")
    assert "จะมา 0 จากกรรมการ 5" in as_(hall.member).get(place).content.decode()
    hold_meeting(hall)
    page = " ".join(as_(hall.member).get(place).content.decode().split())
    assert 'มา 3 จาก 5 <span class="state state--done">' in page
    assert "จะมา" not in page
    Attendance.objects.filter(kind="came").update(kind="absent")
    assert "ไม่ครบองค์ประชุม" in as_(hall.member).get(place).content.decode()


def test_what_cannot_be_stored_comes_back_as_typed_and_the_rest_is_kept(hall: Hall) -> None:
    good, wrong = hall.seats[0].pk, hall.seats[1].pk
    typed = {"seat": [good, wrong], f"s{good}-kind": "came", f"s{wrong}-kind": "substitute", f"s{wrong}-name": EVIL}
    answer = as_(hall.secretary).post(url(hall, "attendance/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert EVIL not in page
    assert "&lt;script&gt;" in page
    assert [row.seat_id for row in Attendance.objects.all()] == [good]


def test_two_secretaries_on_one_row_get_409(hall: Hall) -> None:
    seat = hall.seats[0].pk
    as_(hall.secretary).post(url(hall, "attendance/"), {"seat": [seat], f"s{seat}-kind": "came"})
    answer = as_(hall.second).post(url(hall, "attendance/"), {"seat": [seat], f"s{seat}-kind": "absent"})
    assert answer.status_code == 409
    assert "มีผู้บันทึกไว้แล้วว่า" in answer.content.decode()


def test_times_are_typed_and_a_wrong_one_is_said_at_its_field(hall: Hall) -> None:
    secretary = as_(hall.secretary)
    assert secretary.post(url(hall, "time/"), {"what": "open", "clock": "๑๓.๓๕"}).status_code == 302
    assert Meeting.objects.get(pk=hall.meeting.pk).opened_at == BEGAN
    answer = secretary.post(url(hall, "time/"), {"what": "close", "clock": "13.00"})
    assert answer.status_code == 422
    assert "หลังเวลาเริ่มประชุม" in answer.content.decode()
    assert secretary.post(url(hall, "time/"), {"what": "open", "clock": "บ่ายโมง"}).status_code == 422


def test_a_participant_is_written_once_however_often_the_button_is_pressed(hall: Hall) -> None:
    secretary = as_(hall.secretary)
    form = {"name": "นายแขก รับเชิญ", "position": "สื่อ", "once": key(secretary.get(url(hall, "attendance/")).content.decode())}
    for _ in range(2):
        assert secretary.post(url(hall, "participants/"), form).status_code == 302
    guest = Attendance.objects.get()
    secretary.post(url(hall, "participants/remove/"), {"participant": guest.pk})
    assert not Attendance.objects.exists()


def test_a_resolution_is_recorded_beside_its_item_and_put_right(hall: Hall) -> None:
    secretary, item = as_(hall.secretary), hall.items["3.1"]
    place = url(hall, f"resolutions/?item={item.pk}")
    form = {"kind": "agreed", "text": "ตามเสนอ", "due_on": "21 มิ.ย. 2567", "once": key(secretary.get(place).content.decode())}
    for _ in range(2):
        assert secretary.post(place, form).status_code == 302
    found = item.resolutions.get()
    secretary.post(url(hall, f"resolutions/{found.pk}/"), {"kind": "agreed", "text": "ตามที่เสนอ", "due_on": ""})
    assert "แก้ไขโดย" in secretary.get(place).content.decode()
    assert secretary.get(url(hall, "resolutions/?item=999999")).status_code == 404


def test_the_conflict_page_shows_both_texts_and_harms_nobody(hall: Hall) -> None:
    write_minutes(hall)
    secretary, place = as_(hall.secretary), url(hall, f"minutes/edit/{hall.items['3.1'].pk}/")
    secretary.post(place, {"version": 1, "text": f"ของอีกแท็บ {EVIL}"})
    answer = secretary.post(place, {"version": 1, "text": f"ของแท็บนี้ </textarea>{EVIL}"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert EVIL not in page
    assert "ของอีกแท็บ" in page
    assert "ของแท็บนี้ &lt;/textarea&gt;" in page
    assert secretary.post(place, {"version": 2, "text": "ของแท็บนี้"}).status_code == 302


def test_typing_while_the_pen_moves_on_loses_nothing_and_asks_for_it_back(hall: Hall) -> None:
    minutes = write_minutes(hall)
    give_pen(minutes=minutes, by=hall.secretary, at=AFTER)
    take_pen(minutes=minutes, by=hall.second, at=AFTER)
    secretary, place = as_(hall.secretary), url(hall, f"minutes/edit/{hall.items['3.1'].pk}/")
    answer = secretary.post(place, {"version": 1, "text": "พิมพ์ค้างไว้", "ask": "1"})
    assert answer.status_code == 409
    assert "พิมพ์ค้างไว้" in answer.content.decode()
    assert Minutes.objects.get().wanted_by == hall.secretary
    assert "พิมพ์ค้างไว้" not in as_(hall.second).get(place).content.decode()


def test_a_draft_is_for_the_secretary_and_circulated_minutes_for_the_province(hall: Hall) -> None:
    write_minutes(hall)
    member = as_(hall.member)
    assert "ฝ่ายเลขานุการรายงานผลปีก่อน" not in member.get(url(hall, "minutes/")).content.decode()
    assert member.get(url(hall, "minutes/paper/pdf/")).status_code == 404
    form = {
        "comments_until": "19 มิ.ย. 2567",
        "once": key(as_(hall.secretary).get(url(hall, "minutes/circulate/")).content.decode()),
    }
    assert as_(hall.secretary).post(url(hall, "minutes/circulate/"), form).status_code == 302
    assert "ฝ่ายเลขานุการรายงานผลปีก่อน" in member.get(url(hall, "minutes/")).content.decode()
    assert member.get(url(hall, "minutes/paper/pdf/")).status_code == 200


def test_who_was_there_comments_and_who_was_not_is_told_why(hall: Hall) -> None:
    send_minutes(hall)
    official, other = as_(hall.official), as_(make_member(make_agency(hall.body)))
    page = official.get(url(hall, "minutes/")).content.decode()
    form = {"item": hall.items["3.1"].pk, "text": f"แก้เป็น 378 {EVIL}", "once": key(page)}
    assert official.post(url(hall, "minutes/comment/"), form).status_code == 302
    shown = other.get(url(hall, "minutes/")).content.decode()
    assert "ส่งข้อขอแก้" not in shown
    assert "ผู้ที่ขอแก้ได้คือผู้มาประชุม" in shown
    assert EVIL not in shown
    refused = other.post(url(hall, "minutes/comment/"), {**form, "once": "x" * 20})
    assert refused.status_code == 403
    assert MinutesComment.objects.count() == 1


def test_an_official_of_another_province_finds_nothing(hall: Hall) -> None:
    send_minutes(hall)
    stranger = as_(make_member(make_agency(make_body()), "official"))
    keeper = as_(make_member(make_body(), "coordinator"))
    resolution = hall.items["3.1"].resolutions.get()
    for tail in ("minutes/", "minutes/paper/pdf/", f"resolutions/{resolution.pk}/extract/pdf/"):
        assert stranger.get(url(hall, tail)).status_code == 404
    for tail in ("attendance/", "resolutions/", "minutes/edit/", "minutes/circulate/", "adoption/", "sign-in/pdf/"):
        assert keeper.get(url(hall, tail)).status_code == 404
    assert stranger.post(url(hall, "minutes/comment/"), {"text": "แก้คำผิด"}).status_code == 404


def test_the_later_meeting_adopts_by_one_button_and_the_kept_pdf_is_handed_out(hall: Hall, now: type[Now]) -> None:
    minutes = send_minutes(hall)
    now.at = NEXT + timedelta(hours=2)
    later = next_meeting(hall)
    secretary = as_(hall.secretary)
    assert "ที่ประชุมรับรองแล้ว" in secretary.get(f"/meetings/{later.pk}/adoption/").content.decode()
    assert secretary.post(f"/meetings/{later.pk}/adoption/", {"minutes": minutes.pk}).status_code == 302
    page = as_(hall.member).get(url(hall, "minutes/")).content.decode()
    assert "รับรองแล้วในการประชุมครั้งที่ 2/2567" in page
    kept = hall.meeting.kept_papers.get()
    assert kept.sha256 in page
    handed = b"".join(as_(hall.member).get(url(hall, "minutes/paper/pdf/")).streaming_content)  # type: ignore[attr-defined]
    assert len(handed) == kept.pdf.size
    assert secretary.post(f"/meetings/{later.pk}/adoption/", {"minutes": minutes.pk}).status_code == 409


def test_papers_come_as_pdf_and_word(hall: Hall) -> None:
    hold_meeting(hall)
    resolution = hall.items["3.1"].resolutions.get()
    for tail in ("sign-in/pdf/", "sign-in/docx/", f"resolutions/{resolution.pk}/extract/docx/"):
        answer = as_(hall.secretary).get(url(hall, tail))
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert as_(hall.secretary).get(url(hall, "sign-in/exe/")).status_code == 404


@pytest.mark.parametrize("tail", ["attendance/", "resolutions/", "minutes/edit/", "minutes/", "minutes/circulate/"])
def test_queries_do_not_grow_with_the_committee_or_the_agenda(
    hall: Hall, tail: str, django_assert_max_num_queries: Any
) -> None:
    write_minutes(hall)
    secretary = as_(hall.secretary)
    with django_assert_max_num_queries(18) as few:
        secretary.get(url(hall, tail))
    for number in range(6):
        make_holder(make_seat(hall.meeting.order))
        item = hall.meeting.items.create(parent=hall.items["3"], number=f"3.{number + 2}", title="เพิ่ม", position=40 + number)
        item.resolutions.create(kind="agreed", text="เห็นชอบ", recorded_by=hall.secretary, recorded_at=AFTER)
    with django_assert_max_num_queries(len(few)):
        secretary.get(url(hall, tail))


def test_before_anything_happened_each_page_says_what_comes(hall: Hall) -> None:
    secretary = as_(hall.secretary)
    for tail, words in (
        ("minutes/", "ยังไม่มีรายงานการประชุม"),
        ("minutes/edit/", "ยังไม่เริ่มประชุม"),
        ("adoption/", "ไม่มีรายงานการประชุมที่รอรับรอง"),
    ):
        assert words in secretary.get(url(hall, tail)).content.decode()
    assert secretary.get(url(hall, "minutes/circulate/")).status_code == 404


def test_after_circulation_the_seats_are_read_only(hall: Hall) -> None:
    send_minutes(hall)
    page = as_(hall.secretary).get(url(hall, "attendance/")).content.decode()
    assert "บันทึกทุกแถว" not in page
    assert "อ่านได้อย่างเดียว" in page
