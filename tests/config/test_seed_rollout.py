"""ข้อมูลตั้งต้นของการขับเคลื่อน: แถวในระบบตรงกับที่ไฟล์เขียน และข้อผิดในไฟล์บอกตำแหน่ง.

A seed's drives: what the seed says is what the rows say; what is wrong in it is told with its place, and nothing is made.
"""

from __future__ import annotations

import copy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from pytest_django import Settings

from phrom.agencies.access import access_of
from phrom.agencies.models import Agency, Person
from phrom.config.management.commands import seed as command
from phrom.letters.models import Letter
from phrom.rollout.models import Enrolment, LocalGovernment, Programme, SupportCase
from phrom.rollout.pages.dashboard import dashboard_page
from tests.config.test_seed import SMALL, seed
from tests.config.test_seed_letters import STAT, letter, staffed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """No slow hash, and no look for migrations: the tests' database has them."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(command, "call_command", lambda *words, **more: None)


BY, AT = "c@nan.example", "2024-06-05T09:00:00+07:00"
DONE = {"by": BY, "at": AT}
PUA, WIANG = "5550101", "5550102"
DRIVE: dict[str, Any] = {
    "body": "nan",
    **DONE,
    "name": "การขับเคลื่อนการใช้ระบบ e-Document",
    "starts_on": "2024-01-01",
    "handled_within_days": 5,
    "active_within_days": 20,
    "parties": [{"name": "กระทรวงมหาดไทย", "role": "signatory"}, {"name": "สถิติ", "role": "in_charge", "agency": "nan-stat"}],
    "targets": [{"stage": "active", "number": 1, "by_day": "2024-09-30"}],
    "districts": {"ปัว": BY},
    "stages": [{"office": PUA, "stage": "trained", "on": "2024-06-03", "evidence": "sign_in", "note": "รุ่นที่ 1", **DONE}],
    "holdbacks": [{"office": WIANG, "reason": "staff", "words": "ลาออก", "since": "2024-06-01", **DONE}],
    "visits": [{"office": PUA, "kind": "visit", "on": "2024-06-04", "text": "สอนลงรับ", **DONE}],
    "cases": [
        {
            "office": PUA,
            "subject": "ไม่เห็นเลขรับ",
            "notes": [
                {"text": "เลขไม่ขึ้น", "from_office": True, **DONE},
                {"text": "เปิดใหม่", "by": BY, "at": "2024-06-05T11:00:00+07:00"},
            ],
            "closed_at": "2024-06-05T12:00:00+07:00",
        }
    ],
}


def with_drive(**change: Any) -> dict[str, Any]:
    """The small seed with two local governments and a drive."""
    made: dict[str, Any] = {key: copy.deepcopy(SMALL[key]) for key in ("bodies", "people")}
    local = {"body": "nan", "kind": "subdistrict", "district_code": "5503", "size": "S"}
    listed = [{"dla_code": PUA, "name": "ปัว", "district": "ปัว"}, {"dla_code": WIANG, "name": "เวียง", "district": "เวียงสา"}]
    return {**made, "local_governments": [{**local, **each} for each in listed], "drives": [{**DRIVE, **change}]}


def test_what_the_seed_says_is_what_the_rows_say(tmp_path: Path) -> None:
    seed(with_drive(), tmp_path)
    programme = Programme.objects.get()
    at = datetime.fromisoformat(AT)
    assert (programme.name, programme.handled_within_days, programme.active_within_days) == (DRIVE["name"], 5, 20)
    assert (programme.created_at, programme.created_by.email) == (at, BY)
    assert list(programme.parties.values_list("name", "role", "agency__code")) == [
        ("สถิติ", "in_charge", "nan-stat"),
        ("กระทรวงมหาดไทย", "signatory", None),
    ]
    assert list(programme.targets.values_list("stage", "number", "by_day")) == [("active", 1, date(2024, 9, 30))]
    assert list(programme.district_officers.values_list("district", "officer__email")) == [("ปัว", BY)]
    offices = {each.local_government.dla_code: each for each in Enrolment.objects.all()}
    assert offices.keys() == {PUA, WIANG}
    (stage,) = offices[PUA].stages.all()
    assert (stage.stage, stage.happened_on, stage.evidence, stage.note, stage.recorded_at) == (
        "trained",
        date(2024, 6, 3),
        "sign_in",
        "รุ่นที่ 1",
        at,
    )
    (held,) = offices[WIANG].holdbacks.all()
    assert (held.reason, held.words, held.since, held.until) == ("staff", "ลาออก", date(2024, 6, 1), None)
    (visit,) = offices[PUA].visits.all()
    assert (visit.kind, visit.visited_on, visit.text) == ("visit", date(2024, 6, 4), "สอนลงรับ")


def test_a_case_is_answered_by_the_first_words_of_the_province_and_closed_when_it_says(tmp_path: Path) -> None:
    seed(with_drive(), tmp_path)
    case = SupportCase.objects.get()
    assert (case.from_office, case.subject) == (True, "ไม่เห็นเลขรับ")
    assert case.answered_at == datetime.fromisoformat("2024-06-05T11:00:00+07:00")
    assert case.closed_at == datetime.fromisoformat("2024-06-05T12:00:00+07:00")
    assert [note.text for note in case.notes.all()] == ["เลขไม่ขึ้น", "เปิดใหม่"]


def test_the_pages_show_the_seeds_drive(tmp_path: Path) -> None:
    seed(with_drive(), tmp_path)
    at = datetime.fromisoformat(AT)
    page = dashboard_page(access_of(Person.objects.get(), at.date()), Programme.objects.get().pk, at)
    assert page.total == 2 and {bar.label: bar.count for bar in page.bars}["อบรมแล้ว"] == 1


def broken(part: str, **change: Any) -> dict[str, Any]:
    """The drive with the second of a part's entries wrong."""
    return {part: [*DRIVE[part], {**DRIVE[part][0], **change}]}


