"""Typing the answers into the surveyor's portal: its order, lengths that are named and never cut, ticks that two share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from phrom.results.actions.rekeying import NoSuchRow, tick
from phrom.results.models import RekeyTick
from phrom.results.papers.portal import RekeyLine, rekey_lines
from phrom.rules.instrument.load import EditionProblems, load_edition
from phrom.rules.instrument.portal import Portal, load_portal
from phrom.rules.scoring.sheet import Answer
from phrom.shared.journal.models import AuditEvent
from phrom.survey.models import Round
from tests.factories.agencies import make_member
from tests.factories.results import make_answered_round
from tests.factories.rules import make_little_edition
from tests.factories.survey import AT
from tests.house.cast import BACKEND

EDITION = make_little_edition()
CODES = [row.code for row in EDITION.asked_rows]


def portal(folder: Path, text: str) -> Portal:
    (folder / "portal.yaml").write_text(text, "utf-8")
    return load_portal(folder, EDITION)


def test_without_a_file_rows_stand_in_printed_order_and_no_length_is_known(tmp_path: Path) -> None:
    found = load_portal(tmp_path, EDITION)
    assert [row.code for row in found.rows] == CODES
    assert found.status == "provisional" and found.limits == {}


def test_the_real_edition_has_a_portal_that_says_it_is_provisional() -> None:
    folder = Path(__file__).resolve().parents[2] / "editions/dga-province-2567"
    found = load_portal(folder, load_edition(folder))
    assert (found.status, bool(found.source), len(found.rows)) == ("provisional", True, 47)


def test_the_order_and_a_rows_own_length_win_over_the_kinds(tmp_path: Path) -> None:
    rows = "".join(f"  - {{code: {code}{', limit: 7' if code == 'P3.3' else ''}}}\n" for code in reversed(CODES))
    found = portal(tmp_path, f"status: provisional\nsource: ทดสอบ\nlimits: {{text: 100}}\nrows:\n{rows}")
    told = list(rekey_lines(EDITION, found, {code: Answer("กขค" if code == "P3.3" else None) for code in CODES}))
    assert [line.code for line in told] == CODES[::-1]
    assert {line.code: line.limit for line in told if line.limit} == {"P3.3": 7}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("status: provisional\nsource: x\nrows:\n  - {code: P9.9}\n", 4, "crosswalk_unknown_row"),
        ("status: provisional\nsource: x\nrows:\n  - {code: G.1}\n  - {code: G.1}\n", 5, "portal_row_twice"),
        ("status: provisional\nsource: x\nrows:\n  - {code: G.1}\n", 3, "portal_row_missing"),
        ("status: provisional\nsource: x\nlimits: {essay: 5}\n", 3, "portal_unknown_kind"),
        ("status: provisional\nsource: x\nlimits: {text: 0}\n", 3, ""),
        ("status: guessed\nsource: x\n", 1, ""),
        ("source: x\n", 1, ""),
        ("- 1\n", 1, ""),
        ("a: [\n", 2, ""),
    ],
)
def test_every_defect_of_the_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, code: str) -> None:
    with pytest.raises(EditionProblems) as broken:
        portal(tmp_path, text)
    assert any(each.line == line and each.code.startswith(code) for each in broken.value.problems), broken.value.problems


@pytest.mark.parametrize(("text", "over"), [("ก" * 10, 0), ("ก" * 11, 1), ("น้ำ" * 4, 2), ("😀" * 6, 2)])
def test_what_is_too_long_is_counted_as_browsers_count_and_never_cut(text: str, over: int) -> None:
    line = RekeyLine("P1.1", "ข้อ", text, 10, True)
    assert (line.over, line.answer) == (over, text)


@pytest.fixture
def round(db: None) -> Round:
    return make_answered_round()


def signed_in(round: Round, role: str = "coordinator") -> Client:
    client = Client()
    client.force_login(make_member(round.body, role), BACKEND)
    return client


def test_two_people_share_the_ticks_and_see_whose_they_are(round: Round) -> None:
    first, second = signed_in(round), signed_in(round)
    assert first.post(f"/rounds/{round.pk}/rekey/", {"code": "P4.1", "done": "1"}).headers["Location"].endswith("#row-P4.1")
    page = second.get(f"/rounds/{round.pk}/rekey/").content.decode()
    assert RekeyTick.objects.get().by.name in page
    assert "7 รายการ" in page


def test_a_second_tick_changes_nothing_and_taking_back_keeps_the_trace(round: Round) -> None:
    one, two = make_member(round.body, "coordinator"), make_member(round.body, "coordinator")
    for by in (one, two):
        tick(round=round, code="P4.1", done=True, by=by, at=AT)
    assert RekeyTick.objects.get().by == one
    for _ in range(2):
        tick(round=round, code="P4.1", done=False, by=two, at=AT)
    assert RekeyTick.objects.get().undone_by == two
    tick(round=round, code="P4.1", done=True, by=two, at=AT)
    assert RekeyTick.objects.filter(undone_at=None).get().by == two
    assert [event.event for event in AuditEvent.objects.filter(event__startswith="rekey.").order_by("id")] == [
        "rekey.ticked",
        "rekey.unticked",
        "rekey.ticked",
    ]


@pytest.mark.parametrize("code", ["P9.9", "", "P4", "<b>"])
def test_a_row_that_is_not_asked_is_refused(round: Round, code: str) -> None:
    with pytest.raises(NoSuchRow):
        tick(round=round, code=code, done=True, by=make_member(round.body, "coordinator"), at=AT)
    assert not RekeyTick.objects.exists()


def test_a_long_text_is_named_on_the_page_with_a_link_to_its_row(round: Round, settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / round.survey.edition_id
    folder.mkdir()
    (folder / "portal.yaml").write_text("status: provisional\nsource: ทดสอบ\nlimits: {count: 3}\n", "utf-8")
    settings.PHROM_EDITIONS = tmp_path
    page = signed_in(round).get(f"/rounds/{round.pk}/rekey/").content.decode()
    assert 'href="#row-P4.1"' in page
    assert "ยาวเกิน" in page and "7 รายการ" in page


def test_the_page_costs_the_same_however_many_are_ticked(round: Round, django_assert_max_num_queries: Any) -> None:
    client = signed_in(round)
    client.get(f"/rounds/{round.pk}/rekey/")
    for row in ("P4.1", "P1.4", "P1.5"):
        tick(round=round, code=row, done=True, by=make_member(round.body, "coordinator"), at=AT)
    with django_assert_max_num_queries(16):
        client.get(f"/rounds/{round.pk}/rekey/")
