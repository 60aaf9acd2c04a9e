"""The committee as a paper's table: the order in force on the day of the meeting and its seats by category."""

from __future__ import annotations

from collections import Counter

from phrom.committee.models import Order, SeatCategory
from phrom.committee.roster import Roster, roster
from phrom.meetings.models import Meeting
from phrom.results.papers.missing import NoFigures
from phrom.shared.documents.content import Block, Column, Paragraph, Table
from phrom.shared.thai.dates import bangkok, thai_date


def committee_blocks(meeting: Meeting) -> tuple[Block, ...]:
    """Which order holds on the day of the meeting, and how many seats of each category it names."""
    sitting = roster(meeting.body, bangkok(meeting.held_at).date())
    if sitting is None:
        raise NoFigures(
            "ไม่มีคำสั่งแต่งตั้งคณะกรรมการที่มีผลในวันประชุม จึงยังแทรกไม่ได้ ให้บันทึกคำสั่งก่อน",
            "No order makes a committee on the day of the meeting. Please record the order first.",
        )
    return (Paragraph(_sentence(meeting, sitting), indent=True), _table(sitting))


def _sentence(meeting: Meeting, sitting: Roster) -> str:
    order = sitting.order
    words = f"คำสั่ง{meeting.body.name} ที่ {order} ลงวันที่ {thai_date(order.issued_on, 'long')} {order.title}"
    if order.replaces is not None:
        words += f" แทนคำสั่ง ที่ {_dated(order.replaces)}"
    if sitting.amendments:
        words += " แก้ไขเพิ่มเติมโดยคำสั่ง ที่ " + " และที่ ".join(_dated(each) for each in sitting.amendments)
    return f"{words} โดยมี{order.chair_post}เป็นประธานกรรมการ จำนวน {len(sitting.lines)} ตำแหน่ง"


def _dated(order: Order) -> str:
    return f"{order} ลงวันที่ {thai_date(order.issued_on, 'long')}"


def _table(sitting: Roster) -> Table:
    counted = Counter(line.seat.category for line in sitting.lines)
    rows = [(str(category.label), str(counted[category])) for category in SeatCategory if counted[category]]
    rows.append(("รวม", str(len(sitting.lines))))
    return Table((Column("ประเภท", 4), Column("ตำแหน่ง", 1, "right")), tuple(rows), total=True)
