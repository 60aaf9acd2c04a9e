"""พร้อมส่งหรือยัง: what blocks, what warns, what may stand and why, each with a link to the place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.urls import reverse

from phrom.agencies.access import Access
from phrom.results.sheets import last_year_of
from phrom.rules.instrument.load import EditionProblems
from phrom.rules.instrument.model import Edition
from phrom.rules.instrument.portal import load_portal
from phrom.shared.thai.dates import thai_when
from phrom.shared.ui.charts import Bar, BarChart
from phrom.survey.editions import edition_of
from phrom.survey.models import AskState, Justification, Round
from phrom.survey.pages.heads import Choice, RoundHead, round_head
from phrom.survey.readiness import Finding, Judged, judge

SHOWS: dict[str, tuple[str, Callable[[Finding], bool]]] = {
    "all": ("ทั้งหมด", lambda each: True),
    "blocks": ("กีดขวาง", lambda each: each.blocks),
    "warns": ("เตือน ยังไม่มีเหตุผล", lambda each: each.open),
    "justified": ("เตือน มีเหตุผลแล้ว", lambda each: each.justified is not None),
}
GROUPS = {"pillar": "ตามเสาหลัก", "agency": "ตามหน่วยงาน"}
MOST_LINES = 12
PLACES = {"set_without_resolution": "dashboard", "last_total_missing": "dashboard"}


@dataclass(frozen=True)
class Line:
    """One finding as it is shown: where it leads and what was said about it."""

    key: str
    code: str
    row: str
    text: str
    blocks: bool
    url: str
    reason: str
    reason_by: str

    @property
    def tag(self) -> tuple[str, str]:
        """Shape and word."""
        if self.blocks:
            return "stop", "กีดขวาง"
        return ("done", "มีเหตุผลแล้ว") if self.reason else ("wait", "เตือน")


@dataclass(frozen=True)
class Group:
    """The findings of one pillar, one agency, or of the round as a whole."""

    title: str
    lines: tuple[Line, ...]

    @property
    def is_long(self) -> bool:
        """True for more lines than somebody reads at once: they are folded."""
        return len(self.lines) > MOST_LINES


@dataclass(frozen=True)
class Past:
    """A reason whose warning is gone or says something else now."""

    code: str
    row: str
    about: str
    text: str
    by: str


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now."""

    text: str
    url: str
    act: str


@dataclass(frozen=True)
class ReadyPage:
    """What the page shows."""

    head: RoundHead
    blocks: int
    warns: int
    justified: int
    accepted: int
    asked: int
    answered: int
    rows: int
    chart: BarChart
    shows: tuple[Choice, ...]
    show: str
    groupings: tuple[Choice, ...]
    by: str
    groups: tuple[Group, ...]
    past: tuple[Past, ...]
    step: NextStep | None
    may_justify: bool

    @property
    def ready(self) -> bool:
        """True when nothing blocks and every warning has its reason."""
        return not self.blocks and not self.warns


def judged_for(round: Round, today: date, editions: Path) -> Judged:
    """The round judged, with what is known of last year's official total."""
    edition = edition_of(round.survey)
    known = last_year_of(round, edition) is not None
    return judge(round, today=today, editions=editions, last_total=known, limits=_limits(editions, edition))


def _limits(editions: Path, edition: Edition) -> dict[str, int]:
    """How many characters the portal takes for a row; nothing where its file is missing or has defects."""
    try:
        portal = load_portal(editions / edition.id, edition)
    except EditionProblems:
        return {}
    limits = {row.code: portal.limit_of(row, edition.by_code[row.code].kind) for row in portal.rows}
    return {code: limit for code, limit in limits.items() if limit}


def ready_page(round: Round, judged: Judged, access: Access, today: date, *, show: str, by: str) -> ReadyPage:
    """Lay the findings out; no query."""
    show, by = (show if show in SHOWS else "all"), (by if by in GROUPS else "pillar")
    shown = [each for each in judged.findings if SHOWS[show][1](each)]
    return ReadyPage(
        head=round_head(round, access, "ready", today),
        blocks=len(judged.errors),
        warns=len(judged.warnings),
        justified=len(judged.justified),
        accepted=sum(ask.state == AskState.ACCEPTED for ask in judged.asks),
        asked=len(judged.asks),
        answered=sum(judged.merged.sheet.get(row.code).given for row in judged.edition.asked_rows),
        rows=len(judged.edition.asked_rows),
        chart=_chart(round, judged),
        shows=tuple(Choice(key, label, sum(map(test, judged.findings)), key == show) for key, (label, test) in SHOWS.items()),
        show=show,
        groupings=tuple(Choice(key, label, 0, key == by) for key, label in GROUPS.items()),
        by=by,
        groups=_groups(round, judged.edition, shown, by),
        past=tuple(_past(each) for each in judged.void),
        step=None if round.is_frozen else _step(round, judged, access),
        may_justify=access.can("answer.consolidate", round.body) and not round.is_frozen,
    )


