"""The emblem in a Word file: hung at its place on the page, 1.5 cm below the paper's edge, 3 or 1.5 cm high."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from phrom.shared.documents import fonts
from phrom.shared.documents.content import Form

HEIGHTS_CM: dict[str, float] = {
    "letter": 3,
    "order": 3,
    "stamped": 3,
    "announcement": 3,
    "certificate": 3,
    "memo": 1.5,
}  # regulation, clause 71
_TOP_CM = 1.5
_EMPTY = Path(__file__).with_name("emblem.typ")
_ANCHOR = (
    '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" '
    'distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
    '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:align>{side}</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV></wp:anchor>'
)


def size_of(picture: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG in pixels; None when it cannot be put into a Word file."""
    from docx.image.image import Image  # noqa: PLC0415

    try:
        image = Image.from_blob(picture)
    except Exception:  # whatever a damaged picture makes python-docx raise
        return None
    return image.px_width, image.px_height


def hang(made: Any, paragraph: Any, form: Form, emblem: bytes | None) -> None:
    """Hang the emblem in this paragraph (a w:p): centred, but at the left in a memo."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - lxml is loaded only where papers are made
    from docx.shared import Cm  # noqa: PLC0415
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    owner = next((one for one in _stories(made) if paragraph in one._element.iter()), made._body)
    run = Paragraph(paragraph, owner).add_run()
    run.add_picture(BytesIO(emblem or _empty_box()), height=Cm(HEIGHTS_CM[form]))
    drawing = run._r.xpath("w:drawing")[0]
    inline = drawing[0]
    anchor = parse_xml(_ANCHOR.format(side="left" if form == "memo" else "center", top=Cm(_TOP_CM)))
    anchor.append(inline.extent)
    anchor.append(parse_xml('<wp:wrapNone xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/>'))
    inline.docPr.set("descr", "ตราสัญลักษณ์")
    for part in (inline.docPr, inline.graphic):
        anchor.append(part)
    drawing.replace(inline, anchor)


def _stories(made: Any) -> list[Any]:
    """The headers and footers; python-docx keeps a picture with the part that shows it."""
    return [
        part
        for section in made.sections
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer)
        if not part.is_linked_to_previous
    ]


@cache
def _empty_box() -> bytes:
    """A picture of a thin box that says what belongs there."""
    folder = fonts.require()
    import typst  # noqa: PLC0415 - 40 MB that only the process printing papers needs

    compiler: Any = typst.Compiler(str(_EMPTY), font_paths=[str(folder)], ignore_system_fonts=True)
    made: bytes = compiler.compile(format="png", ppi=200)
    return made
