"""The drive on one page: where it stands in a sentence, what comes next, and every figure with the rows behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse

from phrom.agencies.access import Access
from phrom.rollout.adoption import NOT_COUNTED, Adoption, Line, adoption_of, stages_in_order
from phrom.rollout.models import Holdback, HoldbackReason, Party, Programme, Stage, SupportCase, Target
from phrom.rollout.scopes import MANAGE, SUPPORT, local_governments_of, programmes_within
from phrom.rollout.tiles import places_of
from phrom.rollout.waiting import Waiting, waiting
from phrom.shared.thai.calendar import ERA, SHORT_MONTHS
from phrom.shared.thai.dates import days_left, thai_date

# The shape of a stage's tag.
SHAPE: dict[str, str] = {
    Stage.ACTIVE: "done",
    Stage.FIRST_LETTER: "submitted",
    Stage.TRAINED: "wait",
    Stage.JOINED: "wait",
    Stage.INVITED: "open",
    Stage.QUIET: "late",
    Stage.DROPPED: "stop",
}


@dataclass(frozen=True)
class StageBar:
    """A stage with its offices."""

    label: str
    count: int
    percent: int
    url: str
    shape: str


@dataclass(frozen=True)
class Tile:
    """A district: where it stands on the grid ("" classes for none), its figures, who looks after it."""

    name: str
    placed: str
    total: int
    active: int
    started: int
    quiet: int
    handled: int
    officer: str
    url: str

    @property
    def percent(self) -> int:
        """Active ones of a hundred."""
        return self.active * 100 // self.total


@dataclass(frozen=True)
class TargetLine:
    """A target with where we stand."""

    target: Target
    reached: int
    missing: int
    days: int


@dataclass(frozen=True)
class Step:
    """What comes next: in words, and where (nothing where the reader cannot)."""

    text: str
    act: str = ""
    url: str = ""


@dataclass(frozen=True)
class DashboardPage:
    """The drive at a moment."""

    programme: Programme
    sentence: str
    step: Step
    total: int
    not_enrolled: int
    bars: tuple[StageBar, ...]
    tiles: tuple[Tile, ...]
    trend: tuple[tuple[str, int, int], ...]
    targets: tuple[TargetLine, ...]
    held: tuple[tuple[str, int, str], ...]
    cases: Waiting
    parties: tuple[tuple[str, tuple[Party, ...]], ...]
    apart: int
    may_manage: bool
    may_support: bool
    not_counted: str = NOT_COUNTED


def programmes_page(access: Access) -> tuple[list[Programme], bool]:
    """The programmes of the person's provinces, and whether they may make one."""
    return list(programmes_within(access)), bool(access.body_ids(MANAGE))


def dashboard_page(access: Access, programme_id: int, at: datetime) -> DashboardPage:
    """A programme of the person's province; 404 else. The number of queries does not depend on the number of offices."""
    programme = get_object_or_404(programmes_within(access), pk=programme_id)
    adoption = adoption_of(programme, at)
    officers = {each.district: each.officer.name for each in programme.district_officers.select_related("officer")}
    cases = waiting(SupportCase.objects.filter(enrolment__programme=programme), at)
    outside = local_governments_of(programme.body).exclude(enrolments__programme=programme).count()
    address = reverse("local_offices", args=[programme.pk])
    targets = tuple(_target(each, adoption) for each in programme.targets.all())
    tiles = _tiles(adoption, officers, address)
    may_manage = programme.body_id in access.body_ids(MANAGE)
    return DashboardPage(
        programme=programme,
        sentence=_sentence(adoption, targets),
        step=_step(programme, adoption, outside, tiles, cases, may_manage),
        total=len(adoption.lines),
        not_enrolled=outside,
        bars=tuple(
            StageBar(stage.label, adoption.count(stage), adoption.percent(stage), f"{address}?stage={stage}", SHAPE[stage])
            for stage in stages_in_order()
        ),
        tiles=tiles,
        trend=tuple((f"{SHORT_MONTHS[day.month - 1]} {day.year + ERA}", letters, by) for day, letters, by in adoption.trend),
        targets=targets,
        held=_held(programme, address),
        cases=cases,
        parties=_parties(programme),
        apart=sum(bool(line.standing.said_apart) for line in adoption.lines),
        may_manage=may_manage,
        may_support=programme.body_id in access.body_ids(SUPPORT),
    )


