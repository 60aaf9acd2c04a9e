"""The in-tray and a letter's page, as a clerk, a head and a stranger see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from phrom.agencies.models import Person
from phrom.letters.actions.dealing import assign, instruct
from phrom.letters.actions.receiving import accept
from phrom.letters.models import Incoming, Office, Secrecy, Speed, StepKind
from tests.factories.letters import make_clerk, make_incoming, make_office
from tests.house.cast import BACKEND, make_file
from tests.letters.test_receiving import sent

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KEY = "k" * 22


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def tray_of(office: Office, count: int) -> list[Incoming]:
    return [make_incoming(office, subject=f"เรื่องที่ {number}", at=NOW) for number in range(count)]


def test_what_waits_stands_by_urgency_with_a_button_each() -> None:
    office = make_office()
    make_incoming(office, subject="เรื่องปกติ")
    make_incoming(office, subject="เรื่องด่วนที่สุด", speed=Speed.MOST_URGENT)
    page = browser(make_clerk(office)).get(reverse("in_tray")).content.decode()
    assert page.index("เรื่องด่วนที่สุด") < page.index("เรื่องปกติ")
    assert "ด่วนที่สุด</span>" in page
    assert page.count(">\n    ลงรับ<") == 2


def test_after_accepting_the_next_letter_is_at_hand() -> None:
    office = make_office()
    first, second, third = tray_of(office, 3)
    client = browser(make_clerk(office))
    posted = {"following": str(second.pk), "show": "waiting"}
    answer = client.post(reverse("incoming_accept", args=[first.pk]), posted, follow=True)
    page = answer.content.decode()
    assert "ลงรับแล้ว เลขรับ 1" in page
    assert "autofocus" in page[page.index(f'id="in-{second.pk}"') : page.index(f'id="in-{third.pk}"')]
    assert page.count("autofocus") == 1


def test_pressing_twice_says_the_same_number() -> None:
    office = make_office()
    incoming = make_incoming(office)
    client, other = browser(make_clerk(office)), browser(make_clerk(office, name="นายสมชาย อีกคน"))
    client.post(reverse("incoming_accept", args=[incoming.pk]))
    page = other.post(reverse("incoming_accept", args=[incoming.pk]), follow=True).content.decode()
    assert "ลงรับแล้ว เลขรับ 1 (โดยนางสาวคำแก้ว ใจดี)" in page


def test_an_official_sees_the_tray_without_buttons() -> None:
    office = make_office()
    incoming = make_incoming(office)
    client = browser(make_clerk(office, "official"))
    page = client.get(reverse("in_tray")).content.decode()
    assert incoming.subject in page
    assert "<button" not in page.split("<main")[1]
    assert client.post(reverse("incoming_accept", args=[incoming.pk])).status_code in (403, 404)


@pytest.mark.parametrize("role", ["clerk", "coordinator"])
def test_the_neighbours_letter_is_not_there(role: str) -> None:
    incoming = make_incoming()
    at_body = make_office(incoming.office.agency.own_body) if role == "coordinator" else make_office()
    client = browser(make_clerk(at_body, role))
    assert client.get(reverse("incoming", args=[incoming.pk])).status_code == 404
    assert client.post(reverse("incoming_accept", args=[incoming.pk])).status_code == 404
    assert incoming.subject not in client.get(reverse("in_tray") + "?show=all").content.decode()


def test_the_tray_asks_the_same_number_of_queries_for_one_and_for_sixty(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    office = make_office()
    client = browser(make_clerk(office))
    tray_of(office, 60)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("in_tray")).content.decode()
    assert "หน้า 1 จาก 2" in page


def test_the_page_has_the_stamp_the_letter_and_its_history(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    _, incoming = sent()
    clerk = make_clerk(incoming.office)
    held = accept(incoming=incoming, by=clerk, at=NOW)
    instruct(incoming=held, text="มอบกลุ่มงานยุทธศาสตร์", by=clerk, at=NOW)
    assign(incoming=held, to=clerk, due_on=None, by=clerk, at=NOW + timedelta(minutes=1))
    client = browser(clerk)
    with django_assert_max_num_queries(13):
        page = client.get(reverse("incoming", args=[incoming.pk])).content.decode()
    assert 'aria-label="ตรารับหนังสือ"' in page
    for words in ("เลขรับ", "ด้วยจังหวัดเชียงใหม่กำหนดประชุมคณะกรรมการ", "มอบกลุ่มงานยุทธศาสตร์", "เรื่องนี้อยู่กับท่าน"):
        assert words in page


def test_after_accepting_the_next_letter_is_one_link_away() -> None:
    office = make_office()
    first, second = make_incoming(office), make_incoming(office, subject="ฉบับที่มาทีหลัง")
    clerk = browser(make_clerk(office))
    address = reverse("incoming", args=[first.pk])
    assert "ฉบับถัดไปที่รอลงรับ" not in clerk.get(address).content.decode()
    clerk.post(reverse("incoming_accept", args=[first.pk]))
    page = clerk.get(address).content.decode()
    assert f'href="{reverse("incoming", args=[second.pk])}">ฉบับถัดไปที่รอลงรับ: ฉบับที่มาทีหลัง' in page
    clerk.post(reverse("incoming_accept", args=[second.pk]))
    assert "ฉบับถัดไปที่รอลงรับ" not in clerk.get(address).content.decode()


def test_the_next_letter_is_neither_a_secret_one_nor_one_of_another_office() -> None:
    office = make_office()
    first = make_incoming(office)
    make_incoming(office, subject="ลับของหน่วยงานนี้", secrecy="002")
    make_incoming(make_office(), subject="ของหน่วยงานอื่น")
    clerk = browser(make_clerk(office))
    clerk.post(reverse("incoming_accept", args=[first.pk]))
    assert "ฉบับถัดไปที่รอลงรับ" not in clerk.get(reverse("incoming", args=[first.pk])).content.decode()


def test_a_letter_called_back_is_not_late_any_more() -> None:
    office = make_office()
    clerk = make_clerk(office)
    incoming = make_incoming(office)
    Incoming.objects.filter(pk=incoming.pk).update(due_on=NOW.date() - timedelta(days=2))
    address = reverse("incoming", args=[incoming.pk])
    assert "เลยกำหนด" in browser(clerk).get(address).content.decode()
    Incoming.objects.filter(pk=incoming.pk).update(recalled_at=NOW)
    assert "เลยกำหนด" not in browser(clerk).get(address).content.decode()


def test_one_filled_button_on_each_page() -> None:
    office = make_office()
    incoming = make_incoming(office)
    client = browser(make_clerk(office, "coordinator"))
    for _ in ("waits", "accepted"):
        page = client.get(reverse("incoming", args=[incoming.pk])).content.decode()
        assert page.count('<button class="govuk-button">') == 1
        client.post(reverse("incoming_accept", args=[incoming.pk]))


def test_an_act_is_done_once_with_its_key() -> None:
    office = make_office()
    clerk = make_clerk(office, "coordinator")
    incoming = accept(incoming=make_incoming(office), by=clerk, at=NOW)
    client = browser(clerk)
    for _ in range(2):
        answer = client.post(reverse("incoming_act", args=[incoming.pk, "note"]), {"text": "โทรแล้ว", "once": KEY})
        assert answer.status_code == 302
    assert [step.kind for step in incoming.steps.all()] == [StepKind.NOTED]


def test_what_is_wrong_in_a_form_stands_beside_it() -> None:
    office = make_office()
    client = browser(make_clerk(office))
    incoming = make_incoming(office)
    answer = client.post(reverse("incoming_act", args=[incoming.pk, "reject"]), {"because": "ไม่", "once": KEY})
    assert answer.status_code == 422
    assert "เขียนเหตุผลอย่างน้อย 5 ตัวอักษร" in answer.content.decode()
    assert "<details" in answer.content.decode()
    incoming.refresh_from_db()
    assert incoming.waits


def test_somebody_was_faster_and_the_page_says_so() -> None:
    office = make_office()
    client = browser(make_clerk(office))
    incoming = make_incoming(office)
    accept(incoming=incoming, by=make_clerk(office), at=NOW)
    posted = {"because": "ไม่ใช่ของเรา", "once": KEY}
    answer = client.post(reverse("incoming_act", args=[incoming.pk, "reject"]), posted)
    assert answer.status_code == 409
    assert "ลงรับแล้วเป็นเลขรับ 1" in answer.content.decode()


@pytest.mark.parametrize("act", ["instruct", "assign", "pass-on", "copy", "close", "reject", "keep", "no-such-act"])
def test_an_official_only_notes_and_answers(act: str) -> None:
    office = make_office()
    incoming = accept(incoming=make_incoming(office), by=make_clerk(office), at=NOW)
    client = browser(make_clerk(office, "official"))
    assert client.post(reverse("incoming_act", args=[incoming.pk, act]), {"once": KEY}).status_code == 404


def test_a_paper_letter_is_typed_in_and_numbered_at_once() -> None:
    office = make_office()
    client = browser(make_clerk(office))
    posted = {"office": office.pk, "speed": "002", "secrecy": "001", "from_name": "กรมการปกครอง", "subject": "ขอความร่วมมือ"}
    scan = SimpleUploadedFile("สแกน.pdf", b"%PDF-1.7 x\n%%EOF\n", content_type="application/pdf")
    answer = client.post(reverse("incoming_new"), {**posted, "their_date": "7 มิ.ย. 67", "main": scan, "once": KEY})
    assert answer.status_code == 302, answer.content.decode()
    incoming = Incoming.objects.get()
    assert incoming.entry is not None
    assert (incoming.entry.number_text, incoming.speed, str(incoming.their_date)) == ("1", "002", "2024-06-07")
    kept = incoming.files.get()
    assert (kept.name, kept.is_main) == ("สแกน.pdf", True)
    assert client.get(reverse("incoming_file", args=[incoming.pk, kept.pk])).status_code == 200


def test_a_clerk_is_not_offered_secret_and_may_not_post_it() -> None:
    office = make_office()
    client = browser(make_clerk(office))
    assert "ลับ" not in client.get(reverse("incoming_new")).content.decode().split("<main")[1]
    posted = {"office": office.pk, "speed": "001", "secrecy": Secrecy.SECRET, "from_name": "กรม", "subject": "x", "once": KEY}
    assert client.post(reverse("incoming_new"), posted).status_code == 422
    assert not Incoming.objects.exists()


def test_a_file_of_another_letter_is_not_handed_out() -> None:
    office = make_office()
    mine, other = make_incoming(office), make_incoming()
    other.files.create(file=make_file(), name="อื่น.pdf")
    client = browser(make_clerk(office))
    for incoming_id in (mine.pk, other.pk):
        assert client.get(reverse("incoming_file", args=[incoming_id, other.files.get().pk])).status_code == 404


def test_an_empty_tray_teaches() -> None:
    page = browser(make_clerk(make_office())).get(reverse("in_tray")).content.decode()
    assert "ยังไม่มีหนังสือรับ" in page
    assert reverse("incoming_new") in page
