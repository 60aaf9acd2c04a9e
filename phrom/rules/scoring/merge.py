"""Many agencies' sheets into the province's one, row by row, with who said what and why it was used or not.

DGA publishes no rule for this; the edition names one a row (`merge`), and a person may decide otherwise (`overrides`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from phrom.rules.instrument.model import Edition, Kind, Merge, Question
from phrom.rules.scoring.claims import amount, answered, fits, in_range, missing_slots, parent_alone, positive
from phrom.rules.scoring.combine import counted_once, intersection, joined_text, least, one_of, total, union
from phrom.rules.scoring.path import condition_th, on_path
from phrom.rules.scoring.sheet import AgencySheet, Answer, AnswerSheet, Stance, Value

OVERRIDDEN = "ผู้ประสานงานกำหนดคำตอบของจังหวัดเองแทนข้อเสนอตามเกณฑ์"
CONFIRMING = "ยืนยันคำตอบของ{owner}"


@dataclass(frozen=True)
class Source:
    """What one agency said to one row, whether it was used, and one Thai sentence why."""

    agency: str
    name: str
    answer: Answer
    used: bool
    because: str
    lead: bool = False


@dataclass(frozen=True)
class Provenance:
    """How the province's answer to one row came about. `proposed` is what the rule gave, also when a person overrode it."""

    rule: Merge
    answer: Answer
    because: str
    sources: tuple[Source, ...]
    overridden: bool
    proposed: Answer

    @property
    def conflicts(self) -> tuple[Source, ...]:
        """Who says something else than what is proposed: a person must look before the row is taken.

        Said so outright, or on an owner's row answered with another value than the owner's.
        """
        return tuple(source for source in self.sources if self._contradicts(source))

    def _contradicts(self, source: Source) -> bool:
        answer = source.answer
        if source.used or not answered(answer.value) or answer.value == self.proposed.value:
            return False
        return answer.stance is Stance.DIFFERS or (self.rule is Merge.OWNER and self.proposed.given)


@dataclass(frozen=True)
class Merged:
    """The provincial sheet (only rows with an answer) and the provenance of every asked row."""

    sheet: AnswerSheet
    rows: Mapping[str, Provenance]


@dataclass(frozen=True)
class Outcome:
    """What a rule decides: the answer, why, and for each agency that is not used the reason; the others are used."""

    answer: Answer
    because: str
    rejected: Mapping[str, str]


def merge(
    edition: Edition,
    sheets: Sequence[AgencySheet],
    overrides: Mapping[str, Answer] | None = None,
    *,
    on_its_word: bool = False,
    only: Collection[str] | None = None,
) -> Merged:
    """The provincial sheet. The order of `sheets` does not matter. Refused: an agency twice, an override of no asked row.

    `on_its_word` believes a claim without its evidence: what the province would say if every paper came. `only` limits the
    work to some rows; the others are missing in what comes back.
    """
    agencies = sorted(sheets, key=lambda sheet: sheet.agency)
    if len({sheet.agency for sheet in agencies}) < len(agencies):
        raise ValueError("an agency has two sheets")
    overrides = overrides or {}
    if unknown := sorted(overrides.keys() - {row.code for row in edition.asked_rows}):
        raise ValueError(f"overrides of rows that are not asked: {', '.join(unknown)}")
    asked = [(sheet, rows, on_path(edition, sheet.sheet, rows)) for sheet, rows in ((each, each.rows) for each in agencies)]
    rows = {
        row.code: _row(
            row.model_copy(update={"evidence": ()}) if on_its_word and row.evidence else row,
            [_source(row, sheet, row.code in path) for sheet, codes, path in asked if row.code in codes],
            overrides.get(row.code),
        )
        for row in edition.asked_rows
        if only is None or row.code in only
    }
    return Merged(AnswerSheet({code: row.answer for code, row in rows.items() if row.answer.given}), rows)


def _row(question: Question, sources: Sequence[Source], override: Answer | None) -> Provenance:
    rule = question.merge or Merge.OWNER
    standing = [source for source in sources if source.answer.stance is not Stance.CONFIRMS]
    outcome = _with_confirmations(_decide(question, rule, standing), len(sources) - len(standing))
    reasons = outcome.rejected
    confirming = CONFIRMING.format(owner=_owner_name(sources))
    told = tuple(_told(question, source, reasons, confirming) for source in sources)
    answer = outcome.answer if override is None else override
    because = outcome.because if override is None else f"{OVERRIDDEN} (เกณฑ์เสนอว่า: {outcome.because})"
    return Provenance(rule, answer, because, told, override is not None, outcome.answer)


def _told(question: Question, source: Source, reasons: Mapping[str, str], confirming: str) -> Source:
    if source.answer.stance is Stance.CONFIRMS:
        return replace(source, used=False, because=confirming)
    if not source.used:
        return source
    return replace(source, used=source.agency not in reasons, because=reasons.get(source.agency, _used(question, source)))


