"""What is put under an agenda's items from live figures: the words of the agenda of 1/2567, the numbers of the system."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from phrom.agencies.models import Agency, AgencyKind
from phrom.committee.models import SeatCategory
from phrom.meetings.models import Meeting
from phrom.results.papers.editions import edition_for, fiscal_year_of
from phrom.results.papers.missing import NoFigures
from phrom.results.papers.sources import SOURCES
from phrom.rules.instrument.model import Edition
from phrom.shared.documents.content import Block, Paragraph, Table
from phrom.shared.thai.digits import to_arabic
from phrom.survey.models import Ask, AskState, Round
from tests.factories.agencies import make_agency, make_body
from tests.factories.committee import make_order, make_seat
from tests.factories.follow_ups import make_follow_up
from tests.factories.meetings import make_item, make_meeting, make_resolution
from tests.factories.results import EDITION, make_answered_round, make_official_result
from tests.factories.survey import make_ask, make_round

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 14, 2, 30, tzinfo=UTC)
LAST_YEAR = (
    "ผลการประเมินระดับความพร้อมรัฐบาลดิจิทัลหน่วยงานภาครัฐของประเทศไทย ประจำปีงบประมาณ 2566 จังหวัดเชียงใหม่มีคะแนนรวมร้อยละ 37.87 "
    "ซึ่งระดับความพร้อมการพัฒนาด้านดิจิทัลของจังหวัดเชียงใหม่ อยู่ระดับที่ 2 Developing "
    "ตัวชี้วัดที่โดดเด่นที่สุด คือ Pillar2 : Data-driven Practices และตัวชี้วัดที่มีคะแนนต่ำที่สุด คือ Pillar1 : Policies & Practices"
)


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting()


def made(source: str, meeting: Meeting) -> tuple[Block, ...]:
    return SOURCES[source].make(Meeting.objects.select_related("body").get(pk=meeting.pk), AT)


def table(source: str, meeting: Meeting) -> Table:
    return next(block for block in made(source, meeting) if isinstance(block, Table))


def said(source: str, meeting: Meeting) -> str:
    return "\n".join(block.text for block in made(source, meeting) if isinstance(block, Paragraph))


def test_last_year_is_told_in_the_words_of_the_agenda(meeting: Meeting) -> None:
    result = make_official_result(meeting.body)
    type(result).objects.update(best_pillar="P2", weakest_pillar="P1")
    assert said("last_year", meeting) == LAST_YEAR


def test_last_years_result_without_level_or_pillars_says_only_what_is_known(meeting: Meeting) -> None:
    type(make_official_result(meeting.body)).objects.update(level=None, level_name="")
    assert said("last_year", meeting) == LAST_YEAR.partition(" ซึ่ง")[0]


def test_without_last_years_result_nothing_is_invented(meeting: Meeting) -> None:
    with pytest.raises(NoFigures, match="ปีงบประมาณ 2566"):
        made("last_year", meeting)


def test_another_provinces_result_is_not_ours(meeting: Meeting) -> None:
    make_official_result(make_body(name="จังหวัดลำพูน"))
    with pytest.raises(NoFigures):
        made("last_year", meeting)


def test_the_kpi_table_is_the_printed_one_cell_by_cell(meeting: Meeting) -> None:
    make_official_result(meeting.body)
    found = table("kpi", meeting)
    heads = [column.title for column in found.columns]
    assert heads == ["ตัวชี้วัดย่อย", "เป้าหมายขั้นต่ำ (50)", "เป้าหมายมาตรฐาน (75)", "เป้าหมายขั้นสูง (100)"]
    for sub, row in zip(EDITION.kpi.sub_indicators, found.rows, strict=True):
        printed = [f"{sub.code}. {sub.title}", *(step.text for step in sub.steps)]
        assert [to_arabic(cell) for cell in row] == [to_arabic(cell) for cell in printed]


@pytest.mark.parametrize(
    ("total", "cells"),
    [
        ("45.20", ("35.20 คะแนน", "45.20 คะแนน", "50.20 คะแนน")),
        ("4.00", ("0 คะแนน", "4.00 คะแนน", "9.00 คะแนน")),
        ("98.00", ("88.00 คะแนน", "98.00 คะแนน", "100 คะแนน")),
    ],
)
def test_the_targets_follow_the_provinces_own_result(meeting: Meeting, total: str, cells: tuple[str, ...]) -> None:
    make_official_result(meeting.body, total)
    assert tuple(cell.partition(" (")[0] for cell in table("kpi", meeting).rows[1][1:]) == cells


def test_targets_without_a_result_name_what_is_missing(meeting: Meeting) -> None:
    assert table("kpi", meeting).rows[1][1:] == (
        "คะแนนปี 2566-10 คะแนน (ยังไม่มีผลปี 2566)",
        "คะแนนปี 2566 (ยังไม่มีผลปี 2566)",
        "คะแนนปี 2566+5 คะแนน (ยังไม่มีผลปี 2566)",
    )


def test_the_pillars_stand_with_their_weights(meeting: Meeting) -> None:
    rows = table("pillars", meeting).rows
    assert rows[0] == ("ตัวชี้วัดที่ 1 แนวนโยบายและหลักปฏิบัติ (Policies & Practices)", "จำนวนร้อยละ 13")
    assert sum(Decimal(weight.removeprefix("จำนวนร้อยละ ")) for _, weight in rows) == 100
    assert len(rows) == 7


def test_every_row_stands_once_under_its_section_with_who_is_asked(meeting: Meeting) -> None:
    rows = table("rows_by_agency", meeting).rows
    asked = [row for row in rows if row[1]]
    assert len(asked) == len(EDITION.rows) == 51
    counted = [[who for _, who in asked].count(who) for who in ("ทุกหน่วยงาน", "สำนักงานจังหวัด", "ทุกหน่วยงาน/สถิติจังหวัด")]
    assert counted == [29, 14, 8]
    assert rows[0] == ("Digital Leadership", "")
    assert [row[0] for row in rows if not row[1]] == list(dict.fromkeys(row.section for row in EDITION.rows))


def test_a_row_that_was_routed_otherwise_names_who_is_asked(meeting: Meeting) -> None:
    round, farms = routed(meeting.body)
    Ask.objects.filter(round=round, code="P7.1").exclude(agency=farms).update(withdrawn_at=AT, withdrawn_by=round.opened_by)
    rows = dict(table("rows_by_agency", meeting).rows)
    assert next(who for text, who in rows.items() if text.startswith("P7.1 ")) == farms.name
    assert next(who for text, who in rows.items() if text.startswith("P6.2.1 ")) == "ทุกหน่วยงาน"


def test_a_row_taken_from_everybody_says_so(meeting: Meeting) -> None:
    round, _ = routed(meeting.body)
    Ask.objects.filter(round=round, code="G3").update(withdrawn_at=AT, withdrawn_by=round.opened_by)
    assert next(who for text, who in table("rows_by_agency", meeting).rows if text.startswith("G3 ")) == "ยังไม่ได้มอบหมาย"


def routed(body: Agency) -> tuple[Round, Agency]:
    """A round of the real edition in which everybody is asked as the edition says."""
    office = make_agency(body, "สำนักงานจังหวัดเชียงใหม่", AgencyKind.PROVINCIAL_OFFICE)
    farms = make_agency(body, "สำนักงานเกษตรจังหวัดเชียงใหม่")
    round = make_round(body, EDITION)
    for row in EDITION.asked_rows:
        make_ask(round, office, row.code)
        if row.informants != "provincial_office":
            make_ask(round, farms, row.code)
    return round, farms


def test_progress_counts_every_agency_and_says_when(meeting: Meeting) -> None:
    round, farms = routed(meeting.body)
    Ask.objects.filter(round=round, agency=farms).update(state=AskState.ACCEPTED)
    found = table("progress", meeting)
    mine = next(row for row in found.rows if row[0] == farms.name)
    assert mine[1] == mine[5] != "0"
    assert found.rows[-1][0] == "รวม 2 หน่วยงาน"
    assert int(found.rows[-1][1]) == Ask.objects.filter(round=round).count()
    assert "ข้อมูล ณ วันที่ 14 มิถุนายน 2567 09.30 น." in said("progress", meeting)


def test_what_it_would_come_to_is_called_an_estimate_above_and_below() -> None:
    round = make_answered_round()
    words = said("standing", make_meeting(round.body)).split("\n")
    assert "ประมาณการ" in words[0] and "ประมาณการ" in words[-1]


@pytest.mark.parametrize("source", ["progress", "standing"])
def test_before_the_first_round_there_is_nothing_to_print(meeting: Meeting, source: str) -> None:
    with pytest.raises(NoFigures, match="ยังไม่ได้เปิดรอบ"):
        made(source, meeting)


def test_what_an_earlier_meeting_decided_and_is_not_done_comes_back(meeting: Meeting) -> None:
    follow_up = make_follow_up(make_resolution(make_item(meeting)))
    later = make_meeting(meeting.body, number=2)
    Meeting.objects.filter(pk=later.pk).update(held_at=datetime(2024, 7, 16, 6, 30, tzinfo=UTC))
    assert follow_up.agency.name in [row[1] for row in table("follow_ups", later).rows]
    with pytest.raises(NoFigures):
        made("follow_ups", meeting)


def test_the_order_of_the_day_is_printed_with_its_seats_by_category() -> None:
    body = make_body()
    old = make_order(body, number=2533, issued_on=date(2020, 6, 11), year=2563)
    order = make_order(body, number=3046, issued_on=date(2024, 6, 7), replaces=old)
    for category, count in ((SeatCategory.REGIONAL, 3), (SeatCategory.PRIVATE, 1)):
        for _ in range(count):
            make_seat(order, category=category)
    meeting = make_meeting(body)
    assert table("committee_order", meeting).rows == (("ราชการบริหารส่วนภูมิภาค", "3"), ("ภาคเอกชน", "1"), ("รวม", "4"))
    words = said("committee_order", meeting)
    assert "ที่ 3046/2567 ลงวันที่ 7 มิถุนายน 2567" in words
    assert "แทนคำสั่ง ที่ 2533/2563 ลงวันที่ 11 มิถุนายน 2563" in words


def test_without_an_order_on_the_day_nothing_is_printed(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(held_at=datetime(2019, 1, 1, tzinfo=UTC))
    with pytest.raises(NoFigures):
        made("committee_order", meeting)


@pytest.mark.parametrize(("day", "year"), [("2023-09-30", 2566), ("2023-10-01", 2567), ("2024-06-11", 2567)])
def test_the_fiscal_year_turns_in_october(meeting: Meeting, day: str, year: int) -> None:
    meeting.held_at = timezone.make_aware(datetime.fromisoformat(day))
    assert fiscal_year_of(meeting) == year


def test_a_round_of_the_year_decides_which_questionnaire_is_meant(meeting: Meeting, settings: Settings) -> None:
    assert edition_for(meeting, settings.PHROM_EDITIONS) == EDITION
    make_round(meeting.body)
    assert edition_for(meeting, settings.PHROM_EDITIONS).id == "tiny-2567"


def test_the_newest_questionnaire_holds_until_there_is_another(meeting: Meeting, settings: Settings, tmp_path: Path) -> None:
    later, earlier = (datetime(year, 12, 1, tzinfo=UTC) for year in (2024, 2020))
    assert at(meeting, later, settings.PHROM_EDITIONS) == EDITION
    make_round(meeting.body)
    assert at(meeting, later, tmp_path).id == "tiny-2567"
    with pytest.raises(NoFigures):
        at(meeting, earlier, settings.PHROM_EDITIONS)


def at(meeting: Meeting, held_at: datetime, folder: Path) -> Edition:
    meeting.held_at = held_at
    return edition_for(meeting, folder)


def test_figures_cost_few_queries(meeting: Meeting, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    make_official_result(meeting.body)
    routed(meeting.body)
    make_seat(meeting.order)
    ready = Meeting.objects.select_related("body").get(pk=meeting.pk)
    for key, most in {"last_year": 3, "kpi": 3, "pillars": 2, "rows_by_agency": 5, "progress": 2, "committee_order": 5}.items():
        with django_assert_max_num_queries(most):
            SOURCES[key].make(ready, AT)
