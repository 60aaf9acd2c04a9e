"""The letterhead, the emblem and the templates of a body: kept, checked, given to whoever makes papers."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as open_docx

from phrom.agencies.access import access_of
from phrom.agencies.actions import papers as actions
from phrom.agencies.models import Agency, Letterhead, PaperForm, PaperTemplate, Person
from phrom.agencies.pages.papers import settings_page
from phrom.agencies.papers import specimen
from phrom.agencies.paperwork import emblem_of, letterhead_of, template_of
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.docx_templates import default_template
from phrom.shared.documents.pdf import render_pdf
from phrom.shared.documents.placeholders import known_form
from phrom.shared.documents.template_check import TemplateBroken
from phrom.shared.journal.models import AuditEvent
from phrom.shared.ui.refusals import Refusal
from tests.factories.agencies import make_body, make_member
from tests.shared.documents.pictures import png
from tests.shared.documents.reading import pdf_pages

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 4, 9, 0, tzinfo=UTC)
BACKEND = "phrom.agencies.signin.backend.PersonBackend"


@pytest.fixture
def body() -> Agency:
    return make_body()


@pytest.fixture
def keeper(body: Agency) -> Person:
    return make_member(body, "coordinator")


@pytest.fixture
def browser(client: Client, keeper: Person) -> Client:
    client.force_login(keeper, backend=BACKEND)
    return client


def own_template(text: str = "ศาลากลางจังหวัดเชียงใหม่") -> bytes:
    made = open_docx(BytesIO(default_template("agenda")))
    made.add_paragraph(text)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def use(body: Agency, by: Person, content: bytes, name: str = "แม่แบบของเรา.docx") -> PaperTemplate:
    return actions.put_template(body=body, form="agenda", name=name, chunks=[content], by=by, at=AT)


def put(body: Agency, by: Person, content: bytes, name: str = "ตราจังหวัด.png") -> Letterhead:
    return actions.put_emblem(body=body, name=name, chunks=[content], by=by, at=AT)


def told() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def test_a_body_without_settings_prints_its_name(body: Agency) -> None:
    assert letterhead_of(body).lines == ("จังหวัดเชียงใหม่",)
    assert emblem_of(body) is None and template_of(body, "agenda") is None


def test_the_letterhead_is_kept_line_by_line(body: Agency, keeper: Person) -> None:
    said = {"office": "ศาลากลางจังหวัดเชียงใหม่", "phone": "0 5311 2708", "letter_code": "ชม 0017.2"}
    actions.change_letterhead(body=body, **said, address="ถนนโชตนา\r\n\r\n ชม 50300 ", by=keeper, at=AT)
    kept = letterhead_of(body)
    assert kept.lines == ("ศาลากลางจังหวัดเชียงใหม่", "ถนนโชตนา", "ชม 50300")
    assert (kept.letter_code, kept.changed_by, kept.changed_at) == ("ชม 0017.2", keeper, AT)
    assert told() == ["letterhead.changed"]


def test_an_emblem_is_kept_and_taken_away(body: Agency, keeper: Person) -> None:
    picture = png(300, 300)
    put(body, keeper, picture)
    assert emblem_of(body) == picture
    actions.remove_emblem(body=body, by=keeper, at=AT)
    assert emblem_of(body) is None
    assert told() == ["letterhead.emblem_put", "letterhead.emblem_removed"]


BAD_PICTURES = {
    "not a picture": (b"%PDF-1.7", "ตรา.png", "ไม่ใช่ .png"),
    "another kind": (b"%PDF-1.7\n%%EOF", "ตรา.pdf", "PNG หรือ JPEG"),
    "too small": (png(99, 300), "ตรา.png", "99 x 300"),
    "too many dots": (png(4001, 300), "ตรา.png", "4001 x 300"),
    "too heavy": (b"\x89PNG\r\n\x1a\n" + b"x" * 600_000, "ตรา.png", "500 กิโลไบต์"),
    "damaged": (png(300, 300).replace(b"IDAT", b"IDAX"), "ตรา.png", "เสียหาย"),
    "no name": (png(300, 300), "...", "ไม่มีชื่อ"),
}


@pytest.mark.parametrize(("content", "name", "said"), BAD_PICTURES.values(), ids=BAD_PICTURES.keys())
def test_what_cannot_be_an_emblem_is_refused(body: Agency, keeper: Person, content: bytes, name: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        put(body, keeper, content, name)
    assert emblem_of(body) is None and told() == []


def test_a_template_is_used_until_another_comes_or_it_is_withdrawn(body: Agency, keeper: Person) -> None:
    first, second = own_template("หนึ่ง"), own_template("สอง")
    use(body, keeper, first)
    assert template_of(body, "agenda") == first
    use(body, keeper, second)
    assert template_of(body, "agenda") == second and template_of(body, "minutes") is None
    actions.withdraw_template(body=body, form="agenda", by=keeper, at=AT)
    actions.withdraw_template(body=body, form="agenda", by=keeper, at=AT)
    assert template_of(body, "agenda") is None
    assert told() == ["template.put", "template.put", "template.withdrawn"]
    assert PaperTemplate.objects.filter(withdrawn_by=keeper).count() == 2


def test_sending_the_same_template_twice_makes_one(body: Agency, keeper: Person) -> None:
    assert use(body, keeper, own_template("ก")) == use(body, keeper, template_of(body, "agenda") or b"")
    assert told() == ["template.put"]


def test_a_broken_template_leaves_the_former_one_in_use(body: Agency, keeper: Person) -> None:
    sound = own_template()
    use(body, keeper, sound)
    with pytest.raises(TemplateBroken, match="nobody"):
        use(body, keeper, own_template("{{ nobody }}"))
    with pytest.raises(actions.TemplateTooLarge):
        use(body, keeper, b"x" * (actions.MOST_TEMPLATE + 1))
    assert template_of(body, "agenda") == sound


def test_another_bodys_template_is_not_ours(body: Agency, keeper: Person) -> None:
    use(body, keeper, own_template())
    assert template_of(make_body(name="จังหวัดลำพูน"), "agenda") is None


@pytest.mark.parametrize("form", PaperForm.values)
def test_the_made_up_paper_of_every_form_can_be_drawn(body: Agency, form: str) -> None:
    made_up = specimen(
        Letterhead(body=body, office="ศาลากลางจังหวัด", phone="0 5311 2708", letter_code="ชม 0017.2"), known_form(form)
    )
    assert "ข้อความตัวอย่าง" in "".join(pdf_pages(render_pdf(made_up)))
    assert render_docx(made_up).startswith(b"PK")


def test_the_page_shows_every_form_and_only_the_own_body(body: Agency, keeper: Person) -> None:
    use(body, keeper, own_template())
    page = settings_page(access_of(keeper, AT.date()), "")
    assert page.body == body and page.others == ()
    assert {line.form.value: line.own is not None for line in page.lines}["agenda"]
    assert len(page.lines) == len(PaperForm.values) == 9


def test_the_page_takes_few_queries(browser: Client, body: Agency, keeper: Person, django_assert_max_num_queries: Any) -> None:
    use(body, keeper, own_template())
    with django_assert_max_num_queries(10):
        assert browser.get("/settings/papers/").status_code == 200


def test_a_clerk_changes_letterhead_and_emblem_on_the_page(browser: Client, body: Agency) -> None:
    said = {"office": "ศาลากลางจังหวัดเชียงใหม่", "address": "ถนนโชตนา", "phone": "", "letter_code": "ชม 0017.2"}
    picture = SimpleUploadedFile("ตรา.png", png(300, 300))
    answer = browser.post("/settings/papers/", {**said, "emblem": picture}, follow=True)
    assert "บันทึกหัวกระดาษแล้ว" in answer.text and "นำตราออก" in answer.text
    shown = browser.get(f"/settings/papers/{body.pk}/emblem/")
    assert shown["Content-Type"] == "image/png" and b"".join(shown.streaming_content) == png(300, 300)  # type: ignore[attr-defined]
    assert "กรอบว่าง" in browser.post(f"/settings/papers/{body.pk}/emblem/remove/", follow=True).text
    assert browser.get(f"/settings/papers/{body.pk}/emblem/").status_code == 404


def test_a_bad_emblem_is_said_at_its_field_and_what_was_typed_stays(browser: Client, body: Agency) -> None:
    said = {"office": "ศาลากลางใหม่", "emblem": SimpleUploadedFile("ตรา.png", png(50, 50))}
    answer = browser.post("/settings/papers/", said)
    assert answer.status_code == 422
    assert "50 x 50" in answer.text and "ศาลากลางใหม่" in answer.text
    assert letterhead_of(body).office == body.name


def test_a_clerk_downloads_edits_and_uploads_a_template(browser: Client, body: Agency) -> None:
    address = f"/settings/papers/{body.pk}/agenda/"
    given = browser.get(f"{address}file/").content
    open_docx(BytesIO(given))
    answer = browser.post(address, {"file": SimpleUploadedFile("ของเรา.docx", own_template())}, follow=True)
    assert "ใช้แม่แบบ ของเรา.docx แล้ว" in answer.text
    back = b"".join(browser.get(f"{address}file/").streaming_content)  # type: ignore[attr-defined]
    assert back == own_template() or open_docx(BytesIO(back)).paragraphs[-1].text == "ศาลากลางจังหวัดเชียงใหม่"
    in_word = browser.get(f"{address}preview.docx").content
    assert "ศาลากลางจังหวัดเชียงใหม่" in [one.text for one in open_docx(BytesIO(in_word)).paragraphs]
    assert "แม่แบบตั้งต้นแล้ว" in browser.post(f"{address}withdraw/", follow=True).text


def test_a_broken_template_is_told_mistake_by_mistake(browser: Client, body: Agency) -> None:
    broken = SimpleUploadedFile("ผิด.docx", own_template("ถึง {{ nobody }}"))
    answer = browser.post(f"/settings/papers/{body.pk}/agenda/", {"file": broken})
    assert answer.status_code == 422
    for part in ("เนื้อเอกสาร ย่อหน้าที่ 5", "ถึง {{ nobody }}", "ไม่รู้จัก {{ nobody }}", "พบ 1 ข้อ"):
        assert part in answer.text


def test_the_preview_carries_letterhead_and_emblem(browser: Client, body: Agency, keeper: Person) -> None:
    said = {"office": "ศาลากลางทดลอง", "address": "", "phone": "", "letter_code": ""}
    actions.change_letterhead(body=body, **said, by=keeper, at=AT)
    put(body, keeper, png(300, 300))
    read = "".join(pdf_pages(browser.get(f"/settings/papers/{body.pk}/letter/preview.pdf").content))
    assert "ศาลากลางทดลอง" in read and "สัญลักษณ์" not in read


def test_a_form_that_does_not_exist_is_not_there(browser: Client, body: Agency) -> None:
    assert browser.get(f"/settings/papers/{body.pk}/paper/").status_code == 404
    assert browser.get(f"/settings/papers/{body.pk}/poem/preview.pdf").status_code == 404


def test_others_do_not_see_the_settings(client: Client, body: Agency) -> None:
    client.force_login(make_member(make_body(), "coordinator"), backend=BACKEND)
    for address in ("letter/", "letter/file/", "letter/preview.pdf", "emblem/"):
        assert client.get(f"/settings/papers/{body.pk}/{address}").status_code == 404
    assert client.get(f"/settings/papers/?body={body.pk}").status_code == 404
    assert client.post(f"/settings/papers/{body.pk}/letter/withdraw/").status_code == 404
