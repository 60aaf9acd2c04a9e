"""The report of the answer pack: what the province answers, what it would come to, and how every answer came about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from phrom.results.papers.source import PackRow, PackSource
from phrom.results.sheets import Standing
from phrom.rules.instrument.model import Band
from phrom.rules.scoring.kpi import KpiResult
from phrom.rules.scoring.rounding import plain
from phrom.rules.scoring.words import in_words
from phrom.shared.documents.content import (
    Bar,
    Bars,
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Seal,
    Signature,
    Table,
)
from phrom.shared.thai.dates import thai_date, thai_when

ESTIMATE = (
    "คะแนนทุกค่าเป็นประมาณการ: คะแนนต่อข้อและช่วงคะแนนของระดับยังไม่มีประกาศจาก สพร. ระดับแสดงตามข้อสันนิษฐานที่มีชื่อกำกับ "
    "น้ำหนักของตัวชี้วัดย่อยและการคิดคะแนนระหว่างขั้นเป็นค่าชั่วคราว"
)

# More names than these would make every row a page; the workbook names all.
NAMED = 3


def report(source: PackSource) -> Document:
    """The report as content; a draft says so on its first line and at the foot of every page.

    Digits stay as they were typed: what is read back from the paper must equal the record.
    """
    draft = "ร่าง ยังไม่ปิดรอบ · " if source.is_draft else ""
    return Document(
        title=f"รายงานคำตอบแบบสำรวจระดับความพร้อมรัฐบาลดิจิทัล ประจำปีงบประมาณ พ.ศ. {source.standing.edition.fiscal_year}",
        subtitle=f"{draft}{source.round.body.name}",
        blocks=(*_head(source), *_results(source), PageBreak(), *_answers(source), *_signed(source)),
        note=draft + ESTIMATE,
        seal=seal_of(source),
    )


def seal_of(source: PackSource) -> Seal:
    """The address under which anybody checks the paper, and the hash in letters; a draft can be checked against nothing."""
    if source.is_draft:
        return Seal()
    groups = " ".join(source.sha256[start : start + 4] for start in range(0, 16, 4))
    if not settings.PHROM_URL:
        return Seal(source.sha256, f"รหัสตรวจสอบ {groups} …")
    address = f"{settings.PHROM_URL}{reverse('check_set', args=[source.sha256])}"
    return Seal(address, f"รหัสตรวจสอบ {groups} …\nตรวจได้ที่ {settings.PHROM_URL}{reverse('check')}")


def _head(source: PackSource) -> Iterator[Block]:
    round = source.round
    mandate = f" ตาม{round.mandate}" if round.mandate else ""
    yield Paragraph(
        f"{round.body.name}เปิดรอบสำรวจเมื่อ {thai_date(round.opened_at, 'long')}{mandate} "
        f"กำหนดให้หน่วยงานตอบภายในวันที่ {thai_date(round.internal_deadline, 'long')} "
        f"เอกสารนี้จัดทำเมื่อ {thai_when(source.made_at)}",
        indent=True,
    )
    yield from _approved(source)
    if source.sha256:
        yield Paragraph(f"รหัสตรวจสอบของชุดคำตอบที่ปิดแล้ว (SHA-256): {source.sha256}", small=True)


def _approved(source: PackSource) -> Iterator[Block]:
    """Who agreed to the set before it left, and where a meeting did."""
    if approval := source.approval:
        words = f"ชุดคำตอบนี้ {approval.proposed_by} เป็นผู้เสนอเมื่อ {approval.proposed_at} และ {approval.approved_by} เป็นผู้อนุมัติเมื่อ"
        yield Paragraph(f"{words} {approval.approved_at}", indent=True)
        yield Paragraph(approval.resolution or "ไม่ได้อ้างมติที่ประชุม", indent=True)


def _three(source: PackSource) -> Table:
    """How far words, papers and review reach: three estimates side by side."""
    three = source.three
    columns = (
        Column("เสาหลัก", 5),
        Column("ตามที่ตอบ", 1.9, "right"),
        Column("ตามหลักฐาน", 2.1, "right"),
        Column("ตรวจรับแล้ว", 2.1, "right"),
    )
    titles = {pillar.code: pillar.title for pillar in source.standing.edition.pillars}
    cards = (three.claimed, three.evidenced, three.reviewed)
    rows = [
        (f"{pillar.code} {titles[pillar.code]}", *(str(card.pillar(pillar.code).percent) for card in cards))
        for pillar in three.reviewed.pillars
    ]
    rows.append(("รวม", *(str(card.total) for card in cards)))
    return Table(columns, tuple(rows), "คะแนนสามแบบ (ร้อยละ, ประมาณการ)", total=True)


def _signed(source: PackSource) -> Iterator[Block]:
    """Room for the two who answer for the set; a draft is signed by nobody."""
    if source.approval:
        words = "ขอรับรองว่ารายงานฉบับนี้พิมพ์จากชุดคำตอบที่อนุมัติและปิดแล้ว ซึ่งตรวจได้ด้วยรหัสที่ท้ายทุกหน้า"
        yield Paragraph(words, indent=True)
        yield Signature(source.approval.proposed_by, ("ผู้เสนอชุดคำตอบ",))
        yield Signature(source.approval.approved_by, ("ผู้อนุมัติชุดคำตอบ",))


def _results(source: PackSource) -> Iterator[Block]:
    standing = source.standing
    yield Heading("1. ผลที่คาดว่าจะได้ (ประมาณการ)")
    last = standing.last_year
    compared = f" ปีงบประมาณ {last.fiscal_year} ได้ร้อยละ {last.total} ({last.source})" if last else ""
    yield Paragraph(f"คะแนนรวมประมาณการร้อยละ {standing.scorecard.total}{compared}", indent=True)
    yield pillar_table(standing)
    titles = {pillar.code: pillar.title for pillar in standing.edition.pillars}
    bars = (
        Bar(f"{one.code} {titles[one.code]}", one.percent, Decimal(100), str(one.percent)) for one in standing.scorecard.pillars
    )
    yield Bars(tuple(bars), "คะแนนรายเสาหลัก (ร้อยละ, ประมาณการ)")
    yield _three(source)
    yield Heading("2. ตัวชี้วัดของจังหวัด (ประมาณการ)")
    for result in standing.kpis:
        yield _kpi_table(source, result)


def pillar_table(standing: Standing) -> Table:
    """Points and levels of the pillars under every assumption: estimates, and called so."""
    edition, scorecard = standing.edition, standing.scorecard
    levels = (Column(f"ระดับ ({one.name})", 2.4) for one in edition.levels)
    columns = (Column("เสาหลัก", 5), Column("น้ำหนัก", 1.6, "right"), Column("ร้อยละ", 1.5, "right"), *levels)
    titles = {pillar.code: pillar.title for pillar in edition.pillars}
    rows = [
        (f"{one.code} {titles[one.code]}", plain(one.weight), str(one.percent), *(_level(band) for band in one.levels.values()))
        for one in scorecard.pillars
    ]
    rows.append(("รวม", "100", str(scorecard.total), *(_level(band) for band in scorecard.levels.values())))
    return Table(columns, tuple(rows), "คะแนนและระดับรายเสาหลัก (ประมาณการ)", total=True)


def _level(band: Band) -> str:
    return f"{band.level} {band.name}"


def _kpi_table(source: PackSource, result: KpiResult) -> Table:
    name = next(one.name for one in source.standing.edition.levels if one.code == result.assumption)
    columns = (Column("ตัวชี้วัดย่อย", 4), Column("คะแนน", 1.6, "right"), Column("ความหมาย", 5))
    rows = [(sub.title, "–" if sub.points is None else str(sub.points), sub.because) for sub in result.subs]
    rows.append(("รวมตามน้ำหนักชั่วคราว", "–" if result.points is None else str(result.points), ""))
    return Table(columns, tuple(rows), f"ตามข้อสันนิษฐาน: {name}", total=True)


def _answers(source: PackSource) -> Iterator[Block]:
    yield Heading("3. คำตอบของจังหวัดรายข้อ")
    for pillar in source.standing.edition.pillars:
        rows = [row for row in source.rows if row.question.pillar == pillar.code]
        if rows:
            yield Heading(f"{pillar.code} {pillar.title}", 2)
            yield _answer_table(rows)


def _answer_table(rows: list[PackRow]) -> Table:
    columns = (Column("ข้อ", 1.1), Column("ประเด็นคำถาม", 4), Column("คำตอบของจังหวัด", 3), Column("ที่มา", 3))
    return Table(columns, tuple((row.question.code, row.question.text, _answer(row), _origin(row)) for row in rows))


def _answer(row: PackRow) -> str:
    words = in_words(row.question, row.came.answer)
    count = sum(len(said.answer.proofs) for said in row.came.sources if said.used)
    return f"{words}\n(หลักฐาน {count} รายการ)" if count else words


def _origin(row: PackRow) -> str:
    used = [said.name for said in row.came.sources if said.used]
    names = "\n".join(f"• {name}" for name in used[:NAMED])
    if len(used) > NAMED:
        names += f"\nและอีก {len(used) - NAMED} หน่วยงาน (ดูแผ่นงาน “ใครตอบอะไร”)"
    reason = f"เหตุผลของผู้ประสานงาน: {row.reason}" if row.reason else ""
    return "\n".join(part for part in (row.came.because, reason, names) if part)
