"""Local governments from a CSV or XLSX file: what every row says and everything that is wrong with it. Nothing is saved.

The first sheet is read. Columns are found by their titles, Thai or English, in any order. No meaning is read out of a code.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from phrom.rollout.models import FULL_WORDS, LocalKind
from phrom.shared.files.kinds import WrongKind
from phrom.shared.files.sniff import content_type_of
from phrom.shared.files.workbook import MEGA, Limits, TableTooLarge, cell_text, read_tables
from phrom.shared.thai.digits import to_arabic
from phrom.shared.thai.words import search_key
from phrom.shared.ui.refusals import Refusal
from phrom.shared.ui.typed import NotOneLine, refuse_unless_one_line

HEADER_WITHIN = 10  # rows
HEAD = 20_000  # letters in which the titles stand
LIMITS = Limits(bytes=2 * MEGA, unpacked=20 * MEGA, rows=2000 + HEADER_WITHIN, columns=60)
# Each column with the titles that it is known by; the first is the one that the page names.
TITLES: dict[str, tuple[str, ...]] = {
    "dla_code": ("รหัส อปท.", "รหัส", "รหัส สถ.", "รหัสอปท", "dla_code", "dla_code_2560", "code"),
    "kind": ("ประเภท", "รูปแบบ", "ประเภท อปท.", "type", "kind"),
    "name": ("ชื่อ", "ชื่อ อปท.", "ชื่อไทย", "ชื่อภาษาไทย", "name_th", "name"),
    "name_en": ("ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ", "name_en"),
    "district": ("อำเภอ", "ชื่ออำเภอ", "amphoe_th", "amphoe", "district"),
    "district_code": ("รหัสอำเภอ", "amphoe_geocode", "district_code"),
    "geocode": ("รหัสพื้นที่", "รหัสภูมิศาสตร์", "lgo_geocode", "geocode"),
    "size": ("ขนาด", "size_sml_2560", "size_sml", "size"),
}
NEEDED = ("dla_code", "kind", "name")
LONGEST = {"dla_code": 20, "name": 250, "name_en": 200, "district": 100, "district_code": 20, "geocode": 20, "size": 20}
_BY_TITLE = {search_key(title): column for column, titles in TITLES.items() for title in titles}
_KINDS = {search_key(kind.label): kind for kind in LocalKind} | {search_key(FULL_WORDS[kind]): kind for kind in LocalKind}
_SPOKEN = {column: titles[0] for column, titles in TITLES.items()}


class NoTable(Refusal):
    """The file's name promises no table."""

    def __init__(self) -> None:
        super().__init__(
            "ไฟล์นี้ไม่ใช่ตาราง ยังไม่มีอะไรถูกบันทึก กรุณาเลือกไฟล์ .csv หรือ .xlsx",
            "This file is no table. Nothing was saved. Please choose a .csv or .xlsx file.",
            where="file",
        )


