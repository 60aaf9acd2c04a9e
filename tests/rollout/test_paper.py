"""เอกสารของวาระที่ 3.2: ตัวเลขเดียวกับหน้าโครงการ และแทรกใต้วาระได้.

The paper of item 3.2: the dashboard's figures, inserted under the item.
"""

from __future__ import annotations

import pytest
from django.test import Client

from phrom.results.papers.missing import NoFigures
from phrom.results.papers.sources import SOURCES
from phrom.rollout.adoption import adoption_of
from phrom.rollout.papers.adoption import adoption_blocks
from phrom.shared.documents.content import Document, Paragraph, Table
from phrom.shared.documents.pdf import render_pdf
from tests.factories.agencies import make_member
from tests.factories.meetings import make_item, make_meeting
from tests.factories.rollout import (
    AT,
    full_province,
    make_case,
    make_enrolment,
    make_holdback,
    make_party,
    make_programme,
    make_target,
    many_letters,
)

BACKEND = "phrom.agencies.signin.backend.PersonBackend"
pytestmark = pytest.mark.django_db


def test_the_paper_has_the_dashboards_figures_in_every_total() -> None:
    programme = full_province(60)
    many_letters(programme, 1000)
    make_target(programme)
    adoption, blocks = adoption_of(programme, AT), adoption_blocks(programme, AT)
    stages, districts = (block for block in blocks if isinstance(block, Table))
    active = str(adoption.count("active"))
    assert int(active) > 5
    assert stages.rows[0][:2] == ("ใช้งานจริง", active)
    assert sum(int(row[1]) for row in stages.rows[:-1]) == int(stages.rows[-1][1]) == 60
    assert districts.rows[-1][1:3] == ("60", active)
    assert districts.rows[-1][5] == str(sum(line.facts.handled for line in adoption.lines))
    assert f"ขณะนี้ {active} แห่ง" in next(
        block.text for block in blocks if isinstance(block, Paragraph) and block.text.startswith("เป้าหมาย")
    )


def test_it_says_who_is_in_charge_what_holds_back_and_what_is_not_counted() -> None:
    enrolment = make_enrolment()
    make_party(enrolment.programme, "สำนักงานสถิติจังหวัดเชียงใหม่", "in_charge")
    make_holdback(enrolment, "staff")
    make_case(enrolment)
    said = "\n".join(block.text for block in adoption_blocks(enrolment.programme, AT) if isinstance(block, Paragraph))
    for words in ("สำนักงานสถิติจังหวัดเชียงใหม่", "ไม่มีเจ้าหน้าที่รับผิดชอบ 1 แห่ง", "รอคำตอบ 1", "ไม่นับหนังสือที่มีชั้นความลับ"):
        assert words in said


def test_it_is_inserted_under_item_3_2_by_the_page_that_inserts() -> None:
    enrolment = make_enrolment()
    make_target(enrolment.programme)
    meeting = make_meeting(enrolment.programme.body)
    item = make_item(meeting, number="3.2")
    client = Client()
    client.force_login(make_member(meeting.body, "coordinator"), backend=BACKEND)
    shown = client.get(f"/agenda-items/{item.pk}/insert/?source=e_document").content.decode()
    assert "เป้าหมาย" in shown and "จำนวน (แห่ง)" in shown
    posted = {"once": "a-key-that-nobody-used-yet", "source": "e_document", "title": "e-Document"}
    assert client.post(f"/agenda-items/{item.pk}/insert/", posted).status_code == 302
    assert item.papers.get().source == "e_document"


def test_it_can_be_printed() -> None:
    blocks = adoption_blocks(make_enrolment().programme, AT)
    assert render_pdf(Document("ระเบียบวาระที่ 3.2", blocks, form="agenda")).startswith(b"%PDF")


def test_without_a_drive_nothing_is_invented() -> None:
    meeting = make_meeting()
    make_programme(meeting.body)
    with pytest.raises(NoFigures):
        SOURCES["e_document"].make(meeting, AT)