def _owner_name(sources: Sequence[Source]) -> str:
    """Whose answer is confirmed: the lead's, else that of whoever proved it."""
    return next((source.name for source in sources if source.lead), "หน่วยงานที่พิสูจน์แล้ว")


def _with_confirmations(outcome: Outcome, confirmed: int) -> Outcome:
    """A confirmation is settled: it is neither used nor waited for, and never changes what is proposed."""
    if not confirmed:
        return outcome
    return replace(outcome, because=f"{outcome.because} อีก {confirmed} หน่วยงานยืนยันตาม")


def _source(question: Question, sheet: AgencySheet, on_its_path: bool) -> Source:
    """The agency's answer with the first reason why it cannot be used at all; `used` stays True when there is none."""
    answer = sheet.sheet.get(question.code)
    reason = _unusable(question, answer, on_its_path)
    return Source(sheet.agency, sheet.name, answer, not reason, reason, question.code in sheet.lead)


def _unusable(question: Question, answer: Answer, on_its_path: bool) -> str:
    if not answer.given:
        return "ยังไม่ได้ตอบ"
    if not on_its_path:
        condition = condition_th(question.asked_when) if question.asked_when else "อยู่ในเส้นทางคำถาม"
        return f"ไม่ใช้ เพราะข้อนี้ถามเมื่อ{condition}เท่านั้น"
    if not answered(answer.value):
        return f"แจ้งว่าตอบไม่ได้: {answer.cannot}"
    if not fits(question, answer.value) or not in_range(question, answer.value):
        return "ไม่ใช้ เพราะคำตอบไม่ตรงกับชนิดหรือช่วงค่าของข้อคำถาม"
    if positive(answer.value) and parent_alone(question, answer):
        return "ไม่ใช้ เพราะเป็นสิ่งที่กรมต้นสังกัดจัดให้เพียงฝ่ายเดียว ข้อนี้นับเฉพาะส่วนที่นอกเหนือจากกรมต้นสังกัด"
    return ""


def _used(question: Question, source: Source) -> str:
    lacking = missing_slots(question, source.answer) if positive(source.answer.value) else ()
    remark = f" แต่ยังไม่มีหลักฐาน: {', '.join(slot.name for slot in lacking)}" if lacking else ""
    return f"ใช้เป็นคำตอบของจังหวัด{remark}"


def _decide(question: Question, rule: Merge, sources: Sequence[Source]) -> Outcome:
    usable = [source for source in sources if source.used]
    if rule is Merge.OWNER:
        return _owner(question, sources)
    if not usable:
        return _nothing_usable(question, sources)
    return RULES[rule](question, usable, sources)


def _nothing_usable(question: Question, sources: Sequence[Source]) -> Outcome:
    """Only the parent department's things were claimed: that means none. Only "cannot": the province cannot. Else: open."""
    if any(positive(source.answer.value) and parent_alone(question, source.answer) for source in sources):
        return Outcome(none_of(question), "มีแต่สิ่งที่กรมต้นสังกัดจัดให้ จึงถือว่าจังหวัดไม่มีส่วนที่นอกเหนือจากนั้น", {})
    cannot = [source for source in sources if source.answer.cannot]
    if cannot and len(cannot) == len(sources):
        reasons = "\n".join(f"{source.name}: {source.answer.cannot}" for source in cannot)
        return Outcome(Answer(cannot=reasons), "ทุกหน่วยงานที่ถูกถามแจ้งว่าตอบไม่ได้", {})
    return Outcome(Answer(), "ยังไม่มีคำตอบที่ใช้ได้จากหน่วยงานใด", {})


def none_of(question: Question) -> Answer:
    """The answer that says "there is none" where the row's kind can say it; else no answer."""
    nothing: dict[Kind, Value] = {Kind.YES_NO: False, Kind.MANY: (), Kind.COUNT: 0}
    return Answer(value=nothing.get(question.kind))


def _owner(question: Question, sources: Sequence[Source]) -> Outcome:
    """The lead's answer. Where nobody leads and one agency alone was asked, that one is the owner."""
    leads = [source for source in sources if source.lead] or (list(sources) if len(sources) == 1 else [])
    others = {source.agency: "ไม่ใช้ เพราะไม่ใช่หน่วยงานเจ้าของข้อนี้" for source in sources if source not in leads}
    if not leads:
        return Outcome(Answer(), "ยังไม่มีหน่วยงานเจ้าของข้อนี้ ผู้ประสานงานต้องกำหนดคำตอบ", others)
    usable = [source for source in leads if source.used]
    if not usable:
        return replace(_nothing_usable(question, leads), rejected=others)
    owner = usable[0]
    others |= {each.agency: f"ไม่ใช้ เพราะใช้คำตอบของ{owner.name}" for each in usable[1:]}
    adding = [source for source in sources if source.used and source not in leads and source.answer.stance is Stance.ADDS]
    if not adding:
        return Outcome(owner.answer, f"ใช้คำตอบของ{owner.name}ซึ่งเป็นเจ้าของข้อ", others)
    together = [(source.name, source.answer) for source in (owner, *adding)]
    answer = joined_text(question, together) if question.kind is Kind.TEXT else one_of(question, owner.answer, together)
    because = f"ใช้คำตอบของ{owner.name}ซึ่งเป็นเจ้าของข้อ พร้อมส่วนที่{adding[0].name}เพิ่มเติม"
    return Outcome(answer, because, {name: why for name, why in others.items() if name not in {each.agency for each in adding}})


