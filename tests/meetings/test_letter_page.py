"""The page on which a resolution becomes a letter."""

from __future__ import annotations

import pytest
from django.test import Client

from phrom.agencies.models import Agency, AgencyKind
from phrom.letters.models import Letter
from phrom.meetings.models import FollowUp, Resolution
from phrom.rollout.actions.local_governments import import_local_governments
from phrom.rollout.table_file import LocalRow
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.follow_ups import make_follow_up
from tests.factories.letters import make_office
from tests.factories.meetings import HELD, make_item, make_meeting, make_resolution

pytestmark = pytest.mark.django_db
KEY = "a-key-of-this-very-form"


@pytest.fixture
def resolution() -> Resolution:
    body = make_body()
    make_office(make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE))
    return make_resolution(make_item(make_meeting(body)))


@pytest.fixture
def desk(client: Client, resolution: Resolution) -> Client:
    office = Agency.objects.get(kind=AgencyKind.PROVINCIAL_OFFICE)
    client.force_login(make_member(office, "coordinator"), backend="phrom.agencies.signin.backend.PersonBackend")
    return client


def test_the_offices_that_owe_something_are_ticked_with_their_task(desk: Client, resolution: Resolution) -> None:
    owing, other = make_follow_up(resolution).agency, make_agency(resolution.item.meeting.body)
    shown = desk.get(f"/resolutions/{resolution.pk}/letter/")
    page = shown.context["page"]
    assert page.initial["agencies"] == [str(owing.pk)] and other in page.agencies
    assert page.initial["task"] == FollowUp.objects.get().task
    assert "ออกหนังสือตามมติ" in desk.get(f"/resolutions/{resolution.pk}/").content.decode()


def test_one_draft_however_often_it_is_pressed(desk: Client, resolution: Resolution) -> None:
    body = resolution.item.meeting.body
    office, local = make_agency(body), make_agency(body, "เทศบาลตำบลตัวอย่าง", AgencyKind.LOCAL_GOVERNMENT)
    posted = {"agencies": [office.pk], "locals": [local.pk], "task": "รายงานผลการสำรวจ", "due_on": "21 มิ.ย. 2567", "once": KEY}
    answers = [desk.post(f"/resolutions/{resolution.pk}/letter/", posted) for _ in range(2)]
    letter = Letter.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/letters/out/{letter.pk}/"}
    assert set(FollowUp.objects.values_list("agency", flat=True)) == {office.pk, local.pk}


def test_a_second_letter_to_the_same_offices_is_drafted_and_their_lines_stay(desk: Client, resolution: Resolution) -> None:
    office = make_agency(resolution.item.meeting.body)
    posted = {"agencies": [office.pk], "task": "รายงานผลการสำรวจ", "due_on": "21 มิ.ย. 2567"}
    for key in (KEY, f"{KEY}-2"):
        assert desk.post(f"/resolutions/{resolution.pk}/letter/", {**posted, "once": key}).status_code == 302
    assert Letter.objects.count() == 2
    assert FollowUp.objects.get().agency == office


def test_what_was_chosen_stays_chosen_when_something_else_is_wrong(desk: Client, resolution: Resolution) -> None:
    body = resolution.item.meeting.body
    office, other = make_agency(body), make_agency(body)
    local = make_agency(body, "เทศบาลตำบลตัวอย่าง", AgencyKind.LOCAL_GOVERNMENT)
    posted = {
        "agencies": [office.pk],
        "locals": [local.pk],
        "task": "รายงาน",
        "due_on": "เร็ว ๆ นี้",
        "to_know": "on",
        "once": KEY,
    }
    form = desk.post(f"/resolutions/{resolution.pk}/letter/", posted).context["form"]
    assert form["agencies"].value() == [str(office.pk)] and str(other.pk) not in form["agencies"].value()
    assert (form["locals"].value(), form["to_know"].value()) == ([str(local.pk)], True)
    assert not Letter.objects.exists() and not FollowUp.objects.exists()


