"""How urgent and how secret a paper is, in a Word file: red, in frames of their own, so that no template can leave them out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from phrom.shared.documents import qr, word
from phrom.shared.documents.content import Document

SIZE = 32  # points: the least that the regulation takes (ข้อ 28)
RED = "C00000"
ROOM = 14  # points: the page number begins below the mark
SPEED_CM, SECRECY_TOP_CM, SECRECY_FOOT_CM = 1.6, 0.05, 28.0  # from the paper's upper edge


def put(made: Any, document: Document) -> None:
    """Write the marks of the paper's head: speed once, secrecy at head and foot of every page; and its seal."""
    from docx.shared import Pt  # noqa: PLC0415 - lxml is loaded only where papers are made

    if document.head.speed:
        paragraph = _framed(document, document.head.speed, made.add_paragraph(), SPEED_CM, _side(document))
        made.element.body.insert(0, paragraph)
    if document.seal.code:
        _seal(made, document)
    if not document.head.secrecy:
        return
    for number, section in enumerate(made.sections):
        stories = [(section.header, SECRECY_TOP_CM), (section.footer, SECRECY_FOOT_CM)]
        if section.different_first_page_header_footer:
            stories += [(section.first_page_header, SECRECY_TOP_CM), (section.first_page_footer, SECRECY_FOOT_CM)]
        for story, top in stories:
            if not story.is_linked_to_previous or number == 0:
                own = story.paragraphs[0]
                if top == SECRECY_TOP_CM:
                    own.paragraph_format.space_before = Pt(ROOM)
                own._p.addprevious(_framed(document, document.head.secrecy, story.add_paragraph(), top, "center"))


def _seal(made: Any, document: Document) -> None:
    """The code for telephones with its words, as the last of every foot."""
    from docx.shared import Cm  # noqa: PLC0415 - lxml is loaded only where papers are made

    for section in made.sections:
        for foot in (section.first_page_footer, section.footer):
            if foot.is_linked_to_previous:
                continue
            for part in document.seal.words.split("\n"):
                word.write(foot.add_paragraph(), part, size=word.SMALL, grey=True)
            foot.add_paragraph().add_run().add_picture(BytesIO(qr.as_png(document.seal.code)), width=Cm(2.4))


def _side(document: Document) -> str:
    """Left above the number; right in a memo, whose emblem stands at the left."""
    return "right" if document.form == "memo" else "left"


def _framed(document: Document, words: str, paragraph: Any, top: float, side: str) -> Any:
    """The words as a paragraph (a w:p) that hangs at this height of the page and moves nothing else."""
    from docx.shared import Cm, Pt, RGBColor  # noqa: PLC0415 - lxml is loaded only where papers are made

    paragraph.paragraph_format.space_after = Pt(0)
    word.write(paragraph, document.say(words), size=SIZE, bold=True)
    paragraph.runs[0].font.color.rgb = RGBColor.from_string(RED)
    properties = paragraph._p.get_or_add_pPr()
    place = {"hAnchor": "margin", "vAnchor": "page", "xAlign": side, "y": str(Cm(top).twips), "wrap": "none"}
    frame = word.child(properties, "framePr", **place)
    properties.insert(1 if properties.pStyle is not None else 0, frame)
    return paragraph._p