@dataclass(frozen=True)
class RowProblem:
    """One thing to mend: the row as the file numbers it (0: the whole file), the column's title, and what to do."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class LocalRow:
    """A local government as a row says it; `name` without the word of its type."""

    row: int
    dla_code: str
    kind: str
    name: str
    name_en: str = ""
    district: str = ""
    district_code: str = ""
    geocode: str = ""
    size: str = ""

    @property
    def full_name(self) -> str:
        """ "เทศบาลตำบลแม่ริม": the type in full, then the name."""
        return FULL_WORDS[self.kind] + self.name

    @property
    def short_name(self) -> str:
        """ "อบต.แม่ริม", for tables."""
        return f"{LocalKind(self.kind).label}{self.name}"

    @property
    def listed(self) -> dict[str, str]:
        """What the list says beside code and name."""
        told = asdict(self)
        return {name: told[name] for name in ("kind", "name_en", "district", "district_code", "geocode", "size")}


@dataclass
class ReadTable:
    """The rows that could be read, and all problems. It may be applied only without problems."""

    rows: list[LocalRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def read_table(data: bytes, name: str) -> ReadTable:
    """Read a CSV or XLSX by its file name. Refuses NoTable, TableTooLarge and WrongKind; all else is told as problems."""
    cells = _cells(data, name)
    found = ReadTable()
    head = next((at for at, row in enumerate(cells[:HEADER_WITHIN]) if "dla_code" in map(_column_of, row)), None)
    if head is None:
        text = f"ไม่พบแถวหัวตารางใน {HEADER_WITHIN} แถวแรก ต้องมีคอลัมน์ {', '.join(_SPOKEN[each] for each in NEEDED)}"
        found.problems.append(RowProblem(0, _SPOKEN["dla_code"], text))
        return found
    places = _places(cells[head], head + 1, found)
    codes: dict[str, int] = {}
    for number, row in enumerate(cells[head + 1 :], head + 2):
        texts = {column: cell_text(row[at]) if at < len(row) else "" for column, at in places.items()}
        if any(texts.values()):
            _read_row(number, texts, codes, found)
    if not found.rows and not found.problems:
        found.problems.append(RowProblem(0, "", "ไม่มีแถวข้อมูลใต้หัวตาราง กรุณากรอกอย่างน้อยหนึ่งแถว"))
    found.problems.sort(key=lambda each: each.row)
    return found


def _read_row(number: int, texts: dict[str, str], codes: dict[str, int], found: ReadTable) -> None:
    before = len(found.problems)

    def tell(column: str, text: str) -> None:
        found.problems.append(RowProblem(number, _SPOKEN[column], text))

    for column in NEEDED:
        if not texts.get(column):
            tell(column, "ยังว่างอยู่ กรุณากรอก")
    for column, longest in LONGEST.items():
        if len(texts.get(column, "")) > longest:
            tell(column, f"ยาว {len(texts[column])} ตัวอักษร รับได้ไม่เกิน {longest} กรุณาเขียนให้สั้นลง")
        elif not _is_seen(texts.get(column, "")):
            tell(column, "มีอักขระที่มองไม่เห็นปนอยู่ กรุณาลบข้อความในช่องนี้แล้วพิมพ์ใหม่")
    code = to_arabic(texts.get("dla_code", ""))
    same = code.lower()  # the agency's code is written in small letters
    if code and not re.fullmatch(r"[0-9A-Za-z]+", code):
        tell("dla_code", f"“{code[:30]}” ไม่ใช่รหัส กรุณาใช้ตัวเลขหรืออักษรโรมันเท่านั้น")
    if code and same in codes:
        tell("dla_code", f"รหัส {code[:30]} ซ้ำกับแถวที่ {codes[same]} กรุณาให้แต่ละแห่งมีรหัสของตน")
    codes.setdefault(same, number)
    kind = _KINDS.get(search_key(texts.get("kind", "")))
    if texts.get("kind") and kind is None:
        offered = ", ".join(str(each.label) for each in LocalKind)
        tell("kind", f"ไม่รู้จัก “{texts['kind'][:40]}” กรุณาใช้คำใดคำหนึ่ง: {offered}")
    if len(found.problems) == before and kind is not None:
        given = {column: texts.get(column, "") for column in ("name_en", "district", "size")}
        given |= {column: to_arabic(texts.get(column, "")) for column in ("district_code", "geocode")}
        found.rows.append(LocalRow(number, code, kind.value, _bare(texts["name"], kind), **given))


def _is_seen(text: str) -> bool:
    """False for what holds signs that cannot be seen or turn the text round, and for what has nothing else."""
    try:
        refuse_unless_one_line(text, where="")
    except NotOneLine:
        return False
    return not text or bool(search_key(text))


def _bare(name: str, kind: LocalKind) -> str:
    """The name without the word of its type, which some lists write and others leave out."""
    for word in (FULL_WORDS[kind], str(kind.label)):
        if name.startswith(word) and len(name) > len(word):
            return name[len(word) :].strip()
    return name


def _places(row: Sequence[Any], number: int, found: ReadTable) -> dict[str, int]:
    places: dict[str, int] = {}
    for at, cell in enumerate(row):
        column = _column_of(cell)
        if column in places:
            found.problems.append(RowProblem(number, cell_text(cell), f"คอลัมน์ “{_SPOKEN[column]}” มีสองคอลัมน์ กรุณาลบออกหนึ่งคอลัมน์"))
        if column:
            places.setdefault(column, at)
    for column in NEEDED:
        if column not in places:
            found.problems.append(RowProblem(number, _SPOKEN[column], f"ไม่มีคอลัมน์ “{_SPOKEN[column]}” กรุณาเพิ่มคอลัมน์นี้"))
    return places


def _column_of(cell: Any) -> str:
    return _BY_TITLE.get(search_key(cell_text(cell).split("(")[0]), "")


def _cells(data: bytes, name: str) -> list[list[Any]]:
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension == "xlsx":
        return read_tables(data, LIMITS)[0].rows
    if extension != "csv":
        raise NoTable
    if len(data) > LIMITS.bytes:
        raise TableTooLarge(LIMITS)
    data = _as_utf8(data)
    content_type_of(io.BytesIO(data), len(data), extension)
    return _csv_cells(data)


def _as_utf8(data: bytes) -> bytes:
    """What a spreadsheet saved as "Unicode" (UTF-16 with its mark) in the usual form; everything else as it is."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError as broken:
        raise WrongKind("ตัวอักษรในไฟล์นี้ไม่สมบูรณ์", "The letters in this file are incomplete.") from broken


def _csv_cells(data: bytes) -> list[list[Any]]:
    """UTF-8 with or without its mark, or the code page of older Thai Excel; commas, semicolons or tabs.

    The content was looked at before: one of the two reads it without loss.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp874")
    try:
        head = "\n".join(text[:HEAD].splitlines()[:HEADER_WITHIN])
        divider = max(",;\t", key=lambda each: _titles_in(head, each))
        rows: list[list[Any]] = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider):
            if len(rows) >= LIMITS.rows or len(row) > LIMITS.columns:
                raise TableTooLarge(LIMITS)
            rows.append(row)
    except csv.Error as broken:
        raise WrongKind("อ่านตารางในไฟล์นี้ไม่ได้", "The table in this file cannot be read.") from broken
    return rows


def _titles_in(head: str, divider: str) -> int:
    """How many columns are known when the first lines are divided so; a line above the titles decides nothing."""
    rows = csv.reader(io.StringIO(head, newline=""), delimiter=divider)
    return max((sum(bool(_column_of(cell)) for cell in row[: LIMITS.columns]) for row in rows), default=0)
