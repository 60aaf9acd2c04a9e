"""หัวหนังสือ ตรา และแม่แบบของจังหวัดอยู่บนเอกสารทุกฉบับของการประชุม ทั้งที่ดาวน์โหลดและที่เก็บไว้."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from docx import Document as open_docx

from phrom.agencies.actions.papers import change_letterhead, put_emblem, put_template
from phrom.agencies.models import Agency, Letterhead, Person
from phrom.meetings.models import Meeting, PaperForm
from phrom.meetings.papers.invitation import invitation_documents
from phrom.shared.documents.content import Document, OfficeLines
from phrom.shared.documents.docx_templates import default_template
from tests.factories.agencies import make_body, make_member
from tests.factories.calling import CALLED, make_called
from tests.shared.documents.pictures import png
from tests.shared.documents.reading import pdf_pages, word_paragraphs

pytestmark = pytest.mark.django_db
BACKEND = "phrom.agencies.signin.backend.PersonBackend"
SAID = {"office": "ศาลากลางจังหวัด", "address": "ถนนตัวอย่าง\nอำเภอเมือง", "phone": "0 0000 0000", "letter_code": "ชม 0017.2"}


@pytest.fixture
def by() -> Person:
    return make_member(make_body(), "coordinator")


@pytest.fixture
def body(by: Person) -> Agency:
    body = by.memberships.get().agency
    change_letterhead(body=body, **SAID, by=by, at=CALLED)
    return body


@pytest.fixture
def meeting(body: Agency, by: Person) -> Meeting:
    return make_called(body, by)


def letter_of(meeting: Meeting) -> Document:
    return invitation_documents(meeting, None)["letter"]


def test_the_letter_has_office_address_telephone_and_code(meeting: Meeting) -> None:
    meeting.letter_number = "ว 12"
    letter = letter_of(meeting)
    assert letter.head.office == ("ศาลากลางจังหวัด", "ถนนตัวอย่าง", "อำเภอเมือง")
    assert letter.head.number == "ชม 0017.2/ว 12"
    [office] = [block for block in letter.blocks if isinstance(block, OfficeLines)]
    assert office.lines[-1] == "โทร. 0 0000 0000"


@pytest.mark.parametrize(("typed", "shown"), [("", "ชม 0017.2/"), ("ว 12", "ชม 0017.2/ว 12"), ("มท 1/5", "มท 1/5")])
def test_a_number_typed_with_a_code_stays_as_typed(typed: str, shown: str) -> None:
    assert Letterhead(letter_code="ชม 0017.2").numbered(typed) == shown
    assert Letterhead().numbered(typed) == typed


def test_every_download_is_in_the_template_of_the_province(meeting: Meeting, body: Agency, by: Person, client: Client) -> None:
    made = open_docx(BytesIO(default_template("agenda")))
    made.add_paragraph("แม่แบบของจังหวัดเรา")
    kept = BytesIO()
    made.save(kept)
    put_template(body=body, form="agenda", name="แม่แบบ.docx", chunks=[kept.getvalue()], by=by, at=CALLED)
    client.force_login(by, backend=BACKEND)
    answer = client.get(f"/meetings/{meeting.pk}/papers/agenda/docx/")
    assert "แม่แบบของจังหวัดเรา" in word_paragraphs(answer.content)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_emblem_is_on_what_is_kept_and_stays_when_it_changes(meeting: Meeting, body: Agency, by: Person) -> None:
    from phrom.meetings.actions.calling import issue_invitation
    from phrom.shared.files import store

    put_emblem(body=body, name="ตรา.png", chunks=[png(300, 300)], by=by, at=CALLED)
    given = {"letter_number": "ว 12", "letter_date": meeting.day, "by": by, "at": CALLED}
    issued = issue_invitation(meeting=meeting, **given).meeting
    first = b"".join(store.read(issued.kept_papers.filter(form=PaperForm.INVITATION)[0].pdf))
    assert "ตราสัญลักษณ์" not in "".join(pdf_pages(first)).replace("\n", "").replace(" ", "")
    change_letterhead(body=body, **{**SAID, "office": "ที่ใหม่"}, by=by, at=CALLED)
    assert b"".join(store.read(issued.kept_papers.filter(form=PaperForm.INVITATION)[0].pdf)) == first
    assert "ที่ใหม่" not in "".join(pdf_pages(first))