def test_an_office_that_the_page_does_not_offer_cannot_be_chosen(desk: Client, resolution: Resolution) -> None:
    abroad = make_agency(make_body(name="จังหวัดลำพูน"))
    make_agency(resolution.item.meeting.body)
    posted = {"agencies": [abroad.pk], "task": "รายงานผลการสำรวจ", "due_on": "21 มิ.ย. 2567", "once": KEY}
    assert desk.post(f"/resolutions/{resolution.pk}/letter/", posted).status_code == 422
    assert not Letter.objects.exists()


def test_nobody_chosen_and_a_day_that_cannot_be_are_told_and_what_was_typed_stays(desk: Client, resolution: Resolution) -> None:
    make_agency(resolution.item.meeting.body)
    answer = desk.post(
        f"/resolutions/{resolution.pk}/letter/", {"task": "รายงานผลการสำรวจ", "due_on": "32/1/2567", "once": KEY}
    )
    assert answer.status_code == 422 and "รายงานผลการสำรวจ" in answer.content.decode()
    assert "เลือกหน่วยงานอย่างน้อยหนึ่งแห่ง" in answer.content.decode()
    assert not Letter.objects.exists()


def test_looking_for_a_name_shows_it_with_what_is_ticked_and_loses_no_tick(desk: Client, resolution: Resolution) -> None:
    body = resolution.item.meeting.body
    names = ("เทศบาลตำบลแม่ริม", "เทศบาลตำบลหางดง", "เทศบาลตำบลสันทราย")
    _, ticked, _ = (make_agency(body, name, AgencyKind.LOCAL_GOVERNMENT) for name in names)
    looked = {"act": "find", "q": "แม่ริม", "locals": [ticked.pk], "task": "รายงานผล", "due_on": "21 มิ.ย. 2567", "once": KEY}
    answer = desk.post(f"/resolutions/{resolution.pk}/letter/", looked)
    (group,) = (each for each in answer.context["form"].shown if each.name == "locals")
    assert [(row.title, row.ticked) for row in group.rows] == [(names[0], False), (names[1], True)]
    assert answer.status_code == 200 and "รายงานผล" in answer.content.decode() and not Letter.objects.exists()


def test_a_district_is_ticked_as_a_whole_without_a_script(desk: Client, resolution: Resolution) -> None:
    body = resolution.item.meeting.body
    listed = [
        LocalRow(row=n, dla_code=f"99{n:02}", kind="sao", name=f"ตัวอย่าง {n}", district="แม่ริม" if n < 15 else "หางดง")
        for n in range(20)
    ]
    import_local_governments(body=body, rows=listed, by=None, at=HELD)
    shown = desk.get(f"/resolutions/{resolution.pk}/letter/").context["form"].shown
    by_title = {group.title: group for group in shown}
    assert (by_title["อำเภอแม่ริม"].count, by_title["อำเภอหางดง"].count) == (15, 5)
    assert not by_title["อำเภอแม่ริม"].is_open
    posted = {"whole": [by_title["อำเภอหางดง"].key], "task": "รายงานผล", "due_on": "21 มิ.ย. 2567", "once": KEY}
    assert desk.post(f"/resolutions/{resolution.pk}/letter/", posted).status_code == 302
    assert set(FollowUp.objects.values_list("agency__local_government__district", flat=True)) == {"หางดง"}
    assert FollowUp.objects.count() == 5
    everybody = {**posted, "whole": ["locals"], "once": KEY + "-2"}
    assert desk.post(f"/resolutions/{resolution.pk}/letter/", everybody).status_code == 302
    assert FollowUp.objects.count() == 20


def test_who_drafts_no_letters_of_the_province_finds_no_page(client: Client, resolution: Resolution) -> None:
    elsewhere = make_member(make_agency(resolution.item.meeting.body), "coordinator")
    client.force_login(elsewhere, backend="phrom.agencies.signin.backend.PersonBackend")
    assert client.get(f"/resolutions/{resolution.pk}/letter/").status_code == 404
    assert "ออกหนังสือตามมติ" not in client.get(f"/resolutions/{resolution.pk}/").content.decode()
