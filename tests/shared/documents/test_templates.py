"""A clerk's template: edited in Word it shapes the papers; broken, every mistake is named with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document as open_docx
from docx.shared import Cm, Pt

from phrom.shared.documents.content import Form, Heading, Paragraph
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.docx_templates import default_template
from phrom.shared.documents.placeholders import PLACEHOLDERS, known_form
from phrom.shared.documents.template_check import TemplateBroken, TemplateProblem, open_checked
from tests.shared.documents.forms import AGENDA, BY_FORM, LETTER, MEMO
from tests.shared.documents.pictures import png
from tests.shared.documents.reading import WORD, word_paragraphs, word_part

FORMS: tuple[Form, ...] = tuple(BY_FORM)
Edit = Callable[[Any], None]


def edited(form: Form, edit: Edit) -> bytes:
    """The default template after an edit in Word."""
    made = open_docx(BytesIO(default_template(form)))
    edit(made)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def problems(template: bytes, form: Form) -> list[TemplateProblem]:
    with pytest.raises(TemplateBroken) as broken:
        open_checked(template, form)
    return broken.value.problems


def add(text: str) -> Edit:
    return lambda made: made.add_paragraph(text)


def paragraph_with(made: Any, text: str) -> Any:
    return next(one for one in made.paragraphs if text in one.text)


@pytest.mark.parametrize("form", FORMS)
def test_the_default_template_of_every_form_is_sound(form: Form) -> None:
    open_checked(default_template(form), form)


@pytest.mark.parametrize("form", FORMS)
def test_the_default_template_opened_and_saved_in_word_makes_the_same_paper(form: Form) -> None:
    again = edited(form, lambda made: None)
    assert word_paragraphs(render_docx(BY_FORM[form], again)) == word_paragraphs(render_docx(BY_FORM[form]))


def test_margins_and_letterhead_text_of_the_template_are_kept() -> None:
    def edit(made: Any) -> None:
        made.sections[0].left_margin = Cm(4)
        made.sections[0].first_page_header.paragraphs[0].text = "ศาลากลางจังหวัดเชียงใหม่ (ชั่วคราว)"

    made = open_docx(BytesIO(render_docx(LETTER, edited("letter", edit))))
    assert round(made.sections[0].left_margin.cm, 1) == 4.0
    assert "ชั่วคราว" in made.sections[0].first_page_header.paragraphs[0].text


def test_the_text_is_written_in_the_font_that_body_was_given() -> None:
    def edit(made: Any) -> None:
        properties = paragraph_with(made, "{{ body }}").runs[0]._r.rPr
        properties.find(f"{WORD}rFonts").set(f"{WORD}cs", "TH Chakra Petch")
        properties.find(f"{WORD}szCs").set(f"{WORD}val", "36")

    body = word_part(render_docx(AGENDA, edited("agenda", edit)), "document")
    run = next(run for run in body.iter(f"{WORD}r") if "ด้วยจังหวัด" in "".join(run.itertext()))
    properties = run.find(f"{WORD}rPr")
    assert properties is not None
    fonts, size = properties.find(f"{WORD}rFonts"), properties.find(f"{WORD}szCs")
    assert fonts is not None and fonts.get(f"{WORD}cs") == "TH Chakra Petch"
    assert size is not None and size.get(f"{WORD}val") == "36"


def test_a_placeholder_that_word_has_cut_into_runs_is_found() -> None:
    def edit(made: Any) -> None:
        paragraph = paragraph_with(made, "{{ title }}")
        paragraph.runs[0].text = "ก่อน {{ ti"
        for part in ("tle", " }", "} หลัง"):
            paragraph.add_run(part).bold = True

    assert "ก่อน ระเบียบวาระการประชุม หลัง" in word_paragraphs(render_docx(AGENDA, edited("agenda", edit)))


def test_what_stands_before_and_after_body_stays_there() -> None:
    def edit(made: Any) -> None:
        paragraph_with(made, "{{ body }}").insert_paragraph_before("ก่อนเนื้อหา")
        made.add_paragraph("หลังเนื้อหา")

    texts = word_paragraphs(render_docx(AGENDA, edited("agenda", edit)))
    assert texts.index("ก่อนเนื้อหา") < texts.index("มติที่ประชุม\tรับทราบ".replace("\t", "")) < texts.index("หลังเนื้อหา")


def test_braces_that_somebody_typed_into_a_paper_are_only_text() -> None:
    typed = replace(AGENDA, title="{{ body }}", blocks=(Paragraph("{{ title }} {% if %} &amp; <b>"),), subtitle="{{ number }}")
    texts = word_paragraphs(render_docx(typed))
    assert {"{{ body }}", "{{ number }}", "{{ title }} {% if %} &amp; <b>"} <= set(texts)


def test_a_note_without_a_place_in_the_template_is_not_lost() -> None:
    def edit(made: Any) -> None:
        for footer in (made.sections[0].footer, made.sections[0].first_page_footer):
            footer.paragraphs[0].clear()

    noted = replace(AGENDA, note="ประมาณการ: ถ่วงเท่ากัน")
    assert "ประมาณการ: ถ่วงเท่ากัน" in word_paragraphs(render_docx(noted, edited("agenda", edit)))
    assert "ประมาณการ: ถ่วงเท่ากัน" not in word_paragraphs(render_docx(noted))  # there it stands in the foot


def test_headings_are_drawn_where_the_template_has_lost_its_styles() -> None:
    def edit(made: Any) -> None:
        for level in (1, 2, 3):
            made.styles[f"Heading {level}"].delete()

    titled = replace(AGENDA, blocks=(Heading("สรุป", 2),))
    assert "สรุป" in word_paragraphs(render_docx(titled, edited("agenda", edit)))


def test_the_emblem_hangs_at_its_height_and_may_be_left_out() -> None:
    def drawings(made: bytes) -> int:
        return sum(one.tag.endswith("}anchor") for one in word_part(made, "document").iter())

    def remove(made: Any) -> None:
        paragraph_with(made, "{{ emblem }}").runs[0].text = "บันทึกข้อความ"

    assert drawings(render_docx(MEMO)) == drawings(render_docx(MEMO, emblem=png(200, 200))) == 1
    assert drawings(render_docx(MEMO, edited("memo", remove))) == 0


def test_an_emblem_in_the_header_is_drawn_there() -> None:
    def edit(made: Any) -> None:
        paragraph_with(made, "{{ emblem }}").clear()
        made.sections[0].first_page_header.paragraphs[0].text = "{{ emblem }}"

    made = ZipFile(BytesIO(render_docx(LETTER, edited("letter", edit), emblem=png(200, 200))))
    headers = [made.read(name) for name in made.namelist() if "header" in name and name.endswith(".xml")]
    assert sum(b"wp:anchor" in header for header in headers) == 1


def in_table(text: str) -> Edit:
    def edit(made: Any) -> None:
        made.add_table(2, 2).cell(1, 0).text = text

    return edit


def in_header(text: str) -> Edit:
    def edit(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = text

    return edit


def changed(old: str, new: str) -> Edit:
    def edit(made: Any) -> None:
        paragraph = paragraph_with(made, old)
        paragraph.runs[0].text = paragraph.text.replace(old, new)

    return edit


def body_in_a_cell(made: Any) -> None:
    paragraph_with(made, "{{ body }}").clear()
    in_table("{{ body }}")(made)


PLANTED: list[tuple[str, Edit, str, str]] = [
    ("an unknown name", add("{{ chairman }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "ไม่รู้จัก {{ chairman }}"),
    ("a slip of the pen", add("{{ titel }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "หมายถึง {{ title }} หรือไม่"),
    ("a name of another form", add("{{ emblem }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "ไม่รู้จัก {{ emblem }}"),
    ("in a table", in_table("{{ nobody }}"), "เนื้อเอกสาร ตารางที่ 1 แถวที่ 2 ช่องที่ 1", "ไม่รู้จัก {{ nobody }}"),
    ("in a header", in_header("{{ nobody }}"), "หัวกระดาษ (หน้าถัดไป) ย่อหน้าที่ 1", "ไม่รู้จัก {{ nobody }}"),
    ("a missing name", changed("{{ title }}", "รายงาน"), "ทั้งไฟล์", "ขาด {{ title }}"),
    ("no body", changed("{{ body }}", ""), "ทั้งไฟล์", "ขาด {{ body }}"),
    ("an open brace", add("ครั้งที่ {{ title"), "เนื้อเอกสาร ย่อหน้าที่ 5", "มี {{ แต่ไม่มี }}"),
    ("a closing brace", add("title }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "มี }} แต่ไม่มี {{"),
    ("nothing between", add("{{ }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "{{ }} ว่าง"),
    ("a command", add("{% for one in blocks %}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "มีคำสั่ง {% for one in blocks %}"),
    ("a comment", add("{# ลบภายหลัง #}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "มีคำสั่ง"),
    ("a filter", add("{{ title|upper }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "{{ title|upper }} ไม่ใช่ชื่อในรายการ"),
    ("a program", add("{{ ''.__class__.__mro__ }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "ไม่ใช่ชื่อในรายการ"),
    ("a Thai name", add("{{ ชื่อเรื่อง }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "ไม่ใช่ชื่อในรายการ"),
    ("body twice", add("{{ body }}"), "เนื้อเอกสาร ย่อหน้าที่ 5", "ซ้ำ"),
    ("body not alone", changed("{{ body }}", "เนื้อหา: {{ body }}"), "เนื้อเอกสาร ย่อหน้าที่ 4", "ลำพัง"),
    ("body in a cell", body_in_a_cell, "เนื้อเอกสาร ตารางที่ 1 แถวที่ 2 ช่องที่ 1", "ไม่ใช่ในตาราง"),
]


@pytest.mark.parametrize(("edit", "place", "said"), [one[1:] for one in PLANTED], ids=[one[0] for one in PLANTED])
def test_a_planted_mistake_is_found_with_its_place(edit: Edit, place: str, said: str) -> None:
    found = problems(edited("agenda", edit), "agenda")
    assert len(found) == 1
    assert (found[0].place_th, said in found[0].th) == (place, True), found[0]
    assert found[0].place_en and found[0].en


def test_all_mistakes_are_told_at_once_with_the_text_that_stands_there() -> None:
    def edit(made: Any) -> None:
        for one in (add("ก {{ one }} ข"), add("{{ two"), in_header("{{ three }}"), changed("{{ subtitle }}", "")):
            one(made)

    found = problems(edited("agenda", edit), "agenda")
    assert [one.quoted for one in found] == ["ก {{ one }} ข", "{{ two", "{{ three }}", ""]


def with_part(name: str, content: bytes) -> bytes:
    """The default template with one part put in or in another's place."""
    kept = BytesIO()
    source = ZipFile(BytesIO(default_template("agenda")))
    with ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for entry in source.namelist():
            if entry != name:
                made.writestr(entry, source.read(entry))
        made.writestr(name, content)
    return kept.getvalue()


