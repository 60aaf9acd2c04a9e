"""What of last year's answer may be laid beside this year's row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.crosswalk import Match, Relation
from phrom.rules.instrument.model import Detail, Kind
from phrom.rules.scoring.carrying import carried
from phrom.rules.scoring.sheet import Answer, Item, Provider
from tests.factories.rules import NO, YES, make_choices, make_proof, make_question

DETAIL = Detail(kind=Kind.TEXT, label="โปรดระบุ")
ROW = make_question("P1.1", detail=DETAIL)
TICKS = make_question("P1.1", Kind.MANY, choices=make_choices("a", "b", "c"))
COUNT = make_question("P1.1", Kind.COUNT)
TOLD = replace(YES, detail="แผนปี 2566")


def match(relation: str, **options: str) -> Match:
    return Match.model_validate({"from": "P1.1", "to": "P1.1", "relation": relation, "options": options})


@pytest.mark.parametrize(
    ("relation", "answer", "expected"),
    [
        ("equal", TOLD, TOLD),
        ("equal", NO, NO),
        ("equal", Answer(cannot="ไม่มีผู้รับผิดชอบ"), Answer(cannot="ไม่มีผู้รับผิดชอบ")),
        ("subset", TOLD, Answer(detail="แผนปี 2566")),
        ("subset", NO, NO),
        ("superset", TOLD, TOLD),
        ("superset", NO, None),
        ("changed", TOLD, Answer(detail="แผนปี 2566")),
        ("changed", YES, None),
        ("new", TOLD, None),
        ("removed", TOLD, None),
        ("equal", Answer(), None),
    ],
)
def test_each_relation_carries_what_is_still_true(relation: str, answer: Answer, expected: Answer | None) -> None:
    assert carried(ROW, ROW, match(relation), answer) == expected


def test_ticks_follow_the_option_map_and_dropped_ones_go() -> None:
    given = Answer(("a", "old", "gone"))
    assert carried(TICKS, TICKS, match("equal", old="c", gone=""), given) == Answer(("a", "c"))
    assert carried(TICKS, TICKS, match("superset", gone=""), Answer(())) is None


def test_a_count_is_carried_only_where_the_row_asks_the_same() -> None:
    assert carried(COUNT, COUNT, match("equal"), Answer(5)) == Answer(5)
    assert carried(COUNT, COUNT, match("superset"), Answer(5)) is None
    assert carried(COUNT, COUNT, match("subset"), Answer(5)) is None


def test_a_changed_text_row_carries_its_text() -> None:
    row = make_question("P1.1", Kind.TEXT)
    assert carried(row, row, match("changed"), Answer("นโยบายเดิม")) == Answer("นโยบายเดิม")
    assert carried(row, COUNT, match("changed"), Answer("นโยบายเดิม")) is None


@given(
    relation=st.sampled_from(list(Relation)),
    value=st.sampled_from([None, True, False]),
    detail=st.sampled_from([None, "", "รายละเอียด"]),
    provider=st.sampled_from(list(Provider)),
)
def test_evidence_and_named_things_are_never_carried(
    relation: Relation, value: bool | None, detail: str | None, provider: Provider
) -> None:
    answer = Answer(value, detail, provider, (make_proof("plan"),), items=(Item("1", "ระบบ"),))
    found = carried(ROW, ROW, match(relation.value), answer)
    assert found is None or (found.proofs == () and found.items == ())
