"""The default Word template of every form, built by code: what a clerk downloads, edits in Word and uploads again."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from phrom.shared.documents import word
from phrom.shared.documents.content import Form
from phrom.shared.documents.docx_blocks import HEADING_SIZES

MARGINS_CM = {"left_margin": 3, "right_margin": 2, "top_margin": 2.5, "bottom_margin": 2}
LINE_CM = 16.0
FOOT_CM = 9.5  # the right foot of a centred emblem, from the left margin
# Above the first line of a letter, so that its letters stand level with the emblem's feet, 4.5 cm below the paper's edge.
ABOVE_NUMBER = 41.0
ABOVE_TITLE = 62.0  # points: an order's title begins below the emblem


@cache
def default_template(form: Form, *, thai: bool = True, landscape: bool = False) -> bytes:
    """The template of the form as the bytes of a Word file; page numbers in Thai digits or not."""
    from docx import Document as open_template  # noqa: PLC0415 - lxml is loaded only where papers are made

    made = open_template()
    _styles(made)
    word.name_second_font(made)
    _page(made.sections[0], thai=thai, landscape=landscape)
    _HEADS[form](made)
    _line(made, "{{ body }}")
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _styles(made: Any) -> None:
    word.dress(made.styles["Normal"].element.get_or_add_rPr())
    made.styles["Normal"].paragraph_format.line_spacing = 1.0
    for level, size in HEADING_SIZES.items():
        word.dress(made.styles[f"Heading {level}"].element.get_or_add_rPr(), size=size, bold=True)


def _page(section: Any, *, thai: bool, landscape: bool) -> None:
    """A4, the margins of official papers, "- 2 -" from the second page on, the note at the foot of every page."""
    from docx.shared import Cm  # noqa: PLC0415

    short, long = Cm(21.0), Cm(29.7)
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    if landscape:
        section.orientation = 1
    for name, centimetres in MARGINS_CM.items():
        setattr(section, name, Cm(centimetres))
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = 1
    word.page_field(header, thai=thai)
    for footer in (section.first_page_footer, section.footer):
        word.write(footer.paragraphs[0], "{{ note }}", size=word.SMALL, grey=True)


def _line(made: Any, text: str, *, size: float = word.BODY, bold: bool = False, align: int = 0, after: float = 0) -> Any:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(0), Pt(after)
    paragraph.alignment = align
    word.write(paragraph, text, size=size, bold=bold)
    return paragraph


def _paper(made: Any) -> None:
    _line(made, "{{ title }}", size=20, bold=True, align=1)
    _line(made, "{{ subtitle }}", align=1, after=12)


def _titled(made: Any) -> None:
    _line(made, "{{ title }}", size=18, bold=True, align=1)
    _line(made, "{{ subtitle }}", bold=True, align=1)
    _short_rule(made)


def _short_rule(made: Any) -> None:
    """A line of four centimetres in the middle."""
    from docx.shared import Cm, Pt  # noqa: PLC0415

    paragraph = _line(made, "", after=8)
    paragraph.paragraph_format.line_spacing = Pt(6)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(6)
    word.rule_below(paragraph, "single")


def _emblem(made: Any, height: float) -> None:
    """The place where the emblem hangs, and the height that the paragraph keeps free beside it, in points."""
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = _line(made, "{{ emblem }}", size=1)
    paragraph.paragraph_format.line_spacing = Pt(height)


def _letter(made: Any) -> None:
    from docx.shared import Cm, Pt  # noqa: PLC0415

    _lettered(made, "ที่ {{ number }}", "{{ office }}")
    date = _line(made, "{{ date }}")
    date.paragraph_format.left_indent, date.paragraph_format.space_before = Cm(FOOT_CM - 0.5), Pt(6)


def _stamped(made: Any) -> None:
    _lettered(made, "ที่ {{ number }}", "")


def _certificate(made: Any) -> None:
    _lettered(made, "เลขที่ {{ number }}", "{{ office }}")
    _line(made, "", size=8)


def _lettered(made: Any, number: str, office: str) -> None:
    """Emblem and number, and the office at the emblem's right foot."""
    from docx.shared import Cm, Pt  # noqa: PLC0415

    _emblem(made, ABOVE_NUMBER)
    table = made.add_table(rows=1, cols=2)
    table.autofit = False
    table.columns[0].width, table.columns[1].width = Cm(FOOT_CM), Cm(LINE_CM - FOOT_CM)
    for cell, width, text in zip(table.rows[0].cells, (FOOT_CM, LINE_CM - FOOT_CM), (number, office), strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        word.write(cell.paragraphs[0], text)
    word.tight_table(table)


def _memo(made: Any) -> None:
    from docx.shared import Cm, Pt  # noqa: PLC0415

    title = _line(made, "{{ emblem }}บันทึกข้อความ", size=29, bold=True, align=1, after=6)
    title.paragraph_format.line_spacing = Pt(29)  # as close to the emblem as its letters allow
    for parts in ((("ส่วนราชการ", "office"),), (("ที่", "number"), ("วันที่", "date"))):
        paragraph = _line(made, "")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(LINE_CM / 2))
        for number, (label, name) in enumerate(parts):
            word.write(paragraph, ("\t" if number else "") + label, size=20, bold=True)
            word.write(paragraph, f"  {{{{ {name} }}}}")
        word.rule_below(paragraph, "dotted")


def _order(made: Any) -> None:
    _emblem(made, ABOVE_TITLE)
    _line(made, "{{ title }}", bold=True, align=1)
    _line(made, "ที่ {{ number }}", bold=True, align=1)
    _line(made, "{{ subtitle }}", bold=True, align=1)
    _short_rule(made)


def _announcement(made: Any) -> None:
    _emblem(made, ABOVE_TITLE)
    _line(made, "{{ title }}", bold=True, align=1)
    _line(made, "{{ subtitle }}", bold=True, align=1)
    _short_rule(made)


_HEADS = {
    "paper": _paper,
    "agenda": _titled,
    "letter": _letter,
    "memo": _memo,
    "order": _order,
    "minutes": _titled,
    "extract": _titled,
    "stamped": _stamped,
    "announcement": _announcement,
    "certificate": _certificate,
}
