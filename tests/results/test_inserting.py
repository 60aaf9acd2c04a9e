"""Putting figures under an item: what is previewed is what is put in, and nothing moves once the agenda is frozen."""

from __future__ import annotations

import pytest
from django.test import Client

from phrom.agencies.models import Agency
from phrom.meetings.models import AgendaItem, KeptPaper, Meeting, Paper, PaperKind
from phrom.results.models import OfficialResult
from phrom.shared.documents.canonical import blocks_from_json
from phrom.shared.documents.content import Paragraph, Table
from tests.factories.agencies import make_body, make_member, make_person
from tests.factories.meetings import HELD, make_item, make_meeting, make_paper
from tests.factories.results import make_official_result
from tests.factories.survey import make_stored_file

pytestmark = pytest.mark.django_db
ONCE = "one-time-key-of-a-test"


@pytest.fixture
def item() -> AgendaItem:
    return make_item(make_meeting())


def client_of(agency: Agency, role: str = "coordinator") -> Client:
    client = Client()
    client.force_login(make_member(agency, role), backend="phrom.agencies.signin.backend.PersonBackend")
    return client


def test_the_page_names_every_source_before_anything_is_made(item: AgendaItem) -> None:
    page = client_of(item.meeting.body).get(f"/agenda-items/{item.pk}/insert/").content.decode()
    for title in ("ตัวชี้วัดของจังหวัด", "ประเด็นคำถามและหน่วยงานที่ให้ข้อมูล", "ความก้าวหน้าของหน่วยงาน"):
        assert title in page
    assert "แทรกใต้วาระที่" not in page


def test_the_preview_shows_the_real_figures(item: AgendaItem) -> None:
    make_official_result(item.meeting.body, "45.20")
    page = client_of(item.meeting.body).get(f"/agenda-items/{item.pk}/insert/?source=kpi").content.decode()
    assert "35.20 คะแนน (คะแนนปี 2566-10 คะแนน)" in page
    assert "ระดับ 3 ขึ้นไป จำนวน 1 Pillar" in page
    assert "แทรกใต้วาระที่ 3.1" in page
    assert "ข้อมูล ณ วันที่" in page


def test_what_is_missing_is_said_instead_of_a_button(item: AgendaItem) -> None:
    page = client_of(item.meeting.body).get(f"/agenda-items/{item.pk}/insert/?source=last_year").content.decode()
    assert "ยังไม่ได้บันทึกผลทางการปีงบประมาณ 2566" in page
    assert "แทรกใต้วาระที่" not in page


def test_a_double_click_puts_one_table_under_the_item(item: AgendaItem) -> None:
    client = client_of(item.meeting.body)
    for _ in range(2):
        reply = client.post(f"/agenda-items/{item.pk}/insert/", {"once": ONCE, "source": "pillars", "title": "น้ำหนัก"})
    assert reply["Location"] == f"/meetings/{item.meeting_id}/#item-{item.pk}"
    paper = Paper.objects.get()
    assert (paper.kind, paper.source, paper.title) == (PaperKind.GENERATED, "pillars", "น้ำหนัก")
    (table,) = blocks_from_json(paper.content)
    assert isinstance(table, Table) and len(table.rows) == 7


@pytest.mark.parametrize("source", ["", "no-such-source"])
def test_an_unknown_source_puts_nothing(item: AgendaItem, source: str) -> None:
    reply = client_of(item.meeting.body).post(f"/agenda-items/{item.pk}/insert/", {"once": ONCE, "source": source})
    assert reply.status_code == 422
    assert not Paper.objects.exists()


def test_figures_follow_the_data_until_the_agenda_is_frozen(item: AgendaItem) -> None:
    make_official_result(item.meeting.body)
    client = client_of(item.meeting.body)
    client.post(f"/agenda-items/{item.pk}/insert/", {"once": ONCE, "source": "last_year"})
    OfficialResult.objects.update(total="41.00")
    paper = Paper.objects.get()
    assert "37.87" in words(paper)
    reply = client.post(f"/papers/{paper.pk}/refresh/", follow=True)
    assert "ตามข้อมูลล่าสุดแล้ว" in reply.content.decode()
    assert "41.00" in words(Paper.objects.get())
    freeze(item)
    OfficialResult.objects.update(total="50.00")
    assert client.post(f"/papers/{paper.pk}/refresh/").status_code == 409
    assert "41.00" in words(Paper.objects.get())


def test_a_frozen_item_says_so_and_takes_nothing(item: AgendaItem) -> None:
    freeze(item)
    client = client_of(item.meeting.body)
    page = client.get(f"/agenda-items/{item.pk}/insert/?source=pillars").content.decode()
    assert "ตรึงแล้ว" in page
    assert "แทรกใต้วาระที่" not in page
    assert client.post(f"/agenda-items/{item.pk}/insert/", {"once": ONCE, "source": "pillars"}).status_code == 409
    assert not Paper.objects.exists()


def test_a_cancelled_meeting_says_so(item: AgendaItem) -> None:
    Meeting.objects.update(cancelled_at=HELD, cancelled_by=make_person(), cancelled_because="น้ำท่วม")
    page = client_of(item.meeting.body).get(f"/agenda-items/{item.pk}/insert/?source=pillars").content.decode()
    assert "ถูกยกเลิก" in page


@pytest.mark.parametrize("kind", [PaperKind.TEXT, PaperKind.GENERATED])
def test_only_what_a_source_made_can_be_refreshed(item: AgendaItem, kind: str) -> None:
    paper = make_paper(item, kind, source="gone")
    assert client_of(item.meeting.body).post(f"/papers/{paper.pk}/refresh/").status_code == 404


def test_what_came_back_by_itself_is_brought_up_to_date_too(item: AgendaItem) -> None:
    paper = make_paper(item, PaperKind.GENERATED, source="open_matters:1")
    make_paper(item)
    reply = client_of(item.meeting.body).post(f"/papers/{paper.pk}/refresh/", follow=True)
    assert "ปรับเรื่องสืบเนื่องตามข้อมูลล่าสุดแล้ว" in reply.content.decode()
    assert Paper.objects.get(pk=paper.pk).version == 2


def test_another_provinces_coordinator_finds_nothing(item: AgendaItem) -> None:
    stranger = client_of(make_body(name="จังหวัดลำพูน"))
    paper = make_paper(item, PaperKind.GENERATED)
    assert stranger.get(f"/agenda-items/{item.pk}/insert/").status_code == 404
    assert stranger.post(f"/papers/{paper.pk}/refresh/").status_code == 404
    assert client_of(item.meeting.body, "chair").get(f"/agenda-items/{item.pk}/insert/").status_code in (403, 404)


def words(paper: Paper) -> str:
    return "\n".join(block.text for block in blocks_from_json(paper.content) if isinstance(block, Paragraph))


def freeze(item: AgendaItem) -> None:
    """As freezing leaves an item, without printing the agenda."""
    kept = KeptPaper.objects.create(
        meeting=item.meeting,
        form="agenda",
        content={},
        sha256="0" * 64,
        pdf=make_stored_file(),
        made_by=make_person(),
        made_at=HELD,
    )
    AgendaItem.objects.filter(pk=item.pk).update(frozen_in=kept)
