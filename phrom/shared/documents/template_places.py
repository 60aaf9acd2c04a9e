"""Where a text stands in a Word file, said so that a clerk finds it: which paragraph, which cell, which header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_KINDS = {"headerReference": ("หัวกระดาษ", "header"), "footerReference": ("ท้ายกระดาษ", "footer")}
_PAGES = {"first": ("หน้าแรก", "first page"), "even": ("หน้าคู่", "even pages"), "default": ("หน้าถัดไป", "following pages")}
_SHOWN = 60


@dataclass(frozen=True)
class Spot:
    """A paragraph of a Word file: its w:p, its text, its place in words; `in_text` when it is an own paragraph of the body."""

    element: Any
    text: str
    th: str
    en: str
    in_text: bool


def spots(made: Any) -> Iterator[Spot]:
    """Every paragraph of the file: the body with its tables and boxes, then headers and footers."""
    yield from _in_part(made.element.body, "เนื้อเอกสาร", "text", in_text=True)
    seen: set[str] = set()
    for section in made.element.body.iter(_w("sectPr")):
        for kind, (th, en) in _KINDS.items():
            for reference in section.findall(_w(kind)):
                part = made.part.rels[reference.get(_r("id"))].target_part
                if part.partname in seen:
                    continue
                seen.add(part.partname)
                page_th, page_en = _PAGES[reference.get(_w("type"), "default")]
                yield from _in_part(part.element, f"{th} ({page_th})", f"{en} ({page_en})", in_text=False)


def texts_of(paragraph: Any) -> list[Any]:
    """The w:t of this paragraph, without those of boxes that hang in it."""
    return [one for one in paragraph.iter(_w("t")) if next(one.iterancestors(_w("p"))) is paragraph]


def _in_part(root: Any, th: str, en: str, *, in_text: bool) -> Iterator[Spot]:
    own, tables = list(root.findall(_w("p"))), list(root.iter(_w("tbl")))
    for paragraph in root.iter(_w("p")):
        text = "".join(one.text or "" for one in texts_of(paragraph))
        if paragraph in own:
            number = own.index(paragraph) + 1
            place = f"{th} ย่อหน้าที่ {number}", f"{en}, paragraph {number}"
        else:
            inside_th, inside_en = _inside(paragraph, tables)
            place = f"{th} {inside_th}", f"{en}, {inside_en}"
        yield Spot(paragraph, text, *place, in_text=in_text and paragraph in own)


def _inside(paragraph: Any, tables: list[Any]) -> tuple[str, str]:
    if next(paragraph.iterancestors(_w("txbxContent")), None) is not None:
        return "กล่องข้อความ", "text box"
    cell = next(paragraph.iterancestors(_w("tc")), None)
    if cell is None:
        return "ส่วนที่ซ้อนอยู่", "nested part"
    row, table = cell.getparent(), next(cell.iterancestors(_w("tbl")))
    numbers = tables.index(table) + 1, table.findall(_w("tr")).index(row) + 1, row.findall(_w("tc")).index(cell) + 1
    return "ตารางที่ {} แถวที่ {} ช่องที่ {}".format(*numbers), "table {} row {} cell {}".format(*numbers)


def shown(text: str) -> str:
    """The text as a problem quotes it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _r(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/officeDocument/2006/relationships}}{name}"
