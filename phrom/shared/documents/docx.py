"""A paper as a Word file that an office goes on writing in: a template of its form, filled; the same layout as the PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from phrom.shared.documents import docx_marks, word
from phrom.shared.documents import emblem as emblems
from phrom.shared.documents.content import Document, PageBreak
from phrom.shared.documents.docx_blocks import Pen
from phrom.shared.documents.docx_templates import default_template
from phrom.shared.documents.measures import kept_with_next
from phrom.shared.documents.placeholders import PLACEHOLDER
from phrom.shared.documents.template_check import open_checked
from phrom.shared.documents.template_places import Spot, spots, texts_of


def render_docx(document: Document, template: bytes | None = None, *, emblem: bytes | None = None) -> bytes:
    """The paper as the bytes of a Word file, in the form's own template or in the given one. Refuses TemplateBroken.

    `emblem` is a PNG or JPEG; without one a thin box holds its place.
    """
    template = template or default_template(document.form, thai=document.in_thai, landscape=document.landscape)
    made = open_checked(template, document.form)
    if document.landscape:
        word.lay_on_side(made)
    _properties(made, document)
    every = list(spots(made))
    pen = Pen(made, document, _hand(made, every))
    at = next(spot.element for spot in every if _names(spot) == ["body"])
    for spot in every:
        if spot.element is not at:
            _fill(made, spot, document, emblem)
    _body(pen, at, noted=any("note" in _names(spot) for spot in every))
    docx_marks.put(made, document)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _names(spot: Spot) -> list[str]:
    names: list[str] = PLACEHOLDER.findall(spot.text)
    return names


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


def _hand(made: Any, every: list[Spot]) -> word.Hand:
    """Text is written in the font that {{ body }} was given."""
    spot = next(spot for spot in every if _names(spot) == ["body"])
    run = next((one.getparent() for one in texts_of(spot.element)), None)
    normal = made.styles["Normal"].element.rPr if "Normal" in made.styles else None
    return word.hand_of(run, normal)


def _body(pen: Pen, at: Any, *, noted: bool) -> None:
    """Draw the blocks where {{ body }} stood."""
    body = pen.made.element.body
    before = set(body)
    breaks = False
    for block, kept in zip(pen.document.blocks, kept_with_next(pen.document.blocks), strict=True):
        if isinstance(block, PageBreak):
            breaks = True
            continue
        drawn = len(body)
        pen.block(block, kept=kept)
        if breaks:
            word.begin_page(body[drawn - 1])
        breaks = False
    if pen.document.note and not noted:
        pen.note()
    for element in [one for one in body if one not in before]:
        at.addprevious(element)
    if at.getnext() is not None and at.getprevious() is not None and not at.getprevious().tag.endswith("}tbl"):
        body.remove(at)
    else:
        _clear(at)


def _clear(paragraph: Any) -> None:
    """A text must end with a paragraph, Word says; so the one of {{ body }} stays, empty."""
    for text in texts_of(paragraph):
        text.text = ""


def _fill(made: Any, spot: Spot, document: Document, emblem: bytes | None) -> None:
    """Put the paper's words where their placeholders stand, in the type of the first letter of each."""
    values = {
        "title": document.title,
        "subtitle": document.subtitle,
        "note": document.note,
        "number": document.head.number,
        "office": ("\n" if document.form in ("letter", "certificate") else " ").join(document.head.office),
        "date": document.head.date,
        "emblem": "",
    }
    hangs = "emblem" in _names(spot)
    for found in reversed(list(PLACEHOLDER.finditer(spot.text))):
        _replace(spot.element, found.start(), found.end(), document.say(values[found[1]]))
    if hangs:
        emblems.hang(made, spot.element, document.form, emblem)


def _replace(paragraph: Any, start: int, end: int, value: str) -> None:
    """The letters from start to end of a paragraph's text, wherever Word has cut them into runs, become the value."""
    at = 0
    for text in texts_of(paragraph):
        written = text.text or ""
        own_start, own_end = max(start - at, 0), min(end - at, len(written))
        at += len(written)
        if own_start < own_end:
            _write_lines(text, written[:own_start] + value + written[own_end:])
            value = ""


def _write_lines(text: Any, value: str) -> None:
    """The value in this w:t, its further lines behind line breaks in the same run."""
    first, *others = value.split("\n")
    _set(text, first)
    for line in reversed(others):
        more = word.child(text.getparent(), "t")
        _set(more, line)
        text.addnext(more)
        text.addnext(word.child(text.getparent(), "br"))


def _set(text: Any, value: str) -> None:
    text.text = value
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
