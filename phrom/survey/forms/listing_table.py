"""A table of named things, pasted from Excel or as an XLSX: what each row says, and everything wrong with it. Nothing is saved.

A first row with the word ชื่อ heads the table and columns may stand in any order; without it they stand as `columns_of` says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from phrom.rules.instrument.model import ListKind
from phrom.rules.scoring.listing_fields import FieldKind, ListField
from phrom.shared.files.workbook import MEGA, Limits, cell_text, read_tables
from phrom.shared.thai.names import name_key
from phrom.shared.ui.fields import sentences
from phrom.survey.actions.listing import MOST, Thing
from phrom.survey.forms.listing import DIGITAL, PROVIDED, UNIT, ThingForm

LIMITS = Limits(bytes=2 * MEGA, unpacked=20 * MEGA, rows=MOST + 10, columns=60)
LONGEST_PASTE = 1_000_000
NAME = "ชื่อ"
DIGITAL_WORDS = {"ใช่": True, "เป็น": True, "ดิจิทัล": True, "มี": True, "1": True, "y": True, "yes": True, "true": True} | {
    "ไม่": False,
    "ไม่ใช่": False,
    "ไม่เป็น": False,
    "ไม่เป็นดิจิทัล": False,
    "ไม่มี": False,
    "0": False,
    "n": False,
    "no": False,
    "false": False,
    "": False,
}
PROVIDER_WORDS = {name_key(words): code for code, words in PROVIDED} | {
    name_key(word): code
    for code, words in (
        ("own", "เอง จังหวัด หน่วยงานจัดทำเอง own"),
        ("both", "ร่วม ร่วมกับกรม ร่วมกัน both"),
        ("parent", "กรม กรมต้นสังกัด ของกรม parent"),
    )
    for word in words.split()
}


@dataclass(frozen=True)
class LineProblem:
    """One thing to mend: the row as it was counted (0: the whole table), the column's title, and what to do."""

    row: int
    column: str
    text: str


@dataclass
class ReadTable:
    """The things that could be read, and all problems. It may be written down only without problems."""

    things: list[Thing] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)
    rows: list[tuple[int, str]] = field(default_factory=list)

    def tell_known(self, keys: Collection[str]) -> None:
        """Say at each row whose name the list has already that it has. `rows` holds number and key of every row with a name."""
        known = [LineProblem(number, NAME, "มีชื่อนี้ในบัญชีแล้ว") for number, key in self.rows if key in keys]
        self.problems = sorted([*known, *self.problems], key=lambda problem: problem.row)


def columns_of(kind: ListKind, fields: Sequence[ListField]) -> dict[str, str]:
    """Titles by field, in the order in which they stand where no row heads the table."""
    digital = {"is_digital": "ดิจิทัล"} if kind in DIGITAL else {}
    short = {each.code: each.label for each in fields if each.short}
    rest = {each.code: each.label for each in fields if not each.short}
    last = {"url": "ที่อยู่เว็บ", "unit": UNIT.get(kind, "ผู้รับผิดชอบ")}
    return {"name": NAME, "provider": "ผู้จัดให้", **digital, **short, **last, **rest}


def read_posted_table(request: HttpRequest, *, kind: ListKind, fields: Sequence[ListField]) -> ReadTable:
    """The file where one was chosen, else what was pasted. Refuses TableTooLarge and WrongKind."""
    file = request.FILES.get("file")
    cells = cells_of_file(file.read()) if file else cells_of_text(request.POST.get("table", "")[:LONGEST_PASTE])
    return read_table(cells, kind=kind, fields=fields)