def _sentence(adoption: Adoption, targets: tuple[TargetLine, ...]) -> str:
    total, active = len(adoption.lines), adoption.count(Stage.ACTIVE)
    if not total:
        return "ยังไม่มีองค์กรปกครองส่วนท้องถิ่นในโครงการนี้"
    said = f"ใช้งานจริง {active} จาก {total} แห่ง (ร้อยละ {adoption.percent(Stage.ACTIVE)})"
    ahead = next((line for line in targets if line.missing), None)
    if ahead is None:
        return said + (" ครบทุกเป้าหมายแล้ว" if targets else " ยังไม่ได้ตั้งเป้าหมาย")
    what = Stage(ahead.target.stage).label
    return f"{said} เป้าหมาย “{what}” {ahead.target.number} แห่งภายใน {thai_date(ahead.target.by_day)} ยังขาด {ahead.missing} แห่ง"


def _step(
    programme: Programme, adoption: Adoption, outside: int, tiles: tuple[Tile, ...], cases: Waiting, may_manage: bool
) -> Step:
    """The first thing that is not done, in the order in which a drive goes."""
    address = reverse("local_offices", args=[programme.pk])
    nobody = [tile.name for tile in tiles if not tile.officer]
    quiet = adoption.count(Stage.QUIET)
    if not adoption.lines and not outside:
        return _for_manager(
            may_manage, Step("นำรายชื่อองค์กรปกครองส่วนท้องถิ่นเข้าก่อน", "นำรายชื่อเข้า", _to("offices_import", programme))
        )
    if outside:
        return _for_manager(may_manage, Step(f"ยังไม่ได้เชิญ {outside} แห่ง", "ดูรายชื่อที่ยังไม่เชิญ", f"{address}#outside"))
    if cases.unanswered:
        text = f"มี {cases.unanswered} เรื่องที่ขอความช่วยเหลือและยังไม่มีคำตอบ รอนานที่สุด {cases.longest}"
        return Step(text, "ดูเรื่องที่รอคำตอบ", _to("support_cases", programme) + "?show=unanswered")
    if nobody:
        return _for_manager(may_manage, Step(f"ยังไม่มีผู้ดูแล {len(nobody)} อำเภอ", "แบ่งอำเภอ", _to("districts", programme)))
    if quiet:
        return Step(f"มี {quiet} แห่งที่เคยใช้แล้วเงียบไป ควรติดต่อก่อน", "ดูแห่งที่เงียบไป", f"{address}?stage=quiet")
    invited = adoption.count(Stage.INVITED)
    if invited:
        return Step(f"เชิญแล้วแต่ยังไม่มีบัญชี {invited} แห่ง", "ดูแห่งที่ยังไม่มีบัญชี", f"{address}?stage=invited")
    return Step("ไม่มีเรื่องค้าง", "ดูทุกแห่ง", address)


def _for_manager(may_manage: bool, step: Step) -> Step:
    return step if may_manage else Step(f"{step.text} (ผู้ประสานงานจังหวัดเป็นผู้ดำเนินการ)")


def _to(route: str, programme: Programme) -> str:
    return reverse(route, args=[programme.pk])


def _tiles(adoption: Adoption, officers: dict[str, str], address: str) -> tuple[Tile, ...]:
    """The districts by place on the map, then by name; the whole province last."""
    by_district: dict[str, list[Line]] = defaultdict(list)
    for line in adoption.lines:
        by_district[line.district].append(line)
    places = places_of(adoption.programme.body.name)
    names = sorted(by_district, key=lambda name: (name == "", places.get(name, (99, 99)), name))
    return tuple(_tile(name, by_district[name], places.get(name), officers.get(name, ""), address) for name in names)


def _tile(name: str, lines: list[Line], place: tuple[int, int] | None, officer: str, address: str) -> Tile:
    stages = Counter(line.standing.stage for line in lines)
    return Tile(
        name=name or "ทั้งจังหวัด",
        placed=f"tile--row{place[0]} tile--column{place[1]}" if place else "",
        total=len(lines),
        active=stages[Stage.ACTIVE],
        started=stages[Stage.FIRST_LETTER],
        quiet=stages[Stage.QUIET],
        handled=sum(line.facts.handled for line in lines),
        officer=officer,
        url=f"{address}?{urlencode({'district': name or '-'})}",
    )


def _target(target: Target, adoption: Adoption) -> TargetLine:
    reached = adoption.count_reached(target.stage)
    return TargetLine(target, reached, max(0, target.number - reached), days_left(target.by_day, adoption.today))


def _held(programme: Programme, address: str) -> tuple[tuple[str, int, str], ...]:
    """Reasons with how many offices each holds back, the most first."""
    rows = Holdback.objects.filter(enrolment__programme=programme, until=None).values_list("reason", "enrolment").distinct()
    counted = Counter(reason for reason, _ in rows)
    return tuple((str(HoldbackReason(key).label), count, f"{address}?reason={key}") for key, count in counted.most_common())


def _parties(programme: Programme) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    by_role: dict[str, list[Party]] = defaultdict(list)
    for party in programme.parties.all():
        by_role[str(party.get_role_display())].append(party)
    return tuple((role, tuple(parties)) for role, parties in by_role.items())
