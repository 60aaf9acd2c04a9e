"""How far the drive is, as blocks for the paper of a meeting: stages, districts, targets, what holds back."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime

from phrom.rollout.adoption import NOT_COUNTED, Adoption, adoption_of, stages_in_order
from phrom.rollout.models import Holdback, HoldbackReason, PartyRole, Programme, Stage, SupportCase
from phrom.rollout.waiting import waiting
from phrom.shared.documents.content import Block, Column, Paragraph, Table
from phrom.shared.thai.dates import thai_date, thai_when


def adoption_blocks(programme: Programme, at: datetime) -> tuple[Block, ...]:
    """The paper at this moment; figures are counted from letters, as on the dashboard."""
    adoption = adoption_of(programme, at)
    total, active = len(adoption.lines), adoption.count(Stage.ACTIVE)
    said = (
        f"ผลการขับเคลื่อน “{programme.name}” มีองค์กรปกครองส่วนท้องถิ่นในโครงการ {total} แห่ง ใช้งานจริง {active} แห่ง "
        f"(ร้อยละ {adoption.percent(Stage.ACTIVE)}) ข้อมูล ณ วันที่ {thai_when(at, 'long')}"
    )
    defined = (
        f"หมายเหตุ ใช้งานจริง หมายถึง ลงรับและปิดเรื่องหนังสือภายใน {programme.handled_within_days} วันหลังหนังสือถึง "
        f"อย่างน้อยหนึ่งฉบับใน {programme.active_within_days} วันที่ผ่านมา {NOT_COUNTED}"
    )
    return (
        Paragraph(said, indent=True),
        *_in_charge(programme),
        _stages(adoption),
        _districts(adoption),
        *_targets(adoption),
        *_held(programme, at),
        Paragraph(defined, small=True),
    )


def _in_charge(programme: Programme) -> tuple[Block, ...]:
    names = [party.name for party in programme.parties.all() if party.role == PartyRole.IN_CHARGE]
    return (Paragraph(f"หน่วยงานรับผิดชอบ: {' และ'.join(names)}", indent=True),) if names else ()


def _stages(adoption: Adoption) -> Table:
    columns = (Column("ขั้น", 4), Column("จำนวน (แห่ง)", 2, "right"), Column("ร้อยละ", 1, "right"))
    rows = [(str(stage.label), str(adoption.count(stage)), str(adoption.percent(stage))) for stage in stages_in_order()]
    return Table(columns, (*rows, ("รวม", str(len(adoption.lines)), "")), "จำนวนตามขั้น", total=True)


def _districts(adoption: Adoption) -> Table:
    by_district: dict[str, Counter[str]] = defaultdict(Counter)
    handled: Counter[str] = Counter()
    for line in adoption.lines:
        by_district[line.district][line.standing.stage] += 1
        handled[line.district] += line.facts.handled
    names = sorted(by_district, key=lambda name: (name == "", name))
    shown = (Stage.ACTIVE, Stage.FIRST_LETTER, Stage.QUIET)
    rows = [
        (
            name or "ทั้งจังหวัด",
            str(by_district[name].total()),
            *(str(by_district[name][stage]) for stage in shown),
            str(handled[name]),
        )
        for name in names
    ]
    sums = [str(sum(int(row[place]) for row in rows)) for place in range(1, 6)]
    titles = ("ทั้งหมด", "ใช้งานจริง", "ส่งฉบับแรก", "เงียบไป", "หนังสือที่ดำเนินการ")
    columns = (Column("อำเภอ", 3), *(Column(title, 1.4, "right") for title in titles))
    return Table(columns, (*rows, (f"รวม {len(rows)} รายการ", *sums)), "จำนวนตามอำเภอ", total=True)


def _targets(adoption: Adoption) -> tuple[Block, ...]:
    items = []
    for target in adoption.programme.targets.all():
        reached = adoption.count_reached(target.stage)
        missing = f"ยังขาด {target.number - reached} แห่ง" if reached < target.number else "ครบแล้ว"
        words = f"“{target.get_stage_display()}” {target.number} แห่ง ภายใน {thai_date(target.by_day, 'long')}"
        items.append(Paragraph(f"เป้าหมาย {words} ขณะนี้ {reached} แห่ง {missing}", indent=True))
    return tuple(items)


def _held(programme: Programme, at: datetime) -> tuple[Block, ...]:
    rows = Holdback.objects.filter(enrolment__programme=programme, until=None).values_list("reason", "enrolment").distinct()
    counted = Counter(reason for reason, _ in rows)
    reasons = ", ".join(f"{HoldbackReason(reason).label} {count} แห่ง" for reason, count in counted.most_common())
    cases = waiting(SupportCase.objects.filter(enrolment__programme=programme), at)
    usual = f" โดยทั่วไปตอบครั้งแรกใน {cases.usual}" if cases.usual else ""
    helped = f"เรื่องขอความช่วยเหลือ {cases.all} เรื่อง ยังไม่ปิด {cases.open} รอคำตอบ {cases.unanswered}{usual}"
    return (Paragraph(f"เหตุที่ยังไม่ไปต่อ: {reasons or 'ไม่มีที่บันทึกไว้'}", indent=True), Paragraph(helped, indent=True))
