"""What waits in the work of a round, as pure functions over values: who has not sent, what was not looked at.

`phrom.survey.readiness` reads the values. Codes from 40 on are here; the answers themselves are judged by
`phrom.rules.scoring.checks`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from phrom.agencies.models import Agency
from phrom.rules.instrument.model import Edition, Merge
from phrom.rules.scoring.checks.case import Problem, severity_of
from phrom.rules.scoring.checks.province import Found
from phrom.survey.models import AskState
from phrom.survey.sheets import SENT


@dataclass(frozen=True)
class Standing:
    """One standing ask and what waits about it."""

    id: int
    code: str
    agency: Agency
    lead: bool
    state: str
    given: bool
    inquiry: bool = False
    infected: bool = False
    unscanned: bool = False
    carried: bool = False
    outlived: bool = False


@dataclass(frozen=True)
class Decision:
    """The province's own answer to a row, when it was decided, and when the newest answer under it was saved."""

    code: str
    at: datetime
    newest: datetime | None


@dataclass(frozen=True)
class Work:
    """What the rules about the work look at. `last_total`: the official total of the year before is known."""

    edition: Edition
    asks: tuple[Standing, ...]
    decisions: tuple[Decision, ...] = ()
    proposed_without_resolution: bool = False
    last_total: bool = True

    def by_agency(self, test: Callable[[Standing], bool]) -> Iterator[tuple[Agency, list[Standing]]]:
        """The agencies that have such asks, with them."""
        found: dict[int, list[Standing]] = defaultdict(list)
        for ask in self.asks:
            if test(ask):
                found[ask.agency.pk].append(ask)
        return ((asks[0].agency, asks) for asks in found.values())


WorkRule = Callable[[Work], Iterator[Found]]


def owner_silent(work: Work) -> Iterator[Found]:
    """A row that only its owner answers waits for the owner."""
    for ask in work.asks:
        if work.edition.by_code[ask.code].merge is Merge.OWNER and ask.lead and not ask.given:
            th = f"{ask.agency.name} เป็นเจ้าของข้อนี้ และยังไม่ได้ตอบ"
            yield Found(ask.code, th, "The owner of the row has not answered.", ask.agency.code)


def evidence_infected(work: Work) -> Iterator[Found]:
    """Evidence in which malware was found is handed to nobody; the row needs another."""
    for ask in work.asks:
        if ask.infected:
            th = f"หลักฐานของ{ask.agency.name}ติดมัลแวร์ ต้องแนบไฟล์ใหม่"
            yield Found(ask.code, th, "Malware was found in the evidence.", ask.agency.code)


def agency_silent(work: Work) -> Iterator[Found]:
    """An agency of which nothing was sent."""
    for agency, asks in work.by_agency(lambda ask: True):
        if all(ask.state in (AskState.OPEN, AskState.WITH_HEAD) for ask in asks):
            th = f"{agency.name}ยังไม่ส่งคำตอบข้อใดเลย จากที่ถาม {len(asks)} ข้อ"
            yield Found("", th, "The agency has sent nothing.", agency.code)


def partly_sent(work: Work) -> Iterator[Found]:
    """An agency that sent some rows and not the others."""
    for agency, asks in work.by_agency(lambda ask: True):
        rest = [ask.code for ask in asks if ask.state == AskState.OPEN]
        if rest and any(ask.state in SENT for ask in asks):
            yield Found("", f"{agency.name}ยังไม่ส่ง {_codes(rest)}", "Some rows were not sent.", agency.code)


def returned_unanswered(work: Work) -> Iterator[Found]:
    """Rows that were sent back and did not come again."""
    for agency, asks in work.by_agency(lambda ask: ask.state == AskState.RETURNED):
        th = f"ส่งกลับให้{agency.name}แก้ไขแล้ว ยังไม่ได้รับคืน {_codes([ask.code for ask in asks])}"
        yield Found("", th, "Returned rows did not come back.", agency.code)


def waits_for_head(work: Work) -> Iterator[Found]:
    """Rows that the head of the agency has not let go."""
    for agency, asks in work.by_agency(lambda ask: ask.state == AskState.WITH_HEAD):
        th = f"รอหัวหน้า{agency.name}เห็นชอบ {_codes([ask.code for ask in asks])}"
        yield Found("", th, "The head of the agency has not approved.", agency.code)


