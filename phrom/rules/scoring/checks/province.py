"""What is wrong with the province's answers as a whole: agencies side by side, what was decided, last year beside this one.

A check of one sheet cannot see these. Each rule yields `Found`; `check_province` adds the checks of the merged sheet itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from phrom.rules.instrument.model import Edition, Kind, Merge, Question
from phrom.rules.scoring.checks import check
from phrom.rules.scoring.checks.case import Problem, severity_of
from phrom.rules.scoring.claims import positive
from phrom.rules.scoring.merge import Merged, Provenance, Source
from phrom.rules.scoring.path import on_path
from phrom.rules.scoring.sheet import Answer, AnswerSheet
from phrom.rules.scoring.windows import Place, place
from phrom.rules.scoring.words import detail_in_words, value_in_words

SHORTEST_TEXT = 20
ALIKE_ROWS = 3
FACTOR, SMALL_COUNT, PERCENT_POINTS = 2, 5, 30
BODY_ONLY = "URL ของจังหวัด"


@dataclass(frozen=True)
class Province:
    """What these rules look at. `last_year` holds last year's provincial answers under this year's codes; `site_word` is the
    word that the province's own web addresses hold (empty: not known); `limits` are how many characters the surveyor's portal
    takes for a row, where that is known."""

    edition: Edition
    merged: Merged
    last_year: AnswerSheet = field(default_factory=AnswerSheet)
    last_fiscal_year: int = 0
    site_word: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[Question, Provenance]]:
        """Rows that the province is to answer, with how their answer came about."""
        path = on_path(self.edition, self.merged.sheet)
        return ((row, self.merged.rows[row.code]) for row in self.edition.asked_rows if row.code in path)

    def claims(self) -> Iterator[tuple[Question, Provenance]]:
        """Rows where the province claims that there is something."""
        return ((row, found) for row, found in self.rows() if positive(found.answer.value))


@dataclass(frozen=True)
class Found:
    """One finding of a rule about the province; `agency` is the code of the one it is about, if one."""

    row: str
    th: str
    en: str
    agency: str = ""


ProvinceRule = Callable[[Province], Iterator[Found]]


def agencies_disagree(province: Province) -> Iterator[Found]:
    """Where one voice is wanted and two are heard, a person decides."""
    for row, found in province.rows():
        if found.overridden:
            continue
        voices = [source for source in found.sources if source.used or (source.lead and source.answer.given)]
        if found.rule is Merge.OWNER:
            voices = [source for source in voices if source.lead] or voices
        elif found.rule is not Merge.ALL:
            continue
        said = {repr(source.answer.value): source for source in voices if source.answer.value is not None}
        if len(said) > 1:
            told = "; ".join(f"{each.name} ตอบ {value_in_words(row, each.answer)}" for each in list(said.values())[:3])
            yield Found(row.code, f"หน่วยงานตอบไม่ตรงกันและยังไม่ได้ตัดสิน: {told}", "Agencies disagree and nobody decided yet.")


def same_paper_both_ways(province: Province) -> Iterator[Found]:
    """One paper cannot prove "yes" at one agency while another that holds it says "no"."""
    for row, found in province.rows():
        holders = _by_paper(found.sources)
        for name, sources in holders.values():
            yes = [source for source in sources if positive(source.answer.value)]
            no = [source for source in sources if source.answer.value is False or source.answer.value == 0]
            if yes and no:
                th = f"หลักฐาน “{name}” ใช้ตอบว่ามีที่{yes[0].name} แต่{no[0].name}ซึ่งแนบฉบับเดียวกันตอบว่าไม่มี"
                yield Found(row.code, th, f"“{name}” proves yes at one agency while another that attached it says no.")


def far_from_last_year(province: Province) -> Iterator[Found]:
    """A figure that doubled, halved or moved by thirty points has a reason, or is a slip."""
    for row, found in province.rows():
        now, then = found.answer.value, province.last_year.get(row.code).value
        if not _number(now) or not _number(then):
            continue
        this, last = Decimal(str(now)), Decimal(str(then))
        far = abs(this - last) >= PERCENT_POINTS if row.kind is Kind.PERCENT else _counts_far(this, last)
        if far:
            th = f"ตอบ {now} ห่างจากปี {province.last_fiscal_year} ซึ่งตอบ {then} มาก กรุณาตรวจหรือบอกเหตุผล"
            yield Found(row.code, th, f"{now} is far from {then} in {province.last_fiscal_year}.")


def gone_since_last_year(province: Province) -> Iterator[Found]:
    """What the province had last year and has no more was abolished, or is forgotten."""
    for row, found in province.rows():
        if found.answer.value is False and province.last_year.get(row.code).value is True:
            th = f"ปี {province.last_fiscal_year} จังหวัดตอบว่ามี ปีนี้ตอบว่าไม่มี กรุณาตรวจหรือบอกเหตุผล"
            yield Found(row.code, th, f"Yes in {province.last_fiscal_year}, no this year.")


def same_words_at_agencies(province: Province) -> Iterator[Found]:
    """Details that are the same letter by letter were copied; each agency should say its own."""
    for row, found in province.rows():
        texts: dict[str, list[Source]] = defaultdict(list)
        for source in found.sources:
            text = _text(row, source.answer)
            if source.answer.given and len(text) >= SHORTEST_TEXT:
                texts[text].append(source)
        for sources in texts.values():
            if len(sources) > 1:
                names = ", ".join(source.name for source in sources[:3])
                th = f"ข้อความของ {len(sources)} หน่วยงานเหมือนกันทุกตัวอักษร: {names}"
                yield Found(row.code, th, f"{len(sources)} agencies wrote the same words.")


def cannot_reasons_alike(province: Province) -> Iterator[Found]:
    """The same reason for "cannot answer" on many rows was pasted; said once for each agency."""
    reasons: dict[tuple[str, str], list[tuple[str, Source]]] = defaultdict(list)
    for row, found in province.rows():
        for source in found.sources:
            if source.answer.cannot.strip():
                reasons[source.agency, _plain(source.answer.cannot)].append((row.code, source))
    for (agency, _), rows in reasons.items():
        if len(rows) >= ALIKE_ROWS:
            code, source = rows[0]
            th = f"{source.name} ให้เหตุผล “{source.answer.cannot.strip()}” ซ้ำกัน {len(rows)} ข้อ"
            yield Found(code, th, f"{source.name} gives the same reason on {len(rows)} rows.", agency)


def address_of_another(province: Province) -> Iterator[Found]:
    """Where only the province's own address counts, an address without its name is probably an office's or a ministry's."""
    for row, found in province.claims():
        if row.kind is not Kind.URL or BODY_ONLY not in row.text or not province.site_word:
            continue
        host = host_of(str(found.answer.value))
        if host and province.site_word not in host.replace("-", ""):
            th = f"ข้อนี้นับเฉพาะเว็บของจังหวัด แต่ {host} อาจเป็นของหน่วยงานอื่น กรุณาตรวจ"
            yield Found(row.code, th, f"Only the province's own site counts; {host} may be another's.")


