"""One defect and one sound counterpart for each check, by its code: what an officer would call wrong and right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from phrom.rules.instrument.model import Detail, EvidenceSlot, Kind, Merge
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.checks.case import Problem
from phrom.rules.scoring.checks.province import Province, check_province
from phrom.rules.scoring.merge import merge
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Proof
from tests.factories.rules import NO, PARENT, YEAR, YES, above, make_choices, make_edition, make_proof, make_question

TODAY = date(2024, 6, 11)
PLAN = (EvidenceSlot(code="plan", name="แผน"),)
TWO = (*PLAN, EvidenceSlot(code="order", name="คำสั่ง"))
DETAIL = Detail(kind=Kind.TEXT, label="โปรดระบุ")
WEB = "ช่องทางเปิดเผยข้อมูล (เฉพาะ URL ของจังหวัด)"
COPIED = "ใช้ระบบสารบรรณอิเล็กทรอนิกส์ในการรับส่งหนังสือ"


@dataclass(frozen=True)
class Pair:
    """What the check must find, and what it must leave in peace."""

    wrong: Callable[[], list[Problem]]
    right: Callable[[], list[Problem]]


def sheet(wrong: Answer, right: Answer, kind: Kind = Kind.YES_NO, **more: Any) -> Pair:
    """One row of one sheet, answered wrongly and rightly."""
    if kind is Kind.MANY:
        more["choices"] = make_choices("a", "b")
    edition = make_edition(make_question("P1.1", kind, **more))
    return Pair(
        lambda: check(edition, AnswerSheet({"P1.1": wrong}), today=TODAY),
        lambda: check(edition, AnswerSheet({"P1.1": right}), today=TODAY),
    )


def two_rows(wrong: tuple[Answer, Answer], right: tuple[Answer, Answer], **more: Any) -> Pair:
    """Two rows of counts, the second as told."""
    edition = make_edition(make_question("P1.1", Kind.COUNT), make_question("P1.2", Kind.COUNT, **more))

    def run(given: tuple[Answer, Answer]) -> list[Problem]:
        return check(edition, AnswerSheet(dict(zip(("P1.1", "P1.2"), given, strict=True))), today=TODAY)

    return Pair(lambda: run(wrong), lambda: run(right))


def province(wrong: dict[str, Answer], right: dict[str, Answer], kind: Kind = Kind.YES_NO, **more: Any) -> Pair:
    """One row at agencies by name; those whose name begins with * lead. `last`: last year's answer; `decided`: an override."""
    last = AnswerSheet({"P1.1": more.pop("last")} if "last" in more else {})
    decided, decided_right = more.pop("decided", None), more.pop("decided_right", None)
    site, limits = more.pop("site", ""), {"P1.1": more.pop("limit", 0)}
    row = make_question("P1.1", kind, **more)

    def run(given: dict[str, Answer], override: Answer | None) -> list[Problem]:
        sheets = [
            AgencySheet(
                name.strip("*"),
                f"หน่วยงาน {name.strip('*')}",
                AnswerSheet({"P1.1": answer}),
                frozenset({"P1.1"} if name.startswith("*") else ()),
                frozenset({"P1.1"}),
            )
            for name, answer in given.items()
        ]
        merged = merge(make_edition(row), sheets, {"P1.1": override} if override else {})
        return check_province(Province(make_edition(row), merged, last, 2566, site, limits), today=TODAY)

    return Pair(lambda: run(wrong, decided), lambda: run(right, decided_right))


def seven_rows(reasons: tuple[str, ...], others: tuple[str, ...]) -> Pair:
    """One agency that cannot answer some rows, with these reasons."""
    edition = make_edition(*(make_question(f"P1.{number}", points="") for number in range(1, 8)), weights={"P1": None})

    def run(given: tuple[str, ...]) -> list[Problem]:
        answers = {f"P1.{number}": Answer(cannot=reason) for number, reason in enumerate(given, start=1)}
        codes = frozenset(answers)
        merged = merge(edition, [AgencySheet("a", "หน่วยงาน a", AnswerSheet(answers), frozenset(), codes)])
        return check_province(Province(edition, merged), today=TODAY)

    return Pair(lambda: run(reasons), lambda: run(others))


def many_rows(wrong: int, right: int) -> Pair:
    """One paper under so many rows."""
    edition = make_edition(*(make_question(f"P1.{number}") for number in range(1, 21)))
    proof = Proof("แผน.pdf", ref="sha256:1")

    def run(count: int) -> list[Problem]:
        return check(
            edition,
            AnswerSheet({f"P1.{n}": Answer(True, proofs=(proof,) if n <= count else ()) for n in range(1, 21)}),
            today=TODAY,
        )

    return Pair(lambda: run(wrong), lambda: run(right))


def unknown() -> Pair:
    """An answer to a row that this edition does not have."""
    edition = make_edition(make_question("P1.1"))
    return Pair(
        lambda: check(edition, AnswerSheet({"P1.1": NO, "P9.9": YES})), lambda: check(edition, AnswerSheet({"P1.1": NO}))
    )