def _any_with_evidence(question: Question, usable: Sequence[Source], sources: Sequence[Source]) -> Outcome:
    """A proved claim of one agency is the province's; the best one decides, the others add detail and evidence."""
    claims = [source for source in usable if positive(source.answer.value)]
    proved = [source for source in claims if not missing_slots(question, source.answer)]
    rejected = {
        source.agency: f"ไม่ใช้ เพราะยังไม่มีหลักฐาน: {', '.join(slot.name for slot in missing_slots(question, source.answer))}"
        for source in claims
        if source not in proved
    }
    if proved:
        best = min(proved, key=lambda each: _rank(question, each))
        rejected |= {source.agency: "ไม่ใช้ เพราะมีหน่วยงานอื่นที่มีและมีหลักฐาน" for source in usable if source not in claims}
        answer = one_of(question, best.answer, [(source.name, source.answer) for source in proved])
        return Outcome(answer, f"{best.name}ตอบว่ามีและมีหลักฐาน จึงถือว่าจังหวัดมี", rejected)
    denied = [source for source in usable if source not in claims]
    because = "มีหน่วยงานตอบว่ามีแต่ไม่มีหลักฐานที่ใช้ได้ จึงถือว่าไม่มี" if claims else "ไม่มีหน่วยงานใดตอบว่ามี"
    return Outcome(denied[0].answer if denied and not claims else none_of(question), because, rejected)


def _rank(question: Question, source: Source) -> tuple[int, bool, int, str]:
    return (-amount(question, source.answer), not source.lead, -len(source.answer.proofs), source.agency)


def _all(question: Question, usable: Sequence[Source], sources: Sequence[Source]) -> Outcome:
    """What every agency has. One that has none, or only the parent's, decides; one that has not answered keeps it open."""
    parents = [each for each in sources if positive(each.answer.value) and parent_alone(question, each.answer)]
    lacking = [source for source in usable if not positive(source.answer.value)] + parents
    if lacking:
        rejected = {each.agency: f"ไม่ใช้ เพราะ{lacking[0].name}ไม่มี" for each in usable if each not in lacking}
        return Outcome(none_of(question), f"ต้องมีครบทุกหน่วยงาน แต่{lacking[0].name}ไม่มี", rejected)
    waiting = [source for source in sources if not source.answer.given]
    if waiting:
        rejected = {each.agency: "ยังไม่ใช้ เพราะต้องรอคำตอบให้ครบทุกหน่วยงาน" for each in usable}
        return Outcome(Answer(), f"ต้องรอคำตอบให้ครบทุกหน่วยงาน ยังขาด{waiting[0].name}", rejected)
    fewest = intersection if question.kind is Kind.MANY else least
    return Outcome(fewest(question, [(each.name, each.answer) for each in usable]), "ทุกหน่วยงานที่ตอบได้ตอบว่ามี", {})


def _gather(how: Callable[..., Answer], because: str) -> Callable[[Question, Sequence[Source], Sequence[Source]], Outcome]:
    """A rule that uses every usable answer, but not one that differs from the owner's: both together would count twice."""

    def rule(question: Question, usable: Sequence[Source], sources: Sequence[Source]) -> Outcome:
        owner = next((source for source in usable if source.lead and source.answer.stance is not Stance.DIFFERS), None)
        differing = [source for source in usable if owner and source is not owner and source.answer.stance is Stance.DIFFERS]
        counted = [source for source in usable if source not in differing]
        rejected = {each.agency: f"ไม่ใช้ เพราะต่างจากคำตอบของ{owner.name}" for each in differing if owner}
        answer = how(question, [(source.name, source.answer) for source in counted])
        listed = counted_once(source.answer for source in counted)
        return Outcome(answer, because.format(used=len(counted), asked=len(sources), listed=listed), rejected)

    return rule


RULES: dict[Merge, Callable[[Question, Sequence[Source], Sequence[Source]], Outcome]] = {
    Merge.ANY_WITH_EVIDENCE: _any_with_evidence,
    Merge.ALL: _all,
    Merge.UNION: _gather(union, "รวมทุกรายการที่หน่วยงานเลือก ใช้ {used} จาก {asked} หน่วยงาน"),
    Merge.SUM: _gather(total, "รวมจำนวนของทุกหน่วยงาน ใช้ {used} จาก {asked} หน่วยงาน{listed}"),
    Merge.TEXT: _gather(joined_text, "เรียงข้อความของทุกหน่วยงานต่อกัน ใช้ {used} จาก {asked} หน่วยงาน"),
}
