"""ฐานข้อมูลตอบเรื่องช่วงเวลาเหมือนกฎ: ตารางกรณีเดียวกัน ทีละชิ้น และสุ่ม."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from phrom.rules.scoring.windows import Place, place
from phrom.survey.models import Evidence
from phrom.survey.models.placing import placed
from phrom.survey.pages.papers import proof_of
from tests.factories.agencies import make_agency, make_body
from tests.factories.survey import make_piece
from tests.rules.scoring.test_windows import MAYBE, PLACES, TABLE, YEAR
from tests.rules.scoring.test_windows import proof_of as typed


@pytest.mark.django_db
def test_the_database_and_the_rule_place_the_table_alike() -> None:
    agency = make_agency(make_body())
    wanted: dict[Place, set[str]] = {each: set() for each in Place}
    for case in TABLE["กรณี"]:
        if "ไม่กำหนดช่วง" not in case:
            said = typed(case)
            days = {name: getattr(said, name) for name in ("issued_on", "starts_on", "ends_on")}
            make_piece(agency, case["ชื่อ"], **days)
            wanted[PLACES[case["ผล"]]].add(case["ชื่อ"])
    found = {each: set(Evidence.objects.filter(placed(YEAR, each)).values_list("name", flat=True)) for each in Place}
    assert found == wanted


class Random(TestCase):
    """Any days at all."""

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(MAYBE, MAYBE, MAYBE), min_size=1, max_size=12))
    def test_every_piece_lies_in_one_place_and_it_is_the_rules(self, pieces: list[tuple[Any, Any, Any]]) -> None:
        agency = make_agency(make_body())
        Evidence.objects.all().delete()
        for number, (issued, first, last) in enumerate(pieces):
            if first and last and first > last:
                first, last = last, first
            make_piece(agency, str(number), issued_on=issued, starts_on=first, ends_on=last)
        for piece in Evidence.objects.all():
            lies = {each for each in Place if Evidence.objects.filter(placed(YEAR, each), pk=piece.pk).exists()}
            assert lies == {place(YEAR, proof_of(piece))}