def proved(*proofs: Proof) -> Answer:
    """Yes, with these papers."""
    return replace(YES, proofs=proofs)


INSIDE = make_proof("plan", TODAY, "แผน 2567.pdf")
PAPER = Proof("คำสั่ง.pdf", ref="sha256:2", issued_on=TODAY)

CASES: dict[str, Pair] = {
    "E01": unknown(),
    "E02": sheet(Answer(), NO),
    "E03": sheet(Answer("ห้า"), Answer(5), Kind.COUNT),
    "E04": sheet(Answer(Decimal("100.5")), Answer(Decimal(100)), Kind.PERCENT),
    "E05": sheet(Answer("chiangmai.go.th"), Answer("https://chiangmai.go.th"), Kind.URL),
    "E06": sheet(Answer(("a", "z")), Answer(("a", "b")), Kind.MANY),
    "E07": sheet(YES, proved(INSIDE), evidence=PLAN),
    "E08": sheet(proved(make_proof("", date(2023, 6, 11))), proved(make_proof("", date(2023, 6, 12))), window=YEAR),
    "E09": sheet(Answer(date(2024, 6, 12)), Answer(TODAY), Kind.DATE),
    "E10": sheet(Answer(True), YES, beyond_parent_department=True),
    "E11": sheet(PARENT, YES, beyond_parent_department=True),
    "E12": two_rows((Answer(3), Answer(4)), (Answer(3), Answer(3)), not_above="P1.1"),
    "E13": sheet(YES, replace(YES, detail="ระบบลา"), detail=DETAIL),
    "E14": sheet(Answer(cannot="-"), Answer(cannot="ไม่ใช่ภารกิจ")),
    "W01": two_rows((Answer(0), Answer(4)), (Answer(5), Answer(4)), asked_when=above("P1.1")),
    "W02": sheet(proved(make_proof()), proved(INSIDE), window=YEAR),
    "W03": sheet(replace(NO, proofs=(PAPER,)), replace(YES, proofs=(PAPER,))),
    "W04": sheet(Answer("-"), Answer("ใช้ระบบสารบรรณ"), Kind.TEXT),
    "W05": sheet(proved(make_proof("plan", TODAY, "ร่างคำสั่ง draft.pdf")), proved(INSIDE), evidence=PLAN),
    "W06": sheet(Answer("http://chiangmai.go.th"), Answer("https://chiangmai.go.th"), Kind.URL),
    "W07": many_rows(11, 10),
    "W08": sheet(proved(PAPER, INSIDE), proved(replace(PAPER, slot="order"), INSIDE), evidence=TWO),
    "W10": sheet(
        proved(replace(INSIDE, ends_on=YEAR.end + timedelta(1))),
        proved(replace(INSIDE, starts_on=YEAR.start, ends_on=YEAR.end)),
        window=YEAR,
    ),
    "W20": province(
        {"*a": Answer(date(2024, 1, 1)), "*b": Answer(date(2024, 2, 1))},
        {"*a": Answer(date(2024, 1, 1)), "*b": Answer(date(2024, 1, 1)), "c": Answer(date(2024, 3, 1))},
        Kind.DATE,
        merge=Merge.OWNER,
    ),
    "W21": province({"a": proved(PAPER), "b": replace(NO, proofs=(PAPER,))}, {"a": proved(PAPER), "b": proved(PAPER)}),
    "W22": province({"a": Answer(12)}, {"a": Answer(7)}, Kind.COUNT, merge=Merge.SUM, last=Answer(5)),
    "W23": province({"a": NO}, {"a": YES}, last=YES),
    "W24": province(
        {"a": replace(YES, detail=COPIED), "b": replace(YES, detail=f" {COPIED} ")},
        {"a": replace(YES, detail=COPIED), "b": replace(YES, detail="ใช้ระบบจองคิวออนไลน์ของสำนักงานเอง")},
        detail=DETAIL,
    ),
    "W25": seven_rows(("ไม่เกี่ยวข้อง",) * 3, ("ไม่เกี่ยวข้อง", "ไม่เกี่ยวข้อง", "ไม่มีงบประมาณปีนี้")),
    "W26": province(
        {"*a": Answer("https://doae.go.th/data")},
        {"*a": Answer("https://data.chiang-mai.go.th/")},
        Kind.URL,
        merge=Merge.OWNER,
        text=WEB,
        site="chiangmai",
    ),
    "W27": province(
        {"a": proved(replace(PAPER, issued_on=None))}, {"a": proved(replace(PAPER, issued_on=None), PAPER)}, window=YEAR
    ),
    "W28": province({"a": NO}, {"a": NO}, decided=YES, decided_right=NO),
    "W30": province({"a": Answer("ก" * 101)}, {"a": Answer("ก" * 100)}, Kind.TEXT, merge=Merge.OWNER, limit=100),
    "W29": province({"a": Answer(cannot="ไม่มีผู้รับผิดชอบ")}, {"a": NO}),
}
