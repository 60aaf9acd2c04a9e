"""An order of a committee."""

from __future__ import annotations

from datetime import UTC, date, datetime

from phrom.agencies.models import Agency
from phrom.committee.models import Order
from tests.factories.agencies import make_body, make_person

RECORDED = datetime(2024, 6, 1, 3, 0, tzinfo=UTC)


def make_order(body: Agency | None = None, number: int = 3046, issued_on: date = date(2024, 5, 31), **more: object) -> Order:
    """An order of a province, in force from the day it was issued unless said otherwise."""
    given: dict[str, object] = {
        "year": 2567,
        "effective_on": issued_on,
        "title": "แต่งตั้งคณะกรรมการขับเคลื่อนการพัฒนาจังหวัดสู่การเป็นรัฐบาลดิจิทัล",
        "chair_post": "ผู้ว่าราชการจังหวัดเชียงใหม่",
        "seat_count": 28,
        "recorded_by": make_person("ผู้บันทึกคำสั่ง"),
        "recorded_at": RECORDED,
    }
    return Order.objects.create(body=body or make_body(), number=number, issued_on=issued_on, **{**given, **more})
