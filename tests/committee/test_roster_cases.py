"""รายชื่อคณะกรรมการตามกรณีใน cases/roster.yaml ซึ่งเจ้าหน้าที่อ่านและเพิ่มเองได้. No database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from phrom.committee.models import Holder, Order, Quorum, Seat, SeatRole, Substitution
from phrom.committee.roster import Roster, amendments_of, compose, order_in_force
from phrom.shared.thai.reading import parse_date

CASES: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("cases").joinpath("roster.yaml").read_text("utf-8")
)
ROLES = {role.label: role.value for role in SeatRole}
QUORUMS = {rule.label: rule.value for rule in Quorum}
ASKED = {"วันที่", "ตามที่รู้", "คำสั่ง", "ตำแหน่ง", "รายชื่อ", "ผู้แทน", "กรรมการ", "ต้องมา", "ว่าง"}
NOBODY = "ว่าง"


def noon(text: str) -> datetime:
    """Noon in Thailand of a day."""
    return datetime.combine(parse_date(text), datetime.min.time(), UTC).replace(hour=5)


def orders_of(case: dict[str, Any]) -> list[Order]:
    """Orders by their number, in the order of the case."""
    ids = {row["เลขที่"]: pk for pk, row in enumerate(case["คำสั่ง"], 1)}
    return [
        Order(
            pk=ids[row["เลขที่"]],
            number=int(row["เลขที่"].split("/")[0]),
            year=int(row["เลขที่"].split("/")[1]),
            effective_on=parse_date(row["มีผล"]),
            recorded_at=noon(row.get("บันทึก", row["มีผล"])),
            replaces_id=ids[row["แทน"]] if "แทน" in row else None,
            amends_id=ids[row["แก้ไข"]] if "แก้ไข" in row else None,
            quorum=QUORUMS[row["องค์ประชุม"]] if "องค์ประชุม" in row else Quorum.HALF,
        )
        for row in case["คำสั่ง"]
    ]


def seats_of(case: dict[str, Any], orders: list[Order]) -> list[Seat]:
    """Seats; without a place each stands first."""
    by_number = {str(order): order for order in orders}
    return [
        Seat(
            pk=pk,
            order=by_number[row["คำสั่ง"]],
            title=row["ชื่อ"],
            precedence=row.get("ลำดับ", 1),
            role=ROLES[row.get("บทบาท", "กรรมการ")],
            ended_by_id=by_number[row["สิ้นสุดโดย"]].pk if "สิ้นสุดโดย" in row else None,
        )
        for pk, row in enumerate(case.get("ตำแหน่ง", ()), 1)
    ]


def periods(kind: Any, rows: list[dict[str, Any]], seats: list[Seat]) -> list[Any]:
    """Holders or substitutes of the seats that they name."""
    by_title = {seat.title: seat for seat in seats}
    return [
        kind(
            pk=pk,
            seat=by_title[row["ตำแหน่ง"]],
            name=row["ชื่อ"],
            starts_on=parse_date(row["ตั้งแต่"]),
            ends_on=parse_date(row["ถึง"]) if "ถึง" in row else None,
            recorded_at=noon(row.get("บันทึก", row["ตั้งแต่"])),
            end_recorded_at=noon(row["บันทึกวันพ้น"]) if "บันทึกวันพ้น" in row else None,
        )
        for pk, row in enumerate(rows, 1)
    ]


def roster_of(case: dict[str, Any], on: date, known_at: datetime | None) -> Roster | None:
    """What the house says."""
    orders = orders_of(case)
    order = order_in_force(orders, on, known_at)
    if order is None:
        return None
    seats = seats_of(case, orders)
    holders = periods(Holder, case.get("ผู้ดำรง", []), seats)
    substitutions = periods(Substitution, case.get("ผู้แทน", []), seats)
    return compose(order, amendments_of(order, orders, on, known_at), seats, holders, substitutions, on, known_at)


def told(found: Roster | None, asked: set[str]) -> dict[str, object]:
    """The same, in the words in which it was asked."""
    if found is None:
        return {"คำสั่ง": "ไม่มี"}
    answers: dict[str, object] = {
        "คำสั่ง": str(found.order),
        "ตำแหน่ง": [line.seat.title for line in found.lines],
        "รายชื่อ": [line.holder.name if line.holder else NOBODY for line in found.lines],
        "ผู้แทน": [each.name for line in found.lines for each in line.substitutes],
        "กรรมการ": len(found.members),
        "ต้องมา": found.needed_for_quorum,
        "ว่าง": len(found.vacant),
    }
    return {word: answer for word, answer in answers.items() if word in asked}


@pytest.mark.parametrize("case", CASES, ids=[case["เรื่อง"] for case in CASES])
def test_the_roster_is_the_one_of_the_case(case: dict[str, Any]) -> None:
    for question in case["ถาม"]:
        assert set(question) <= ASKED
        known_at = noon(question["ตามที่รู้"]) if "ตามที่รู้" in question else None
        expected = {word: answer for word, answer in question.items() if word not in ("วันที่", "ตามที่รู้")}
        assert told(roster_of(case, parse_date(question["วันที่"]), known_at), set(expected)) == expected, question


def test_every_case_asks_something() -> None:
    assert len(CASES) >= 14
    assert all(len(question) >= 2 for case in CASES for question in case["ถาม"])
