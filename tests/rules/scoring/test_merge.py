"""Many agencies' answers become the province's, and everybody sees whose and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phrom.rules.instrument.model import Condition, Detail, EvidenceSlot, Kind, Merge, Question
from phrom.rules.scoring.merge import OVERRIDDEN, Provenance, merge
from phrom.rules.scoring.sheet import AgencySheet, Answer, Provider
from tests.factories.rules import (
    NO,
    PARENT,
    YEAR,
    YES,
    make_agency_sheet,
    make_choices,
    make_edition,
    make_proof,
    make_question,
)

PROVED = replace(YES, proofs=(make_proof("plan"),))


def row(rule: Merge, kind: Kind = Kind.YES_NO, **more: Any) -> Question:
    return make_question("P1.1", kind, merge=rule, choices=make_choices("a", "b", "c"), **more)


def merged(question: Question, *answers: Answer, lead: int | None = None) -> Provenance:
    """The province's answer when agencies 0, 1, 2 ... give these answers."""
    sheets = [
        make_agency_sheet(str(number), ("P1.1",) if number == lead else (), P1_1=answer)
        for number, answer in enumerate(answers)
    ]
    return merge(make_edition(question), sheets).rows["P1.1"]


def used(found: Provenance) -> list[str]:
    return [source.agency for source in found.sources if source.used]


PLAN = (EvidenceSlot(code="plan", name="แผนปฏิบัติการ"),)
ANY = row(Merge.ANY_WITH_EVIDENCE, evidence=PLAN)


def test_one_proved_yes_is_the_provinces_yes() -> None:
    found = merged(ANY, NO, PROVED, YES)
    assert found.answer.value is True
    assert used(found) == ["1"]
    assert [source.because for source in found.sources] == [
        "ไม่ใช้ เพราะมีหน่วยงานอื่นที่มีและมีหลักฐาน",
        "ใช้เป็นคำตอบของจังหวัด",
        "ไม่ใช้ เพราะยังไม่มีหลักฐาน: แผนปฏิบัติการ",
    ]


def test_a_yes_without_evidence_is_no() -> None:
    found = merged(ANY, YES, NO)
    assert found.answer.value is False
    assert found.because == "มีหน่วยงานตอบว่ามีแต่ไม่มีหลักฐานที่ใช้ได้ จึงถือว่าไม่มี"


def test_evidence_of_another_year_proves_nothing() -> None:
    question = row(Merge.ANY_WITH_EVIDENCE, evidence=PLAN, window=YEAR)
    late = replace(YES, proofs=(make_proof("plan", date(2024, 6, 12)),))
    assert merged(question, late).answer.value is False
    assert merged(question, replace(YES, proofs=(make_proof("plan", date(2024, 6, 11)),))).answer.value is True


def test_all_evidence_goes_with_the_provinces_answer() -> None:
    second = replace(YES, proofs=(make_proof("plan", name="แผน 2.pdf"),))
    assert {proof.name for proof in merged(ANY, PROVED, second).answer.proofs} == {"หลักฐาน.pdf", "แผน 2.pdf"}


@pytest.mark.parametrize("rule", [Merge.OWNER, Merge.ANY_WITH_EVIDENCE, Merge.ALL, Merge.UNION, Merge.SUM, Merge.TEXT])
def test_what_the_parent_department_alone_provides_is_never_used(rule: Merge) -> None:
    found = merged(row(rule, beyond_parent_department=True), PARENT, lead=0)
    assert found.answer.value is False
    assert used(found) == []
    assert "กรมต้นสังกัดจัดให้เพียงฝ่ายเดียว" in found.sources[0].because


def test_the_parent_departments_counts_are_left_out_of_the_sum() -> None:
    question = row(Merge.SUM, Kind.COUNT, beyond_parent_department=True)
    found = merged(
        question, Answer(2, provider=Provider.OWN), Answer(40, provider=Provider.PARENT), Answer(3, provider=Provider.BOTH)
    )
    assert found.answer.value == 5
    assert found.answer.provider is Provider.BOTH
    assert merged(question, Answer(40, provider=Provider.PARENT)).answer.value == 0


def test_who_has_none_adds_neither_provider_nor_evidence() -> None:
    none = Answer(0, provider=Provider.PARENT, proofs=(make_proof(),))
    found = merged(row(Merge.SUM, Kind.COUNT), Answer(2, provider=Provider.OWN), none)
    assert (found.answer.value, found.answer.provider, found.answer.proofs) == (2, Provider.OWN, ())


def test_the_owner_decides() -> None:
    found = merged(row(Merge.OWNER), YES, NO, YES, lead=1)
    assert found.answer == NO
    assert used(found) == ["1"]
    assert found.sources[0].because == "ไม่ใช้ เพราะไม่ใช่หน่วยงานเจ้าของข้อนี้"


def test_an_owner_who_has_not_answered_leaves_the_row_open() -> None:
    found = merged(row(Merge.OWNER), YES, Answer(), lead=1)
    assert not found.answer.given
    assert found.sources[1].because == "ยังไม่ได้ตอบ"