def waits_for_review(work: Work) -> Iterator[Found]:
    """Rows that were sent and not looked at are left out of the set."""
    for agency, asks in work.by_agency(lambda ask: ask.state == AskState.SUBMITTED):
        th = f"คำตอบของ{agency.name}รอตรวจ {_codes([ask.code for ask in asks])} ถ้าไม่ตรวจจะไม่ถูกรวม"
        yield Found("", th, "Sent answers wait for review; they would be left out.", agency.code)


def inquiry_open(work: Work) -> Iterator[Found]:
    """A question about a row that was not settled."""
    for ask in work.asks:
        if ask.inquiry:
            th = f"ข้อซักถามถึง{ask.agency.name}ยังไม่ปิด"
            yield Found(ask.code, th, "An inquiry is still open.", ask.agency.code)


def evidence_unscanned(work: Work) -> Iterator[Found]:
    """Evidence that the scanner has not looked at cannot be opened nor handed in."""
    for agency, asks in work.by_agency(lambda ask: ask.unscanned):
        th = f"หลักฐานของ{agency.name}รอตรวจมัลแวร์ {_codes([ask.code for ask in asks])}"
        yield Found("", th, "Evidence waits for the malware scanner.", agency.code)


def carried_unconfirmed(work: Work) -> Iterator[Found]:
    """Last year's text beside a row is no answer."""
    for agency, asks in work.by_agency(lambda ask: ask.carried and not ask.given):
        th = f"{agency.name}มีข้อความจากปีก่อนที่ยังไม่ยืนยันและยังไม่ได้ตอบ {_codes([ask.code for ask in asks])}"
        yield Found("", th, "Last year's texts were not confirmed; they do not count.", agency.code)


def decision_older_than_sources(work: Work) -> Iterator[Found]:
    """What the province decided may rest on answers that were changed since."""
    for decision in work.decisions:
        if decision.newest and decision.newest > decision.at:
            th = "หน่วยงานแก้คำตอบหลังจากที่จังหวัดกำหนดคำตอบเอง กรุณาดูอีกครั้ง"
            yield Found(decision.code, th, "An agency changed its answer after the province decided.")


def confirmation_older_than_answer(work: Work) -> Iterator[Found]:
    """Who confirmed an owner's answer has not said that it holds as it stands now."""
    for ask in work.asks:
        if ask.outlived:
            th = f"{ask.agency.name}ยืนยันไว้ก่อนที่หน่วยงานหลักจะแก้คำตอบ จึงยังไม่ได้ยืนยันคำตอบปัจจุบัน"
            yield Found(ask.code, th, "The owner changed its answer after this agency confirmed it.", ask.agency.code)


def set_without_resolution(work: Work) -> Iterator[Found]:
    """A set that was laid before a second person without a resolution of the committee."""
    if work.proposed_without_resolution:
        yield Found("", "ชุดคำตอบที่เสนอไว้ไม่ได้อ้างมติที่ประชุม", "The proposed set names no resolution.")


def last_total_missing(work: Work) -> Iterator[Found]:
    """The KPI counts from last year's official total."""
    if not work.last_total:
        year = work.edition.fiscal_year - 1
        yield Found("", f"ยังไม่ได้บันทึกคะแนนทางการปี {year} จึงคิดตัวชี้วัดเทียบปีก่อนไม่ได้", f"The total of {year} is missing.")


RULES: tuple[tuple[str, WorkRule], ...] = (
    ("E40", owner_silent),
    ("E41", evidence_infected),
    ("W40", agency_silent),
    ("W41", partly_sent),
    ("W42", returned_unanswered),
    ("W43", waits_for_head),
    ("W44", waits_for_review),
    ("W45", inquiry_open),
    ("W46", evidence_unscanned),
    ("W47", carried_unconfirmed),
    ("W48", decision_older_than_sources),
    ("W49", set_without_resolution),
    ("W50", last_total_missing),
    ("W51", confirmation_older_than_answer),
)


def check_work(work: Work) -> list[Problem]:
    """Every problem of the work, by rule."""
    return [
        Problem(rule.__name__, each.row, severity_of(code), each.th, each.en, code, each.agency)
        for code, rule in RULES
        for each in rule(work)
    ]


def _codes(codes: list[str]) -> str:
    """ "3 ข้อ (P1.1, P1.2, P2.1)", the first six by name."""
    more = " ..." if len(codes) > 6 else ""
    return f"{len(codes)} ข้อ ({', '.join(codes[:6])}{more})"