def nothing_inside_window(province: Province) -> Iterator[Found]:
    """A provincial yes should rest on at least one paper that lies wholly inside the row's window."""
    for row, found in province.claims():
        proofs = found.answer.proofs
        if row.window and proofs and not any(place(row.window, proof) is Place.INSIDE for proof in proofs):
            th = f"ไม่มีหลักฐานใดใน {len(proofs)} รายการที่อยู่ในช่วงวันที่ของข้อนี้ทั้งหมด"
            yield Found(row.code, th, "No evidence lies wholly inside the row's window.")


def decided_against_everybody(province: Province) -> Iterator[Found]:
    """The province may decide otherwise than every agency said; an auditor will ask why."""
    for row, found in province.claims():
        given = [source for source in found.sources if source.answer.given]
        if found.overridden and given and not any(positive(source.answer.value) for source in given):
            th = "จังหวัดตอบว่ามี แต่ไม่มีหน่วยงานใดตอบว่ามี กรุณาตรวจเหตุผลที่บันทึกไว้"
            yield Found(row.code, th, "The province says yes while no agency does.")


def province_cannot(province: Province) -> Iterator[Found]:
    """A scored row that the province cannot answer earns nothing."""
    for row, found in province.rows():
        if found.answer.cannot and row.points:
            yield Found(row.code, "จังหวัดแจ้งว่าตอบไม่ได้ ข้อนี้มีคะแนนและจะได้ 0", "Cannot be answered; the row earns 0.")


def too_long_for_the_portal(province: Province) -> Iterator[Found]:
    """What does not fit into the portal's box has to be shortened by somebody; it is never cut."""
    for row, found in province.rows():
        words = (value_in_words(row, found.answer), detail_in_words(row, found.answer)) if found.answer.given else ()
        length = len("\n".join(part for part in words if part).encode("utf-16-le")) // 2
        limit = province.limits.get(row.code)
        if limit and length > limit:
            th = f"คำตอบยาว {length} ตัวอักษร เกินช่องของระบบที่จะกรอก ({limit}) กรุณาย่อข้อความ"
            yield Found(row.code, th, f"{length} characters; the portal takes {limit}.")


RULES: tuple[tuple[str, ProvinceRule], ...] = (
    ("W20", agencies_disagree),
    ("W21", same_paper_both_ways),
    ("W22", far_from_last_year),
    ("W23", gone_since_last_year),
    ("W24", same_words_at_agencies),
    ("W25", cannot_reasons_alike),
    ("W26", address_of_another),
    ("W27", nothing_inside_window),
    ("W28", decided_against_everybody),
    ("W29", province_cannot),
    ("W30", too_long_for_the_portal),
)


def host_of(address: str) -> str:
    """The host of a web address; empty where there is none or it is no address."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def check_province(province: Province, *, today: date | None = None) -> list[Problem]:
    """Every problem of the provincial answers: those of the merged sheet, then those that only many sheets show."""
    found = check(province.edition, province.merged.sheet, today=today)
    for code, rule in RULES:
        found += [
            Problem(rule.__name__, each.row, severity_of(code), each.th, each.en, code, each.agency) for each in rule(province)
        ]
    return found


def _by_paper(sources: Sequence[Source]) -> dict[str, tuple[str, list[Source]]]:
    papers: dict[str, tuple[str, list[Source]]] = {}
    for source in sources:
        for ref, name in {proof.ref: proof.name for proof in source.answer.proofs if proof.ref}.items():
            papers.setdefault(ref, (name, []))[1].append(source)
    return papers


def _number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _counts_far(this: Decimal, last: Decimal) -> bool:
    low, high = sorted((this, last))
    return high - low >= SMALL_COUNT and high >= FACTOR * low


def _text(row: Question, answer: Answer) -> str:
    text = answer.value if row.kind is Kind.TEXT else answer.detail
    return _plain(text) if isinstance(text, str) else ""


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
