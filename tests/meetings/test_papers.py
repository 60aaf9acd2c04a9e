"""Papers under an item: texts that two people write, parts from live figures, files; and what the agenda prints of them."""

from __future__ import annotations

import pytest

from phrom.agencies.models import Agency, Person
from phrom.meetings.actions.agenda import add_item
from phrom.meetings.actions.papers import (
    PaperChanged,
    PaperRefused,
    attach_paper,
    edit_text,
    move_paper,
    put_generated,
    put_text,
    refresh_generated,
    remove_paper,
)
from phrom.meetings.models import AgendaItem, PaperKind
from phrom.meetings.papers.agenda import agenda_document
from phrom.shared.documents.content import Clause, Column, Field, Paragraph, Table
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, head_of, make_called

pytestmark = pytest.mark.django_db
TABLE = Table((Column("ตัวชี้วัด"), Column("ร้อยละ")), (("แนวนโยบาย", "13"),))
PDF = [b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"]


@pytest.fixture
def by() -> Person:
    return make_member(make_body(), "coordinator")


@pytest.fixture
def body(by: Person) -> Agency:
    return by.memberships.get().agency


@pytest.fixture
def item(body: Agency, by: Person) -> AgendaItem:
    meeting = make_called(body, by)
    return add_item(meeting=meeting, head=head_of(meeting, "3"), title="การประเมิน", presenter="สำนักงานสถิติ", by=by, at=CALLED)


def test_a_text_says_something_and_grows_by_versions(item: AgendaItem, by: Person) -> None:
    with pytest.raises(PaperRefused):
        put_text(item=item, text=" \n ", by=by, at=CALLED)
    paper = put_text(item=item, text="หนึ่ง\r\nสอง", by=by, at=CALLED)
    changed = edit_text(paper=paper, text="สาม", seen=1, by=by, at=CALLED)
    assert (paper.text, changed.text, changed.version) == ("หนึ่ง\nสอง", "สาม", 2)


def test_two_people_do_not_overwrite_each_other(item: AgendaItem, by: Person, body: Agency) -> None:
    other = make_member(body, "coordinator", "นายอีกคน ขยันดี")
    paper = put_text(item=item, text="เดิม", by=by, at=CALLED)
    edit_text(paper=paper, text="ของคนแรก", seen=1, by=other, at=CALLED)
    with pytest.raises(PaperChanged, match="นายอีกคน") as refused:
        edit_text(paper=paper, text="ของคนหลัง", seen=1, by=by, at=CALLED)
    assert refused.value.paper.text == "ของคนแรก"
    paper.refresh_from_db()
    assert paper.text == "ของคนแรก"


def test_a_generated_part_is_refreshed_not_typed_over(item: AgendaItem, by: Person) -> None:
    text = put_text(item=item, text="ข้อความ", by=by, at=CALLED)
    part = put_generated(item=item, source="pillars", title="ตัวชี้วัด", blocks=(TABLE,), by=by, at=CALLED)
    newer = Table(TABLE.columns, (("แนวนโยบาย", "14"),))
    assert refresh_generated(paper=part, blocks=(newer,), by=by, at=CALLED).version == 2
    assert newer in agenda_document(item.meeting).blocks
    with pytest.raises(PaperRefused):
        edit_text(paper=part, text="พิมพ์ทับ", seen=2, by=by, at=CALLED)
    with pytest.raises(PaperRefused):
        refresh_generated(paper=text, blocks=(newer,), by=by, at=CALLED)


def test_the_same_file_is_attached_once(item: AgendaItem, by: Person) -> None:
    first = attach_paper(item=item, name="แผน.pdf", chunks=iter(PDF), by=by, at=CALLED)
    second = attach_paper(item=item, name="แผน อีกที.pdf", chunks=iter(PDF), by=by, at=CALLED)
    assert first == second
    assert (first.kind, first.file_name) == (PaperKind.ATTACHED, "แผน.pdf")


def test_papers_change_places_and_go(item: AgendaItem, by: Person) -> None:
    papers = [put_text(item=item, text=text, by=by, at=CALLED) for text in ("ก", "ข", "ค")]
    move_paper(paper=papers[2], up=True, by=by, at=CALLED)
    move_paper(paper=papers[0], up=True, by=by, at=CALLED)
    assert [paper.text for paper in item.papers.all()] == ["ก", "ค", "ข"]
    remove_paper(paper=papers[0], by=by, at=CALLED)
    assert [paper.text for paper in item.papers.all()] == ["ค", "ข"]


def test_the_agenda_prints_heads_items_texts_tables_and_the_place_for_resolutions(item: AgendaItem, by: Person) -> None:
    put_text(item=item, text="ย่อหน้าแรก\n\nย่อหน้าสอง", by=by, at=CALLED)
    put_generated(item=item, source="pillars", title="", blocks=(TABLE,), by=by, at=CALLED)
    add_item(meeting=item.meeting, head=head_of(item.meeting, "2"), title="ทราบ", by=by, at=CALLED)
    resolution = Field("มติที่ประชุม", bold_label=True)
    assert list(agenda_document(item.meeting).blocks) == [
        Field("ระเบียบวาระที่ 1", ("เรื่องประธานแจ้งที่ประชุมทราบ",), bold=True),
        resolution,
        Field("ระเบียบวาระที่ 2", ("เรื่องเพื่อทราบ",), bold=True),
        Clause("2.1", "ทราบ", bold=True),
        Field("ระเบียบวาระที่ 3", ("เรื่องเพื่อพิจารณา",), bold=True),
        Clause("3.1", "การประเมิน โดยสำนักงานสถิติ", bold=True),
        Paragraph("ย่อหน้าแรก", indent=True),
        Paragraph("ย่อหน้าสอง", indent=True),
        TABLE,
        resolution,
        Field("ระเบียบวาระที่ 4", ("เรื่องอื่นๆ (ถ้ามี)",), bold=True),
        resolution,
    ]


def test_the_agenda_is_headed_as_the_one_of_1_2567(item: AgendaItem) -> None:
    item.meeting.number, item.meeting.year = 1, 2567
    said = agenda_document(item.meeting)
    assert said.title == "ระเบียบวาระการประชุม"
    assert said.say(said.subtitle).split("\n") == [
        "คณะกรรมการผู้บริหารเทคโนโลยีสารสนเทศระดับสูงระดับจังหวัด จังหวัดเชียงใหม่",
        "(Provincial Chief Information Officer Committee: PCIO) ครั้งที่ ๑/๒๕๖๗",
        "ในวันอังคารที่ ๑๑ มิถุนายน ๒๕๖๗ เวลา ๑๓.๓๐ น. ณ ห้องประชุม ๓ ชั้น ๓ อาคารอำนวยการ ศาลากลางจังหวัดเชียงใหม่",
    ]
