"""What looks wrong in a questionnaire that was read from paper: each finding with its line, in Thai and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from phrom.rules.instrument.informants import IN_WORDS
from phrom.rules.instrument.questionnaire.lines import Line
from phrom.rules.instrument.questionnaire.reading import Found, FoundRow, lists_things, read_lines, sorted_code
from phrom.rules.instrument.questionnaire.spelling import odd_ones, slips_in
from phrom.rules.instrument.questionnaire.terms import TERMS

SENTENCES: dict[str, tuple[str, str]] = {
    "tag": ("มีเศษ HTML: {found}", "leftover HTML: {found}"),
    "doubled": ("พิมพ์คำซ้ำ “{found}” น่าจะเป็น “{guess}”", "a doubled word '{found}', perhaps '{guess}'"),
    "bracket": ("วงเล็บหรือเครื่องหมายคำพูดไม่ครบคู่ที่ “{found}”", "a bracket or quotation mark without its pair at '{found}'"),
    "digits": ("มีทั้งเลขไทยและเลขอารบิกในข้อเดียวกัน: {found}", "Thai and Arabic digits in one text: {found}"),
    "spelling": ("สะกดไม่ได้ตามอักขรวิธีที่ “{found}”", "'{found}' cannot be spelt so in Thai"),
    "almost": ("“{found}” คล้ายคำว่า “{guess}” โปรดเทียบกับต้นฉบับ", "'{found}' almost reads '{guess}'; compare the source"),
    "odd_one": ("“{found}” ต่างจากที่อื่นในเอกสารซึ่งเขียนว่า “{guess}”", "'{found}' is written '{guess}' elsewhere"),
    "missing_parent": ("ไม่มีแถวของ {found} ซึ่งเป็นข้อแม่ของ {code}", "there is no row {found}, the parent of {code}"),
    "gap": ("รหัสข้ามจาก {guess} ไป {code} ไม่มี {found}", "codes jump from {guess} to {code}; {found} is missing"),
    "duplicate": ("รหัส {code} ซ้ำกับบรรทัดที่ {found}", "the code {code} is already on line {found}"),
    "order": ("รหัส {code} อยู่หลัง {found} ไม่เรียงลำดับ", "the code {code} comes after {found}, out of order"),
    "odd_heading": (
        "{code} อยู่ใต้หัวข้อ “{found}” แต่ข้อแม่หรือเสาหลักของข้อนี้อยู่ใต้ “{guess}”",
        "{code} stands under '{found}', its parent or pillar under '{guess}'",
    ),
    "other_informants": ("{code} ถาม “{found}” แต่ข้อแม่ถาม “{guess}”", "{code} asks '{found}', its parent asks '{guess}'"),
    "no_heading": ("{code} ไม่มีหัวข้อหมวดเหนือแถว", "{code} stands under no heading"),
    "no_informant": ("{code} ไม่ระบุหน่วยงานที่ให้ข้อมูล", "{code} does not say who is asked"),
    "unknown_informant": ("ไม่รู้จักหน่วยงานที่ให้ข้อมูล “{found}” {guess}", "unknown informant '{found}' {guess}"),
    "no_question": ("{code} ไม่มีคำว่า “หรือไม่” หรือคำถามอื่น อาจเป็นหัวข้อ", "{code} asks nothing in words; perhaps it is a heading"),
    "no_list": ("{code} เขียนว่า “{found}” แต่ไม่มีรายการตามมา", "{code} says '{found}' but no list follows"),
    "no_dates": ("{code} ถามย้อนหลัง “{found}” แต่ไม่พิมพ์วันที่", "{code} asks back in time ('{found}') without dates"),
    "weights": ("ค่าน้ำหนักรวมได้ {found} ไม่ใช่ 100", "the weights make {found}, not 100"),
    "no_weight": ("ตัวชี้วัดที่ {found} ไม่มีค่าน้ำหนัก", "pillar {found} has no weight"),
    "no_rows": ("ตัวชี้วัดที่ {found} ไม่มีข้อคำถาม", "pillar {found} has no rows"),
    "no_pillar": ("{code} เป็นข้อของเสาหลัก {found} ซึ่งไม่มีหัวเรื่องและค่าน้ำหนัก", "{code} is of pillar {found}, which has no heading"),
    "nothing": ("ไม่พบข้อคำถามที่มีรหัส เช่น P1.1 ในข้อความนี้", "no row with a code such as P1.1 was found"),
}
_NUMBER_AT_END = re.compile("([0-9]+)$")
_ASKS = re.compile("หรือไม่|อย่างไร|เท่าใด|เท่าไร|(?<!เ)กี่|อะไร|ที่ใด|เมื่อใด|ใดบ้าง|โปรดระบุ|ใคร")
_FOLLOWS = re.compile("ดังต่อไปนี้|ต่อไปนี้|ดังนี้")
_BACK = re.compile("(?:ในรอบ|ในช่วง|ภายใน|ย้อนหลัง)\\s*[0-9๐-๙]+\\s*(?:ปี|เดือน)(?:\\s*ที่ผ่านมา)?")


@dataclass(frozen=True)
class Anomaly:
    """One thing to look at: the line of the source, the row's code if it is in one, what stands there, what it may be."""

    line: int
    code: str
    kind: str
    found: str = ""
    guess: str = ""

    @property
    def th(self) -> str:
        """The sentence in Thai."""
        return SENTENCES[self.kind][0].format(code=self.code, found=_short(self.found), guess=_short(self.guess))

    @property
    def en(self) -> str:
        """The sentence in English."""
        return SENTENCES[self.kind][1].format(code=self.code, found=_short(self.found), guess=_short(self.guess))