def cells_of_text(text: str) -> list[list[Any]]:
    """What was pasted from a sheet: a line a row, columns set apart by tabs."""
    return [line.split("\t") for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def cells_of_file(data: bytes) -> list[list[Any]]:
    """The first sheet of an XLSX. Refuses TableTooLarge and WrongKind."""
    return read_tables(data, LIMITS)[0].rows


def read_table(cells: Sequence[Sequence[Any]], *, kind: ListKind, fields: Sequence[ListField]) -> ReadTable:
    """Every row through the form of one thing."""
    found, columns, seen = ReadTable(), columns_of(kind, fields), set[str]()
    rows = [(number, row) for number, row in enumerate(cells, 1) if any(cell_text(cell) for cell in row)]
    if len(rows) > MOST:
        found.problems.append(LineProblem(0, "", f"มีเกิน {MOST:,} แถว กรุณาแบ่งวางหลายครั้ง"))
        return found
    order = list(columns)
    if rows and name_key(NAME) in [name_key(cell_text(cell)) for cell in rows[0][1]]:
        order = _headed(rows[0], columns, found)
        rows = rows[1:]
    if not rows:
        found.problems.append(LineProblem(0, "", "ไม่มีแถวที่มีข้อมูล วางอย่างน้อยหนึ่งแถว หรือเลือกไฟล์"))
    by_code = {each.code: each for each in fields}
    for number, row in rows:
        posted = _posted(number, row, order, columns, by_code, found)
        form = ThingForm(MultiValueDict(posted), kind=kind, fields=fields)
        valid = form.is_valid()
        key = name_key(form.cleaned_data.get("name", ""))
        if key and key in seen:
            form.add_error("name", "มีชื่อนี้แล้วในแถวก่อน")
        seen.add(key)
        found.rows.append((number, key))
        for bound in form:
            found.problems += [LineProblem(number, columns.get(bound.name, ""), text) for text in sentences(bound)]
        if valid and not form.errors:
            found.things.append(form.thing)
    return found


def _headed(head: tuple[int, Sequence[Any]], columns: Mapping[str, str], found: ReadTable) -> list[str]:
    """The field of each column; an unknown or doubled title is a problem, an empty one holds nothing."""
    codes = {name_key(title): code for code, title in columns.items()}
    order: list[str] = []
    for cell in head[1]:
        title = cell_text(cell)
        code = codes.get(name_key(title), "")
        if title and not code:
            found.problems.append(LineProblem(head[0], title[:60], "ไม่รู้จักคอลัมน์นี้ กรุณาลบ หรือใช้ชื่อคอลัมน์ตามที่หน้านี้บอก"))
        if code and code in order:
            found.problems.append(LineProblem(head[0], title[:60], "มีคอลัมน์นี้สองครั้ง"))
        order.append(code)
    return order


def _posted(
    number: int,
    row: Sequence[Any],
    order: Sequence[str],
    columns: Mapping[str, str],
    fields: Mapping[str, ListField],
    found: ReadTable,
) -> dict[str, list[str]]:
    """The row as a browser would post it."""
    posted: dict[str, list[str]] = {}
    for place, cell in enumerate(row):
        code = order[place] if place < len(order) else ""
        if not code and place >= len(order) and cell_text(cell):
            found.problems.append(LineProblem(number, "", f"มีข้อมูลเกินคอลัมน์ที่รู้จัก: “{cell_text(cell)[:40]}”"))
        if not code:
            continue
        try:
            posted[code] = _values(code, cell, fields.get(code))
        except ValueError as unknown:
            found.problems.append(LineProblem(number, columns[code], str(unknown)))
            posted[code] = _stand_in(code, fields.get(code))
    return posted


def _values(code: str, cell: Any, listed: ListField | None) -> list[str]:
    """A cell as posted values; ValueError in Thai for a word that is not among the choices."""
    text = cell_text(cell)
    if code == "is_digital":
        if cell is not True and text.lower() not in DIGITAL_WORDS:
            raise ValueError(f"อ่าน “{text[:40]}” ไม่ได้ ใส่ ใช่ หรือ ไม่ใช่")
        return ["on"] if cell is True or DIGITAL_WORDS.get(text.lower()) else []
    if code == "provider":
        return [_provider(text)] if text else []
    if listed is None or listed.kind not in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO, FieldKind.DATE):
        return [text]
    if listed.kind is FieldKind.DATE:
        return [f"{cell.day}/{cell.month}/{cell.year}" if isinstance(cell, date | datetime) else text]
    if listed.kind is FieldKind.YES_NO:
        return [{"มี": "yes", "ไม่มี": "no", "ใช่": "yes", "ไม่ใช่": "no", "": ""}.get(text, text)]
    if listed.kind is FieldKind.CHOICES:
        return [_choice(listed, part) for part in text.replace(",", ";").split(";") if part.strip()]
    return [_choice(listed, text)] if text else []


def _provider(text: str) -> str:
    code = PROVIDER_WORDS.get(name_key(text))
    if code is None:
        raise ValueError(f"อ่าน “{text[:40]}” ไม่ได้ ใส่ {', '.join(words for _, words in PROVIDED)} อย่างใดอย่างหนึ่ง")
    return code


def _choice(listed: ListField, text: str) -> str:
    """By its words, its code, its place in the list, or the one choice whose words begin so."""
    key = name_key(text)
    exact = [choice.code for choice in listed.choices if key in (name_key(choice.text), name_key(choice.code))]
    begun = exact or [choice.code for choice in listed.choices if name_key(choice.text).startswith(key)]
    if len(begun) != 1:
        raise ValueError(f"ไม่มีตัวเลือก “{text.strip()[:40]}” ใช้ได้: {', '.join(choice.text for choice in listed.choices)}")
    return begun[0]


def _stand_in(code: str, listed: ListField | None) -> list[str]:
    """So that a word that was refused already is not refused again as missing."""
    if code == "provider":
        return [PROVIDED[0][0]]
    return [listed.choices[0].code] if listed and listed.required and listed.choices else []
