"""A list gives the answers of its rows; what somebody typed otherwise stays."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from phrom.rules.instrument.load import load_edition
from phrom.rules.instrument.model import Edition, ListKind
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.listing import MOST_NAMES, Listed, counts, derived, differs, followed
from phrom.rules.scoring.listing_fields import FIELDS, fields_of, lacking
from phrom.rules.scoring.sheet import NOTHING, Answer, AnswerSheet, Item, Provider, Stance
from tests.rules.instrument.broken import EDITION

CASES = YAML(typ="safe").load((Path(__file__).parent / "listing.yaml").read_text("utf-8"))


@cache
def edition() -> Edition:
    return load_edition(EDITION)


def listed(raw: dict[str, Any], number: int = 1) -> Listed:
    provider = Provider(raw.get("provider", ""))
    return Listed(str(number), ListKind(raw["kind"]), raw["name"], provider, raw.get("digital", False), raw.get("content"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_a_list_answers(case: dict[str, Any]) -> None:
    items = [listed(raw, number) for number, raw in enumerate(case["items"])]
    found = {row.code: derived(row, items) for row in edition().asked_rows}
    plain = {code: list(a.value) if isinstance(a.value, tuple) else a.value for code, a in found.items() if a.value is not None}
    assert plain == case["answers"]
    assert {code: found[code].detail for code in case.get("details", {})} == case.get("details", {})
    assert {code: found[code].provider.value for code in case.get("providers", {})} == case.get("providers", {})


def service(number: int, provider: Provider = Provider.PARENT, digital: bool = False) -> Listed:
    return Listed(str(number), ListKind.SERVICES, f"บริการที่ {number}", provider, digital)


SERVICES = st.lists(st.builds(service, st.integers(1, 99), st.sampled_from(Provider), st.booleans()), max_size=12)


@given(SERVICES)
def test_digital_services_are_never_more_than_all(items: list[Listed]) -> None:
    for part, whole in (("P4.1.1", "P4.1"), ("P4.2.1", "P4.2")):
        few, all_ = derived(edition().by_code[part], items), derived(edition().by_code[whole], items)
        assert (few.value or 0) <= (all_.value or 0)  # type: ignore[operator]
        assert {item.ref for item in few.items} <= {item.ref for item in all_.items}


@given(SERVICES)
def test_a_service_counts_for_the_departments_or_for_the_provinces_not_both(items: list[Listed]) -> None:
    rows = edition().by_code
    assert all(not (counts(rows["P4.1"], item) and counts(rows["P4.2"], item)) for item in items)


def test_a_long_list_is_named_in_part() -> None:
    items = [Listed(str(n), ListKind.SYSTEMS, f"ระบบ {n}", Provider.OWN) for n in range(MOST_NAMES + 5)]
    assert str(derived(edition().by_code["P5.1"], items).detail).endswith("และอีก 5 ระบบ")


BEFORE, AFTER = Answer(2, provider=Provider.OWN), Answer(3, provider=Provider.BOTH)


@pytest.mark.parametrize(
    ("stored", "becomes"),
    [
        (NOTHING, AFTER),
        (BEFORE, AFTER),
        (AFTER, None),
        (Answer(9, provider=Provider.OWN), None),
        (Answer(2, provider=Provider.PARENT), Answer(3, provider=Provider.PARENT)),
        (Answer(cannot="ระบบของกรมไม่ให้ข้อมูล"), None),
        (Answer(stance=Stance.CONFIRMS), None),
        (Answer(0), None),
    ],
)
def test_an_answer_follows_its_list_unless_somebody_typed_otherwise(stored: Answer, becomes: Answer | None) -> None:
    assert followed(stored, BEFORE, AFTER) == becomes


def test_a_list_that_becomes_empty_takes_its_answer_back() -> None:
    assert followed(Answer(True, detail="1 ระบบ: ก"), Answer(True, detail="1 ระบบ: ก"), NOTHING) == NOTHING
    assert followed(Answer(True, detail="เขียนเอง"), Answer(True, detail="1 ระบบ: ก"), NOTHING) == Answer(detail="เขียนเอง")


def test_a_detail_that_was_typed_stays_while_the_number_follows() -> None:
    before, after = Answer(True, detail="1 ระบบ: ก"), Answer(True, detail="2 ระบบ: ก, ข")
    assert followed(Answer(True, detail="ระบบ ก ใช้ทั้งจังหวัด"), before, after) is None
    assert followed(before, before, after) == after


def test_who_answers_otherwise_is_told() -> None:
    assert differs(Answer(9), Answer(3)) and not differs(Answer(3), Answer(3))
    assert differs(Answer(cannot="ไม่ทราบ"), Answer(3))
    assert not differs(NOTHING, Answer(3)) and not differs(Answer(9), NOTHING)


def test_the_catalogues_fourteen_fields() -> None:
    assert sum(field.catalogue for field in FIELDS[ListKind.DATASETS]) + len(("ชื่อชุดข้อมูล", "องค์กร")) == 14
    assert lacking(ListKind.DATASETS, "", {"license_id": "Open Data Common"})[0] == "องค์กร"
    assert "สัญญาอนุญาตให้ใช้ข้อมูล" not in lacking(ListKind.DATASETS, "", {"license_id": "Open Data Common"})
    assert lacking(ListKind.SERVICES, "", {}) == ()


def test_what_may_be_ticked_is_what_the_row_prints() -> None:
    field = next(field for field in fields_of(ListKind.TECHNOLOGIES, edition()) if field.code == "technology")
    assert [choice.code for choice in field.choices] == [choice.code for choice in edition().by_code["P7.1"].choices]


SEEN, BARE = Item("1", "จองคิว", "https://q.example.go.th"), Item("2", "สารบรรณ")


@pytest.mark.parametrize(
    ("code", "answer", "rules"),
    [
        ("P4.1", Answer(1, items=(SEEN,)), set()),
        ("P4.1", Answer(0), set()),
        ("P4.1", Answer(4), {"number_without_list"}),
        ("P4.1", Answer(4, items=(SEEN,)), {"number_without_list"}),
        ("P4.1", Answer(0, items=(SEEN,)), {"less_than_its_list"}),
        ("P4.1", Answer(2, items=(SEEN, BARE)), {"list_item_without_evidence"}),
        ("P5.1", Answer(False, items=(SEEN,)), {"less_than_its_list"}),
        ("P7.1", Answer((), items=(SEEN,)), {"less_than_its_list"}),
        ("P5.1", Answer(True), set()),
        ("P2.1.1", Answer(True), set()),
    ],
)
def test_numbers_and_their_lists(code: str, answer: Answer, rules: set[str]) -> None:
    ours = {"number_without_list", "less_than_its_list", "list_item_without_evidence"}
    found = [problem for problem in check(edition(), AnswerSheet({code: answer}), asked=[code]) if problem.rule in ours]
    assert {problem.rule for problem in found} == rules
    assert all(problem.severity.value == "warning" and problem.th and problem.en for problem in found)


def test_the_warning_says_how_many_are_named() -> None:
    found = check(edition(), AnswerSheet({"P4.1": Answer(4, items=(SEEN,))}), asked=["P4.1"])
    assert "ตอบ 4 บริการ แต่ในบัญชีมีเพียง 1" in [problem.th for problem in found]
