"""A meeting with an item and what was resolved on it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from phrom.agencies.models import Agency, Person
from phrom.meetings.models import (
    AgendaItem,
    KeptPaper,
    Meeting,
    Minutes,
    Paper,
    PaperForm,
    PaperKind,
    Resolution,
    ResolutionKind,
)
from phrom.shared.documents.canonical import sha256_of, to_json
from phrom.shared.documents.content import Document, Paragraph
from phrom.shared.files.models import StoredFile
from tests.factories.agencies import make_body, make_person
from tests.factories.committee import make_order

HELD = datetime(2024, 6, 11, 6, 30, tzinfo=UTC)


def make_meeting(body: Agency | None = None, number: int = 1, year: int = 2567) -> Meeting:
    """A meeting under the newest order of a province."""
    body = body or make_body()
    order = body.orders.first() or make_order(body)
    return Meeting.objects.create(
        body=body, order=order, number=number, year=year, held_at=HELD, venue="ห้องประชุม POC ศาลากลางจังหวัดเชียงใหม่"
    )


def make_item(meeting: Meeting | None = None, number: str = "3.1") -> AgendaItem:
    """An item of a meeting."""
    meeting = meeting or make_meeting()
    title = "การสำรวจระดับความพร้อมในการพัฒนารัฐบาลดิจิทัลระดับจังหวัด ประจำปี 2567"
    return AgendaItem.objects.create(meeting=meeting, number=number, title=title, position=meeting.items.count() + 1)


def make_resolution(item: AgendaItem | None = None, due_on: date | None = date(2024, 6, 21)) -> Resolution:
    """What was resolved on an item."""
    text = "เห็นชอบให้หน่วยงานตอบแบบสำรวจและแนบหลักฐานภายในกำหนด"
    return Resolution.objects.create(
        item=item or make_item(),
        kind=ResolutionKind.AGREED,
        text=text,
        due_on=due_on,
        recorded_by=make_person("ผู้บันทึกมติ"),
        recorded_at=HELD,
    )


def make_paper(item: AgendaItem | None = None, kind: str = PaperKind.TEXT, **more: object) -> Paper:
    """A paper at the end of an item: a text, or what was generated from the pillars' weights."""
    item = item or make_item()
    of_kind: dict[str, object] = {
        PaperKind.TEXT: {"text": "ฝ่ายเลขานุการขอให้คณะกรรมการรับทราบ"},
        PaperKind.GENERATED: {"source": "pillars", "content": [{"kind": "Paragraph", "text": "ตัวชี้วัดที่ 1 ร้อยละ 13"}]},
    }.get(kind, {})
    given = {"position": item.papers.count() + 1, "made_by": make_person("ผู้จัดทำเอกสาร"), "made_at": HELD}
    return Paper.objects.create(item=item, kind=kind, **{**given, **of_kind, **more})


def make_kept_paper(meeting: Meeting, pdf: StoredFile, form: str = PaperForm.AGENDA) -> KeptPaper:
    """A paper of a meeting as it was handed out."""
    said = Document("ระเบียบวาระการประชุม", (Paragraph("เรื่องเพื่อทราบ"),), form="agenda")
    content, made_by = to_json(said), make_person("ผู้ตรึงระเบียบวาระ")
    return KeptPaper.objects.create(
        meeting=meeting, form=form, content=content, sha256=sha256_of(said), pdf=pdf, made_by=made_by, made_at=HELD
    )


def make_minutes(meeting: Meeting, by: Person) -> Minutes:
    """Minutes of a meeting that was held, out for comments until the year 2599."""
    Meeting.objects.filter(pk=meeting.pk).update(opened_at=HELD, opened_by=by, closed_at=HELD, closed_by=by)
    given = {"drafted_by": by, "drafted_at": HELD, "circulated_by": by, "circulated_at": HELD}
    return Minutes.objects.create(meeting=meeting, taker=by.name, comments_until=date(2056, 12, 31), **given)
