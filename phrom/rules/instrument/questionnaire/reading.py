"""Lines to rows: codes, texts, sections, pillars with weights, informants, windows. A guess is marked as one by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from phrom.rules.instrument.codes import QuestionCode
from phrom.rules.instrument.informants import IN_WORDS
from phrom.rules.instrument.model import Informants, Kind
from phrom.rules.instrument.questionnaire.lines import Line

DIGITS = "0-9๐-๙"
_CODE = re.compile(rf"(?P<code>[A-Z]{{1,3}}[{DIGITS}]{{1,3}}(?:\.[{DIGITS}]{{1,3}})*)\.?[\s:]+(?P<text>\S.*)")
_PILLAR = re.compile(rf"(?:ตัวชี้วัดที่|เสาหลักที่|ด้านที่|Pillar)\s*(?P<number>[{DIGITS}]{{1,2}})\s*[:.]?\s+(?P<title>.+)", re.IGNORECASE)
_WEIGHT = re.compile(rf"^\(?(?:จำนวน|น้ำหนัก|ค่าน้ำหนัก|คิดเป็น)?\s*ร้อยละ\s*(?P<weight>[{DIGITS}]+(?:[.][{DIGITS}]+)?)\)?$")
_ENGLISH = re.compile(r"\((?P<english>[A-Za-z][A-Za-z &,/\-]+)\)")
_HEADER = ("คำถาม", "หน่วยงาน")
BEYOND = re.compile(r"นอกเหนือ(?:จาก|ไปจาก)[^()]*?ต้นสังกัด")
_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_MONTHS_LONG = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
_NAMES = "|".join(map(re.escape, (*_MONTHS, *_MONTHS_LONG)))
_DAY = rf"([{DIGITS}]{{1,2}})\s*({_NAMES})\s*(?:พ\.ศ\.)?\s*([{DIGITS}]{{4}}|[{DIGITS}]{{2}})"
_WINDOW = re.compile(rf"{_DAY}\s*(?:[-–—]|ถึง)\s*(?:วันที่)?\s*{_DAY}")
_LISTED = re.compile(rf"(?:\([{DIGITS}]{{1,2}}\)|(?<![{DIGITS}.])[{DIGITS}]{{1,2}}[.)](?![{DIGITS}])|[•●▪☐□])\s*\S")
_THAI = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_BY_WORDS = {words: key for key, words in IN_WORDS.items()}


@dataclass(frozen=True)
class FoundRow:
    """One row as it stands in the source. `kind` is guessed; a person decides it. `informants` None: not understood."""

    line: int
    code: str
    text: str
    section: str
    pillar: str
    informant: str
    informants: Informants | None
    beyond: bool
    window: tuple[date, date] | None
    kind: Kind
    kept_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class FoundPillar:
    """A pillar's heading with its weight, if one stands below it."""

    line: int
    number: int
    title: str
    title_en: str = ""
    weight: Decimal | None = None


@dataclass
class Found:
    """What was read: rows and pillars in order, headings of sections with their line, and every text that was not a row."""

    rows: list[FoundRow] = field(default_factory=list)
    pillars: list[FoundPillar] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)


def read_lines(lines: Sequence[Line]) -> Found:
    """Read everything; nothing is refused and nothing is mended."""
    found, section, at = Found(), "", 0
    while at < len(lines):
        line = lines[at]
        coded = _CODE.match(line.left)
        if coded:
            taken = _continued(lines, at)
            found.rows.append(_row(lines[at : at + taken], coded, section))
            at += taken
            continue
        if pillar := _PILLAR.fullmatch(line.left):
            found.pillars.append(_pillar(line, pillar))
        elif (weight := _WEIGHT.match(line.left)) and found.pillars and found.pillars[-1].weight is None:
            found.pillars[-1] = replace(found.pillars[-1], weight=Decimal(weight["weight"].translate(_THAI)))
        elif (english := _ENGLISH.fullmatch(line.left)) and found.pillars and not found.pillars[-1].title_en:
            found.pillars[-1] = replace(found.pillars[-1], title_en=english["english"].strip())
        elif _is_header(line):
            pass
        elif not line.right and _row_follows(lines, at):
            section = line.left
            found.sections.append((line.number, section))
        else:
            found.beside.append(line)
        at += 1
    children = {row.code.rpartition(".")[0] for row in found.rows}
    found.rows = [replace(row, kind=_kind(row.text, parent=row.code in children)) for row in found.rows]
    return found


