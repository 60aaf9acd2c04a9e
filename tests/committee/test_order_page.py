"""หน้าของคำสั่ง: ใครนั่งตำแหน่งใดในวันที่ถาม ตามที่บันทึกไว้ถึงวันใด และใครทำอะไรได้."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phrom.committee.models import Holder, Order, Seat
from phrom.committee.roster import roster
from tests.committee.test_roster_file import CHAIR, MEMBER, book, but
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_holder, make_order, make_seat, make_seats, make_substitution
from tests.factories.meetings import make_meeting

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
FIRST = date(2024, 6, 7)


def signed_in(client: Client, order: Order, role: str = "coordinator") -> Client:
    """Somebody in this role."""
    agency = make_agency(order.body) if role == "official" else order.body
    client.force_login(make_member(agency, role), backend=BACKEND)
    return client


def post(client: Client, address: str, **given: object) -> Any:
    """Open the form, fill it in and send it with its one-time key."""
    page = client.get(address).content.decode()
    [key, *_] = re.findall(r'name="once" value="([^"]+)"', page)
    return client.post(address, {"once": key, **given})


def shown(client: Client, order: Order, **asked: str) -> str:
    """The order's page in words."""
    page = client.get(f"/orders/{order.pk}/", asked).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_roster_stands_in_precedence_with_vacant_seats_and_substitutes(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    chair, member, *_ = make_seats(order, members=2)
    make_holder(chair, "นายศักดิ์ชัย คำแสน")
    make_substitution(member, "นางแสงเดือน จันทร์แก้ว")
    words = shown(signed_in(client, order, "official"), order)
    for expected in (
        "5 ตำแหน่ง (คำสั่งระบุ 28 ตำแหน่ง)",
        "1. ผู้ว่าราชการจังหวัดเชียงใหม่",
        "นายศักดิ์ชัย คำแสน",
        "ผู้แทน: นางแสงเดือน จันทร์แก้ว",
        "ว่าง 4 ตำแหน่ง",
        "2 จากกรรมการ 4 ตำแหน่ง",
    ):
        assert expected in words
    assert "แต่งตั้ง " not in words.split("รายชื่อคณะกรรมการ")[1]


def test_a_day_is_asked_as_people_write_it_and_so_is_the_day_of_knowing(client: Client) -> None:
    order = make_order(issued_on=date(2024, 5, 1), recorded_at=datetime(2024, 5, 1, tzinfo=UTC))
    seat = make_seat(order)
    make_holder(seat, "นายเดิม", ends_on=date(2024, 5, 31), recorded_at=datetime(2024, 5, 2, tzinfo=UTC))
    make_holder(seat, "นายใหม่", date(2024, 6, 1), recorded_at=datetime(2024, 6, 4, tzinfo=UTC))
    client = signed_in(client, order, "auditor")
    now = shown(client, order, on="๑ มิ.ย. ๖๗").split("ประวัติ")[0]
    then = shown(client, order, on="1/6/2567", known="3/6/2567").split("ประวัติ")[0]
    assert "ณ วันเสาร์ที่ 1 มิถุนายน 2567" in now
    assert "นายใหม่" in now
    assert "นายใหม่" not in then
    assert "ว่าง" in then


def test_a_day_that_does_not_exist_is_told_and_the_page_still_stands(client: Client) -> None:
    order = make_order()
    answer = signed_in(client, order).get(f"/orders/{order.pk}/", {"on": "31/6/2567"})
    assert answer.status_code == 422
    assert "มิถุนายน 2567 มี 30 วัน" in answer.content.decode()


def test_another_order_held_on_that_day(client: Client) -> None:
    old = make_order(number=2533, issued_on=date(2020, 6, 11), year=2563)
    new = make_order(old.body, 3046, FIRST, replaces=old)
    client = signed_in(client, new)
    assert "ในวันนั้นคำสั่งที่ใช้คือ คำสั่งที่ 2533/2563" in shown(client, new, on="1/6/2567")
    make_seat(new, "ตำแหน่งที่ยังไม่มีในวันนั้น")
    assert "ตำแหน่งที่ยังไม่มีในวันนั้น" not in shown(client, new, on="1/6/2567")
    assert "ในวันนั้นยังไม่มีคำสั่งใดมีผล" in shown(client, new, on="1/6/2560")
    assert "6 มิถุนายน 2567" in shown(client, old)


def test_the_page_asks_the_same_few_queries_for_six_seats_and_for_sixty(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    order = make_order()
    for seat in make_seats(order, members=40, agency=make_agency(order.body)):
        make_holder(seat)
        make_substitution(seat)
    client = signed_in(client, order)
    with django_assert_max_num_queries(18):
        client.get(f"/orders/{order.pk}/")


def test_an_order_is_recorded_from_the_form_with_its_file(client: Client) -> None:
    old = make_order(number=2533, issued_on=date(2020, 6, 11), year=2563)
    client = signed_in(client, old)
    given: dict[str, object] = {
        "number": "๓๐๔๖",
        "year": "2567",
        "issued_on": "7 มิ.ย. 67",
        "relation": f"replaces:{old.pk}",
        "title": "แต่งตั้งคณะกรรมการ",
        "chair_post": "รองผู้ว่าราชการจังหวัด",
        "quorum": "more_than_half",
        "file": SimpleUploadedFile("คำสั่ง 3046.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"),
    }
    answer = post(client, "/orders/record/", **given)
    made = Order.objects.get(number=3046)
    assert answer.headers["Location"] == f"/orders/{made.pk}/"
    assert (made.replaces, made.quorum, made.file_name) == (old, "more_than_half", "คำสั่ง 3046.pdf")
    assert client.get(f"/orders/{made.pk}/file/").headers["Content-Type"] == "application/pdf"


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(client: Client) -> None:
    old = make_order(issued_on=FIRST)
    given = {
        "number": 3046,
        "year": 2567,
        "issued_on": "7/6/2567",
        "relation": "new",
        "title": "เรื่องที่พิมพ์ไว้",
        "chair_post": "ก",
        "quorum": "half",
    }
    answer = post(signed_in(client, old), "/orders/record/", **given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "บันทึกคำสั่งที่ 3046/2567 ไว้แล้ว" in page
    assert "เรื่องที่พิมพ์ไว้" in page
    assert Order.objects.count() == 1


def test_a_signed_file_is_attached_later_and_only_as_pdf(client: Client) -> None:
    order = make_order()
    client = signed_in(client, order)
    for name, content in (("คำสั่ง.docx", b"PK"), ("คำสั่ง.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n")):
        client.post(f"/orders/{order.pk}/attach/", {"file": SimpleUploadedFile(name, content)})
    order.refresh_from_db()
    assert order.file_name == "คำสั่ง.pdf"


def test_a_seat_is_added_filled_handed_over_and_vacated_from_the_pages(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    client = signed_in(client, order)
    seat_given = {"precedence": 1, "title": "เกษตรจังหวัด", "role": "member", "category": "regional"}
    post(client, f"/orders/{order.pk}/seats/", **seat_given)
    seat = Seat.objects.get()
    post(client, f"/seats/{seat.pk}/", **{**seat_given, "title": "เกษตรจังหวัดเชียงใหม่"})
    post(client, f"/seats/{seat.pk}/holder/", name="นายเดิม", starts_on="7/6/67")
    post(client, f"/seats/{seat.pk}/holder/", name="นายใหม่", starts_on="1/7/67")
    post(client, f"/seats/{seat.pk}/substitute/", name="นางแทน", position="รองหัวหน้า", starts_on="1/7/67")
    post(client, f"/holders/{Holder.objects.get(name='นายใหม่').pk}/end/", ends_on="31/7/67")
    held = {day: roster(order.body, day) for day in (FIRST, date(2024, 7, 15), date(2024, 8, 1))}
    assert [found.lines[0].holder and found.lines[0].holder.name for found in held.values() if found] == [
        "นายเดิม",
        "นายใหม่",
        None,
    ]
    substitution = seat.substitutions.get()
    post(client, f"/substitutes/{substitution.pk}/end/", ends_on="31/7/67")
    seat.refresh_from_db()
    substitution.refresh_from_db()
    assert (seat.title, substitution.ends_on) == ("เกษตรจังหวัดเชียงใหม่", date(2024, 7, 31))


def test_a_refused_date_is_told_beside_it(client: Client) -> None:
    seat = make_seat(make_order(issued_on=FIRST))
    answer = post(signed_in(client, seat.order), f"/seats/{seat.pk}/holder/", name="นายเร็ว", starts_on="1/1/2567")
    assert answer.status_code == 422
    assert "มีผลตั้งแต่ 7 มิ.ย. 2567" in answer.content.decode()
    assert not Holder.objects.exists()


def test_an_amending_order_ends_what_is_ticked(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    first, second = make_seat(order, "ก"), make_seat(order, "ข")
    amending = make_order(order.body, 4000, date(2024, 7, 1), amends=order)
    client = signed_in(client, order)
    post(client, f"/orders/{amending.pk}/ended/", seats=[str(second.pk)])
    second.refresh_from_db()
    assert second.ended_by == amending
    assert client.get(f"/orders/{order.pk}/ended/").status_code == 404
    client.post(f"/seats/{first.pk}/remove/")
    assert not Seat.objects.filter(pk=first.pk).exists()


def test_an_order_in_use_says_what_is_still_possible(client: Client) -> None:
    order = make_order()
    make_seats(order)
    make_meeting(order.body)
    client = signed_in(client, order)
    assert "บันทึกคำสั่งแก้ไขเพิ่มเติม" in shown(client, order)
    answer = client.get(f"/orders/{order.pk}/import/")
    assert (answer.status_code, "คำสั่งแก้ไขเพิ่มเติม" in answer.content.decode()) == (409, True)


def test_a_roster_is_shown_before_it_applies_and_applied_as_shown(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    client = signed_in(client, order)
    address = f"/orders/{order.pk}/import/"
    data = book(CHAIR, MEMBER)
    page = client.post(address, {"file": SimpleUploadedFile("a.xlsx", data)}).content.decode()
    assert "อ่านไฟล์ได้ครบ 2 ตำแหน่ง" in page
    assert not Seat.objects.exists()
    key, rows = (re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("once", "rows"))
    for _ in range(2):
        assert client.post(address, {"once": key, "rows": rows}).headers["Location"] == f"/orders/{order.pk}/"
    assert list(order.seats.values_list("title", flat=True)) == [CHAIR[1], MEMBER[1]]


def test_a_preview_of_another_order_or_turned_in_a_letter_is_not_applied(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    other = make_order(order.body, 999, FIRST)
    client = signed_in(client, order)
    page = client.post(f"/orders/{order.pk}/import/", {"file": SimpleUploadedFile("a.xlsx", book(CHAIR))}).content.decode()
    [rows] = re.findall(r'name="rows" value="([^"]+)"', page)
    for number, (found, sent) in enumerate(((other, rows), (order, rows[:-1] + "x"), (order, ""))):
        answer = client.post(f"/orders/{found.pk}/import/", {"once": f"one-time-key-{number:06}", "rows": sent})
        assert answer.status_code == 422
    assert not Seat.objects.exists()


def test_every_fault_of_a_file_stands_on_the_page(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    data = book(CHAIR, but(MEMBER, category="ส่วนกลาง"), but(MEMBER, place="สาม", agency="ไม่มี"))
    answer = signed_in(client, order).post(f"/orders/{order.pk}/import/", {"file": SimpleUploadedFile("a.xlsx", data)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "พบ 3 จุดที่ต้องแก้ในไฟล์" in page
    assert page.count("แถวที่ 4") == 2


def test_the_template_is_read_back_without_its_example(client: Client) -> None:
    order = make_order(issued_on=FIRST)
    make_agency(order.body, code="agri-extension")
    client = signed_in(client, order)
    template = client.get(f"/orders/{order.pk}/import/template/").content
    answer = client.post(f"/orders/{order.pk}/import/", {"file": SimpleUploadedFile("a.xlsx", template)})
    assert "อ่านไฟล์ได้ครบ 1 ตำแหน่ง" in answer.content.decode()


@pytest.mark.parametrize("file", [b"", b"MZ\x90", b"PK\x03\x04"])
def test_a_file_that_is_no_workbook_is_refused_beside_its_field(client: Client, file: bytes) -> None:
    order = make_order()
    answer = signed_in(client, order).post(f"/orders/{order.pk}/import/", {"file": SimpleUploadedFile("a.xlsx", file)})
    assert answer.status_code == 422
    assert "ยังไม่" in answer.content.decode()


def test_the_difference_is_read_on_the_screen_and_between_orders_of_one_body_only(client: Client) -> None:
    old = make_order(number=2533, issued_on=date(2020, 6, 11), year=2563)
    new = make_order(old.body, 3046, FIRST, replaces=old, chair_post="รองผู้ว่าราชการจังหวัด")
    make_seat(old, "ก")
    make_seat(new, "ข")
    client = signed_in(client, new, "member")
    page = client.get(f"/orders/{new.pk}/difference/").content.decode()
    assert "เพิ่มใหม่ 1 ตำแหน่ง สิ้นสุด 1 ตำแหน่ง" in page
    assert client.get(f"/orders/{old.pk}/difference/?with={new.pk}").status_code == 200
    for address in (f"/orders/{old.pk}/difference/", f"/orders/{new.pk}/difference/?with={make_order(make_body()).pk}"):
        assert client.get(address).status_code == 404