@dataclass(frozen=True)
class Questionnaire:
    """What was read and all that looks wrong, by line."""

    found: Found
    anomalies: tuple[Anomaly, ...]


def read_questionnaire(lines: Sequence[Line], words: Sequence[str] = ()) -> Questionnaire:
    """Read the lines of a questionnaire. `words` are further phrases that are surely spelt right."""
    found = read_lines(lines)
    said = [anomaly for check in CHECKS for anomaly in check(found)]
    said += _slips(found, (*TERMS, *words))
    return Questionnaire(found, tuple(sorted(set(said), key=lambda each: (each.line, each.kind, each.found))))


def _slips(found: Found, terms: Sequence[str]) -> Iterator[Anomaly]:
    texts = [(row.line, row.code, row.text) for row in found.rows]
    texts += [(pillar.line, "", f"{pillar.title}") for pillar in found.pillars]
    texts += [(line, "", section) for line, section in found.sections]
    texts += [(line.number, "", f"{line.left} {line.right}".strip()) for line in found.beside]
    seen: set[int] = set()
    for line, code, text in texts:
        for slip in slips_in(text, terms):
            seen.add(line)
            yield Anomaly(line, code, slip.kind, slip.found, slip.guess)
    for at, slip in odd_ones([text for _, _, text in texts]):
        if texts[at][0] not in seen:
            yield Anomaly(texts[at][0], texts[at][1], slip.kind, slip.found, slip.guess)


def _codes(found: Found) -> Iterator[Anomaly]:
    first: dict[str, FoundRow] = {}
    before: FoundRow | None = None
    for row in found.rows:
        if row.code in first:
            yield Anomaly(row.line, row.code, "duplicate", str(first[row.code].line))
            continue
        first[row.code] = row
        this, last = sorted_code(row.code), sorted_code(before.code) if before else None
        if before and this and last and this.letters == last.letters and this < last:
            yield Anomaly(row.line, row.code, "order", before.code)
        before = row


def _parents(found: Found) -> Iterator[Anomaly]:
    codes, told = {row.code for row in found.rows}, set()
    for row in found.rows:
        parent = row.code.rpartition(".")[0]
        if "." in parent and parent not in codes and parent not in told:
            told.add(parent)
            yield Anomaly(row.line, row.code, "missing_parent", parent)


