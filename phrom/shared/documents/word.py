"""Thai in Word: what every run, cell, header and field of a .docx needs so that Word draws Thai as Thai.

Word draws Thai with the "complex script" half of every setting: w:cs, w:szCs, w:bCs, w:lang w:bidi beside the usual ones.
TH Sarabun New is on the offices' machines; it is named, with TH SarabunPSK as the second choice, and not embedded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT, SECOND_FONT = "TH Sarabun New", "TH SarabunPSK"
BODY, SMALL = 16, 13  # points; 16 is the size of official papers


@dataclass(frozen=True)
class Hand:
    """The font of a paper's text and the size of its body; other sizes keep their ratio to it."""

    font: str = FONT
    body: float = BODY


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """A new element `w:tag` at the end of the parent, with attributes of the w: namespace."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - lxml is loaded only where papers are made
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def dress(properties: Any, *, size: float = BODY, bold: bool = False, grey: bool = False, hand: Hand = Hand()) -> None:
    """Rewrite a w:rPr (of a run or a style) for Thai, in the order the schema asks for."""
    for element in list(properties):
        properties.remove(element)
    child(properties, "rFonts", ascii=hand.font, hAnsi=hand.font, eastAsia=hand.font, cs=hand.font)
    if bold:
        child(properties, "b")
        child(properties, "bCs")
    child(properties, "color", val="5B6670" if grey else "000000")
    half_points = str(round(size * hand.body / BODY * 2))
    child(properties, "sz", val=half_points)
    child(properties, "szCs", val=half_points)
    child(properties, "lang", val="en-US", eastAsia="en-US", bidi="th-TH")


def write(
    paragraph: Any, text: str, *, size: float = BODY, bold: bool = False, grey: bool = False, hand: Hand = Hand()
) -> None:
    """The text as one run; a line break in it is kept."""
    run = paragraph.add_run(text)
    dress(run._r.get_or_add_rPr(), size=size, bold=bold, grey=grey, hand=hand)


def hand_of(run: Any, default: Any) -> Hand:
    """The font and size that a run of a template was given, else those of the default style's w:rPr, else ours."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    font, size = "", 0.0
    for properties in (None if run is None else run.find(qn("w:rPr")), default):
        fonts = None if properties is None else properties.find(qn("w:rFonts"))
        sizes = None if properties is None else properties.find(qn("w:szCs"))
        font = font or ("" if fonts is None else fonts.get(qn("w:cs"), ""))
        size = size or (0.0 if sizes is None else float(sizes.get(qn("w:val"))) / 2)
    return Hand(font or FONT, size or BODY)


def page_field(paragraph: Any, *, thai: bool) -> None:
    """The running page number as Word's own field, in Thai digits when asked."""
    instruction = "PAGE \\* THAIARABIC" if thai else "PAGE"
    write(paragraph, "- ")
    for kind, words in (("begin", ""), ("", instruction), ("end", "")):
        run = paragraph.add_run()
        dress(run._r.get_or_add_rPr())
        if kind:
            child(run._r, "fldChar", fldCharType=kind)
        else:
            child(run._r, "instrText").text = words
    write(paragraph, " -")


def name_second_font(word: Any) -> None:
    """Tell Word which font to take where TH Sarabun New is not installed."""
    for relation in word.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            part = relation.target_part
            entry = f'<w:font w:name="{FONT}"><w:altName w:val="{SECOND_FONT}"/></w:font></w:fonts>'
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode())


def rule_table(table: Any) -> None:
    """Thin grey lines, the header repeated on every page, no row cut in two."""
    borders = child(table._tbl.tblPr, "tblBorders")
    table._tbl.tblPr.find(borders.tag.replace("tblBorders", "tblW")).addnext(borders)  # the schema asks for this order
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(borders, side, val="single", sz="4", space="0", color="8A8A8A")
    keep_rows(table)
    child(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")


def span_row(row: Any) -> None:
    """The first cell over all columns; the others, which are empty, go."""
    first, *others = row._tr.tc_lst
    width = sum(int(cell.width) for cell in row.cells)
    for cell in others:
        row._tr.remove(cell)
    first.grid_span, first.width = len(others) + 1, width


def lay_on_side(made: Any) -> None:
    """Every section across the page, also of a template that stands upright."""
    for section in made.sections:
        if section.page_width < section.page_height:
            section.page_width, section.page_height = section.page_height, section.page_width
            section.orientation = 1


def begin_page(element: Any) -> None:
    """A new page begins with this w:p, or with a small paragraph before this w:tbl."""
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - lxml is loaded only where papers are made

    if element.tag.endswith("}tbl"):
        element.addprevious(element.makeelement(element.tag.replace("}tbl", "}p"), {}))
        element = element.getprevious()
    Paragraph(element, None).paragraph_format.page_break_before = True  # type: ignore[arg-type]


def keep_rows(table: Any) -> None:
    """No row is cut in two by a page."""
    for row in table.rows:
        child(row._tr.get_or_add_trPr(), "cantSplit")


def tight_table(table: Any) -> None:
    """Cells without inner margins at the sides, so that their text stands at the margins of the page."""
    margins = child(table._tbl.tblPr, "tblCellMar")
    child(margins, "left", w="0", type="dxa")
    child(margins, "right", w="60", type="dxa")
    layout = table._tbl.tblPr.find(margins.tag.replace("tblCellMar", "tblLayout"))
    if layout is not None:
        layout.addnext(margins)


def rule_below(paragraph: Any, style: str) -> None:
    """A line under a paragraph, `single` or `dotted`, from its left to its right indent."""
    properties = paragraph._p.get_or_add_pPr()
    borders = child(properties, "pBdr")
    for side in ("bottom", "between"):  # between, or two such paragraphs share one line
        child(borders, side, val=style, sz="6", space="1", color="000000")
    for later in ("shd", "tabs", "spacing", "ind", "jc"):  # the schema asks for this order
        found = properties.find(borders.tag.replace("pBdr", later))
        if found is not None:
            found.addprevious(borders)
            return


def shade(cell: Any, colour: str) -> None:
    """Give a cell a ground colour, as six hexadecimal digits."""
    child(cell._tc.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=colour)