@pytest.mark.parametrize(
    ("change", "place", "told"),
    [
        (broken("stages", stage="activ"), "drives.0.stages.1.stage", "active"),
        (broken("stages", evidence="rumour"), "drives.0.stages.1.evidence", "sign_in"),
        (broken("stages", on="2024-06-06"), "drives.0.stages.1", "วันที่นี้ยังมาไม่ถึง"),
        (broken("stages", stage="dropped", note=""), "drives.0.stages.1", "การถอนตัวต้องมีเหตุผล"),
        (broken("stages", office="999"), "drives.0.stages.1", "999"),
        (broken("stages", by="x@nan.example"), "drives.0.stages.1", "x@nan.example"),
        (broken("holdbacks", reason="mood"), "drives.0.holdbacks.1.reason", "network"),
        (broken("holdbacks", since="2025-01-01"), "drives.0.holdbacks.1", "วันที่นี้ยังมาไม่ถึง"),
        (broken("visits", kind="dream"), "drives.0.visits.1.kind", "online"),
        (broken("visits", on="2025-01-01"), "drives.0.visits.1", "วันที่นี้ยังมาไม่ถึง"),
        (broken("parties", role="friend"), "drives.0.parties.2.role", "in_charge"),
        (broken("parties", name="อื่น", agency="no-such"), "drives.0.parties.2", "Agency"),
        (broken("targets", stage="fast"), "drives.0.targets.1.stage", "active"),
        (broken("targets", number=-1), "drives.0.targets.1.number", "0"),
        ({"districts": {"ปัว": "x@nan.example"}}, "drives.0.districts", "x@nan.example"),
        ({"cases": [{**DRIVE["cases"][0], "notes": []}]}, "drives.0.cases.0.notes", "1"),
        (broken("cases", office="999"), "drives.0.cases.1", "999"),
        ({"by": "x@nan.example"}, "drives.0", "x@nan.example"),
        ({"handled_within_days": 0}, "drives.0.handled_within_days", "1"),
        ({"body": "phrae"}, "drives.0", "phrae"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_made(
    tmp_path: Path, change: dict[str, Any], place: str, told: str
) -> None:
    with pytest.raises(CommandError) as problem:
        seed(with_drive(**change), tmp_path)
    assert f"{place}:" in str(problem.value) and told in str(problem.value)
    assert not Programme.objects.exists() and not LocalGovernment.objects.exists() and not Agency.objects.exists()


def test_a_local_government_of_an_unknown_kind_is_told_with_its_place(tmp_path: Path) -> None:
    given = with_drive()
    given["local_governments"][1]["kind"] = "village"
    with pytest.raises(CommandError, match=r"local_governments\.1\.kind: .*subdistrict"):
        seed(given, tmp_path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"by": "x@nan.example"}, "x@nan.example"),
        ({"agency": "no-such"}, "Agency"),
        ({"text": " "}, "ยังไม่มีข้อความ"),
        ({"to": [{"agency": "no-such"}]}, "Agency"),
        ({"for_resolution": {"body": "nan", "number": 9, "year": 2567, "item": "3.1"}}, "Resolution"),
    ],
)
def test_a_letter_that_cannot_be_so_is_told_with_its_place(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    """The letters are lived through in the order of their days; the place is that in the file."""
    with pytest.raises(CommandError) as problem:
        seed(staffed(letters=[letter(6, STAT), letter(7, STAT), {**letter(3, STAT), **change}]), tmp_path)
    assert "letters.2:" in str(problem.value) and told in str(problem.value)
    assert not Letter.objects.exists()