def _gaps(found: Found) -> Iterator[Anomaly]:
    codes = {row.code for row in found.rows}
    known = codes | {row.code.rpartition(".")[0] for row in found.rows}
    for row in found.rows:
        stem, number = _NUMBER_AT_END.split(row.code)[:2]
        before = f"{stem}{int(number) - 1}"
        if int(number) > 1 and before not in known and not any(code.startswith(f"{before}.") for code in codes):
            last = next((f"{stem}{n}" for n in range(int(number) - 2, 0, -1) if f"{stem}{n}" in known), "–")
            yield Anomaly(row.line, row.code, "gap", before, last)


def _headings(found: Found) -> Iterator[Anomaly]:
    by_code = {row.code: row for row in found.rows}
    of_section: dict[str, str] = {}
    for row in found.rows:
        parent = by_code.get(row.code.rpartition(".")[0])
        if not row.section:
            yield Anomaly(row.line, row.code, "no_heading")
        elif parent and parent.section != row.section:
            yield Anomaly(row.line, row.code, "odd_heading", row.section, parent.section)
        elif of_section.setdefault(row.section, row.pillar) != row.pillar:
            yield Anomaly(row.line, row.code, "odd_heading", row.section, f"หมวดของ {row.pillar}")


def _informants(found: Found) -> Iterator[Anomaly]:
    by_code = {row.code: row for row in found.rows}
    for row in found.rows:
        parent = by_code.get(row.code.rpartition(".")[0])
        if not row.informant:
            yield Anomaly(row.line, row.code, "no_informant")
        elif row.informants is None:
            near = get_close_matches(row.informant, list(IN_WORDS.values()), n=1)
            yield Anomaly(row.line, row.code, "unknown_informant", row.informant, f"({near[0]}?)" if near else "")
        elif parent and parent.informants and parent.informants is not row.informants:
            yield Anomaly(row.line, row.code, "other_informants", row.informant, parent.informant)


def _wording(found: Found) -> Iterator[Anomaly]:
    parents = {row.code.rpartition(".")[0] for row in found.rows}
    for row in found.rows:
        follows, back = _FOLLOWS.search(row.text), _BACK.search(row.text)
        if not _ASKS.search(row.text):
            yield Anomaly(row.line, row.code, "no_question")
        if follows and not lists_things(row.text) and row.code not in parents:
            yield Anomaly(row.line, row.code, "no_list", follows[0])
        if back and row.window is None:
            yield Anomaly(row.line, row.code, "no_dates", back[0])


def _weights(found: Found) -> Iterator[Anomaly]:
    weighed = [pillar.weight for pillar in found.pillars if pillar.weight is not None]
    if found.pillars and sum(weighed) != 100:
        yield Anomaly(found.pillars[-1].line, "", "weights", f"{sum(weighed, Decimal(0)):f}")
    fed = {row.pillar for row in found.rows}
    for pillar in found.pillars:
        if pillar.weight is None:
            yield Anomaly(pillar.line, "", "no_weight", str(pillar.number))
        if f"P{pillar.number}" not in fed:
            yield Anomaly(pillar.line, "", "no_rows", str(pillar.number))
    headed = {f"P{pillar.number}" for pillar in found.pillars}
    told: set[str] = set()
    for row in found.rows:
        if found.pillars and row.pillar not in headed | told:
            told.add(row.pillar)
            yield Anomaly(row.line, row.code, "no_pillar", row.pillar)


def _nothing(found: Found) -> Iterator[Anomaly]:
    if not found.rows:
        yield Anomaly(1, "", "nothing")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


CHECKS: tuple[Callable[[Found], Iterator[Anomaly]], ...] = (
    _nothing,
    _codes,
    _parents,
    _gaps,
    _headings,
    _informants,
    _wording,
    _weights,
)