WHOLE_FILES = {
    "a PDF": (b"%PDF-1.7\n%%EOF", "ไม่ใช่ .docx"),
    "nothing": (b"", "ไม่ใช่ .docx"),
    "cut off": (default_template("agenda")[:2000], "ไม่ใช่ .docx"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "มีมาโคร"),
    "a part that is not XML": (with_part("word/document.xml", b"<w:document"), "เปิดเป็นไฟล์ Word"),
    "another kind of paper": (with_part("[Content_Types].xml", b"<Types/>"), "เสียหาย"),
    "entities": (with_part("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "ประกาศชนิดเอกสาร"),
}


@pytest.mark.parametrize(("content", "said"), WHOLE_FILES.values(), ids=WHOLE_FILES.keys())
def test_what_is_no_clean_word_file_is_said_of_the_whole_file(content: bytes, said: str) -> None:
    found = problems(content, "agenda")
    assert [one.place_th for one in found] == ["ทั้งไฟล์"] and said in found[0].th


def test_a_paper_is_never_made_with_a_broken_template() -> None:
    with pytest.raises(TemplateBroken, match="nobody"):
        render_docx(AGENDA, edited("agenda", add("{{ nobody }}")))


def test_every_form_has_its_list_of_names_and_no_other_form_exists() -> None:
    assert all("body" in [one.name for one in names] for names in PLACEHOLDERS.values())
    with pytest.raises(ValueError, match="poem"):
        known_form("poem")


def test_text_keeps_its_size_relative_to_the_templates() -> None:
    def edit(made: Any) -> None:
        paragraph_with(made, "{{ body }}").runs[0].font.size = Pt(14)
        properties = paragraph_with(made, "{{ body }}").runs[0]._r.rPr
        properties.find(f"{WORD}szCs").set(f"{WORD}val", "28")

    body = word_part(render_docx(MEMO, edited("memo", edit)), "document")
    sizes = {one.get(f"{WORD}val") for one in body.iter(f"{WORD}szCs")}
    assert {"28", "35"} <= sizes  # 16 of 16 and 20 of 16 points
