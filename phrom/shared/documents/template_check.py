"""What is wrong with a clerk's Word template: all of it at once, each with its place, in Thai and English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from typing import Any

from phrom.shared.documents.content import Form
from phrom.shared.documents.placeholders import NAME, PLACEHOLDER, PLACEHOLDERS
from phrom.shared.documents.template_places import Spot, shown, spots
from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.sniff import content_type_of
from phrom.shared.ui.refusals import Refusal

_COMMAND = re.compile(r"\{[%#].*?(?:[%#]\}|$)")
_BRACES = re.compile(r"\{\{|\}\}")
WHOLE = ("ทั้งไฟล์", "the whole file")


@dataclass(frozen=True)
class TemplateProblem:
    """One thing to mend: where it stands, the text there, and what is wrong with it."""

    place_th: str
    place_en: str
    quoted: str
    th: str
    en: str


class TemplateBroken(Refusal):
    """A template that no paper can be made with; `problems` names every one."""

    def __init__(self, problems: list[TemplateProblem]) -> None:
        super().__init__(
            "แม่แบบนี้ยังใช้ไม่ได้ แม่แบบเดิมยังใช้อยู่ กรุณาแก้ตามรายการแล้วส่งใหม่: "
            + "; ".join(f"{one.place_th}: {one.th}" for one in problems),
            "This template cannot be used; the former one stays in use. Please mend: "
            + "; ".join(f"{one.place_en}: {one.en}" for one in problems),
        )
        self.problems = problems


def open_checked(template: bytes, form: Form) -> Any:
    """The Word file, open. Refuses TemplateBroken with every problem."""
    made, problems = _opened(template)
    if made is not None:
        problems = list(_problems(list(spots(made)), form))
    if problems:
        raise TemplateBroken(problems)
    return made


def _opened(template: bytes) -> tuple[Any, list[TemplateProblem]]:
    from docx import Document as open_template  # noqa: PLC0415 - lxml is loaded only where papers are made

    try:
        content_type_of(BytesIO(template), len(template), "docx")
        made = open_template(BytesIO(template))
        list(spots(made))
    except WrongKind as wrong:
        return None, [TemplateProblem(*WHOLE, "", wrong.th, wrong.en)]
    except Exception:  # whatever a damaged file makes python-docx and lxml raise
        return None, [
            TemplateProblem(*WHOLE, "", "เปิดเป็นไฟล์ Word (.docx) ไม่ได้ ไฟล์อาจเสียหาย", "cannot be opened as a Word file (.docx)")
        ]
    return made, []


def _problems(every: list[Spot], form: Form) -> Iterator[TemplateProblem]:
    found: list[tuple[str, Spot]] = []
    for spot in every:
        for th, en in _grammar(spot.text):
            yield _at(spot, th, en)
        for name in PLACEHOLDER.findall(_COMMAND.sub("", spot.text)):
            if wrong := _unknown(name, form):
                yield _at(spot, *wrong)
            else:
                found.append((name, spot))
    yield from _body(found)
    names = {name for name, _ in found}
    for one in PLACEHOLDERS[form]:
        if one.required and one.name not in names:
            yield TemplateProblem(
                *WHOLE,
                "",
                f"ขาด {{{{ {one.name} }}}} ({one.th}) เอกสารจะขาดส่วนนี้",
                f"{{{{ {one.name} }}}} is missing ({one.en})",
            )


def _at(spot: Spot, th: str, en: str) -> TemplateProblem:
    return TemplateProblem(spot.th, spot.en, shown(spot.text), th, en)


def _grammar(text: str) -> Iterator[tuple[str, str]]:
    """Commands, and braces without their partner."""
    for command in _COMMAND.findall(text):
        yield (
            f"มีคำสั่ง {shown(command)} แม่แบบใส่ได้เฉพาะ {{{{ ชื่อ }}}} กรุณาลบคำสั่งออก",
            f"{shown(command)} is a command; only {{{{ name }}}} may be used",
        )
    for brace in _BRACES.findall(PLACEHOLDER.sub("", _COMMAND.sub("", text))):
        wanted = "}}" if brace == "{{" else "{{"
        yield (
            f"มี {brace} แต่ไม่มี {wanted} ในย่อหน้าเดียวกัน",
            f"{brace} without {wanted} in the same paragraph",
        )


def _unknown(name: str, form: Form) -> tuple[str, str] | None:
    names = [one.name for one in PLACEHOLDERS[form]]
    if name in names:
        return None
    if not name:
        return "มี {{ }} ว่าง กรุณาใส่ชื่อหรือลบออก", "{{ }} is empty"
    if not NAME.fullmatch(name):
        return (
            f"{{{{ {name} }}}} ไม่ใช่ชื่อในรายการ ใส่ได้เฉพาะชื่อภาษาอังกฤษตัวพิมพ์เล็ก ไม่มีเครื่องหมายอื่น",
            f"{{{{ {name} }}}} is not a name of the list; filters and other signs are not taken",
        )
    close = get_close_matches(name, names, 1)
    hint_th, hint_en = (f" หมายถึง {{{{ {close[0]} }}}} หรือไม่", f"; {close[0]}?") if close else ("", "")
    return (
        f"ไม่รู้จัก {{{{ {name} }}}}{hint_th} แบบนี้ใช้ได้: {', '.join(names)}",
        f"{{{{ {name} }}}} is unknown{hint_en} This form has: {', '.join(names)}",
    )


def _body(found: list[tuple[str, Spot]]) -> Iterator[TemplateProblem]:
    """The text of the paper comes once, in a paragraph of its own."""
    placed = [spot for name, spot in found if name == "body"]
    for spot in placed[1:]:
        yield _at(spot, "มี {{ body }} ซ้ำ เนื้อหาใส่ได้ที่เดียว", "{{ body }} stands here again; once is enough")
    for spot in placed[:1]:
        if not spot.in_text:
            yield _at(
                spot,
                "{{ body }} ต้องอยู่ในเนื้อเอกสาร ไม่ใช่ในตาราง กล่องข้อความ หัวหรือท้ายกระดาษ",
                "{{ body }} must stand in the text, not in a table, box, header or footer",
            )
        elif PLACEHOLDER.sub("", spot.text, count=1).strip():
            yield _at(spot, "{{ body }} ต้องอยู่ลำพังในย่อหน้าของตน", "{{ body }} must be alone in its paragraph")
