"""ตัวเลขของโครงการตามกรณีใน figures.yaml และอำเภอที่แบ่งกันดูแล.

The drive's figures by the cases of figures.yaml: targets and how far, answer times, days at their edges; districts shared out.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from phrom.agencies.access import access_of
from phrom.letters.models import Incoming, Via
from phrom.rollout.adoption import facts_of
from phrom.rollout.models import SupportCase
from phrom.rollout.pages.dashboard import DashboardPage, dashboard_page
from phrom.rollout.waiting import waiting
from tests.factories.agencies import make_member, make_person
from tests.factories.letters import make_accepted, make_incoming, make_office
from tests.factories.rollout import (
    AT,
    TODAY,
    make_case,
    make_district_officer,
    make_enrolment,
    make_local,
    make_programme,
    make_stage,
    make_target,
)

pytestmark = pytest.mark.django_db
CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(Path(__file__).with_name("figures.yaml").read_text("utf-8"))


def told(case: dict[str, Any]) -> str:
    return str(case["ชื่อ"])


def dashboard(programme: Any) -> DashboardPage:
    return dashboard_page(access_of(make_member(programme.body, "coordinator"), TODAY), programme.pk, AT)


@pytest.mark.parametrize("case", CASES["เป้าหมาย"], ids=told)
def test_a_target_and_how_far_it_is(case: dict[str, Any]) -> None:
    programme = make_programme()
    for stage, offices in case["แห่ง"].items():
        for _ in range(offices):
            make_stage(make_enrolment(programme), stage, note="เหตุ")
    stage, number, by_day = case["เป้าหมาย"]
    target = make_target(programme, stage, number)
    type(target).objects.update(by_day=by_day)
    (line,) = dashboard(programme).targets
    assert (line.reached, line.missing, line.days) == (case["ถึงแล้ว"], case["ขาด"], case["เหลือวัน"])


def test_who_was_trained_and_left_is_counted_for_no_target() -> None:
    enrolment = make_enrolment()
    make_stage(enrolment, "trained", TODAY - timedelta(days=9))
    make_stage(enrolment, "dropped", note="ใช้ระบบอื่น")
    make_target(enrolment.programme, "trained", 1)
    (line,) = dashboard(enrolment.programme).targets
    assert (line.reached, line.missing) == (0, 1)


def test_the_sentence_names_the_first_target_that_is_not_reached() -> None:
    programme = make_programme()
    make_stage(make_enrolment(programme), "trained")
    make_target(programme, "trained", 1)
    assert dashboard(programme).sentence.endswith("ครบทุกเป้าหมายแล้ว")
    make_target(programme, "active", 9)
    assert dashboard(programme).sentence.endswith("เป้าหมาย “ใช้งานจริง” 9 แห่งภายใน 30 ก.ย. 2567 ยังขาด 9 แห่ง")


@pytest.mark.parametrize("case", CASES["เรื่อง"], ids=told)
def test_answer_times(case: dict[str, Any]) -> None:
    enrolment, by = make_enrolment(), make_person()
    for one in case["เรื่อง"]:
        opened = AT - timedelta(hours=one["ผ่านไป"])
        given: dict[str, Any] = {}
        if "ตอบใน" in one:
            given |= {"answered_at": opened + timedelta(hours=one["ตอบใน"]), "answered_by": by}
        if one.get("ปิด"):
            given |= {"closed_at": AT, "closed_by": by}
        make_case(enrolment, at=opened, **given)
    found = waiting(SupportCase.objects.all(), AT)
    assert [found.all, found.open, found.unanswered, found.usual, found.longest] == case["ได้"]


@pytest.mark.parametrize("case", CASES["ขอบวัน"], ids=told)
def test_active_and_quiet_at_the_edge_of_their_days(case: dict[str, Any]) -> None:
    enrolment = make_enrolment()
    make_member(enrolment.local_government.agency, "local_clerk")
    office = make_office(enrolment.local_government.agency)
    arrived = AT - timedelta(hours=case["ถึงก่อน"])
    came = make_accepted(make_incoming(office, via=Via.HERE, at=arrived), at=arrived)
    if "ปิดก่อน" in case:
        Incoming.objects.update(closed_at=AT - timedelta(hours=case["ปิดก่อน"]), closed_by=came.accepted_by)
    line = facts_of(enrolment, AT)
    assert (line.standing.stage, line.facts.handled) == (case["ขั้น"], case["ดำเนินการ"])


def test_each_district_has_its_officer_on_its_tile_and_nobody_elses() -> None:
    programme = make_programme()
    one, other = make_member(programme.body, "supporter", "นางแม่ริม"), make_member(programme.body, "supporter", "นายฝาง")
    for district in ("แม่ริม", "แม่ริม", "ฝาง", "อมก๋อย", ""):
        make_enrolment(programme, make_local(programme.body, district=district))
    make_district_officer(programme, "แม่ริม", one)
    make_district_officer(programme, "ฝาง", other)
    make_district_officer(programme, "", other)
    tiles = {tile.name: (tile.total, tile.officer) for tile in dashboard(programme).tiles}
    assert tiles == {"แม่ริม": (2, "นางแม่ริม"), "ฝาง": (1, "นายฝาง"), "อมก๋อย": (1, ""), "ทั้งจังหวัด": (1, "นายฝาง")}
    assert "ยังไม่มีผู้ดูแล 1 อำเภอ" in dashboard(programme).step.text


def test_what_comes_next_is_the_first_thing_that_is_not_done() -> None:
    """A list, then invitations, then answers, then officers, then the quiet ones: in the order in which a drive goes."""
    programme = make_programme()
    officer = make_member(programme.body, "supporter")
    said = [dashboard(programme).step.text]
    local = make_local(programme.body)
    said.append(dashboard(programme).step.text)
    enrolment = make_enrolment(programme, local)
    case = make_case(enrolment)
    said.append(dashboard(programme).step.text)
    type(case).objects.update(answered_at=AT, answered_by=officer)
    said.append(dashboard(programme).step.text)
    make_district_officer(programme, "แม่ริม", officer)
    said.append(dashboard(programme).step.text)
    assert [" ".join(text.split()[:1]) for text in said] == [
        "นำรายชื่อองค์กรปกครองส่วนท้องถิ่นเข้าก่อน",
        "ยังไม่ได้เชิญ",
        "มี",
        "ยังไม่มีผู้ดูแล",
        "เชิญแล้วแต่ยังไม่มีบัญชี",
    ]
