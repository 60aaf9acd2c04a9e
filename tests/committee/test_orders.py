"""Orders: recorded once, one in force, read by the own body only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from phrom.agencies.access import access_of
from phrom.committee.actions.orders import OrderRefused, record_order
from phrom.committee.models import Order
from phrom.committee.pages.orders import orders_page
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_agency, make_body, make_member
from tests.factories.committee import make_order

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)
TODAY = date(2024, 6, 11)
ORDER: dict[str, Any] = {
    "number": 3046,
    "year": 2567,
    "issued_on": TODAY,
    "title": "แต่งตั้งคณะกรรมการ",
    "chair_post": "ผู้ว่าฯ",
    "at": AT,
}


def test_an_order_is_recorded_with_its_entry_in_the_journal() -> None:
    body = make_body()
    order = record_order(body=body, by=make_member(body, "coordinator"), **ORDER)
    assert (str(order), order.effective_on) == ("3046/2567", TODAY)
    assert AuditEvent.objects.get(event="order.recorded").chain == body.code


def test_a_number_is_used_once_a_year_in_a_body() -> None:
    body = make_body()
    by = make_member(body, "coordinator")
    record_order(body=body, by=by, **ORDER)
    with pytest.raises(OrderRefused):
        record_order(body=body, by=by, **ORDER)
    record_order(body=make_body(), by=by, **ORDER)


def test_only_the_order_in_force_of_the_own_body_is_replaced_and_not_backwards() -> None:
    body = make_body()
    by = make_member(body, "coordinator")
    old = make_order(body, 100, date(2024, 7, 1))
    for replaces in (make_order(), old):
        with pytest.raises(OrderRefused):
            record_order(body=body, by=by, replaces=replaces, **ORDER)
    record_order(body=body, by=by, replaces=old, **{**ORDER, "issued_on": date(2024, 7, 2)})
    with pytest.raises(OrderRefused):
        record_order(body=body, by=by, replaces=old, **{**ORDER, "number": 1, "issued_on": date(2024, 7, 3)})
    assert Order.objects.filter(body=body).count() == 2


def test_the_page_tells_which_order_holds_today() -> None:
    body = make_body()
    old = make_order(body, 100, date(2023, 1, 10))
    new = make_order(body, 200, date(2024, 5, 31), replaces=old)
    make_order(body, 300, date(2024, 12, 1), replaces=new)
    make_order()
    [committee] = orders_page(access_of(make_member(make_agency(body)), TODAY), today=TODAY).committees
    assert committee.in_force and committee.in_force.order == new
    assert [(str(line.order), line.state) for line in committee.others] == [("300/2567", "future"), ("100/2567", "replaced")]


def test_the_page_is_read_on_the_screen(client: Client, django_assert_max_num_queries: Any) -> None:
    body = make_body()
    make_order(body, 200)
    client.force_login(make_member(body, "chair"), backend="phrom.agencies.signin.backend.PersonBackend")
    with django_assert_max_num_queries(6):
        page = client.get("/orders/").content.decode()
    assert "200/2567" in page
    assert "28 ตำแหน่ง" in page
