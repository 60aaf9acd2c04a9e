"""A paper as a Word file that an office goes on writing in; the same layout as the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from phrom.shared.documents import word
from phrom.shared.documents.content import Bars, Block, Bullets, Column, Document, Heading, PageBreak, Paragraph, Table
from phrom.shared.thai.digits import to_thai

HEADING_SIZES = {1: 18, 2: 17, 3: 16}  # points by level
ALIGNMENTS = {"left": 0, "center": 1, "right": 2}  # Word's own numbers (WD_ALIGN_PARAGRAPH)
MARGINS_CM = {"left_margin": 3, "right_margin": 2, "top_margin": 2.5, "bottom_margin": 2}


def render_docx(document: Document) -> bytes:
    """The paper as the bytes of a Word file."""
    kept = BytesIO()
    _draw(document).save(kept)
    return kept.getvalue()


def _draw(document: Document) -> Any:
    from docx import Document as open_template  # noqa: PLC0415 - lxml is loaded only where papers are made

    made = open_template()
    _styles(made)
    word.name_second_font(made)
    _properties(made, document)
    _page(made.sections[0], document)
    _centred(made, document.say(document.title), size=20, bold=True, after=0 if document.subtitle else 12)
    if document.subtitle:
        _centred(made, document.say(document.subtitle), after=12)
    for block in document.blocks:
        _block(made, document, block)
    return made


def _styles(made: Any) -> None:
    word.dress(made.styles["Normal"].element.get_or_add_rPr())
    made.styles["Normal"].paragraph_format.line_spacing = 1.0
    for level, size in HEADING_SIZES.items():
        word.dress(made.styles[f"Heading {level}"].element.get_or_add_rPr(), size=size, bold=True)


def _properties(made: Any, document: Document) -> None:
    properties = made.core_properties
    properties.title, properties.author, properties.comments, properties.language = (
        document.say(document.title),
        "",
        "",
        "th-TH",
    )
    for element in list(properties._element):
        if element.tag.endswith(("}created", "}modified")):
            properties._element.remove(element)


def _page(section: Any, document: Document) -> None:
    """A4, the margins of official papers, "- 2 -" from the second page on, the note at the foot of every page."""
    from docx.shared import Cm  # noqa: PLC0415

    short, long = Cm(21.0), Cm(29.7)
    section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
    if document.landscape:
        section.orientation = 1
    for name, centimetres in MARGINS_CM.items():
        setattr(section, name, Cm(centimetres))
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = 1
    word.page_field(header, thai=document.in_thai)
    if document.note:
        for footer in (section.first_page_footer, section.footer):
            word.write(footer.paragraphs[0], document.say(document.note), size=word.SMALL, grey=True)


def _centred(made: Any, text: str, *, size: float = word.BODY, bold: bool = False, after: float = 0) -> None:
    paragraph = _paragraph(made, after=after)
    paragraph.alignment = 1
    word.write(paragraph, text, size=size, bold=bold)


def _paragraph(made: Any, *, before: float = 0, after: float = 6) -> Any:
    """A new empty paragraph; `before` and `after` in points."""
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = made.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _block(made: Any, document: Document, block: Block) -> None:
    match block:
        case Heading():
            _heading(made, document, block)
        case Paragraph():
            _running_text(made, document, block)
        case Bullets():
            _bullets(made, document, block)
        case Table():
            _table(made, document, block.columns, block.rows, caption=block.caption, total=block.total)
        case Bars():
            columns = (Column("รายการ", 3), Column("ค่า", 1, "right"))
            _table(made, document, columns, [(bar.label, bar.shown) for bar in block.bars], caption=block.caption)
        case PageBreak():
            made.add_page_break()


def _heading(made: Any, document: Document, block: Heading) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = made.add_paragraph(style=f"Heading {block.level}")
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(3)
    word.write(paragraph, document.say(block.text), size=HEADING_SIZES[block.level], bold=True)


def _running_text(made: Any, document: Document, block: Paragraph) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    paragraph = _paragraph(made)
    paragraph.alignment = ALIGNMENTS[block.align]
    if block.indent:
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
    size = word.SMALL if block.small else word.BODY
    word.write(paragraph, document.say(block.text), size=size, bold=block.bold, grey=block.small)


def _bullets(made: Any, document: Document, block: Bullets) -> None:
    """Items with their mark typed in: Word's own numbering would run on from one list into the next."""
    from docx.shared import Cm  # noqa: PLC0415

    for number, item in enumerate(block.items, 1):
        mark = f"{to_thai(number) if document.digits == 'thai' else number}." if block.numbered else "–"
        paragraph = _paragraph(made, after=2)
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-0.7)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(1))
        word.write(paragraph, f"{mark}\t{document.say(item)}")


def _table(
    made: Any,
    document: Document,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    total: bool = False,
) -> None:
    if caption:
        paragraph = _paragraph(made, before=8, after=3)
        paragraph.paragraph_format.keep_with_next = True
        word.write(paragraph, document.say(caption), bold=True)
    section = made.sections[0]
    line = section.page_width - section.left_margin - section.right_margin
    share = line / sum(column.width for column in columns)
    table = made.add_table(rows=0, cols=len(columns))
    table.autofit = False
    for cell, column in zip(table.columns, columns, strict=True):
        cell.width = int(share * column.width)
    _row(table, document, columns, [column.title for column in columns], bold=True, ground="F1EFE8")
    for number, row in enumerate(rows, 1):
        _row(table, document, columns, row, bold=total and number == len(rows))
    word.rule_table(table)
    _paragraph(made, after=0)


def _row(
    table: Any, document: Document, columns: Sequence[Column], texts: Sequence[str], *, bold: bool, ground: str = ""
) -> None:
    for cell, column, width, text in zip(table.add_row().cells, columns, table.columns, texts, strict=True):
        cell.width = width.width
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGNMENTS[column.align]
        word.write(paragraph, document.say(text), size=14, bold=bold)
        if ground:
            word.shade(cell, ground)
