"""Papers measured: margins, indent, emblem, numbers, signature as the regulation's guide has them, in PDF and in Word."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from phrom.shared.documents.content import Document
from phrom.shared.documents.docx import render_docx
from phrom.shared.documents.docx_templates import default_template
from phrom.shared.documents.pdf import render_pdf
from tests.shared.documents.forms import BY_FORM, LETTER, LONG, MEMO, ORDER
from tests.shared.documents.ink import Page, pages
from tests.shared.documents.pictures import png
from tests.shared.documents.reading import word_paragraphs, word_runs
from tests.shared.documents.stand_in import stand_in

CLOSE = 1.0  # mm
CENTRE = 110.0  # of the text, between margins of 30 and 20 mm
LONG_PAPERS = {f"long-{form}": replace(document, blocks=LONG) for form, document in BY_FORM.items()}
MARKED_HEADS = {
    f"marked-{form}": replace(BY_FORM[form], head=replace(BY_FORM[form].head, speed="ด่วนที่สุด", secrecy="ลับที่สุด"))
    for form in ("letter", "memo", "order", "stamped", "announcement", "certificate")
}
MARKED_LONG = replace(MARKED_HEADS["marked-letter"], blocks=LONG)
PAPERS: dict[str, Document] = {**BY_FORM, **LONG_PAPERS, **MARKED_HEADS, "marked-long-letter": MARKED_LONG}
Print = Callable[[str], list[Page]]
near = pytest.approx


@pytest.fixture(scope="module", params=["pdf", "word"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Print]:
    """Gives the pages of a paper by name, printed by Typst or by LibreOffice out of the Word file."""
    made: dict[str, list[Page]] = {}
    if request.param == "word":
        made = {name: pages(content) for name, content in in_libreoffice(tmp_path_factory.mktemp("word")).items()}

    def show(name: str) -> list[Page]:
        if name not in made:
            made[name] = pages(render_pdf(PAPERS[name]))
        return made[name]

    yield show


def in_libreoffice(folder: Path) -> dict[str, bytes]:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: THE LAYOUT OF WORD FILES IS NOT MEASURED")
    for name, document in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(render_docx(document))
    command = [office, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", "pdf", "--outdir"]
    files = [str(folder / f"{name}.docx") for name in PAPERS]
    surroundings = {**os.environ, "FONTCONFIG_FILE": str(stand_in(folder)), "HOME": str(folder)}
    subprocess.run([*command, str(folder), *files], check=True, capture_output=True, timeout=240, env=surroundings)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in PAPERS}


@pytest.mark.parametrize("form", BY_FORM)
def test_the_margins_are_three_two_two_and_a_half_and_two(printed: Print, form: str) -> None:
    whole = printed(f"long-{form}")
    assert len(whole) > 1
    for number, page in enumerate(whole):
        ink = page.box(top=24 if number else 0)
        assert ink.left >= 30 - CLOSE and ink.right <= 190 + CLOSE and ink.bottom <= 277 + CLOSE
    text = whole[1].box(top=24)
    assert (text.left, text.top) == (near(30, abs=CLOSE), near(26, abs=1.6))  # its first line may have no tall marks
    assert whole[0].box().bottom > 255  # the page is used to its end


@pytest.mark.parametrize("form", BY_FORM)
def test_pages_after_the_first_have_their_number_in_the_middle_above_the_text(printed: Print, form: str) -> None:
    number = printed(f"long-{form}")[1].box(bottom=24)
    assert number.middle == near(CENTRE, abs=CLOSE)
    assert number.top > 9 and number.bottom < 21 and number.right - number.left < 12


def test_only_the_first_line_of_a_paragraph_is_indented_by_two_and_a_half_centimetres(printed: Print) -> None:
    lines = printed("long-letter")[1].lines(top=24)
    starts = {round(line.left) for line in lines}
    assert starts <= {29, 30, 31, 54, 55, 56} and {30, 55} & starts
    assert sum(line.left > 50 for line in lines) >= 3


@pytest.mark.parametrize("form", ["letter", "order", "stamped", "announcement", "certificate"])
def test_the_emblem_is_three_centimetres_high_in_the_middle_of_the_head(printed: Print, form: str) -> None:
    box = printed(form)[0].box(left=90, right=124.2, bottom=46)
    assert (box.top, box.bottom) == (near(15, abs=CLOSE), near(45, abs=CLOSE))
    assert box.middle == near(CENTRE, abs=CLOSE)


def test_the_emblem_of_a_memo_is_half_as_high_and_at_the_left(printed: Print) -> None:
    box = printed("memo")[0].box(right=60, bottom=34)
    assert (box.left, box.top, box.bottom) == (near(30, abs=CLOSE), near(15, abs=CLOSE), near(30, abs=CLOSE))


@pytest.mark.parametrize("form", ["agenda", "minutes", "extract"])
def test_these_forms_have_no_emblem(printed: Print, form: str) -> None:
    assert printed(form)[0].box().top > 24


def test_number_and_office_stand_level_with_the_emblems_feet(printed: Print) -> None:
    page = printed("letter")[0]
    number, office = page.box(left=29, right=33.5, top=36, bottom=47), page.box(left=125, right=134, top=38, bottom=46.2)
    assert number.bottom == near(45, abs=CLOSE)
    assert office.bottom == near(45, abs=1.4)


def test_the_month_begins_at_the_right_foot_of_the_emblem(printed: Print) -> None:
    page = printed("letter")[0]
    office = page.box(left=124.4, top=38, bottom=62)
    date = page.lines(left=100, top=62, bottom=74)[0]
    assert office.left == near(125, abs=CLOSE)
    assert date.left == near(121, abs=2)  # the day before it


def test_the_signature_stands_right_of_the_middle_four_lines_below_the_closing(printed: Print) -> None:
    page = printed("letter")[0]
    closing, name, *_ = [line for line in page.lines(top=150, bottom=262) if line.left > 80 and line.right < 190][-4:]
    assert closing.middle == near(147.5, abs=CLOSE) and name.middle == near(147.5, abs=CLOSE)
    assert name.bottom - closing.bottom == near(4 * 21 * 25.4 / 72, abs=2)


def test_lines_stand_twenty_one_points_apart_as_in_word(printed: Print) -> None:
    lines = printed("long-letter")[1].lines(top=24)
    steps = sorted(after.top - before.top for before, after in pairwise(lines))
    assert steps[len(steps) // 2] == near(21 * 25.4 / 72, abs=1.0)


@pytest.mark.parametrize("form", ["letter", "order", "stamped", "announcement", "certificate"])
def test_how_urgent_a_letter_is_stands_at_the_left_above_its_number(printed: Print, form: str) -> None:
    page = printed(f"marked-{form}")[0]
    mark = page.box(left=25, right=95, top=14, bottom=38)
    assert mark.left == near(30, abs=CLOSE + 0.5) and mark.right < 90  # free of the emblem
    assert mark.bottom - mark.top > 8  # 32 points of TH Sarabun New
    assert page.box(left=100, right=120, top=15.5, bottom=44).middle == near(CENTRE, abs=1.5)


def test_in_a_memo_it_stands_at_the_right_of_the_title(printed: Print) -> None:
    mark = printed("marked-memo")[0].box(left=139, top=14, bottom=31)
    assert mark.right == near(190, abs=CLOSE + 0.5) and mark.left > 140


@pytest.mark.parametrize("form", ["letter", "memo", "order", "stamped", "announcement", "certificate"])
def test_how_secret_it_is_stands_in_the_middle_above_and_below(printed: Print, form: str) -> None:
    page = printed(f"marked-{form}")[0]
    for mark in (page.box(left=80, right=135, top=0, bottom=14.5), page.box(top=278)):
        assert mark.middle == near(CENTRE, abs=CLOSE) and mark.right - mark.left > 20
        assert mark.bottom - mark.top > 8


def test_how_secret_it_is_stands_on_every_page_apart_from_the_page_number(printed: Print) -> None:
    whole = printed("marked-long-letter")
    assert len(whole) > 1
    for page in whole[1:]:
        *_, number = page.lines(top=0, bottom=24)
        above = page.box(bottom=number.top - 0.5)
        assert above.middle == near(CENTRE, abs=CLOSE) and above.bottom - above.top > 8
        assert number.middle == near(CENTRE, abs=CLOSE) and number.right - number.left < 12
        assert page.box(top=278).middle == near(CENTRE, abs=CLOSE)


def test_the_stamp_has_room_of_four_and_a_half_centimetres_right_of_the_middle(printed: Print) -> None:
    under = [line for line in printed("stamped")[0].lines(left=100, top=60) if line.middle == near(147.5, abs=CLOSE)]
    office, date = under[0], under[-1]
    assert date.top - office.bottom > 44


def test_marks_are_red_and_of_32_points_in_word() -> None:
    marks = [one for one in word_runs(render_docx(MARKED_LONG)) if one[0] in ("ด่วนที่สุด", "ลับที่สุด")]
    assert {(words, size, colour) for words, size, colour in marks} == {("ด่วนที่สุด", "64", "C00000"), ("ลับที่สุด", "64", "C00000")}
    assert len(marks) == 5  # speed once; secrecy above and below the first page and the others


def test_a_template_without_a_place_for_marks_cannot_leave_them_out() -> None:
    template = default_template("letter")
    assert "secrecy" not in "".join(word_paragraphs(template))
    made = render_docx(MARKED_HEADS["marked-letter"], template)
    assert [words for words, *_ in word_runs(made)].count("ลับที่สุด") == 4


def sizes(made: bytes) -> set[float]:
    """The sizes of type on the first page, in points."""
    with pypdfium2.PdfDocument(made) as pdf:
        text = pdf[0].get_textpage()
        raw = pypdfium2.raw
        return {round(raw.FPDFText_GetFontSize(text, at), 2) for at in range(text.count_chars())}


def test_the_type_keeps_the_ratio_of_th_sarabun_new() -> None:
    assert {21.75, 15.0, 12.0} <= sizes(render_pdf(MEMO))  # 29, 20 and 16 points
    assert sizes(render_pdf(ORDER)) <= {12.0, 9.0, 1.0}
    assert 24.0 in sizes(render_pdf(MARKED_LONG))  # 32 points


def test_an_emblem_that_was_uploaded_takes_the_place_of_the_empty_box() -> None:
    black = png(300, 400)
    page = pages(render_pdf(LETTER, emblem=black))[0]
    box = page.box(left=90, right=124.2, bottom=46)
    assert (box.top, box.bottom, box.middle) == (near(15, abs=CLOSE), near(45, abs=CLOSE), near(CENTRE, abs=CLOSE))
    assert box.right - box.left == near(22.5, abs=CLOSE)
    assert page.dots[200:400, round(108 * 11.34) : round(112 * 11.34)].all()
