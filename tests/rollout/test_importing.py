"""นำรายชื่อเข้า: ทั้งหมดหรือไม่เลย นำเข้าซ้ำได้ผลเดิม บอกแห่งใหม่ แห่งที่เปลี่ยน และแห่งที่ไม่มีในไฟล์.

The import: all or nothing, the same when done again, and what is new, changed and missing is told.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from phrom.agencies.models import Agency
from phrom.rollout.actions.local_governments import ImportRefused, compare, import_local_governments
from phrom.rollout.models import LocalGovernment
from phrom.rollout.table_file import LocalRow, read_table
from phrom.shared.journal.models import AuditEvent
from tests.factories.agencies import make_body, make_member
from tests.factories.rollout import AT
from tests.rollout.lists import generated_list, real_list

pytestmark = pytest.mark.django_db
ROWS = read_table(generated_list(12), "a.csv").rows


def bring(body: Agency, rows: list[LocalRow]) -> object:
    return import_local_governments(body=body, rows=rows, by=make_member(body, "coordinator"), at=AT)


@pytest.mark.parametrize("path", [real_list(), None], ids=["the real list", "a generated list"])
def test_all_211_stand_in_the_database_as_in_the_list(path: Path | None) -> None:
    if path is not None and not path.exists():
        pytest.skip("the list of the province is not here")
    body = make_body()
    rows = read_table(path.read_bytes() if path else generated_list(), "a.csv").rows
    bring(body, rows)
    stored = {each.dla_code: each for each in LocalGovernment.objects.of_bodies([body.pk]).select_related("agency")}
    assert len(stored) == 211
    for row in rows:
        each = stored[row.dla_code]
        assert each.agency.name == row.full_name
        assert {name: getattr(each, name) for name in row.listed} == row.listed
    assert compare(body, rows).same == 211


def test_they_belong_to_the_province_and_no_survey_asks_them() -> None:
    body = make_body()
    bring(body, ROWS)
    agencies = Agency.objects.filter(body=body)
    assert {agency.kind for agency in agencies} == {"local_government"}
    assert not any(agency.answers_survey for agency in agencies)


def test_a_second_time_changes_nothing() -> None:
    body = make_body()
    bring(body, ROWS)
    done = bring(body, ROWS)
    assert (done.new, done.changed, done.same, done.missing) == ((), (), len(ROWS), ())  # type: ignore[attr-defined]
    assert Agency.objects.filter(body=body).count() == len(ROWS)


def test_what_is_new_changed_and_missing_is_told_and_the_missing_stays() -> None:
    body = make_body()
    bring(body, ROWS[:-1])
    renamed = replace(ROWS[1], name="ชื่อใหม่", size="L")
    found = compare(body, [renamed, *ROWS[2:]])
    assert [row.dla_code for row in found.new] == [ROWS[-1].dla_code]
    assert [(change.row.dla_code, "ชื่อใหม่" in change.words) for change in found.changed] == [(ROWS[1].dla_code, True)]
    assert [each.dla_code for each in found.missing] == [ROWS[0].dla_code]
    bring(body, [renamed, *ROWS[2:]])
    assert LocalGovernment.objects.of_bodies([body.pk]).count() == len(ROWS)
    assert LocalGovernment.objects.get(dla_code=ROWS[1].dla_code).agency.name == renamed.full_name


def test_a_code_of_another_province_is_refused_and_nothing_is_half_done() -> None:
    other, body = make_body(), make_body()
    bring(other, ROWS[-1:])
    with pytest.raises(ImportRefused):
        bring(body, ROWS)
    assert not LocalGovernment.objects.of_bodies([body.pk]).exists()


def test_the_journal_says_what_was_done() -> None:
    body = make_body()
    bring(body, ROWS)
    told = AuditEvent.objects.get(event="rollout.offices_imported")
    assert (told.details["new"], told.details["same"]) == (len(ROWS), 0)