def test_the_only_agency_asked_is_the_owner_and_several_without_a_lead_are_not() -> None:
    assert merged(row(Merge.OWNER), YES).answer == YES
    assert not merged(row(Merge.OWNER), YES, YES).answer.given


def test_all_means_all() -> None:
    assert merged(row(Merge.ALL), YES, YES).answer.value is True
    assert merged(row(Merge.ALL), YES, NO).answer.value is False
    assert not merged(row(Merge.ALL), YES, Answer()).answer.given
    assert merged(row(Merge.ALL, beyond_parent_department=True), YES, PARENT).answer.value is False
    assert merged(row(Merge.ALL), YES, Answer(cannot="ไม่มีงานนี้")).answer.value is True


def test_union_is_in_the_editions_order() -> None:
    found = merged(row(Merge.UNION, Kind.MANY), Answer(("c",)), Answer(("a", "c")), Answer(()))
    assert found.answer.value == ("a", "c")
    assert used(found) == ["0", "1", "2"]


def test_texts_stand_under_their_agencies_names() -> None:
    found = merged(row(Merge.TEXT, Kind.TEXT), Answer("หนึ่ง"), Answer("สอง"))
    assert found.answer.value == "หน่วยงาน 0: หนึ่ง\nหน่วยงาน 1: สอง"
    assert merged(row(Merge.TEXT, Kind.TEXT), Answer("หนึ่ง")).answer.value == "หนึ่ง"


@pytest.mark.parametrize(
    ("kind", "details", "together"),
    [
        (Kind.TEXT, ("ก", "ข"), "หน่วยงาน 0: ก\nหน่วยงาน 1: ข"),
        (Kind.YES_NO, (False, True), True),
        (Kind.PERCENT, (Decimal(80), Decimal(90)), Decimal(80)),
        (Kind.TEXT, (None, None), None),
    ],
)
def test_details_come_along(kind: Kind, details: tuple[Any, Any], together: Any) -> None:
    question = row(Merge.ANY_WITH_EVIDENCE, detail=Detail(kind=kind, label=""))
    assert merged(question, *(replace(YES, detail=detail) for detail in details)).answer.detail == together


def test_all_who_cannot_answer_make_a_province_that_cannot() -> None:
    found = merged(ANY, Answer(cannot="ไม่มีข้อมูล"), Answer(cannot="ไม่ใช่ภารกิจ"))
    assert found.answer == Answer(cannot="หน่วยงาน 0: ไม่มีข้อมูล\nหน่วยงาน 1: ไม่ใช่ภารกิจ")
    assert not merged(ANY, Answer(cannot="ไม่มีข้อมูล"), Answer()).answer.given


def test_an_answer_off_the_agencys_path_is_rejected() -> None:
    edition = make_edition(make_question("P1.1"), make_question("P1.2", asked_when=Condition(code="P1.1")))
    found = merge(edition, [make_agency_sheet("a", P1_1=NO, P1_2=YES), make_agency_sheet("b", P1_1=YES, P1_2=NO)])
    assert found.sheet.get("P1.2").value is False
    assert found.rows["P1.2"].sources[0].because == "ไม่ใช้ เพราะข้อนี้ถามเมื่อตอบว่า “มี” ในข้อ P1.1เท่านั้น"


def test_an_agency_that_was_not_asked_the_first_row_may_answer_the_second() -> None:
    edition = make_edition(make_question("P1.1"), make_question("P1.2", asked_when=Condition(code="P1.1")))
    assert merge(edition, [make_agency_sheet("a", P1_1=YES), make_agency_sheet("b", P1_2=YES)]).sheet.get("P1.2").value is True


def test_those_who_were_asked_and_have_not_answered_are_named() -> None:
    silent = AgencySheet("z", "ที่ทำการปกครอง", make_agency_sheet("z").sheet, asked=frozenset({"P1.1"}))
    found = merge(make_edition(ANY), [silent, make_agency_sheet("a", P1_1=PROVED)]).rows["P1.1"]
    assert [(source.agency, source.used, source.because) for source in found.sources][1] == ("z", False, "ยังไม่ได้ตอบ")


@pytest.mark.parametrize("wrong", [Answer("มี"), Answer(-1), Answer(True)])
def test_a_value_that_cannot_be_is_not_used(wrong: Answer) -> None:
    assert merged(row(Merge.SUM, Kind.COUNT), wrong, Answer(2)).answer.value == 2


def test_a_person_may_decide_otherwise_and_the_proposal_stays_visible() -> None:
    found = merge(make_edition(ANY), [make_agency_sheet("a", P1_1=NO)], {"P1.1": YES})
    assert found.sheet.get("P1.1") == YES
    assert found.rows["P1.1"].overridden
    assert found.rows["P1.1"].because.startswith(OVERRIDDEN)
    assert found.rows["P1.1"].proposed == NO


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="two sheets"):
        merge(make_edition(ANY), [make_agency_sheet("a"), make_agency_sheet("a")])
    with pytest.raises(ValueError, match=r"P9\.9"):
        merge(make_edition(ANY), [], {"P9.9": YES})
