"""A chart never stands without its figures, and its lines go where the figures say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines

from phrom.shared.ui import drawing
from phrom.shared.ui.charts import Bar, BarChart, Ladder, RadarChart, Rung, ScaleBand, table

BARS = (
    Bar("P1", "แนวนโยบายและหลักปฏิบัติ", Decimal("18.5"), Decimal("37.87"), note="ระดับ 1"),
    Bar("P2", "กระบวนการพัฒนาด้วยข้อมูล", None, Decimal(40)),
    Bar("P3", "ศักยภาพเจ้าหน้าที่ภาครัฐด้านดิจิทัล", Decimal(100), None),
)
CHART = BarChart("คะแนน", BARS, last_label="ปี 2566")


def draw(source: str, **context: Any) -> str:
    return " ".join(engines["django"].from_string("{% load ui %}" + source).render(context).split())


def test_the_table_says_everything_the_bars_show() -> None:
    assert table(CHART).head == ("เสาหลัก", "ปีนี้", "ปี 2566", "ระดับ")
    assert table(CHART).rows[0] == ("P1 แนวนโยบายและหลักปฏิบัติ", "18.50", "37.87", "ระดับ 1")
    assert table(CHART).rows[1][1:] == ("–", "40.00", "–")


def test_columns_without_any_figure_are_left_out() -> None:
    plain = replace(CHART, bars=(Bar("P1", "ก", Decimal(1)),))
    assert table(plain).head == ("เสาหลัก", "ปีนี้")


@pytest.mark.parametrize("tag", ["bar_chart", "radar_chart"])
def test_every_figure_stands_in_the_page(tag: str) -> None:
    page = draw("{% " + tag + " chart %}", chart=RadarChart("คะแนน", BARS))
    for text in ("18.50", "37.87", "100.00", "<table", "แนวนโยบายและหลักปฏิบัติ"):
        assert text in page


def test_a_bar_without_a_value_is_empty_not_nought() -> None:
    page = draw("{% bar_chart chart %}", chart=CHART)
    assert page.count('class="fill--p') == 2
    assert 'class="fill--p2"' not in page


def test_the_level_at_nought_has_no_line() -> None:
    chart = replace(CHART, bands=(ScaleBand("ระดับ 1", Decimal(0)), ScaleBand("ระดับ 2", Decimal(20))))
    assert [line.label for line in drawing.scale_lines(chart)] == ["ระดับ 2"]


def test_radar_points_lie_on_their_spokes() -> None:
    net = drawing.net(replace(CHART, bars=(BARS[2], BARS[2], BARS[2], BARS[2])))
    assert net.outline == "200.0,60.0 340.0,200.0 200.0,340.0 60.0,200.0"
    assert [spoke.anchor for spoke in net.spokes] == ["middle", "start", "middle", "end"]


def test_last_year_is_drawn_only_when_all_of_it_is_known() -> None:
    assert drawing.net(CHART).last == ""
    assert drawing.net(replace(CHART, bars=BARS[:2])).last != ""


def test_an_estimate_names_its_assumption() -> None:
    assert "ข้อสันนิษฐาน: แถบเท่ากัน" in draw("{% bar_chart chart %}", chart=replace(CHART, estimate="แถบเท่ากัน"))


def test_the_ladder_has_its_highest_rung_on_top() -> None:
    steps = Ladder("ด้าน", (Rung(Decimal(50), "1 ด้าน", True), Rung(Decimal(100), "3 ด้าน", False)), "1 ด้าน", "อีก 2 ด้าน")
    page = draw("{% ladder steps %}", steps=steps)
    assert page.index("3 ด้าน") < page.index("50 คะแนน")
    assert "ยังขาด</strong> อีก 2 ด้าน" in page
