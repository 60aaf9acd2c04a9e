"""The people page and one's own account."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Membership, Person
from phrom.agencies.pages.people import browser_of, people_page, sessions_of
from tests.factories.agencies import PASSWORD, make_agency, make_body, make_member

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
TODAY = date(2024, 6, 11)
BACKEND = "phrom.agencies.signin.backend.PersonBackend"


@pytest.fixture
def office() -> Agency:
    return make_agency(make_body())


@pytest.fixture
def coordinator(office: Agency) -> Person:
    return make_member(office.body, "coordinator", "นางวันดี ผู้ประสานงาน")


def names(person: Person, show: str = "", search: str = "") -> list[str]:
    page = people_page(access_of(person, TODAY), show=show, search=search, at=AT, today=TODAY)
    return [holder.person.name for found in page.offices for holder in found.holders]


def test_it_shows_the_own_body_and_nobody_elsewhere(office: Agency, coordinator: Person) -> None:
    make_member(office, name="นายในจังหวัด")
    make_member(make_agency(make_body()), name="นายต่างจังหวัด")
    assert set(names(coordinator)) == {"นางวันดี ผู้ประสานงาน", "นายในจังหวัด"}


def test_it_is_filtered_by_who_never_signed_in_and_who_left(office: Agency, coordinator: Person) -> None:
    Person.objects.filter(pk=coordinator.pk).update(last_login=AT)
    make_member(office, name="นายยังไม่เคยเข้า")
    gone = make_member(office, name="นายย้ายไปแล้ว")
    Membership.objects.filter(person=gone).update(ends_on=date(2024, 6, 10))
    assert names(coordinator, "never") == ["นายยังไม่เคยเข้า"]
    assert names(coordinator, "past") == ["นายย้ายไปแล้ว"]
    assert names(coordinator, search="วันดี") == ["นางวันดี ผู้ประสานงาน"]


def test_a_name_is_found_however_it_is_typed(office: Agency, coordinator: Person) -> None:
    make_member(office, name="นางแก้ว น้ำใส")
    assert names(coordinator, search="เเก้ว นํ้า") == ["นางแก้ว น้ำใส"]


def test_its_queries_do_not_grow_with_the_people(
    client: Client, office: Agency, coordinator: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_member(make_agency(office.body))
    client.force_login(coordinator, backend=BACKEND)
    with django_assert_max_num_queries(8):
        assert client.get("/people/").status_code == 200


def test_a_coordinator_ends_and_hands_over_on_the_screen(client: Client, office: Agency, coordinator: Person) -> None:
    old, new = make_member(office), make_member(make_agency(office.body))
    client.force_login(coordinator, backend=BACKEND)
    where = f"/people/memberships/{old.memberships.get().pk}"
    assert "กุมภาพันธ์" in client.post(f"{where}/end/", {"ends_on": "๓๐ ก.พ. ๒๕๖๗"}).content.decode()
    assert client.post(f"{where}/hand-over/", {"to": new.pk, "starts_on": "๑ ต.ค. ๖๗"}).status_code == 302
    assert old.memberships.get().ends_on == date(2024, 9, 30)
    assert client.post(f"{where}/hand-over/", {"to": coordinator.pk + 999, "starts_on": "1/10/2567"}).status_code == 422


def test_a_coordinator_does_not_touch_an_administrator(client: Client, office: Agency, coordinator: Person) -> None:
    administrator = make_member(office.body, "administrator")
    client.force_login(coordinator, backend=BACKEND)
    assert client.post(f"/people/accounts/{administrator.pk}/close/").status_code == 403
    where = f"/people/memberships/{administrator.memberships.get().pk}/end/"
    assert "ไม่มีสิทธิ" in client.post(where, {"ends_on": "30/9/2567"}).content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_closing_an_account_ends_its_sessions_at_once(client: Client, office: Agency, coordinator: Person) -> None:
    person, browser = make_member(office, password=PASSWORD), Client()
    browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    client.force_login(coordinator, backend=BACKEND)
    client.post(f"/people/accounts/{person.pk}/close/")
    assert browser.get("/sessions/").status_code == 302


def test_one_sees_and_ends_ones_other_browsers(office: Agency) -> None:
    person = make_member(office, password=PASSWORD)
    here, there, third = (Client(HTTP_USER_AGENT=f"Firefox/1{n} Windows") for n in range(3))
    for browser in (here, there, third):
        browser.post("/account/login/", {"login": person.email, "password": PASSWORD})
    rows = sessions_of(person, current=here.session.session_key or "", at=datetime.now(UTC))
    assert [row.is_current for row in rows] == [True, False, False]
    here.post(f"/sessions/{rows[1].id}/end/")
    assert sorted(browser.get("/sessions/").status_code for browser in (here, there, third)) == [200, 200, 302]
    here.post("/sessions/end/")
    assert [browser.get("/sessions/").status_code for browser in (here, there, third)] == [200, 302, 302]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge บน Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome บน โทรศัพท์ Android"),
        ("curl/8", "เบราว์เซอร์ไม่ทราบชื่อ"),
    ],
)
def test_a_browser_is_named_in_words(said: str, shown: str) -> None:
    assert browser_of(said) == shown