def lists_things(text: str) -> bool:
    """True when the text holds a list of at least two numbered or marked things."""
    return len(_LISTED.findall(text)) > 1


def _continued(lines: Sequence[Line], at: int) -> int:
    """How many lines make this row: a text may break, its informant then stands beside a later line."""
    if lines[at].right:
        return 1
    for count, line in enumerate(lines[at + 1 : at + 6], 2):
        if _CODE.match(line.left) or _PILLAR.fullmatch(line.left) or _is_header(line):
            return 1
        if line.right:
            return count
    return 1


def _row(lines: Sequence[Line], coded: re.Match[str], section: str) -> FoundRow:
    text = " ".join([coded["text"], *(line.left for line in lines[1:])])
    code, informant = coded["code"].translate(_THAI), lines[-1].right
    return FoundRow(
        line=lines[0].number,
        code=code,
        text=text,
        section=section,
        pillar=pillar_of(code),
        informant=informant,
        informants=_BY_WORDS.get(re.sub(r"\s*/\s*", "/", informant)),
        beyond=bool(BEYOND.search(text)),
        window=_window(text),
        kind=Kind.YES_NO,
        kept_lines=tuple(line.number for line in lines),
    )


def pillar_of(code: str) -> str:
    """ "P1" of P1.4; "G" of G2, whose codes have no point."""
    return code.split(".")[0] if "." in code else re.sub("[0-9]+$", "", code)


def sorted_code(code: str) -> QuestionCode | None:
    """The code as one that sorts; None when it is none of ours (a part 0)."""
    parts = re.fullmatch(r"([A-Z]{1,3})([0-9.]+)", code)
    if parts is None:
        return None
    return QuestionCode(parts[1], tuple(int(number) for number in parts[2].split(".") if number))


def _pillar(line: Line, match: re.Match[str]) -> FoundPillar:
    title = match["title"].strip()
    english = _ENGLISH.search(title)
    plain = _ENGLISH.sub("", title).strip() if english else title
    return FoundPillar(line.number, int(match["number"].translate(_THAI)), plain, english["english"].strip() if english else "")


def _is_header(line: Line) -> bool:
    return _HEADER[0] in line.left and _HEADER[1] in line.right


def _row_follows(lines: Sequence[Line], at: int) -> bool:
    """True when the next line that is no header of a table is a row."""
    return next((bool(_CODE.match(line.left)) for line in lines[at + 1 :] if not _is_header(line)), False)


def _window(text: str) -> tuple[date, date] | None:
    match = _WINDOW.search(text)
    if match is None:
        return None
    start, end = _day(*match.groups()[:3]), _day(*match.groups()[3:])
    return (start, end) if start and end and start <= end else None


def _day(day: str, month: str, year: str) -> date | None:
    number = (_MONTHS.index(month) if month in _MONTHS else _MONTHS_LONG.index(month)) + 1
    written = int(year.translate(_THAI))
    try:
        return date((written + 2500 if written < 100 else written) - 543, number, int(day.translate(_THAI)))
    except ValueError:
        return None


def _kind(text: str, *, parent: bool) -> Kind:
    """A guess from the wording; a person decides."""
    if re.search(r"(?<!เ)กี่|เป็นจำนวนเท่าใด|จำนวนเท่าไร", text):
        return Kind.COUNT
    if lists_things(text):
        return Kind.MANY
    if "URL" in text:
        return Kind.URL
    if parent and not re.search("หรือไม่|อย่างไร", text):
        return Kind.HEADING
    asks = re.search("หรือไม่|อย่างไร|ใดบ้าง|จังหวัดของท่านมี", text)
    return Kind.HEADING if not asks and text.startswith("ด้าน") else Kind.YES_NO
