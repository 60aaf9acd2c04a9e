"""ข้อที่นับเฉพาะส่วนนอกเหนือจากกรมต้นสังกัด: ของกรมฝ่ายเดียวไม่เป็นคำตอบว่ามี ไม่ว่ารวมด้วยเกณฑ์ใด จนกว่าคนจะกำหนดเองพร้อมเหตุผล."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phrom.rules.instrument.model import Detail, Kind, Merge, Question
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.claims import amount, positive
from phrom.rules.scoring.marks import mark
from phrom.rules.scoring.merge import merge
from phrom.rules.scoring.scorecard import score
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Proof, Provider, Value
from tests.factories.rules import make_choices, make_edition, make_question

CLAIMS: dict[Kind, Value] = {
    Kind.YES_NO: True,
    Kind.MANY: ("a",),
    Kind.COUNT: 7,
    Kind.PERCENT: Decimal("80"),
    Kind.URL: "https://www.chiangmai.go.th",
    Kind.TEXT: "ใช้ระบบของกรม",
}
RULES = [(kind, rule) for kind in CLAIMS for rule in Merge]


def row(kind: Kind, rule: Merge) -> Question:
    detail = Detail(kind=Kind.TEXT, label="โปรดระบุ")
    return make_question("P1.1", kind, beyond_parent_department=True, merge=rule, detail=detail, choices=make_choices("a", "b"))


def claim(kind: Kind, provider: Provider = Provider.PARENT, proofs: int = 1) -> Answer:
    papers = tuple(Proof(f"หลักฐาน {number}.pdf") for number in range(proofs))
    return Answer(CLAIMS[kind], detail="ระบบของกรม", provider=provider, proofs=papers)


def sheet(number: int, answer: Answer, lead: bool = False) -> AgencySheet:
    rows = frozenset({"P1.1"})
    return AgencySheet(f"a{number}", f"หน่วยงาน {number}", AnswerSheet({"P1.1": answer}), rows if lead else frozenset(), rows)


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=lambda each: each.value)
@given(agencies=st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=6))
def test_what_the_parent_department_alone_provides_never_becomes_a_claim_of_the_province(
    kind: Kind, rule: Merge, agencies: list[tuple[int, bool]]
) -> None:
    """However many agencies say so, with however much evidence, whoever leads."""
    edition = make_edition(row(kind, rule))
    sheets = [sheet(number, claim(kind, proofs=proofs), lead) for number, (proofs, lead) in enumerate(agencies)]
    merged = merge(edition, sheets)
    assert not positive(merged.sheet.get("P1.1").value)
    assert score(edition, merged.sheet).total == 0
    assert not any(source.used for source in merged.rows["P1.1"].sources)


@pytest.mark.parametrize(("kind", "rule"), RULES, ids=lambda each: each.value)
@given(order=st.permutations([0, 1, 2]))
def test_beside_something_of_their_own_the_parents_part_adds_nothing(kind: Kind, rule: Merge, order: list[int]) -> None:
    if rule is Merge.ALL:
        return  # there, one that has only the parent's decides that not all have it
    edition = make_edition(row(kind, rule))
    own = [sheet(1, claim(kind, Provider.OWN), lead=True)]
    mixed = [own[0], sheet(2, claim(kind)), sheet(3, claim(kind, proofs=3))]
    alone, together = merge(edition, own), merge(edition, [mixed[number] for number in order])
    assert together.sheet.get("P1.1") == alone.sheet.get("P1.1")
    assert together.sheet.get("P1.1").provider is Provider.OWN


@pytest.mark.parametrize("kind", CLAIMS, ids=lambda each: each.value)
def test_it_cannot_be_sent_is_worth_nothing_and_the_sentence_says_why(kind: Kind) -> None:
    question = row(kind, Merge.ANY_WITH_EVIDENCE)
    answer = claim(kind)
    found = {problem.code: problem for problem in check(make_edition(question), AnswerSheet({"P1.1": answer}))}
    assert "นอกเหนือจากกรมต้นสังกัด" in found["E11"].th
    assert amount(question, answer) == 0
    assert "กรมต้นสังกัด" in mark(question, answer).because
    unsaid = check(make_edition(question), AnswerSheet({"P1.1": replace(answer, provider=Provider.UNKNOWN)}))
    assert "E10" in {problem.code for problem in unsaid}


def test_a_person_may_decide_otherwise_and_it_stays_to_be_seen_who_was_rejected() -> None:
    edition = make_edition(row(Kind.YES_NO, Merge.ANY_WITH_EVIDENCE))
    merged = merge(edition, [sheet(1, claim(Kind.YES_NO))], {"P1.1": Answer(True, detail="มี", provider=Provider.BOTH)})
    told = merged.rows["P1.1"]
    assert (merged.sheet.get("P1.1").value, told.overridden, told.proposed.value) == (True, True, False)
    assert "กรมต้นสังกัดจัดให้เพียงฝ่ายเดียว" in told.sources[0].because


def test_even_decided_by_a_person_the_parents_alone_earns_nothing() -> None:
    edition = make_edition(row(Kind.YES_NO, Merge.ANY_WITH_EVIDENCE))
    merged = merge(edition, [], {"P1.1": claim(Kind.YES_NO)})
    assert score(edition, merged.sheet).total == 0


@pytest.mark.parametrize("rule", list(Merge))
def test_who_says_nothing_of_the_provider_is_not_taken_for_the_parent(rule: Merge) -> None:
    """Saying it is asked for before sending (E10); merging does not guess."""
    edition = make_edition(row(Kind.YES_NO, rule))
    said = claim(Kind.YES_NO, Provider.UNKNOWN)
    assert merge(edition, [sheet(1, said, lead=True)]).sheet.get("P1.1").value is True
