"""What changed between two answers, in words an officer reads; the same text twice is no change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.scoring.changes import changes
from phrom.rules.scoring.sheet import Answer, Provider, Stance
from tests.factories.survey import tiny_edition

ROW = tiny_edition().by_code["P2.2"]
YES = Answer(True, detail="จัดหน่วยบริการ", provider=Provider.OWN)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (replace(YES, value=False), [("คำตอบ", "มี", "ไม่มี")]),
        (replace(YES, detail="จัดสองครั้ง"), [("รายละเอียด", "โปรดระบุ: จัดหน่วยบริการ", "โปรดระบุ: จัดสองครั้ง")]),
        (replace(YES, provider=Provider.BOTH), [("ผู้จัดหา", "หน่วยงานจัดทำเอง", "หน่วยงานจัดทำร่วมกับกรมต้นสังกัด")]),
        (
            Answer(None, cannot="ไม่มีผู้รับผิดชอบ"),
            [
                ("คำตอบ", "มี", ""),
                ("รายละเอียด", "โปรดระบุ: จัดหน่วยบริการ", ""),
                ("ผู้จัดหา", "หน่วยงานจัดทำเอง", ""),
                ("ตอบไม่ได้เพราะ", "", "ไม่มีผู้รับผิดชอบ"),
            ],
        ),
        (replace(YES, stance=Stance.DIFFERS), [("ท่าทีต่อหน่วยงานหลัก", "", "เห็นต่าง")]),
    ],
    ids=["value", "detail", "provider", "cannot", "stance"],
)
def test_each_part_is_told_by_itself(after: Answer, told: list[tuple[str, str, str]]) -> None:
    assert [(change.part, change.before, change.after) for change in changes(ROW, YES, after)] == told


def test_evidence_is_told_elsewhere_and_an_empty_answer_is_none() -> None:
    assert changes(ROW, Answer(), Answer()) == ()
    assert [change.part for change in changes(ROW, Answer(), Answer(True))] == ["คำตอบ"]


ANSWERS = st.builds(
    Answer,
    value=st.sampled_from([None, True, False]),
    detail=st.sampled_from([None, "ก", "ข"]),
    provider=st.sampled_from(Provider),
    cannot=st.sampled_from(["", "ไม่มีข้อมูล"]),
    stance=st.sampled_from(Stance),
)


@given(ANSWERS, ANSWERS)
def test_a_difference_is_told_exactly_when_there_is_one_and_the_same_both_ways(one: Answer, other: Answer) -> None:
    there, back = changes(ROW, one, other), changes(ROW, other, one)
    assert bool(there) == (one != other)
    assert [(c.part, c.before, c.after) for c in there] == [(c.part, c.after, c.before) for c in back]