def _step(round: Round, judged: Judged, access: Access) -> NextStep | None:
    if judged.errors:
        return NextStep("เริ่มจากข้อที่กีดขวางข้อแรก", _url(round, judged.errors[0]), "ไปแก้ข้อแรก")
    if judged.warnings:
        return NextStep("ไม่มีข้อกีดขวางแล้ว เหลือข้อเตือนที่ต้องแก้หรือให้เหตุผล", _url(round, judged.warnings[0]), "ไปดูข้อเตือนแรก")
    if access.can("round.freeze", round.body):
        return NextStep("ครบแล้ว ขั้นต่อไปคือเสนอและปิดชุดคำตอบของจังหวัด", reverse("freeze", args=[round.pk]), "ไปหน้าปิดรอบ")
    return None


def _groups(round: Round, edition: Edition, findings: list[Finding], by: str) -> tuple[Group, ...]:
    titles = {pillar.code: f"{pillar.code} {pillar.title}" for pillar in edition.pillars}
    gathered: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        row = edition.by_code.get(each.problem.row)
        if by == "agency":
            gathered[each.agency.name if each.agency else "ของจังหวัด"].append(each)
        else:
            gathered[titles[row.pillar] if row else "งานของรอบ"].append(each)
    order = list(titles.values())
    names = sorted(gathered, key=lambda name: (order.index(name) if name in order else len(order), name))
    return tuple(Group(name, tuple(_line(round, each) for each in gathered[name])) for name in names)


def _line(round: Round, finding: Finding) -> Line:
    problem, said = finding.problem, finding.justified
    return Line(
        key=finding.key,
        code=problem.code,
        row=problem.row,
        text=problem.th,
        blocks=finding.blocks,
        url=_url(round, finding),
        reason=said.text if said else "",
        reason_by=f"{said.by.name} {thai_when(said.at)}" if said else "",
    )


def _url(round: Round, finding: Finding) -> str:
    """The exact place: the agency's row, the agency, the province's row, or the page where the matter is settled."""
    if finding.ask_id:
        return reverse("review_ask", args=[finding.ask_id])
    if finding.agency:
        return reverse("board_cell", args=[round.pk, finding.agency.pk])
    if finding.problem.row:
        return reverse("consolidation_row", args=[round.pk, finding.problem.row])
    return reverse(PLACES.get(finding.problem.rule, "board"), args=[round.pk])


def _past(reason: Justification) -> Past:
    return Past(reason.check_code, reason.code, reason.about, reason.text, f"{reason.by.name} {thai_when(reason.at)}")


def _chart(round: Round, judged: Judged) -> BarChart:
    """How much of each pillar is free of findings that are open."""
    open_rows = {each.problem.row for each in judged.findings if each.blocks or each.open}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in judged.findings:
        row = judged.edition.by_code.get(each.problem.row)
        if row:
            counts[row.pillar]["blocks" if each.blocks else "warns" if each.open else "justified"] += 1
    return BarChart(
        title="ข้อคำถามที่ไม่มีสิ่งค้าง (ร้อยละของข้อในเสาหลัก)",
        value_label="ร้อยละ",
        note_label="สิ่งค้าง",
        bars=tuple(
            Bar(
                code=pillar.code,
                label=pillar.title,
                value=_share([row.code for row in judged.edition.rows_of(pillar.code)], open_rows),
                note=f"กีดขวาง {counts[pillar.code]['blocks']} เตือน {counts[pillar.code]['warns']}",
            )
            for pillar in judged.edition.pillars
        ),
    )


def _share(codes: list[str], open_rows: set[str]) -> Decimal | None:
    free = sum(code not in open_rows for code in codes)
    return (Decimal(100 * free) / len(codes)).quantize(Decimal("0.01")) if codes else None
