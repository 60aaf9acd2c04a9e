"""The filters for Thai dates on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from pytest_django import Settings

DAY, MOMENT = date(2024, 6, 11), datetime(2024, 6, 11, 17, 30, tzinfo=UTC)


def shown(template: str, **values: object) -> str:
    return Template("{% load thai %}" + template).render(Context(values))


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ day|thai_date }}", "11 มิ.ย. 2567"),
        ('{{ day|thai_date:"full" }}', "วันอังคารที่ 11 มิถุนายน 2567"),
        ("{{ moment|thai_when }}", "12 มิ.ย. 2567 00.30 น."),
        ("{{ moment|thai_date }}", "12 มิ.ย. 2567"),
        ("{{ nothing|thai_date }}{{ nothing|thai_when }}", ""),
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Bangkok", "America/New_York"])
def test_filters(template: str, text: str, zone: str, settings: Settings) -> None:
    settings.TIME_ZONE = zone
    assert shown(template, day=DAY, moment=MOMENT, nothing=None) == text
