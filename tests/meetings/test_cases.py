"""องค์ประชุม วันที่ล่าช้า ถ้อยคำ และปีของเลขครั้งที่ ตามกรณีใน cases/*.yaml ซึ่งเจ้าหน้าที่อ่านและเพิ่มเองได้. No database."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from phrom.committee.models import Quorum
from phrom.committee.roster import needed
from phrom.meetings.actions.numbering import year_of
from phrom.meetings.models import AttendanceKind, FollowUp, Meeting
from phrom.meetings.papers.wording import slips
from phrom.meetings.quorum import presence
from phrom.shared.thai.clock import local_date
from phrom.shared.thai.dates import BANGKOK
from phrom.shared.thai.reading import parse_date

HERE = Path(__file__).with_name("cases")
RULES = {rule.label: rule.value for rule in Quorum}
SIGNED = {
    "มา": AttendanceKind.CAME,
    "แทน": AttendanceKind.SUBSTITUTE,
    "ลา": AttendanceKind.LEAVE,
    "ขาด": AttendanceKind.ABSENT,
}


def cases(name: str, label: str = "เรื่อง") -> Any:
    """Each case of a file as a test of its own, named as the file names it."""
    rows: list[dict[str, Any]] = YAML(typ="safe").load((HERE / f"{name}.yaml").read_text("utf-8"))
    return pytest.mark.parametrize("case", rows, ids=[str(row[label]) for row in rows])


def moment(text: str) -> datetime:
    """ "21 มิ.ย. 2567 23.59" on Thailand's clock."""
    day, _, clock = text.rpartition(" ")
    hour, _, minute = clock.partition(".")
    return datetime.combine(parse_date(day), datetime.min.time(), BANGKOK) + timedelta(hours=int(hour), minutes=int(minute))


@cases("quorum")
def test_the_quorum_is_counted_and_told_as_the_case_says(case: dict[str, Any]) -> None:
    seats = range(len(case["ลงชื่อ"]))
    marks = {seat: str(SIGNED[word]) for seat, word in enumerate(case["ลงชื่อ"]) if word in SIGNED}
    found = presence(seats, marks, needed(len(seats), RULES[case["วิธีนับ"]]))
    assert (found.is_quorum, found.words) == (case["ครบ"] == "ใช่", case["บอกว่า"])
    assert found.members == len(seats)


@cases("late")
def test_a_follow_up_is_as_late_as_the_case_says(case: dict[str, Any]) -> None:
    moments = {field: moment(case[word]) for word, field in (("ตอบ", "answered_at"), ("ปิด", "closed_at")) if word in case}
    follow_up = FollowUp(due_on=parse_date(case["กำหนด"]), **moments)
    assert follow_up.days_late(parse_date(case["วันนี้"])) == case["ช้า"]


@cases("wording", "ข้อความ")
def test_wrong_words_of_minutes_are_told_with_the_right_ones(case: dict[str, Any]) -> None:
    assert {slip.found: slip.right for slip in slips(case["ข้อความ"])} == case.get("แก้", {})


@cases("years")
def test_a_meeting_is_counted_in_the_year_of_its_day_in_thailand(case: dict[str, Any]) -> None:
    held_at = moment(case["เวลา"])
    assert year_of(local_date(held_at)) == year_of(Meeting(held_at=held_at).day) == case["ปี"]
