"""The pages of a list: easy to type into, a table to paste, nothing lost; and who may not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from phrom.agencies.models import Person
from phrom.survey.models import Ask, ListItem, Round
from tests.factories.agencies import make_member
from tests.factories.survey import AT, make_answer, make_evidence, make_item
from tests.survey.lists import Listing, make_listing

pytestmark = pytest.mark.django_db
KEY = "list-test-once-key-{}"


@pytest.fixture
def listing() -> Listing:
    return make_listing()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(listing: Listing, kind: str = "services", more: str = "") -> str:
    return f"/rounds/{listing.round.pk}/agencies/{listing.office.pk}/lists/{kind}/{more}"


def add(listing: Listing, *lines: dict[str, str], kind: str = "services", key: str = "a", who: Person | None = None) -> Any:
    data = {f"n{n}-{name}": value for n, line in enumerate(lines) for name, value in line.items()}
    return signed_in(who or listing.official).post(address(listing, kind, "add/"), {**data, "once": KEY.format(key)})


def paste(listing: Listing, table: str, kind: str = "services", **more: object) -> Any:
    data = {"table": table, "once": KEY.format("paste"), **more}
    return signed_in(listing.official).post(address(listing, kind, "paste/"), data)


QUEUE = {"name": "ระบบจองคิว", "provider": "parent", "is_digital": "on"}


def test_three_lines_are_added_and_the_empty_ones_are_not(listing: Listing) -> None:
    done = add(listing, QUEUE, {}, {"name": "ขึ้นทะเบียนเกษตรกร", "provider": "parent"})
    assert done.status_code == 302
    text = done.client.get(done.headers["Location"]).content.decode()
    assert "เพิ่มในบัญชีแล้ว 2 บริการ" in text
    assert ListItem.objects.count() == 2
    assert (listing.said("P4.1"), listing.said("P4.1.1")) == (2, 1)


def test_the_same_form_sent_twice_adds_once(listing: Listing) -> None:
    assert add(listing, QUEUE).status_code == add(listing, QUEUE).status_code == 302
    assert ListItem.objects.count() == 1


def test_a_wrong_line_keeps_everything_that_was_typed(listing: Listing) -> None:
    make_item(listing.round, listing.office, "แจ้งเตือนภัย")
    wrong = add(listing, QUEUE, {"name": "แจ้ง เตือนภัย", "provider": "own"}, {"name": "ไม่บอกผู้จัดให้"}, {"name": "ก", "url": "x"})
    text = wrong.content.decode()
    assert wrong.status_code == 422 and ListItem.objects.count() == 1
    assert "บรรทัดที่ 2 ชื่อ: มีชื่อนี้ในบัญชีแล้ว" in text
    assert "บรรทัดที่ 3 ผู้จัดให้: เลือกผู้จัดให้" in text
    assert "ที่อยู่เว็บต้องขึ้นต้นด้วย http" in text
    assert "ไม่บอกผู้จัดให้" in text and "ระบบจองคิว" in text


def test_nothing_typed_is_told(listing: Listing) -> None:
    assert "พิมพ์ชื่ออย่างน้อยหนึ่งบรรทัด" in add(listing).content.decode()


def test_a_list_says_what_it_answers_and_who_answered_otherwise(listing: Listing) -> None:
    make_answer(listing.asks["P4.1"], 9)
    make_item(listing.round, listing.office)
    text = signed_in(listing.official).get(address(listing)).content.decode()
    assert "ต่างจากคำตอบ" in text and "9 รายการ" in text


TABLE = "ชื่อ\tดิจิทัล\tผู้จัดให้\tที่อยู่เว็บ\nระบบจองคิว\tใช่\tกรม\thttps://q.example.go.th\nตลาดนัด\tไม่ใช่\tหน่วยงานเอง\t\n\n"


def test_twenty_services_are_pasted_from_excel(listing: Listing) -> None:
    rows = "".join(f"บริการที่ {n}\tกรมจัดให้\tใช่\n" for n in range(20))
    assert paste(listing, rows).status_code == 302
    assert (listing.said("P4.1"), listing.said("P4.1.1")) == (20, 20)


def test_columns_stand_in_any_order_under_their_titles(listing: Listing) -> None:
    assert paste(listing, TABLE).status_code == 302
    first, second = ListItem.objects.order_by("id")
    assert (first.name, first.provider, first.is_digital, first.url) == ("ระบบจองคิว", "parent", True, "https://q.example.go.th")
    assert (second.provider, second.is_digital) == ("own", False)


def test_every_wrong_cell_is_told_with_its_row_and_nothing_is_saved(listing: Listing) -> None:
    make_item(listing.round, listing.office, "ระบบจองคิว")
    wrong = paste(listing, TABLE + "\tใช่\tกรม\t\nก\tอาจจะ\tใครก็ไม่รู้\tไม่ใช่เว็บ\nตลาดนัด\tใช่\tกรม\n")
    text = " ".join(wrong.content.decode().split())
    assert wrong.status_code == 422 and ListItem.objects.count() == 1
    found = [(problem.row, problem.column) for problem in wrong.context["read"].problems]
    assert found == [(2, "ชื่อ"), (5, "ชื่อ"), (6, "ดิจิทัล"), (6, "ผู้จัดให้"), (6, "ที่อยู่เว็บ"), (7, "ชื่อ")]
    assert "พบ 6 จุดที่ต้องแก้ในตาราง" in text and "ใครก็ไม่รู้" in text


@pytest.mark.parametrize(("table", "told"), [("", "ไม่มีแถวที่มีข้อมูล"), ("ชื่อ\tสี\nก\tแดง", "ไม่รู้จักคอลัมน์นี้")])
def test_no_table_is_told(listing: Listing, table: str, told: str) -> None:
    assert told in paste(listing, table).content.decode()


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book, held = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return SimpleUploadedFile("บัญชี.xlsx", held.getvalue())


def test_a_workbook_of_trainings_is_read_with_its_choices_and_days(listing: Listing) -> None:
    head = ("ชื่อ", "ผู้จัดให้", "วิธี", "วันที่เริ่ม", "จำนวนผู้เข้าร่วม", "มีการวัดผลหรือไม่", "ผลการวัด")
    rows = (head, ("อบรม AI", "เอง", "จัดการฝึกอบรม", "๑๑ มิ.ย. ๖๗", 40, "มี", "ผ่านร้อยละ 85"))
    assert paste(listing, "", "trainings", file=workbook(*rows)).status_code == 302
    assert ListItem.objects.get().content == {
        "method": "training",
        "starts_on": "2024-06-11",
        "people": 40,
        "measured": True,
        "outcome": "ผ่านร้อยละ 85",
    }
    assert listing.said("P3.1") == ["training"]


def test_a_dataset_with_two_uses_is_pasted(listing: Listing) -> None:
    assert paste(listing, "แหล่งท่องเที่ยว\tเอง\tข้อมูลเปิด; ให้หน่วยงานอื่นเชื่อมโยง\n", "datasets").status_code == 302
    assert ListItem.objects.get().content == {"uses": ["open", "shared"]}


def change(listing: Listing, item: ListItem, version: int = 1, who: Person | None = None, **more: object) -> Any:
    data = {"name": item.name, "provider": "parent", "version": version, **more}
    return signed_in(who or listing.official).post(f"/lists/{item.pk}/", data)


def test_a_thing_is_changed_with_all_its_fields(listing: Listing) -> None:
    item = make_item(listing.round, listing.office)
    assert change(listing, item, satisfaction="๘๕.๕๐", improved="ลดขั้นตอน", unit="กลุ่มงาน").status_code == 302
    assert change(listing, item, satisfaction="๘๕.๕๐", improved="ลดขั้นตอน", unit="กลุ่มงาน").status_code == 302  # sent twice
    item.refresh_from_db()
    assert item.content == {"satisfaction": "85.50", "improved": "ลดขั้นตอน"}
    assert (item.version, item.unit) == (2, "กลุ่มงาน")


def test_two_people_on_one_thing_see_both_texts_and_the_second_may_save_again(listing: Listing) -> None:
    item = make_item(listing.round, listing.office)
    change(listing, item, name="จองคิวออนไลน์")
    clash = change(listing, item, name="จองนัดหมาย", who=listing.coordinator)
    text = clash.content.decode()
    assert clash.status_code == 409
    assert "จองคิวออนไลน์" in text and "จองนัดหมาย" in text and 'name="version" value="2"' in text
    assert change(listing, item, 2, name="จองนัดหมาย", who=listing.coordinator).status_code == 302
    item.refresh_from_db()
    assert item.name == "จองนัดหมาย"


def test_open_data_is_public_data(listing: Listing) -> None:
    item = make_item(listing.round, listing.office, "รายชื่อผู้ป่วย", "datasets", content={"uses": ["open"]})
    wrong = change(listing, item, uses=["open"], data_category="ข้อมูลส่วนบุคคล")
    assert wrong.status_code == 422 and "ข้อมูลหมวดอื่นเปิดไม่ได้" in wrong.content.decode()


def test_evidence_comes_from_the_agencys_own_library(listing: Listing) -> None:
    item = make_item(listing.round, listing.office)
    own, foreign = make_evidence(listing.asks["P1.1"]).evidence, make_evidence(listing.others["P1.1"]).evidence
    assert change(listing, item, evidence=foreign.pk).status_code == 422
    assert change(listing, item, evidence=own.pk).status_code == 302


def test_a_thing_is_taken_out_and_the_number_follows(listing: Listing) -> None:
    add(listing, QUEUE)
    item = ListItem.objects.get()
    assert signed_in(listing.official).post(f"/lists/{item.pk}/remove/").status_code == 302
    assert listing.said("P4.1") is None
    assert signed_in(listing.official).post(f"/lists/{item.pk}/remove/").status_code == 302
    assert signed_in(listing.official).get(f"/lists/{item.pk}/").status_code == 404


def test_another_office_has_no_part_in_it(listing: Listing) -> None:
    item = make_item(listing.round, listing.office)
    neighbour, stranger = signed_in(make_member(listing.other)), signed_in(make_listing().official)
    for client in (neighbour, stranger):
        assert client.get(address(listing)).status_code == 404
        assert client.post(address(listing, more="add/"), {"n0-name": "ก"}).status_code == 404
        assert client.get(f"/lists/{item.pk}/").status_code == 404
        assert client.post(f"/lists/{item.pk}/remove/").status_code == 404
        assert client.post(f"/asks/{listing.asks['P4.1'].pk}/from-list/").status_code == 404


def test_who_only_reads_is_shown_no_way_to_write(listing: Listing) -> None:
    make_item(listing.round, listing.office)
    auditor = signed_in(make_member(listing.round.body, "auditor"))
    text = auditor.get(address(listing)).content.decode()
    assert "ระบบจองคิว" in text and "แก้ไขไม่ได้" in text
    assert "เพิ่มในบัญชี" not in text and "/lists/" not in text.split("<h1")[1].split("ระบบจองคิว")[1]
    assert auditor.post(address(listing, more="add/"), {"n0-name": "ก"}).status_code == 404


def test_a_list_that_answers_nothing_of_the_agency_does_not_exist(listing: Listing) -> None:
    Ask.objects.filter(agency=listing.office, code__in=["P5.1"]).delete()
    client = signed_in(listing.official)
    assert client.get(address(listing, "systems")).status_code == 404
    assert client.get(address(listing, "anything")).status_code == 404


def test_sent_rows_close_their_things_and_a_frozen_round_the_list(listing: Listing) -> None:
    make_item(listing.round, listing.office)
    Ask.objects.filter(pk=listing.asks["P4.1"].pk).update(state="submitted")
    text = signed_in(listing.official).get(address(listing)).content.decode()
    assert "ส่งแล้ว" in text and "แก้ไข<span" not in text and "เพิ่มในบัญชี" in text
    assert add(listing, QUEUE | {"name": "อีกอย่าง"}).status_code == 409
    Round.objects.filter(pk=listing.round.pk).update(frozen_by=listing.coordinator, frozen_at=AT)
    assert "รอบนี้ปิดแล้ว" in signed_in(listing.official).get(address(listing)).content.decode()


def section(listing: Listing, slug: str = "p4-1") -> str:
    return f"/rounds/{listing.round.pk}/agencies/{listing.office.pk}/sections/{slug}/"


def test_the_row_tells_what_the_list_says_and_takes_it(listing: Listing) -> None:
    make_answer(listing.asks["P4.1"], 9)
    make_item(listing.round, listing.office)
    client = signed_in(listing.official)
    text = client.get(section(listing)).content.decode()
    assert "จากบัญชี: 1 บริการ" in text and "ต่างจากคำตอบที่บันทึกไว้" in text and "ใช้คำตอบจากบัญชี (1 รายการ)" in text
    data = {"version": 1, "once": KEY.format("take")}
    assert client.post(f"/asks/{listing.asks['P4.1'].pk}/from-list/", data).status_code == 302
    assert listing.said("P4.1") == 1
    assert "ต่างจากคำตอบที่บันทึกไว้" not in client.get(section(listing)).content.decode()


def test_beside_satisfaction_stand_the_services_that_were_measured(listing: Listing) -> None:
    make_item(listing.round, listing.office, content={"satisfaction": "90.00"})
    text = signed_in(listing.official).get(section(listing)).content.decode()
    assert "ในบัญชีมี 1 บริการ วัดความพึงพอใจแล้ว 1 (ระบบจองคิว ร้อยละ 90.00)" in text


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_long_list_costs_as_many_queries_as_a_short_one(listing: Listing) -> None:
    client = signed_in(listing.official)
    make_item(listing.round, listing.office, "หนึ่ง")
    before = [queries(client, address(listing)), queries(client, section(listing))]
    for n in range(30):
        make_item(listing.round, listing.office, f"บริการที่ {n}")
    assert [queries(client, address(listing)), queries(client, section(listing))] == before
    assert before[0] <= 9
